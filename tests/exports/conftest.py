"""Events and places of every kind, as in tests/maps."""

from tests.maps.conftest import assets_not_served, events, places

__all__ = ["assets_not_served", "events", "places"]
