"""Geoparsing: names of places in a text, and the places they name."""

from geomap.geoparse.geoparser import geoparse, place_spans
from geomap.geoparse.tokens import sentences

__all__ = ["geoparse", "place_spans", "sentences"]
