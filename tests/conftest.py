"""What tests of every room share: where the checkout is and where the outside corpus may be."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine must not fail a law: no example has a time limit, and every run tries the same.
settings.register_profile("geomap", deadline=None, derandomize=True)
settings.load_profile("geomap")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real files kept outside the project; skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with real files is not beside this checkout")
    return folder
