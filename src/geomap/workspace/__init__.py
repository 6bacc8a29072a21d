"""A workspace: a folder of uploaded files and versioned tables, and queries over it."""

from geomap.engine.event_store import EventTable, Order
from geomap.workspace.undo_import import UndoReport
from geomap.workspace.workspace import Workspace

__all__ = ["EventTable", "Order", "UndoReport", "Workspace"]
