"""KML as records: one for each Placemark, its times, folder, geometry and own data.

Read in one pass without building a tree. A document type, and with it every entity, is
refused before the parser starts; links to other files are never followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar
from xml.etree import ElementTree as ET

import shapely

from geomap.errors import FileRefusedError
from geomap.readers.web_pages import plain_text

COLUMNS = (
    "kml id", "kml name", "kml folder", "kml begin", "kml end", "kml description", "kml link",
    "geometry_wkt",
)  # fmt: skip
"""The columns of every KML table; the names of ExtendedData follow."""

OPEN_END = "open"
_PROLOG = re.compile(r"^\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DECLARED = re.compile(r"^\ufeff?\s*<\?xml\b.*?\?>", re.DOTALL)
_CHUNK = 1 << 16
_DEEPEST = 200
_OWN_COLUMNS = 500
_SHAPES = {"Point", "LineString", "LinearRing", "Track"}


def read_placemarks(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and the cells of each Placemark.

    Raises
    ------
    FileRefusedError
        When the text is not well formed, has a document type, or holds no Placemark.
    """
    body = _DECLARED.sub("", text, count=1)
    start = _PROLOG.match(body)
    if start is not None and body[start.end() : start.end() + 2] == "<!":
        message = (
            f"{name} is a KML file with a document type, whose entities geomap does not expand; "
            "export it again without one."
        )
        raise FileRefusedError(message, code="xml_doctype")
    reader = _Reader()
    parser = ET.XMLParser(target=reader)  # noqa: S314 - no document type gets here, so no entity
    try:
        for at in range(0, len(body), _CHUNK):
            parser.feed(body[at : at + _CHUNK])
        parser.close()
    except (ET.ParseError, ValueError) as error:
        where = f" (line {error.position[0]})" if isinstance(error, ET.ParseError) else ""
        message = f"{name} is KML that cannot be read{where}; export it again."
        raise FileRefusedError(message, code="not_a_table") from error
    if not reader.records:
        links = " (only links to other files, which are not followed)" if reader.links else ""
        message = f"{name} is a KML file without placemarks{links}; export the places themselves."
        raise FileRefusedError(message, code="empty")
    own = list(reader.own)
    rows = [[*record.cells(), *(record.own.get(n, "") for n in own)] for record in reader.records]
    return [*COLUMNS, *own], rows


@dataclass(slots=True)
class _Placemark:
    """One Placemark while it is read."""

    folder: str
    own_id: str = ""
    name: str = ""
    description: str = ""
    when: list[str] = field(default_factory=list)
    begin: str = ""
    end: str = ""
    is_span: bool = False
    shapes: list[str] = field(default_factory=list)
    bad: str = ""
    rings: list[str] = field(default_factory=list)
    track: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def cells(self) -> list[str]:
        begin, end = self._days()
        words, link = plain_text(self.description)
        return [self.own_id, self.name, self.folder, begin, end, words, link or "", self._wkt()]

    def _days(self) -> tuple[str, str]:
        if self.is_span:
            return self.begin, self.end or (OPEN_END if self.begin else "")
        return (min(self.when), max(self.when)) if self.when else ("", "")

    def _wkt(self) -> str:
        """Return the geometry as WKT, or as it was written where it cannot be read."""
        if self.bad:
            return self.bad
        if len(self.shapes) < 2:
            return self.shapes[0] if self.shapes else ""
        parts = shapely.from_wkt(self.shapes)
        kinds = {part.geom_type for part in parts}
        if len(kinds) == 1 and (kind := kinds.pop()) in {"Point", "LineString", "Polygon"}:
            joined = getattr(shapely, f"multi{kind.lower()}s")(parts)
        else:
            joined = shapely.geometrycollections(parts)
        return str(shapely.to_wkt(joined, rounding_precision=-1))


class _Reader:
    """Target of the XML parser: collects the placemarks of a file."""

    _TEXTS: ClassVar = {"name", "description", "when", "begin", "end", "coordinates", "coord",
                        "value", "SimpleData"}  # fmt: skip

    def __init__(self) -> None:
        self.records: list[_Placemark] = []
        self.own: dict[str, None] = {}
        self.links = 0
        self._path: list[str] = []
        self._folders: list[str] = []
        self._mark: _Placemark | None = None
        self._key = ""
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        word = _local(tag)
        self._path.append(word)
        if len(self._path) > _DEEPEST:
            message = "nested too deep"
            raise ValueError(message)
        if word in {"Folder", "Document"}:
            self._folders.append("")
        elif word == "Placemark":
            self._mark = _Placemark(next((f for f in reversed(self._folders) if f), ""))
            self._mark.own_id = attributes.get("id", "").strip()
        elif word == "NetworkLink":
            self.links += 1
        elif word == "TimeSpan" and self._mark is not None:
            self._mark.is_span = True
        elif word in {"Data", "SimpleData"}:
            self._key = attributes.get("name", "").strip()
        self._text = [] if word in self._TEXTS else None

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        word = _local(tag)
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if self._text is not None:
            self._take(word, parent, "".join(self._text).strip())
            self._text = None
        mark = self._mark
        if word in {"Folder", "Document"}:
            self._folders.pop()
        elif mark is not None and word == "Polygon":
            _add(mark, f"POLYGON ({', '.join(mark.rings)})" if mark.rings else "")
            mark.rings = []
        elif mark is not None and word == "Track":
            _add(mark, _line(mark.track))
            mark.track = []
        elif mark is not None and word == "Placemark":
            self.records.append(mark)
            self._mark = None

    def close(self) -> None:
        """Nothing is left open: the parser checks that."""

    def _take(self, word: str, parent: str, text: str) -> None:
        mark = self._mark
        if mark is None:
            if word == "name" and parent == "Folder" and self._folders:
                self._folders[-1] = text
            return
        if parent == "Placemark" and word == "name":
            mark.name = " ".join(text.split())
        elif parent == "Placemark" and word == "description":
            mark.description = text
        elif word == "when" and parent in {"TimeStamp", "Track"}:
            mark.when.append(text)
        elif parent == "TimeSpan" and word in {"begin", "end"}:
            setattr(mark, word, text)
        elif word == "coordinates":
            self._shape(parent, text)
        elif word == "coord":
            mark.track.append(" ".join(text.split()[:2]))
        elif (word == "SimpleData" or (word == "value" and parent == "Data")) and self._key:
            self._own(mark, text)

    def _own(self, mark: _Placemark, text: str) -> None:
        key = self._key if self._key not in COLUMNS else f"{self._key} (2)"
        if key in self.own or len(self.own) < _OWN_COLUMNS:
            self.own[key] = None
            mark.own[key] = text

    def _shape(self, parent: str, text: str) -> None:
        mark = self._mark
        if mark is None:
            return
        points = _points(text)
        if parent == "LinearRing" and "Polygon" in self._path:
            mark.rings.append(f"({', '.join(points)})")
        elif parent == "Point":
            _add(mark, f"POINT ({points[0]})" if len(points) == 1 else text or "POINT EMPTY")
        elif parent in _SHAPES:
            _add(mark, _line(points))


def _local(tag: str) -> str:
    """Return a tag's name without its namespace, stated or only written as a prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def _points(text: str) -> list[str]:
    """Return "lon lat" of each tuple; blanks after commas, which KML forbids, are accepted."""
    tight = re.sub(r"\s*,\s*", ",", text)
    return [" ".join(part.split(",")[:2]) for part in tight.split()]


def _line(points: list[str]) -> str:
    if len(points) == 1:
        return f"POINT ({points[0]})"
    return f"LINESTRING ({', '.join(points)})" if points else ""


def _add(mark: _Placemark, wkt: str) -> None:
    """Add a shape; one that is no geometry makes the whole cell unreadable, on purpose."""
    if not wkt:
        return
    shape = shapely.from_wkt(wkt, on_invalid="ignore")
    if shape is None:
        mark.bad = mark.bad or wkt
    else:
        mark.shapes.append(wkt)
