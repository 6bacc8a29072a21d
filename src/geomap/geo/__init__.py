"""Geometry without a map: distances, Mercator positions, extents, points of shapes, grids.

Longitude comes before latitude everywhere, both in degrees of EPSG:4326.
"""
