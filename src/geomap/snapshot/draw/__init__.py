"""Drawing: a planned snapshot as matplotlib artists, and as bytes of PNG, SVG or PDF."""
