"""What a workspace holds: events, places, articles, and the imports that they came from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.engine.current_events import CurrentEvents
from geomap.errors import NotFoundError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.ingest.events.releases import stored_release
from geomap.ingest.events.result_shape import release_shape
from geomap.layouts import LayoutSpec, read_layouts
from geomap.model import Batch, GeoparsedArticle
from geomap.store import batches_of, read_parsed
from geomap.workspace.user_places import places_folder


class Contents(CurrentEvents):
    """The contents of a workspace folder.

    Parameters
    ----------
    folder
        Folder of the workspace.
    gazetteer
        Used instead of the one with all layers.
    """

    def __init__(self, folder: Path, *, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(folder)
        self._given = gazetteer

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places that names are looked up in, the user's own first."""
        return self._given or open_gazetteer(
            user_places=self.folder / "places.geojson", imports=places_folder(self.folder)
        )

    @cached_property
    def _places(self) -> gpd.GeoDataFrame:
        return self.gazetteer.places_table()

    def places(self) -> gpd.GeoDataFrame:
        """Return the user's and the curated places, one row for each dated version."""
        return self._places

    def layouts(self) -> tuple[LayoutSpec, ...]:
        """Return the layouts of tables that the user wrote: one for each layouts/*.yaml.

        Raises
        ------
        InputError
            Naming every fault of every file.
        """
        return read_layouts(self.folder / "layouts")

    def batches(self) -> tuple[Batch, ...]:
        """Return the finished imports, the newest first."""
        return batches_of(self._table("batches"))

    def in_force(self) -> tuple[Batch, ...]:
        """Return the finished imports that were not undone, the newest first."""
        return tuple(batch for batch in self.batches() if not batch.undone)

    def batch(self, batch_id: str) -> Batch:
        """Return one finished import, also one that was undone.

        Parameters
        ----------
        batch_id
            Id of the import.

        Raises
        ------
        NotFoundError
            When there is no import of this id.
        """
        batch = next((one for one in self.batches() if one.batch_id == batch_id), None)
        if batch is None:
            message = f"There is no import {batch_id!r}: geomap batches lists them."
            raise NotFoundError(message)
        return batch

    def release(self, batch_id: str) -> dict[str, Any] | None:
        """Return what an import in force changed in the events before it; None when nothing.

        It has the shape of `ingest.events.result_shape.release_shape`, as the report had before the
        import was confirmed.

        Parameters
        ----------
        batch_id
            Id of the import.

        Raises
        ------
        NotFoundError
            When there is no import of this id.
        """
        batch = self.batch(batch_id)
        if batch.undone:
            return None
        release = stored_release(batch, self.events(), lambda: self.events(at=batch.base))
        return None if release is None else release_shape(release, batch.counts)

    def issues(self, batch_id: str) -> pd.DataFrame:
        """Return the issues of the rows of an import, with the columns of `model.RowIssue`.

        Parameters
        ----------
        batch_id
            Id of the import.
        """
        return self._rows("issues", "batch_id", batch_id).reset_index(drop=True)

    def articles(self) -> pd.DataFrame:
        """Return the articles with their texts, one row each."""
        articles: pd.DataFrame = self._table("articles")
        return articles

    def toponyms(self) -> pd.DataFrame:
        """Return the place names that were found in the articles, placed or not, one row each."""
        toponyms: pd.DataFrame = self._table("toponyms")
        return toponyms

    def article(self, article_id: str) -> GeoparsedArticle:
        """Return an article with the toponyms, dates and incidents that were read out of it.

        Parameters
        ----------
        article_id
            Id of the article.

        Raises
        ------
        NotFoundError
            When the workspace has no such article.
        """
        rows, toponyms, dates = (
            self._rows(table, "article_id", article_id)
            for table in ("articles", "toponyms", "dates")
        )
        if rows.empty:
            message = f"The workspace has no article {article_id!r}."
            raise NotFoundError(message)
        events = self.event_table().where("article_id", article_id)
        return read_parsed(rows.to_dict("records")[0], toponyms, dates, events)

    def origin(self, event: Mapping[str, Any]) -> str:
        """Return the file that an event came from, and its row, in words.

        Parameters
        ----------
        event
            Row of an events table.
        """
        names = {batch.batch_id: batch.file_name for batch in self.batches()}
        name, row = names.get(event["batch_id"], "unknown file"), event["row_number"]
        return name if pd.isna(row) else f"{name}, row {int(row)}"

    def _rows(self, table: str, column: str, value: str) -> pd.DataFrame:
        frame: pd.DataFrame = self._table(table)
        return frame[frame[column] == value]
