"""Events as files for other tools."""

from geomap.exports.formats import FORMATS, export_bytes, format_of

__all__ = ["FORMATS", "export_bytes", "format_of"]
