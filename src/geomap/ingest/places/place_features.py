"""The features of a GeoJSON collection or sequence as places, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.ingest.places.import_row import ImportRow, RowFault
from geomap.ingest.places.place_columns import fields_of
from geomap.ingest.places.place_record import PlaceRecords
from geomap.readers.json_stream import stream_features
from geomap.readers.streams import FileStream

_MOST_SHAPES = 1_000  # of properties, remembered with their fields


def read_place_features(source: FileStream, records: PlaceRecords) -> Iterator[ImportRow]:
    """Yield the place of each feature, or why it cannot be used; the first feature is number 1.

    Raises
    ------
    FileRefusedError
        When the file is not GeoJSON to its end, or in another reference system.
    """
    fields: dict[tuple[str, ...], dict[str, str]] = {}
    for number, feature in enumerate(stream_features(source), start=1):
        if not isinstance(feature, dict):
            fault = RowFault(
                reason="This is not a feature.",
                remedy="Export the file again.",
                code="not_a_feature",
            )
            yield fault.issue(number)
            continue
        own = feature.get("properties")
        own = own if isinstance(own, dict) else {}
        keys = tuple(own)
        if keys not in fields:
            if len(fields) > _MOST_SHAPES:
                fields.clear()
            fields[keys] = fields_of(keys)
        values = {field: own[key] for key, field in fields[keys].items()}
        if "id" not in values and isinstance(feature.get("id"), str | int):
            values["id"] = feature["id"]
        geometry = feature.get("geometry")
        if isinstance(geometry, dict):
            yield from records.rows(number, values, geometry)
        else:
            reason = "The feature has no geometry."
            yield RowFault(reason, "Draw it.", code="no_geometry", column="geometry").issue(number)
