"""The Articles page: read a text with its names and dates marked, see what it reports."""

from geomap.dashboard import article_page, cache

article_page.article_page(cache.current())
