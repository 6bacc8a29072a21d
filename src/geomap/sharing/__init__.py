"""Passing data on: licences of sources, redaction, and digests of the result."""

from geomap.sharing.digests import digest_of_events, digest_of_places
from geomap.sharing.redaction import DROPPABLE, NO_REDACTION, Redaction, hidden_by, redact_events
from geomap.sharing.terms import (
    Term,
    may_be_listed,
    rows_to_give,
    terms_of,
    withheld_sentence,
    without_words,
)
from geomap.sharing.terms_file import bundled_terms, read_terms

__all__ = [
    "DROPPABLE",
    "NO_REDACTION",
    "Redaction",
    "Term",
    "bundled_terms",
    "digest_of_events",
    "digest_of_places",
    "hidden_by",
    "may_be_listed",
    "read_terms",
    "redact_events",
    "rows_to_give",
    "terms_of",
    "withheld_sentence",
    "without_words",
]
