"""A workspace: a folder of kept files and versioned tables, and what can be asked of it."""

from geomap.workspace.folder import Workspace
from geomap.workspace.reports import FileReport

__all__ = ["FileReport", "Workspace"]
