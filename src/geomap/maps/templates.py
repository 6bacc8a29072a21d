"""The gate to folium's templates: it passes numbers and words of geomap's own, nothing else.

folium renders the output of a template as a template once more, and streamlit-folium rewrites
words in it: `{{ }}` in a place's name would run on the server, and `_abc` could be shown as
something else. Text of users therefore reaches a map as a file that its script fetches, or over
the channel, and never through here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from geomap.basemap.background import CREDITS, DISCLAIMER
from geomap.errors import InputError
from geomap.symbology.map_choices import TILES

_PLAIN = re.compile(r"[A-Za-z0-9 .,:;/+=_-]*")
"""Names, ISO days, relative addresses and `data:` addresses in base64; no character that has
a meaning in a template, a script or HTML."""

_OWN = frozenset({CREDITS, DISCLAIMER, *(text for one in TILES.values() for text in one.values())})


def template_constant(value: Any) -> Any:
    """Return `value` in a form that is safe in a template.

    Parameters
    ----------
    value
        None, a boolean, a finite number, a string, or a list, tuple or mapping of those.

    Raises
    ------
    InputError
        When a string is neither plain (letters, digits, spaces and ``.,:;/+=_-``) nor one of
        geomap's own credits and addresses, or when there is any other value.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, str) and (value in _OWN or _PLAIN.fullmatch(value)):
        return value
    if isinstance(value, list | tuple):
        return [template_constant(part) for part in value]
    if isinstance(value, Mapping):
        return {template_constant(name): template_constant(part) for name, part in value.items()}
    message = (
        f"{str(value)[:60]!r} must not be part of a map's template: serve it as a file whose "
        "address the template holds, or send it over the channel."
    )
    raise InputError(message)


def template_arguments(*values: Any) -> str:
    """Return values as the arguments of a call in a script, each checked as a constant.

    Raises
    ------
    InputError
        As `template_constant`.
    """
    return ", ".join(json.dumps(template_constant(value)) for value in values)
