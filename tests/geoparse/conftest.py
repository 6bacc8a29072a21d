"""Fixtures for the tests of the geoparser: the curated gazetteer with the countries."""

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def small() -> Gazetteer:
    """Return the layers that need no index of the world."""
    return open_gazetteer(layers={"curated", "countries"})


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """Return every layer; the index of the world is built where it is missing."""
    return open_gazetteer()
