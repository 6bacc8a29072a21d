"""The command `geomap`. Each command imports what it needs when it runs, so that it starts fast."""

from geomap.cli.app import main

__all__ = ["main"]
