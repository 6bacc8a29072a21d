# ruff: noqa: E501 (a hostile file broken over lines is harder to read than a long one)
"""Hostile files of text: delimited tables, JSON, KML, web pages, articles, feeds, chats."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.readers.hostile_case import Case
from tests.readers.hostile_files import nested_wkt

_HEAD = "event_id,event_date,latitude,longitude,location,notes\n"
_STORY = "Shots were fired in Shusha on 3 March 2022, the ministry said. "


def _table(n: int) -> Iterator[tuple[str, str]]:
    """Yield texts of tables; `n` is about their size in characters."""
    row = "E{},2022-03-04,39.76,46.75,Shusha,x\n"
    yield "one-line", _HEAD + "x" * n
    yield "one-line-of-cells", _HEAD + "x," * (n // 2)
    yield "nothing-but-marks", "," * n
    yield "open-quote", _HEAD + 'E1,2022-03-04,1,2,"' + "x\n" * (n // 2)
    yield "quotes", '"' * n
    yield "quoted-quotes", _HEAD + ('"' + '""' * 50 + '",') * (n // 103)
    yield "many-columns", ",".join(f"c{i}" for i in range(n // 7)) + "\n1\n"
    yield "same-names", ",".join(["date"] * (n // 5)) + "\n2022-01-01\n"
    yield "blank-lines", _HEAD + "\n" * n + row.format(1)
    yield "nul-bytes", _HEAD + "\0,\0\n" * (n // 4)
    yield "returns", (_HEAD + row.format(1) * (n // 40)).replace("\n", "\r")
    yield "mixed-ends", _HEAD + (row.format(1) + "\r" + row.format(2) + "\r\n") * (n // 80)
    yield "same-id", _HEAD + row.format(1) * (n // 40)
    yield "ragged", _HEAD + "".join("x," * (i % 60) + "\n" for i in range(n // 60))
    for name, cell in (
        ("digits", "1" * n), ("blanks", " " * n + "x"), ("brackets", "(" * n), ("degrees", "°" * n),
        ("minus", "-" * n), ("points", "1." * (n // 2)), ("north", "N 1 2 3 " * (n // 8)),
        ("slashes", "1/2/" * (n // 4)), ("colons", "1:2:" * (n // 4)), ("months", "May " * (n // 4)),
        ("marks", "a" + "\u0301" * n), ("turned", "\u202e" * n), ("flags", "\U0001f1e6" * (n // 4)),
        ("letters", "a b " * (n // 4)), ("plus-codes", "8FVC9G8F+6X " * (n // 12)),
    ):  # fmt: skip
        yield f"date-of-{name}", f"{_HEAD}E1,{cell},1,2,x,y\n" + row.format(2)
        yield f"latitude-of-{name}", f"{_HEAD}E1,2022-01-01,{cell},2,x,y\n" + row.format(2)
        yield f"place-of-{name}", f"date,location\n2022-01-01,{cell}\n2022-01-02,Shusha\n"
    yield "numbers", _HEAD + "E1,9999-99-99,1e400,-1e400,NaN,inf\nE2,0000-00-00,nan,inf,,\n"
    yield (
        "far-days",
        "date,lat,lon\n"
        + "".join(
            f"{day},1,2\n"
            for day in ("99999-01-01", "-1-01-01", "1e9", "2958466", "00/00/00", "١٢٣")
        ),
    )
    yield "nested-wkt", f"date,geometry\n2020-01-01,{nested_wkt(n // 24)}\n2020-01-02,POINT (1 2)\n"
    points = ",".join(f"{i % 90} {i % 89}" for i in range(n // 6))
    yield "long-wkt", f'date,geometry\n2020-01-01,"LINESTRING ({points})"\n'
    yield "crossed-wkt", f'date,geometry\n2020-01-01,"POLYGON (({points},0 0))"\n'
    yield "tags", "date,place\n" + "#date,#" + "x" * n + "\n2022-01-01,Shusha\n"
    yield "sep", "sep=" + "," * n + "\n" + _HEAD
    yield "formulas", _HEAD + '=cmd|\'/c calc\'!A1,2022-03-04,1,2,"=HYPERLINK(""x"")",@x\n' * 20


def delimited(n: int) -> Iterator[Case]:
    """Yield tables with commas, and some with other marks between their cells."""
    for name, text in _table(n):
        yield Case(f"{name}.csv", text.encode("utf-8", "surrogatepass"))
        if "-of-" not in name:
            yield Case(f"{name}.tsv", text.replace(",", "\t").encode("utf-8", "surrogatepass"))
    good = _HEAD + "E1,2022-03-04,39.76,46.75,Shusha,x\n" * 20
    yield Case("two-marks.txt", b"\xef\xbb\xbf\xef\xbb\xbf" + good.encode())
    yield Case("odd-utf16.txt", good.encode("utf-16-le")[:-1])
    yield Case("utf32.txt", good.encode("utf-32"))
    yield Case("half-letters.txt", good.encode() + b"\xed\xa0\x80,\xff\xfe\n")
    yield Case("semicolons.txt", good.replace(",", ";").encode("utf-16"))


def json_files(n: int) -> Iterator[Case]:
    """Yield JSON, JSON lines, GeoJSON and exported chats."""
    point = '{"type":"Feature","properties":{"date":"2022-01-01"},"geometry":%s}'
    features = '{"type":"FeatureCollection","features":[%s]}'
    ring = ",".join(f"[{i % 90},{i % 89}]" for i in range(n // 8))
    texts = {
        "brackets": "[" * n, "braces": '{"a":' * (n // 5), "closed": "[" * 900 + "]" * 900,
        "empty-lists": "[" + "[]," * (n // 3) + "[]]",
        "empty-objects": "[" + "{}," * (n // 3) + "{}]",
        "numbers": '[{"date":"2022-01-01","lat":1e999,"lon":-1e999,"n":NaN}]',
        "digits": '[{"date":"2022-01-01","lat":' + "1" * n + ',"lon":2}]',
        "long-text": '[{"date":"2022-01-01","lat":1,"lon":2,"a":"' + "x" * n + '"}]',
        "many-keys": "[{" + ",".join(f'"k{i}":1' for i in range(n // 9)) + "}]",
        "other-keys": "[" + ",".join(f'{{"k{i}":1,"date":"2022"}}' for i in range(n // 25)) + "]",
        "same-keys": "[{" + ",".join('"date":"2022-01-01"' for _ in range(n // 19)) + "}]",
        "half-letters": '[{"date":"2022-01-01","lat":1,"lon":2,"place":"\\ud800\\u0000"}]',
        "cut": '[{"date":"2022-01-01","lat":1', "two": '[{"date":1}][{"date":2}]',
        "text-of-dates": json.dumps({"title": "x", "text": "3 March 2022, " * (n // 14)}),
        "many-texts": json.dumps([{"title": "x", "text": f"{_STORY}{i}."} for i in range(n // 400)]),
        "listed-text": json.dumps({"text": ["x"] * 100, "title": {"a": [1]}, "url": [[]]}),
    }  # fmt: skip
    geometries = {
        "no-geometry": "null",
        "odd-geometry": "[1]",
        "text-geometry": '"POINT (1 2)"',
        "bare-type": '{"type":"Point"}',
        "odd-type": '{"type":"Blob","coordinates":[1,2]}',
        "huge": '{"type":"Point","coordinates":[1e308,-1e308,1]}',
        "words": '{"type":"Point","coordinates":["a",{}]}',
        "ring": '{"type":"Polygon","coordinates":[[' + ring + "]]}",
        "line": '{"type":"LineString","coordinates":[' + ring + "]}",
        "nested-ring": '{"type":"Polygon","coordinates":' + "[" * 900 + "]" * 900 + "}",
        "collections": '{"type":"GeometryCollection","geometries":[' * 300 + "]}" * 300,
    }
    for name, text in texts.items():
        yield Case(f"{name}.json", text.encode())
    for name, geometry in geometries.items():
        yield Case(f"{name}.geojson", (features % (point % geometry)).encode())
    line = '{"date":"2022-01-01","lat":1,"lon":2}\n'
    yield Case("mixed.jsonl", (line + "[1]\n" + line + "null\n" + line + "{\n").encode())
    yield Case("long.jsonl", (line * (n // 40)).encode())
    yield Case("texts.jsonl", ('{"title":"x","text":"' + _STORY * 9 + '"}\n').encode() * 20)
    message = {"id": 1, "type": "message", "date": "2023-03-12T10:00:00", "from": "D"}
    for name, content in {
        "nested": [[["x"]]], "numbers": 1e300, "objects": [{"text": {"text": [1]}}] * 50,
        "links": [{"type": "link", "href": "x" * 999}] * 50, "none": None, "long": _STORY * (n // 63),
        "dates": "3.3.2022 " * (n // 9),
    }.items():  # fmt: skip
        chat = {
            "name": name,
            "messages": [{**message, "text": content}, {**message, "text": _STORY}],
        }
        yield Case(f"chat-of-{name}.telegram.json", json.dumps(chat).encode())
    chat = {"messages": [{**message, "id": i, "text": f"{i} {_STORY}"} for i in range(n // 500)]}
    yield Case("long-chat.telegram.json", json.dumps(chat).encode())


def markup(n: int) -> Iterator[Case]:
    """Yield KML, web pages and feeds."""
    pages = {
        "open-divs": "<div>" * (n // 5) + _STORY, "open-comments": "<!--" * (n // 4),
        "comments": "<!---->" * (n // 7), "open-cdata": "<![CDATA[" * (n // 9),
        "declarations": "<!x" * (n // 3), "instructions": "<?x" * (n // 3), "angles": "<" * n,
        "open-tags": "<a " * (n // 3), "ends": "</x>" * (n // 4), "open-ends": "</" * (n // 2),
        "attributes": "<p " + "a=1 " * (n // 4) + ">" + _STORY, "ampersands": "&" * n,
        "open-quote": '<p a="' + "x" * n, "quotes": "<p a='" * (n // 6),
        "references": "&#99999999;&#xD800;&#0;&amp" * (n // 27), "scripts": "<script>" * (n // 8),
        "script": "<script>" + "</" * (n // 2), "titles": "<title>" * (n // 7),
        "linked": '<script type="application/ld+json">' + "[" * n + "</script>",
        "metas": '<meta name="date" content="9999-99-99">' * (n // 39), "svg": "<svg>" * (n // 5),
        "tables": "<table><tr><td>" * (n // 15), "tabs": "<p>\t" * (n // 4), "nul": "<p>\0" * (n // 4),
    }  # fmt: skip
    for name, body in pages.items():
        yield Case(f"{name}.html", f"<html><body><p>{_STORY}</p>{body}".encode())
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "haha">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>'
    mark = (
        "<Placemark><name>x</name><TimeStamp><when>%s</when></TimeStamp><Point><coordinates>%s"
        "</coordinates></Point>%s</Placemark>"
    )
    good = mark % ("2022-01-01", "1,2", "")
    for name, body in {
        "folders": "<Folder>" * 500 + good, "closed": "<Folder>" * 900 + good + "</Folder>" * 900,
        "deep": "<Folder>" * (n // 8), "coordinates": mark % ("2022", "1,2 " * (n // 4), ""),
        "odd-day": mark % ("x" * n, "1,2", ""), "far": mark % ("99999", "1e999,-1e999", ""),
        "commas": mark % ("2022", "," * n, ""), "marks": good * (n // 150),
        "data": mark % ("2022", "1,2", "<ExtendedData>" + "<Data name='a'><value>1</value></Data>"
                        * (n // 38) + "</ExtendedData>"),
        "cdata": mark % ("2022", "1,2", "<description><![CDATA[" + "<b>" * (n // 3) + "]]></description>"),
        "link": good + "<NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink>",
        "same-names": mark % ("2022", "1,2", "<name>x</name>" * (n // 14)),
    }.items():  # fmt: skip
        yield Case(f"{name}.kml", (kml % body).encode())
    yield Case("entities.kml", f"{bomb}{kml % '&e11;'}".encode())
    yield Case("file-entity.kml", f"{bomb}{kml % '&f;'}".encode())
    rss = '<rss version="2.0"><channel><title>D</title>%s</channel></rss>'
    item = "<item><title>x</title><link>%s</link><description>%s</description><pubDate>%s</pubDate></item>"
    for name, body in {
        "items": (item % ("https://a.org", _STORY, "Sun, 12 Mar 2023 10:00:00 GMT")) * (n // 250),
        "deep": "<a>" * (n // 3), "tags": item % ("", "&lt;b&gt;" * (n // 9), ""),
        "comments": item % ("", "<p>x</p>&lt;!--".replace("<p>", "&lt;p&gt;") * (n // 20), ""),
        "odd-day": item % ("javascript:x", _STORY, "9" * n), "long": item % ("", _STORY * (n // 63), ""),
        "empty": "", "no-text": "<item/>" * (n // 7), "cdata": item % ("", f"<![CDATA[{_STORY}]]>", ""),
    }.items():  # fmt: skip
        yield Case(f"{name}.rss", (rss % body).encode())
    yield Case("entities.rss", (bomb + rss % "&e11;").encode())
    atom = '<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'
    for name, body in {
        "entries": f"<entry><title>x</title><summary>{_STORY}</summary></entry>" * (n // 200),
        "links": "<entry>" + "<link href='https://a.org'/>" * (n // 28) + "</entry>",
        "xhtml": "<entry><content type='xhtml'>" + "<div><p>x</p>" * 60,
        "entities": "&x;",
    }.items():
        yield Case(f"{name}.atom", (atom % body).encode())


def articles(n: int) -> Iterator[Case]:
    """Yield texts of articles, and of chats and RTF, which are text too."""
    anchors = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    texts = {
        "dates": "3 March 2022, 5 May 2021, " * (n // 26), "days": "2022-03-04 05/06/2021 " * (n // 22),
        "relative": "on Monday last week two days later " * (n // 35),
        "names": "Baku and Paris, Shusha. Goma " * (n // 29), "lines": "Baku\n" * (n // 5),
        "endless": "soldiers killed two people in Baku and the army said that " * (n // 58),
        "no-blanks": "abcdefghij" * (n // 10), "no-blank-names": "BakuParis" * (n // 9),
        "mixed": "В Киеве взрыв 3 марта. 北京发生爆炸。 قتل شخصان في حلب. Shots in Paris. " * (n // 70),
        "digits": "It was " + "1234567890" * (n // 10), "marks": "Word. " + ".,;([\"' " * (n // 8),
        "capitals": "TWO PEOPLE WERE KILLED IN BAKU " * (n // 31),
        "capital-words": "The Great New Army Of The Republic " * (n // 35),
        "roads": "the road between Baku and Shusha, the M4 highway from Paris to Lyon, " * (n // 69),
        "north": "10 km north of Goma, 20 km south-west of Baku, " * (n // 47),
        "zones": "in the area between Goma, Baku, Paris and Lyon, " * (n // 48),
        "accents": "He fled. a" + "\u0301" * n, "joiners": "He fled. " + "a\u200d" * (n // 2),
        "hyphens": "He fled. " + "Baku-" * (n // 5), "apostrophes": "He fled. " + "O'" * (n // 2),
        "initials": "A. B. C. " * (n // 9), "blanks": "He fled. " + " " * n + "x",
        "quotes": '"' + "He said “yes” and ‘no’. " * (n // 24), "rules": "---\n" * (n // 4),
        "yaml-anchors": f"---\n{anchors}---\n{_STORY}", "deep-yaml": "---\na: " + "[" * n + "\n---\nx",
        "yaml-tag": f"---\na: !!python/object/apply:os.system [x]\n---\n{_STORY}",
        "one-word": "a" * n, "flags": "\U0001f1e6\U0001f1ff" * (n // 8) + _STORY,
        "han": "北京上海爆炸" * (n // 6), "arabic": "قتل شخصان في حلب يوم الاثنين " * (n // 30),
        "published": "Published: " + "3/3/2022 " * (n // 9) + "\n" + _STORY,
        "dateline": "BAKU, " * (n // 6) + _STORY,
    }  # fmt: skip
    for name, text in texts.items():
        yield Case(f"{name}.md" if "yaml" in name else f"{name}.txt", text.encode())
    stamp = "[12/03/2023, 14:06:00] Desk: "
    for name, text in {
        "lines": stamp + "x\n" * (n // 2),
        "messages": f"{stamp}{_STORY}\n" * (n // 100),
        "sender": "[12/03/2023, 14:06:00] " + "x" * n,
        "days": "[99/99/9999, 99:99] D: x\n" * 20,
        "colons": stamp + ":" * n,
        "marks": stamp + "\u200e" * n,
    }.items():
        yield Case(f"{name}.whatsapp.txt", f"{stamp}{_STORY}\n{text}".encode())
    for name, text in {
        "braces": "{" * n, "closed": "}" * n, "groups": "{}" * (n // 2), "bin": "\\bin99999999 x",
        "numbers": "\\u-99999? \\u99999999? \\'zz " * (n // 29), "page": "\\ansicpg99999 \\'ff",
        "words": "\\" + "a" * n, "backslashes": "\\" * n, "pictures": "{\\pict ff}" * (n // 10),
        "skips": "\\uc99999\\u1?" * (n // 13), "quotes": "\\'" * (n // 2), "stars": "{\\*\\x" * (n // 6),
        "digits": "\\u" + "1" * n,
    }.items():  # fmt: skip
        yield Case(f"{name}.rtf", (r"{\rtf1\ansi " + _STORY + text + "}").encode())
