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
from geomap.evaluation.event_annotations import EventDocument, event_answers, event_documents
from geomap.evaluation.event_scores import (
    EVENT_METRICS,
    EventResult,
    compare_events,
    event_metrics,
    events_shape,
    events_table,
    wrong_events,
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
    "EVENT_METRICS",
    "METRICS",
    "Bar",
    "DocumentResult",
    "EventDocument",
    "EventResult",
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
    "compare_events",
    "document_shape",
    "event_answers",
    "event_documents",
    "event_metrics",
    "events_shape",
    "events_table",
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
    "wrong_events",
]
