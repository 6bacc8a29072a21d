"""The Articles page: read a text with its names and dates marked, see what it reports."""

from geomap.dashboard.articles import article_page
from geomap.dashboard.shared import cache

article_page.article_page(cache.current())
