"""Lazy queries over the events of one workspace version."""
