"""Words to days: dates in running text, at the head of an article, and in columns of tables."""

from geomap.dates.header import find_publication_date
from geomap.dates.text import find_dates

__all__ = ["find_dates", "find_publication_date"]
