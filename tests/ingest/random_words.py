"""Places, headers and months that random tables are written with, in twelve languages."""

from __future__ import annotations

COUNTRIES = {
    "Kenya": ("KE", "KEN"), "Peru": ("PE", "PER"), "France": ("FR", "FRA"),
    "Ukraine": ("UA", "UKR"), "Mexico": ("MX", "MEX"), "Japan": ("JP", "JPN"),
    "Australia": ("AU", "AUS"), "United States": ("US", "USA"), "Brazil": ("BR", "BRA"),
    "Iraq": ("IQ", "IRQ"), "Nigeria": ("NG", "NGA"), "Argentina": ("AR", "ARG"),
}  # fmt: skip
"""Countries with their codes of two and of three letters."""

TOWNS = {
    "Kenya": (("Nairobi", "", -1.2921, 36.8219), ("Mombasa", "", -4.0435, 39.6682),
              ("Eldoret", "", 0.5143, 35.2698)),
    "Peru": (("Lima", "", -12.0464, -77.0428), ("Cusco", "Cusco", -13.532, -71.9675),
             ("Arequipa", "Arequipa", -16.409, -71.5375)),
    "France": (("Paris", "", 48.8566, 2.3522), ("Lyon", "", 45.764, 4.8357),
               ("Bordeaux", "", 44.8378, -0.5792)),
    "Ukraine": (("Kharkiv", "Kharkiv", 49.9935, 36.2304), ("Kyiv", "Kyiv", 50.4501, 30.5234),
                ("Odesa", "Odesa", 46.4825, 30.7233)),
    "Mexico": (("Guadalajara", "Jalisco", 20.6597, -103.3496),
               ("Oaxaca", "Oaxaca", 17.0732, -96.7266),
               ("Monterrey", "Nuevo León", 25.6866, -100.3161)),
    "Japan": (("Tokyo", "Tokyo", 35.6895, 139.6917), ("Osaka", "Osaka", 34.6937, 135.5023),
              ("Sapporo", "Hokkaido", 43.0618, 141.3545)),
    "Australia": (("Sydney", "New South Wales", -33.8688, 151.2093),
                  ("Melbourne", "Victoria", -37.8136, 144.9631),
                  ("Brisbane", "Queensland", -27.4698, 153.0251)),
    "United States": (("Houston", "Texas", 29.7604, -95.3698),
                      ("Miami", "Florida", 25.7617, -80.1918),
                      ("Seattle", "Washington", 47.6062, -122.3321)),
    "Brazil": (("São Paulo", "São Paulo", -23.5505, -46.6333),
               ("Salvador", "Bahia", -12.9777, -38.5016),
               ("Manaus", "Amazonas", -3.119, -60.0217)),
    "Iraq": (("Baghdad", "Baghdad", 33.3152, 44.3661), ("Basra", "Basra", 30.5081, 47.7835),
             ("Mosul", "Nineveh", 36.3489, 43.1577)),
    "Nigeria": (("Lagos", "Lagos", 6.5244, 3.3792), ("Kano", "Kano", 12.0022, 8.592),
                ("Maiduguri", "Borno", 11.8311, 13.151)),
    "Argentina": (("Córdoba", "Córdoba", -31.4201, -64.1888),
                  ("Rosario", "Santa Fe", -32.9442, -60.6505),
                  ("Mendoza", "Mendoza", -32.8895, -68.8458)),
}  # fmt: skip
"""Towns of each country: name, division ("" where it is left out), latitude, longitude."""

HEADERS = {
    "en": ("Date", "Latitude", "Longitude", "Country", "State", "Location", "Type", "Fatalities",
           "Date reported", "Date entered", "End date", "Population", "Phone"),
    "es": ("Fecha", "Latitud", "Longitud", "País", "Estado", "Lugar", "Tipo", "Muertos",
           "Fecha de denuncia", "Fecha de registro", "Fecha final", "Población", "Teléfono"),
    "fr": ("Date", "Latitude", "Longitude", "Pays", "Région", "Lieu", "Type", "Morts",
           "Date de signalement", "Date de saisie", "Date de fin", "Population", "Téléphone"),
    "de": ("Datum", "Breite", "Länge", "Land", "Provinz", "Ort", "Art", "Tote",
           "Meldedatum", "Erfassungsdatum", "Enddatum", "Einwohner", "Telefon"),
    "pt": ("Data", "Latitude", "Longitude", "País", "Estado", "Local", "Tipo", "Mortos",
           "Data da denúncia", "Data do registro", "Data final", "População", "Telefone"),
    "ru": ("Дата", "Широта", "Долгота", "Страна", "Область", "Место", "Тип", "Погибшие",
           "Дата сообщения", "Дата ввода", "Дата окончания", "Население", "Телефон"),
    "uk": ("Дата", "Широта", "Довгота", "Країна", "Регіон", "Місце", "Тип", "Загинуло",
           "Дата повідомлення", "Дата реєстрації", "Дата закінчення", "Населення", "Телефон"),
    "tr": ("Tarih", "Enlem", "Boylam", "Ülke", "İl", "Yer", "Tür", "Ölü",
           "İhbar tarihi", "Kayıt tarihi", "Bitiş tarihi", "Nüfus", "Telefon"),
    "pl": ("Data", "Szerokość", "Długość", "Kraj", "Województwo", "Miejscowość", "Typ", "Ofiary",
           "Data zgłoszenia", "Data wpisu", "Data końcowa", "Ludność", "Telefon"),
    "ar": ("التاريخ", "خط العرض", "خط الطول", "البلد", "المحافظة", "المكان", "نوع", "القتلى",
           "تاريخ التبليغ", "تاريخ الإدخال", "تاريخ الانتهاء", "عدد السكان", "هاتف"),
    "ja": ("日付", "緯度", "経度", "国名", "都道府県", "場所", "種類", "死者数",
           "報告日", "登録日", "終了日", "人口", "電話"),
    "zh": ("日期", "纬度", "经度", "国家", "省份", "地点", "类型", "死亡人数",
           "报告日期", "录入日期", "结束日期", "人口", "电话"),
}  # fmt: skip
"""For each language the headers, in the order of `FIELDS`."""

FIELDS = ("date", "latitude", "longitude", "country", "state", "place", "type", "deaths",
          "report", "entry", "end", "population", "phone")  # fmt: skip

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
          "diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
          "dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада "
          "грудня",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
          "listopada grudnia",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}  # fmt: skip
"""The names of the months as dates are written with them."""

AXIS_NAMES = (
    ("geo_lat", "geo_long"), ("lat", "lon"), ("y", "x"), ("point_y", "point_x"),
    ("YCOORD", "XCOORD"), ("lat_wgs84", "long_wgs84"), ("Latitude (dd)", "Longitude (dd)"),
    ("gps_lat", "gps_lng"), ("_gps_latitude", "_gps_longitude"), ("LAT", "LONG"),
    ("incident.lat", "incident.lon"), ("decimalLatitude", "decimalLongitude"),
    ("centre_lat", "centre_lon"), ("Lat.", "Lon."), ("LATITUDE_X", "LONGITUDE_X"),
)  # fmt: skip
"""Names of the two axes that people's tables have."""

ODD_AXIS_NAMES = (
    ("A", "B"), ("North", "East"), ("c1", "c2"), ("first", "second"), ("Hochwert", "Rechtswert"),
    ("коорд1", "коорд2"), ("value 1", "value 2"),
)  # fmt: skip
"""Names that hardly say, or do not say, what the columns hold."""

PAIR_NAMES = ("Coordinates", "Location point", "Map", "GPS", "geo", "where_exactly", "Pin", "座標")
