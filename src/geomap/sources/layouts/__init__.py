"""Layouts of event tables: the kinds we know, as data, and how one is recognised."""

from geomap.sources.layouts.fields import FIELDS, checked_mapping
from geomap.sources.layouts.recognise import (
    Layout,
    field_columns,
    missing_parts,
    named_table,
    recognise_layout,
)
from geomap.sources.layouts.spec import LayoutSpec, layout_specs, plain_spec

__all__ = [
    "FIELDS",
    "Layout",
    "LayoutSpec",
    "checked_mapping",
    "field_columns",
    "layout_specs",
    "missing_parts",
    "named_table",
    "plain_spec",
    "recognise_layout",
]
