"""Which event lies in which zone, near which road, at which place, and how surely."""

from geomap.join.candidate_pairs import candidate_pairs
from geomap.join.place_join import AT_KM, NEAR_KM, join_places

__all__ = ["AT_KM", "NEAR_KM", "candidate_pairs", "join_places"]
