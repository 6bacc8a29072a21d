"""How well answers agree with the annotations of people: matching, figures, bars, mistakes.

Pure: from the lines of a corpus to records, tables and words.
"""

from geomap.evaluation.annotations import (
    GoldDocument,
    answers_of,
    gold_documents,
    lines_of,
    text_of,
)
from geomap.evaluation.figures import (
    METRICS,
    Bar,
    bar_of,
    document_shape,
    figures_shape,
    figures_table,
    metrics_of,
)
from geomap.evaluation.matching import DocumentResult, compare, mistakes_of, worst_first
from geomap.evaluation.place_marks import Line, Mark, marks_of
from geomap.evaluation.scores import Figures, Resolution, Step, calibration_of, figures_of

__all__ = [
    "METRICS",
    "Bar",
    "DocumentResult",
    "Figures",
    "GoldDocument",
    "Line",
    "Mark",
    "Resolution",
    "Step",
    "answers_of",
    "bar_of",
    "calibration_of",
    "compare",
    "document_shape",
    "figures_of",
    "figures_shape",
    "figures_table",
    "gold_documents",
    "lines_of",
    "marks_of",
    "metrics_of",
    "mistakes_of",
    "text_of",
    "worst_first",
]
