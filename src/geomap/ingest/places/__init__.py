"""Places that a user brings along: a GeoNames dump, or a GeoJSON or CSV file of their own."""

from geomap.ingest.places.place_import import FORMATS, import_places

__all__ = ["FORMATS", "import_places"]
