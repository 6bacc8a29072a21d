"""Words to days: dates in running text, at the head of an article, and in columns of tables."""

from geomap.dates.article_header import find_publication_date
from geomap.dates.column_readings import DateQuestion, Surroundings
from geomap.dates.date_columns import DateColumn, read_dates
from geomap.dates.date_mentions import find_dates
from geomap.dates.date_spans import words_of_span

__all__ = [
    "DateColumn",
    "DateQuestion",
    "Surroundings",
    "find_dates",
    "find_publication_date",
    "read_dates",
    "words_of_span",
]
