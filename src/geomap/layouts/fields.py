"""The fields that a column of an uploaded table can be mapped to, with a label for each.

`event_date=Datum` on the command line and the form on the page use these names; the short
names people type first (`date`, `lat`, `lon`, `place`) mean the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from geomap.errors import InputError
from geomap.paths import packaged_rows

_ROWS = packaged_rows("geomap.layouts", "fields.tsv")
FIELDS: dict[str, str] = {field: label for field, label, *_ in _ROWS}
"""Names of the fields, each with a label, in the order a form shows them."""

_SHORT = {name: field for field, _, *names in _ROWS for name in "".join(names).split()}
_UNACCENTED = str.maketrans({"ı": "i", "ł": "l"})  # letters that no accent can be taken off
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def fold(header: str) -> str:
    """Return a header without case, accents, punctuation and blanks, as names are compared.

    Parameters
    ----------
    header
        The name of a column as a file has it.
    """
    return words_of(header).replace(" ", "")


def words_of(header: str) -> str:
    """Return the words of a header in small letters; "startDate" has two."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", header).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", letters.translate(_UNACCENTED)).strip()


def checked_mapping(mapping: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Return a mapping given by a user with full field names and the file's column names.

    Parameters
    ----------
    mapping
        Fields, also by their short names, to columns, also in another spelling; "" for no column.
    columns
        The columns of the table.

    Raises
    ------
    InputError
        Naming every field that does not exist and every column that the table lacks.
    """
    names = tuple(columns)
    folded = {fold(name): name for name in reversed(names)}
    faults, checked = [], {}
    for given, wanted in mapping.items():
        field = _SHORT.get(given, given)
        column = wanted if wanted in names else folded.get(fold(wanted))
        if field not in FIELDS:
            faults.append(f"there is no field {given!r}")
        elif wanted == "":
            checked[field] = ""
        elif column is None:
            faults.append(f"the table has no column {wanted!r}")
        else:
            checked[field] = column
    if faults:
        known = ", ".join(FIELDS)
        message = f"The mapping cannot be used: {'; '.join(faults)}. Fields are {known}."
        raise InputError(message)
    return checked
