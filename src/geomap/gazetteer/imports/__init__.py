"""Places that a user brings along: a GeoNames dump, or a GeoJSON or CSV file of their own.

An import is a folder of the workspace: a chain of index shards for places that are points,
`shapes.geojson` for those with an outline, with dates or with sides, and `import.json`, the
account of every row. It appears when it is whole; an import that stops leaves nothing.
"""

from geomap.gazetteer.imports.import_store import (
    FORMATS,
    ImportReport,
    forget_places,
    import_places,
    known_imports,
    open_imports,
    tidy,
)
from geomap.typing import Progress

__all__ = [
    "FORMATS",
    "ImportReport",
    "Progress",
    "forget_places",
    "import_places",
    "known_imports",
    "open_imports",
    "tidy",
]
