"""Events as files for other tools."""

from geomap.exports.formats import FORMATS, export_events, format_of

__all__ = ["FORMATS", "export_events", "format_of"]
