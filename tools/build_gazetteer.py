"""Make `geo/gazetteer.geojson` from the facts that were collected for the curated layer.

    python tools/build_gazetteer.py FACTS_FOLDER

The folder contains `places.json`, `roads.geojson` and `zone_compact.geojson`. The result is
committed and self-contained; this script only documents how each property was made.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "geo" / "gazetteer.geojson"

KINDS = {  # kind of the facts: feature class and code of GeoNames, kind of geomap
    "city": ("P", "PPL", "city"),
    "town": ("P", "PPL", "city"),
    "village": ("P", "PPL", "city"),
    "settlement": ("P", "PPL", "city"),
    "mountain": ("T", "MT", "other"),
    "deposit": ("S", "MN", "facility"),
    "mine": ("S", "MN", "facility"),
    "reservoir": ("H", "RSV", "water"),
    "monastery": ("S", "MSTY", "facility"),
    "checkpoint": ("S", "PSTB", "facility"),
    "site": ("L", "LCTY", "other"),
    "airport": ("S", "AIRP", "facility"),
}
CODES = {"yerevan": "PPLC", "baku": "PPLC", "moscow": "PPLC", "ankara": "PPLC", "tehran": "PPLC",
         "tbilisi": "PPLC", "gizilbulagh_deposit": "MNAU", "damirli_deposit": "MNCU",
         "sotk_mine": "MNAU"}  # fmt: skip
COUNTRIES = {"yerevan": "AM", "vardenis": "AM", "goris": "AM", "jermuk": "AM", "kapan": "AM",
             "sotk": "AM", "sotk_mine": None, "tegh": "AM", "kornidzor": "AM", "moscow": "RU",
             "ankara": "TR", "tehran": "IR", "tbilisi": "GE"}  # fmt: skip
DATES: dict[str, tuple[str | None, str | None]] = {
    "hakari_bridge": ("2023-04-23", None),
    "protest_site": ("2022-12-12", "2023-04-28"),
}

AZERBAIJAN, ARMENIA, RUSSIA, SOVIET = "Azerbaijan", "Armenian side", "Russia", "Soviet"
# The name of a side in a sentence ("used by ..."), where that is not its label.
SIDE_WORDS = {ARMENIA: "the Armenian side", SOVIET: "Soviet sources"}
# Which side uses which form, only where a remark in the facts states it; the same form in
# other letters goes with it. A form that is not listed has no side: unknown is data.
SIDES: dict[str, dict[str, list[str]]] = {
    "khankendi": {
        AZERBAIJAN: ["Khankendi", "Xankəndi", "Ханкенди", "Khankandi", "Khankendy", "Xankendi",
                     "Hankendi", "Խանքենդի"],
        ARMENIA: ["Stepanakert", "Stepʻanakert", "Ստեփանակերտ", "Степанакерт"],
        RUSSIA: ["Stepanakert", "Степанакерт"],
        SOVIET: ["Stepanakert", "Степанакерт"],
    },
    "lachin": {
        AZERBAIJAN: ["Lachin", "Laçın", "Lacin", "Лачин", "Lachyn"],
        ARMENIA: ["Berdzor", "Բերձոր", "Бердзор", "Berdzor (Lachin)"],
    },
    "shusha": {
        AZERBAIJAN: ["Shusha", "Şuşa", "Шуша", "Shousha"],
        ARMENIA: ["Shushi", "Շուշի", "Шуши"],
    },
    "aghdam": {ARMENIA: ["Akna", "Ակնա", "Акна"]},
    "aghdara": {
        AZERBAIJAN: ["Aghdara", "Ağdərə", "Агдере", "Agdere", "Aghdere", "Agdara", "Aqdara",
                     "Agh-Dere"],
        ARMENIA: ["Martakert", "Mardakert", "Մարտակերտ", "Мардакерт", "Мартакерт"],
        SOVIET: ["Martakert", "Mardakert", "Мардакерт", "Мартакерт"],
    },
    "khojaly": {ARMENIA: ["Ivanyan", "Իվանյան", "Иванян"]},
    "kalbajar": {ARMENIA: ["Karvachar", "Քարվաճառ", "Карвачар"]},
    "yerevan": {AZERBAIJAN: ["İrəvan", "Iravan"]},
    "zabukh": {ARMENIA: ["Aghavno", "Աղավնո", "Akhavno", "Агавно"]},
    "turshsu": {
        ARMENIA: ["Lisagor", "Լիսագոր", "Lisogor"],
        RUSSIA: ["Lisagor", "Lysogorsky", "Лысогорский"],
    },
    "sotk_mine": {AZERBAIJAN: ["Soyudlu"]},
    "gizilbulagh_deposit": {
        AZERBAIJAN: ["Gizilbulagh", "Gizilbulag", "Gyzylbulag", "Gyzylbulakh", "Qizilbulaq"],
        ARMENIA: ["Drmbon mine", "Drmbon deposit", "Դրմբոնի հանք"],
    },
    "damirli_deposit": {
        AZERBAIJAN: ["Damirli", "Demirli", "Demirli mine", "Demirli deposit", "Демирли"],
        ARMENIA: ["Kashen", "Kashen mine", "Կաշենի հանք", "Кашен"],
    },
}  # fmt: skip
PERIODS = {  # the years within which a side used its form, as the remarks give them
    ("khankendi", AZERBAIJAN): ("1991-01-01", None),
    ("khankendi", SOVIET): ("1923-01-01", "1991-12-31"),
    ("lachin", ARMENIA): ("1992-01-01", "2022-12-31"),
    ("khojaly", ARMENIA): ("2001-01-01", "2023-12-31"),
}
EXTRA_NAMES = {
    "gizilbulagh_deposit": ["Gizilbulagh deposit", "Gizilbulagh gold deposit"],
    "damirli_deposit": ["Damirli deposit", "Damirli copper-molybdenum deposit"],
    "hakari_bridge": ["Hakari bridge checkpoint", "checkpoint at the Hakari bridge"],
    "sotk_mine": ["Sotk gold mine", "Zod gold mine"],
    "saribaba": ["Saribaba"],
    "girkhgiz": ["Girkhgiz"],
    "khudavang": ["Khudavang"],
}
ROAD_NAMES = [
    ("Lachin-Khankendi road", "en", AZERBAIJAN), ("Khankendi-Lachin road", "en", AZERBAIJAN),
    ("Lachin–Khankendi highway", "en", AZERBAIJAN), ("Lachin-Stepanakert road", "en", ARMENIA),
    ("Goris-Stepanakert highway", "en", ARMENIA), ("Stepanakert-Goris highway", "en", ARMENIA),
    ("Goris-Stepanakert road", "en", ARMENIA), ("Lachin road", "en", None),
    ("Lachin corridor", "en", None), ("Berdzor corridor", "en", ARMENIA),
    ("Laçın-Xankəndi yolu", "az", AZERBAIJAN), ("Laçın yolu", "az", None),
    ("дорога Лачин-Ханкенди", "ru", AZERBAIJAN), ("Лачинский коридор", "ru", None),
    ("Լաչինի միջանցք", "hy", None), ("Բերձորի միջանցք", "hy", ARMENIA),
]  # fmt: skip
ZONE_NAMES = [
    ("Area of temporary deployment of the Russian peacekeeping contingent", "en", None),
    ("area of Russian peacekeepers' temporary deployment", "en", None),
    ("territory of temporary deployment of the Russian peacekeepers", "en", None),
    ("area of temporary deployment of the Russian peacekeepers", "en", None),
    ("area of temporary deployment of Russian peacekeepers", "en", None),
    ("Russian peacekeepers' area of temporary deployment", "en", None),
    ("Russian peacekeepers' temporary deployment area", "en", None),
    ("Russian peacekeepers' area of responsibility", "en", None),
    ("Russian peacekeepers' zone of responsibility", "en", None),
    ("zone of responsibility of the Russian peacekeepers", "en", None),
    ("area of responsibility of the Russian peacekeeping contingent", "en", None),
    ("зона временной дислокации российского миротворческого контингента", "ru", None),
    ("zone of responsibility of the Russian peacekeeping contingent", "en", None),
    ("area of responsibility of the Russian peacekeepers", "en", None),
    ("Russian peacekeepers' zone", "en", None), ("Russian peacekeeping zone", "en", None),
    ("peacekeepers' zone", "en", None),
    ("Rusiya sülhməramlılarının müvəqqəti yerləşdiyi ərazi", "az", None),
    ("зона ответственности российского миротворческого контингента", "ru", None),
]  # fmt: skip


def split_names(text: str) -> list[str]:
    """Return the names in one cell of the facts: "A / B", "A (B) mountain", "A(-b) c"."""
    text = re.sub(r"\(-[^)]*\)", "", text)
    names = []
    for part in re.split(r"\s*/\s*", text):
        inside = re.search(r"\(([^)]+)\)\s*(.*)", part)
        if inside and inside.group(2):
            names += [re.sub(r"\s*\([^)]*\)", "", part), f"{inside.group(1)} {inside.group(2)}"]
        elif inside:
            names += [re.sub(r"\s*\([^)]*\)", "", part), part]
        else:
            names.append(part)
    return [name.strip() for name in names if name.strip()]


def name_forms(fact: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each name form of a place, once for each side that uses it."""
    given: list[tuple[str, str | None]] = [
        (name, lang)
        for lang, cell in (("en", "name_official_en"), ("az", "az"), ("ru", "ru"), ("hy", "hy"))
        for name in split_names(fact[cell])
    ]
    given += [(name, "en") for name in EXTRA_NAMES.get(fact["id"], [])]
    given += [(name, language_of(name)) for name in fact["variants"]]
    languages: dict[str, str | None] = {}
    for name, lang in given:
        languages.setdefault(name, lang)
    for name, lang in languages.items():
        sides = [side for side, names in SIDES.get(fact["id"], {}).items() if name in names]
        for side in sides or [""]:
            start, end = PERIODS.get((fact["id"], side), (None, None))
            yield {
                "name": name,
                "lang": lang,
                "side": side or None,
                "valid_from": start,
                "valid_to": end,
            }


def language_of(name: str) -> str | None:
    """Return the language that a variant's letters show, or None: Latin letters show none."""
    if re.search("[\u0400-\u04ff]", name):
        return "ru"
    if re.search("[\u0530-\u058f]", name):
        return "hy"
    return "az" if re.search("[əƏ]", name) else None


def place_feature(fact: dict[str, Any]) -> dict[str, Any]:
    """Return the feature of one place."""
    feature_class, code, kind = KINDS[fact["kind"]]
    geonames = re.search(r"GeoNames .* id (\d+)", fact["coord_source"])
    start, end = DATES.get(fact["id"], (None, None))
    forms = list(name_forms(fact))
    properties = {
        "place_id": fact["id"],
        "name": forms[0]["name"],
        "names": forms,
        "feature_class": feature_class,
        "feature_code": CODES.get(fact["id"], code),
        "kind": kind,
        "uncertainty_km": fact["uncertainty_km"],
        "confidence": fact["confidence"],
        "country_code": COUNTRIES.get(fact["id"], "AZ"),
        "valid_from": start,
        "valid_to": end,
        "geonameid": int(geonames.group(1)) if geonames else None,
        "ends": None,
        "note": fact["sides"] or None,
        "source": fact["coord_source"].replace(
            "helper general knowledge (not read)", "general knowledge, unverified"
        ),
        "licence": "CC BY 4.0" if geonames else "facts, own compilation",
    }
    point = {"type": "Point", "coordinates": [fact["lon"], fact["lat"]]}
    return {"type": "Feature", "properties": properties, "geometry": point}


def line_or_area(
    feature: dict[str, Any], names: list[Any], shared: dict[str, Any]
) -> dict[str, Any]:
    """Return the feature of one dated version of the road or the zone."""
    facts = feature["properties"]
    forms = [{"name": name, "lang": lang, "side": side, "valid_from": None, "valid_to": None}
             for name, lang, side in names]  # fmt: skip
    kept = {key: facts[key] for key in ("settled_from", "formal_presence_until", "length_km")
            if key in facts}  # fmt: skip
    properties = {
        "name": names[0][0],
        "names": forms,
        "uncertainty_km": facts["max_error_km"],
        "confidence": "medium",
        "country_code": "AZ",
        "valid_from": facts["valid_from"],
        "valid_to": facts["valid_to"],
        "geonameid": None,
        "ends": None,
        "note": "; ".join([facts["name"], *(f"{key}: {value}" for key, value in kept.items())]),
        "source": "drawn for this project from the sources in SOURCES.md",
        "licence": "facts, own compilation",
        **shared,
    }
    return {"type": "Feature", "properties": properties, "geometry": feature["geometry"]}


def main(folder: Path) -> None:
    """Read the facts and write the gazetteer."""

    def read(name: str) -> Any:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    features = [place_feature(fact) for fact in read("places.json")]
    ends = [["lachin", "goris", "tegh", "kornidzor"], ["khankendi"]]
    road = {"place_id": "lachin_khankendi_road", "feature_class": "R", "feature_code": "RD",
            "kind": "road", "ends": ends}  # fmt: skip
    zone = {"place_id": "rpk_zone", "feature_class": "L", "feature_code": "AREA", "kind": "zone"}
    features += [
        line_or_area(feature, ROAD_NAMES, road)
        for feature in read("roads.geojson")["features"]
        if "valid_from" in feature["properties"]  # the third line is a part of the first
    ]
    features += [
        line_or_area(feature, ZONE_NAMES, zone)
        for feature in read("zone_compact.geojson")["features"]
    ]
    body = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    TARGET.parent.mkdir(exist_ok=True)
    defaults = json.dumps({"side_words": SIDE_WORDS})
    head = f'"type": "FeatureCollection", "name": "geomap_gazetteer", "defaults": {defaults}'
    TARGET.write_text(f'{{{head}, "features": [\n{body}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
