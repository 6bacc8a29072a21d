"""The online tiles that a user may choose instead of the background that ships with geomap."""

TILES: dict[str, dict[str, str]] = {
    "OpenStreetMap": {
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL)",
    },
    "OpenTopoMap": {
        "url": "https://tile.opentopomap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL), SRTM · style © OpenTopoMap (CC BY-SA)",
    },
}
"""Address and credit of each server, by name. None is asked for a tile before it is chosen."""

TILES_WARNING = (
    "Online tiles come from a server on the internet. It sees which part of the world you look "
    "at, how closely and when, and the address of your connection. geomap asks it for nothing "
    "unless you choose it here, and for nothing more once you choose the offline background."
)
"""What to say beside the choice of online tiles."""
