"""The ten basic fields are known by their headers in the languages that tables come in."""

from __future__ import annotations

import pytest

from geomap.layouts import recognise_layout
from geomap.readers.table_file import read_table

FIELDS = ("event_id", "event_date", "latitude", "longitude", "place_name", "country", "event_type",
          "title", "fatalities", "source")  # fmt: skip
HEADERS = {
    "Japanese": "番号,発生日,緯度,経度,場所,国,種類,見出し,死者数,情報源",
    "Chinese": "编号,日期,纬度,经度,地点,国家,类型,标题,死亡人数,来源",
    "Arabic": "المعرف,التاريخ,خط العرض,خط الطول,الموقع,الدولة,نوع الحادث,العنوان,عدد القتلى,المصدر",
    "Persian": (
        "شناسه,تاریخ,عرض جغرافیایی,طول جغرافیایی,محل,کشور,نوع رویداد,عنوان,تعداد کشته ها,منبع"
    ),
    "Ukrainian": "ідентифікатор,дата,широта,довгота,місце,країна,тип події,назва,загиблі,джерело",
    "Turkish": "olay no,olay tarihi,enlem,boylam,olay yeri,ülke,olay türü,başlık,ölü sayısı,kaynak",
    "French": (
        "numéro,date de l'événement,latitude,longitude,lieu,pays,type d'incident,titre,"
        "nombre de morts,source"
    ),
    "Spanish": (
        "número,fecha del hecho,latitud,longitud,lugar,país,tipo de hecho,título,muertos,fuente"
    ),
    "Portuguese": (
        "número,data do fato,latitude,longitude,local,país,tipo de ocorrência,título,mortos,fonte"
    ),
}


@pytest.mark.parametrize("language", HEADERS)
def test_basic_fields_are_known_in_each_language(language: str) -> None:
    """Nobody has to name columns that plainly say what they hold."""
    header = HEADERS[language]
    table = read_table(f"{header}\n1,2021-01-02,-1.2,36.8,N,Kenya,x,t,3,s\n".encode(), name="a.csv")

    assert recognise_layout(table).mapping == dict(zip(FIELDS, header.split(","), strict=True))
