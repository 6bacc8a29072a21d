"""A workspace: a folder of kept files and versioned tables, and what can be asked of it."""

from geomap.gazetteer.imports import ImportReport
from geomap.workspace.brought import forget_places, import_places, known_imports
from geomap.workspace.eventtable import EventTable, Order
from geomap.workspace.folder import Workspace
from geomap.workspace.reports import FileReport
from geomap.workspace.undoing import UndoReport

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
