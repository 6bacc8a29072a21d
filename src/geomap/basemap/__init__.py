"""The background of every map: land, water, boundaries and names that ship with geomap."""
