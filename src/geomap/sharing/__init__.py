"""What may leave the house: licences of the sources, redaction, digests of what was given out."""

from geomap.sharing.digests import digest_of_events, digest_of_places
from geomap.sharing.redaction import DROPPABLE, NO_REDACTION, Redaction, hidden_by, redact_events
from geomap.sharing.terms import (
    UNKNOWN,
    Term,
    bundled_terms,
    licences_of,
    may_be_listed,
    read_terms,
    rows_to_give,
    terms_of,
    withheld_sentence,
    without_words,
)

__all__ = [
    "DROPPABLE",
    "NO_REDACTION",
    "UNKNOWN",
    "Redaction",
    "Term",
    "bundled_terms",
    "digest_of_events",
    "digest_of_places",
    "hidden_by",
    "licences_of",
    "may_be_listed",
    "read_terms",
    "redact_events",
    "rows_to_give",
    "terms_of",
    "withheld_sentence",
    "without_words",
]
