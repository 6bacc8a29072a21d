"""geomap: from news text and event tables to a dated, cited map."""

__version__ = "0.1.0"
