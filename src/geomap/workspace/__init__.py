"""A workspace: a folder of kept files and versioned tables, and what can be asked of it."""

from geomap.engine.event_store import EventTable, Order
from geomap.gazetteer.import_store import ImportReport
from geomap.workspace.file_report import FileReport
from geomap.workspace.undo_import import UndoReport
from geomap.workspace.user_places import forget_places, import_places, known_imports
from geomap.workspace.workspace import Workspace

__all__ = [
    "EventTable",
    "FileReport",
    "ImportReport",
    "Order",
    "UndoReport",
    "Workspace",
    "forget_places",
    "import_places",
    "known_imports",
]
