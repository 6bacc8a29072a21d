"""The code page of a table of numbers whose header alone is not ASCII."""

from __future__ import annotations

import pytest

from geomap.readers.encodings import find_encoding


@pytest.mark.parametrize(
    ("page", "header"),
    [
        ("cp1251", "Дата,Место,Погибшие,Широта,Долгота"),
        ("cp1251", "Дата,Регіон,Загинуло,Країна"),
        ("cp1251", "Погибшие,iyear,imonth,iday"),
        ("cp1252", "Art,score,Breite,Länge,Datum"),
        ("cp1252", "Date,Pays,Région,Décès,Lieu"),
        ("cp1252", "Fecha,País,Población,Muertos"),
        ("cp932", "日付,場所,緯度,経度,死者数,都道府県"),
    ],
)
def test_find_encoding_reads_a_header_of_few_words(page: str, header: str) -> None:
    """A handful of letters says little for statistics; the words must come out all the same."""
    rows = "".join(f"\n2021-05-0{n},1.5{n},36.8{n},{n},x" for n in range(1, 9))
    data = (header + rows).encode(page)

    assert data.decode(find_encoding(data, name="t.csv")).startswith(header)
