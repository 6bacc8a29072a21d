"""Articles to incidents: what happened, where, when, and on whose word."""

from geomap.incidents.incident_reader import find_incidents, read_article
from geomap.incidents.table import incidents_table
from geomap.incidents.unread_sentences import unread_sentences, unread_words

__all__ = [
    "find_incidents",
    "incidents_table",
    "read_article",
    "unread_sentences",
    "unread_words",
]
