"""Shared by several pages: the session, the view and its address, components and caches."""
