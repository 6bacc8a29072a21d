"""The Add data page: drop files, see what they are and what will change, confirm."""

from geomap.dashboard import cache, upload

upload.upload_page(cache.current())
