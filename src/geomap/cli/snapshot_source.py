"""The data of `geomap snapshot` and `geomap verify`: a query at one version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.sharing import Redaction
    from geomap.snapshot import ChangesSince, Part, SnapshotSettings
    from geomap.workspace import Workspace


class SnapshotSource:
    """The view of a query at a version of a workspace, and the tables it is made of.

    A version that the workspace lacks is refused before any table is read.
    """

    def __init__(
        self, workspace: Workspace, query: EventQuery, version: int, redaction: Redaction
    ) -> None:
        from geomap.sharing import read_terms
        from geomap.snapshot import view_of
        from geomap.store import Store, batches_of

        batches = batches_of(Store(workspace.folder / "tables").read("batches", at=version))
        at = None if version == workspace.version else version
        self.version = version
        self._workspace = workspace
        self._gazetteer = workspace.gazetteer
        self._events = workspace.events(at=at)
        self._places = workspace.places()
        self._inputs: dict[str, Any] = {
            "joins": workspace.joins(at=at) if query.place_ids else None,
            "terms": read_terms(workspace.folder),
            "batches": batches,
            "redaction": redaction,
        }
        self.view = view_of(self._events, query, self._places, **self._inputs)

    def changes_since(self) -> ChangesSince:
        """Return what became of the shown events in the newest version of the workspace."""
        from geomap.query import VISIBLE, filter_events
        from geomap.snapshot import changes_since

        query, redaction = self.view.query, self._inputs["redaction"]
        newest = self._workspace.events()
        joins = self._workspace.joins() if query.place_ids else None
        shown = filter_events(newest, query, joins=joins, keep=VISIBLE)
        if redaction.sources:
            from geomap.sharing import hidden_by

            shown = shown[~hidden_by(redaction, shown)]
        then = self._events.loc[self.view.events.index]
        return changes_since(then, newest, frozenset(shown["event_id"]))

    def name_places(self, policy: str) -> None:
        """Name the places after a policy: "source", "all", "side:NAME" or "lang:CODE"."""
        if policy == "source":
            return
        from geomap.symbology.name_policy import names_policies, with_names

        self._places = with_names(self._places, self._gazetteer)
        policies = names_policies(self._places)
        if policy not in policies:
            message = f"--names: there is no policy {policy!r}: use one of {', '.join(policies)}."
            raise InputError(message)
        self.view = replace(self.view, places=self._places.loc[self.view.places.index])

    def stamped(self, settings: SnapshotSettings) -> SnapshotSettings:
        """Return the settings with the version and the time it was written, where known."""
        from geomap.snapshot import moment_of

        moment = moment_of(self._inputs["batches"], self.version)
        as_of = datetime.fromisoformat(moment) if moment else settings.as_of
        return replace(settings, version=self.version, as_of=as_of)

    def parts(self, unit: str, *, as_panels: bool = False) -> list[Part]:
        """Return the view divided by day, week, month, year or type; as panels of one figure."""
        from geomap.snapshot import MAX_PANELS, parts_of

        limit: dict[str, Any] = {"most": MAX_PANELS} if as_panels else {}
        return parts_of(self.view, self._events, self._places, unit, **limit, **self._inputs)
