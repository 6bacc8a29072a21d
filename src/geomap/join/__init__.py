"""Join events with zones, roads and places, and state how certain each match is."""

from geomap.join.candidate_pairs import candidate_pairs
from geomap.join.place_join import AT_KM, NEAR_KM, join_places

__all__ = ["AT_KM", "NEAR_KM", "candidate_pairs", "join_places"]
