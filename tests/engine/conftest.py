"""Workspaces as in tests/workspace."""

from tests.workspace.conftest import gazetteer, workspace

__all__ = ["gazetteer", "workspace"]
