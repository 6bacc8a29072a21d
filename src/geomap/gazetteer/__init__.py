"""Places and their names: where a name may be.

Layers in rank order: the user's own places, the curated gazetteer (several names by
language, side and date; roads as lines, zones as polygons), countries, regions and waters
of the world, its divisions, towns and airports, and GeoNames dumps that a user imported.
"""

from geomap.gazetteer.gazetteer import Gazetteer
from geomap.gazetteer.name_keys import normalise_name
from geomap.gazetteer.name_lookup import LAYERS, NameQuality
from geomap.gazetteer.open import open_gazetteer
from geomap.gazetteer.world import build_index

__all__ = ["LAYERS", "Gazetteer", "NameQuality", "build_index", "normalise_name", "open_gazetteer"]
