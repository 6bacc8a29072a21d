"""Geometry without a map: points of shapes, extents, grids.

Longitude before latitude, in degrees of EPSG:4326.
"""
