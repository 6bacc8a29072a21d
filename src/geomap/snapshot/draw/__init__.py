"""Drawing: a plan as matplotlib artists, and as the bytes of a PNG, SVG or PDF file."""
