"""Places of the user that are damaged are found or refused in a sentence, never passed over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.errors import GeomapError, StoreError
from geomap.gazetteer import open_gazetteer
from geomap.ingest.places import import_places
from geomap.store import write_lock

OWN = {
    "type": "Feature",
    "properties": {"place_id": "own:1", "name": "Ownham", "kind": "city"},
    "geometry": {"type": "Point", "coordinates": [46.7, 39.8]},
}


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with an import of places, and places of the user."""
    folder = tmp_path_factory.mktemp("places")
    table = folder / "towns.csv"
    table.write_text("name,latitude,longitude\nTestham,39.8,46.7\n", "utf-8")
    (folder / "gazetteer").mkdir()
    import_places(folder / "gazetteer", table)
    places = {"type": "FeatureCollection", "features": [OWN]}
    (folder / "places.geojson").write_text(json.dumps(places), "utf-8")
    return folder


def zeroed(path: Path) -> None:
    path.write_bytes(b"")


def garbled(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def looped(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def foldered(path: Path) -> None:
    path.unlink()
    path.mkdir()


PARTS = (
    "places.geojson", "gazetteer/*/import.json", "gazetteer/*/shard-*/rows.npy",
    "gazetteer/*/shard-*/flags.npy", "gazetteer/*/shard-*/names.z",
    "gazetteer/*/shard-*/keys.marisa", "gazetteer/*/shard-*/layout.json",
)  # fmt: skip


@pytest.mark.parametrize("damage", [zeroed, garbled, halved, looped, foldered, Path.unlink])
@pytest.mark.parametrize("part", PARTS)
def test_damaged_places_are_found_or_refused(
    whole: Path, tmp_path: Path, part: str, damage: Callable[[Path], None]
) -> None:
    """A name that the user brought must not become another place without a word."""
    folder = Path(shutil.copytree(whole, tmp_path / "workspace"))
    damage(next(folder.glob(part)))
    is_own_removed = part == "places.geojson" and damage is Path.unlink

    found = counts_of(folder)

    if isinstance(found, str):
        assert str(folder) in found
        assert "remove" in found or "delete" in found
    else:
        assert found == [1, 0 if is_own_removed else 1]


def counts_of(folder: Path) -> list[int] | str:
    """Return how many places two names find, or the sentence by which that is refused."""
    try:
        gazetteer = open_gazetteer(
            layers={"user", "imported"},
            user_places=folder / "places.geojson",
            imports=folder / "gazetteer",
        )
        return [len(gazetteer.find(name)) for name in ("Testham", "Ownham")]
    except GeomapError as error:
        return str(error)


@pytest.mark.parametrize("damage", [looped, foldered])
def test_a_lock_that_cannot_be_opened_is_a_sentence(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """It says which file is in the way."""
    (tmp_path / ".lock").touch()
    damage(tmp_path / ".lock")

    with pytest.raises(StoreError, match=r"\.lock.*move this file aside"), write_lock(tmp_path):
        pass
