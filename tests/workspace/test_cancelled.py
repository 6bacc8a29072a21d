"""An import that is cancelled at any step leaves the workspace as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from geomap.errors import Cancelled
from geomap.gazetteer import open_gazetteer
from geomap.workspace import Workspace

_TABLE = b"event_id,event_date,latitude,longitude\nA,2024-01-01,1,2\nB,2024-01-02,3,4\n"


def _steps(folder: Path) -> list[float]:
    shares: list[float] = []
    workspace = Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    workspace.ingest(_TABLE, name="t.csv", progress=lambda _, share: shares.append(share))
    return shares


def test_progress_goes_one_way_and_ends_at_one(tmp_path: Path) -> None:
    """A bar that jumps back says nothing about the end."""
    shares = _steps(tmp_path)

    assert shares == sorted(shares)
    assert len(shares) > 6
    assert shares[-1] == 1.0


def test_an_import_cancelled_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    """Whoever changes their mind half-way has nothing to clean up."""
    steps = len(_steps(tmp_path / "whole"))
    workspace = Workspace.open(
        tmp_path / "cut", seed=False, gazetteer=open_gazetteer(layers={"curated"})
    )
    for stop in range(steps - 1):  # the last call says that all is written
        seen: list[str] = []

        def show(words: str, _share: float, *, stop: int = stop, seen: list[str] = seen) -> None:
            seen.append(words)
            if len(seen) > stop:
                raise Cancelled(words)

        with pytest.raises(Cancelled):
            workspace.ingest(_TABLE, name="t.csv", progress=show)

        assert len(workspace.events()) == 0
        assert workspace.batches() == ()
        assert not list((tmp_path / "cut" / "files").glob("*"))

    assert workspace.ingest(_TABLE, name="t.csv").batch.counts
    assert len(workspace.events()) == 2
