"""A workspace: a folder of uploaded files and versioned tables, and queries over it."""

from geomap.engine.event_store import EventTable, Order
from geomap.gazetteer.imports import ImportReport
from geomap.workspace.undo_import import UndoReport
from geomap.workspace.user_places import forget_places, import_places, known_imports
from geomap.workspace.workspace import Workspace

__all__ = [
    "EventTable",
    "ImportReport",
    "Order",
    "UndoReport",
    "Workspace",
    "forget_places",
    "import_places",
    "known_imports",
]
