"""The style of a layer of events as QGIS writes it (QML): a rule for each event type."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from geomap.files.xml_text import xml_text
from geomap.model import AREA_PRECISIONS
from geomap.symbology.colours import OTHER_COLOUR

_FORMS = ("circle", "square", "triangle", "diamond", "pentagon", "cross_fill", "star", "hexagon")
_PATTERNS = ("b_diagonal", "f_diagonal", "diagonal_x", "horizontal", "vertical", "cross")


def style_qml(layer: str, colours: Mapping[str, str]) -> str:
    """Return the style of a layer ("points", "lines" or "areas"): a rule for each type.

    A last rule is for all other types. `colours` has the colour of each event type as "#rrggbb".
    """
    areas = ", ".join(f"'{word.value}'" for word in sorted(AREA_PRECISIONS))
    exact = f' AND "geo_precision" NOT IN ({areas})' if layer == "points" else ""
    rules: list[str] = []
    symbols: list[str] = []

    def add(condition: str, label: str, symbol: str) -> None:
        number = len(symbols)
        rules.append(
            f'<rule key={quoteattr(f"{{{number + 1}}}")} symbol="{number}" '
            f"label={quoteattr(label)} {condition}/>"
        )
        symbols.append(symbol.replace("NAME", str(number)))

    for number, (word, colour) in enumerate(colours.items()):
        condition = xml_text(f'"event_type" = {expression_text(word)}{exact}')
        add(f"filter={quoteattr(condition)}", xml_text(word), _symbol(layer, colour, number))
    if layer == "points":
        condition = f'"geo_precision" IN ({areas})'
        add(f"filter={quoteattr(condition)}", "known to an area only", _AREA_SYMBOL)
    add('filter="ELSE"', "other types", _symbol(layer, OTHER_COLOUR, len(_FORMS) - 1))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28.0" styleCategories="Symbology"><renderer-v2 type="RuleRenderer" '
        f'symbollevels="0" enableorderby="0" forceraster="0"><rules key="{{0}}">{"".join(rules)}'
        f"</rules><symbols>{''.join(symbols)}</symbols></renderer-v2></qgis>"
    )


def expression_text(word: str) -> str:
    """Return a text as a literal of QGIS's expressions, in which a backslash escapes too."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _options(**words: str) -> str:
    made = "".join(
        f'<Option type="QString" name="{name}" value={quoteattr(value)}/>'
        for name, value in words.items()
    )
    return f'<Option type="Map">{made}</Option>'


def _wrapped(kind: str, simple: str, options: str) -> str:
    return (
        f'<symbol type="{kind}" name="NAME" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{simple}" enabled="1" locked="0" pass="0">{options}</layer></symbol>'
    )


def _symbol(layer: str, colour: str, number: int) -> str:
    if layer == "points":
        options = _options(
            color=_rgba(colour), name=_FORMS[number % len(_FORMS)], size="2.6", size_unit="MM",
            outline_color="255,255,255,255", outline_width="0.2", outline_width_unit="MM",
        )  # fmt: skip
        return _wrapped("marker", "SimpleMarker", options)
    if layer == "lines":
        options = _options(line_color=_rgba(colour), line_width="0.9", line_width_unit="MM",
                        line_style="solid")  # fmt: skip
        return _wrapped("line", "SimpleLine", options)
    options = _options(
        color=_rgba(colour, 110), style=_PATTERNS[number % len(_PATTERNS)],
        outline_color=_rgba(colour), outline_style="dash", outline_width="0.4",
        outline_width_unit="MM",
    )  # fmt: skip
    return _wrapped("fill", "SimpleFill", options)


_AREA_SYMBOL = _wrapped(
    "marker",
    "SimpleMarker",
    _options(
        color="110,110,110,25", name="circle", size="8", size_unit="MM",
        outline_color="80,80,80,255", outline_style="dash", outline_width="0.4",
        outline_width_unit="MM",
    ),
)  # fmt: skip
