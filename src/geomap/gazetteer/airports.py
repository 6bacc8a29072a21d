"""Airports with scheduled traffic (those with an IATA code) as rows of the world index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.gazetteer.place_index import CODE, SHORT, Row
from geomap.model import ToponymKind

_WORDS = re.compile(
    r"\s+(?:International|Intl|Regional|Municipal|Metropolitan)?\s*(?:Airport|Airfield|Air Base)$"
)
_FIELD_KM = 3.0
_LEAST_LETTERS = 4


def airport_rows() -> Iterator[Row]:
    """Yield an airport for each row of airportsdata with an IATA code."""
    import airportsdata

    for icao, own in airportsdata.load("ICAO").items():
        if not own["iata"]:
            continue
        name, city = own["name"].strip(), own["city"].strip()
        bare = _WORDS.sub("", name).strip()
        alone = bare.removeprefix(city).strip(" -/") if city else bare
        short = [f"{form} Airport" for form in (bare, city) if form]
        single = [alone] if alone not in {bare, ""} and len(alone) >= _LEAST_LETTERS else []
        yield Row(
            place_id=f"icao:{icao}",
            name=name,
            names=[
                form for form in (*short, *(f"{form} Airport" for form in single)) if form != name
            ],
            lat=own["lat"],
            lon=own["lon"],
            kind=ToponymKind.FACILITY,
            feature_code="AIRP",
            country_code=own["country"],
            admin1="",
            layer="airports",
            uncertainty_km=_FIELD_KM,
            marked=[*((form, SHORT) for form in single), (own["iata"], CODE)],
        )
