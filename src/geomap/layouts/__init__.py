"""Layouts of event tables: the known kinds, as data, and how one is recognised."""

from geomap.layouts.column_choice import ColumnChoice, column_choice
from geomap.layouts.fields import FIELDS, checked_mapping
from geomap.layouts.headerless import shape_of_text
from geomap.layouts.layout_yaml import (
    code_list,
    layout_specs,
    plain_spec,
    read_layouts,
)
from geomap.layouts.recognition import (
    Layout,
    missing_parts,
    named_table,
    plain_reason,
    recognise_layout,
)
from geomap.layouts.spec import LayoutSpec

__all__ = [
    "FIELDS",
    "ColumnChoice",
    "Layout",
    "LayoutSpec",
    "checked_mapping",
    "code_list",
    "column_choice",
    "layout_specs",
    "missing_parts",
    "named_table",
    "plain_reason",
    "plain_spec",
    "read_layouts",
    "recognise_layout",
    "shape_of_text",
]
