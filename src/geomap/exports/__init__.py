"""Events as files for other tools."""

from geomap.exports.write import FORMATS, export_events, format_of

__all__ = ["FORMATS", "export_events", "format_of"]
