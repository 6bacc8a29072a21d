"""Words to days: dates in running text, at the head of an article, and in columns of tables."""

from geomap.dates.columns import DateColumn, DateQuestion, DateWarning, read_dates
from geomap.dates.header import find_publication_date
from geomap.dates.phrases import words_of_span
from geomap.dates.text import find_dates

__all__ = [
    "DateColumn",
    "DateQuestion",
    "DateWarning",
    "find_dates",
    "find_publication_date",
    "read_dates",
    "words_of_span",
]
