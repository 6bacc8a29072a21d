"""A workspace: a folder of uploaded files and versioned tables, and queries over it."""

from geomap.engine.event_store import EventTable, Order
from geomap.workspace.chosen_place import read_field
from geomap.workspace.decision_book import Edit, ImportedDecisions
from geomap.workspace.event_history import history_of
from geomap.workspace.undo_import import UndoReport
from geomap.workspace.workspace import Workspace

__all__ = [
    "Edit",
    "EventTable",
    "ImportedDecisions",
    "Order",
    "UndoReport",
    "Workspace",
    "history_of",
    "read_field",
]
