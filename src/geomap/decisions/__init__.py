"""The ledger of decisions: what holds of it, and events as they are after it.

Everything here is pure: the store keeps the ledger, the engine applies it to what it reads.
"""

from geomap.decisions.apply_decisions import (
    CORRECTED,
    DECISION_FLAGS,
    DISAGREEING,
    SOURCE_CHANGED,
    apply_decisions,
)
from geomap.decisions.decided_fields import (
    DECIDED,
    as_text,
    check_values,
    from_text,
    values_of,
    words_of_values,
)
from geomap.decisions.ledger import EventState, Ledger
from geomap.decisions.ledger_csv import ledger_csv, read_ledger_csv
from geomap.decisions.typed_values import read_value

__all__ = [
    "CORRECTED",
    "DECIDED",
    "DECISION_FLAGS",
    "DISAGREEING",
    "SOURCE_CHANGED",
    "EventState",
    "Ledger",
    "apply_decisions",
    "as_text",
    "check_values",
    "from_text",
    "ledger_csv",
    "read_ledger_csv",
    "read_value",
    "values_of",
    "words_of_values",
]
