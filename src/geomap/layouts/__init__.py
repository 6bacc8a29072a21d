"""Layouts of event tables: the known kinds, as data, and how one is recognised."""

from geomap.layouts.column_choice import ColumnChoice, column_choice
from geomap.layouts.fields import FIELDS, checked_mapping
from geomap.layouts.headerless import shape_of_text
from geomap.layouts.layout_yaml import (
    code_list,
    layout_specs,
    plain_spec,
    read_layouts,
    spec_from_yaml,
)
from geomap.layouts.recognition import (
    Layout,
    field_columns,
    missing_parts,
    named_table,
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
    "field_columns",
    "layout_specs",
    "missing_parts",
    "named_table",
    "plain_spec",
    "read_layouts",
    "recognise_layout",
    "shape_of_text",
    "spec_from_yaml",
]
