"""What several pages share: the session, the view and its address, components and caches."""
