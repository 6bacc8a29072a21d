"""Workspaces over the curated gazetteer only: no index of the world is needed."""

from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.workspace import Workspace


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the curated places and the countries."""
    return open_gazetteer(layers={"curated", "countries"})


@pytest.fixture
def workspace(tmp_path: Path, gazetteer: Gazetteer) -> Workspace:
    """Return an empty workspace."""
    return Workspace.open(tmp_path / "workspace", seed=False, gazetteer=gazetteer)
