"""A layout out of the text of its YAML file; every fault is named in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from geomap.errors import InputError
from geomap.layouts.checking import DELIMITERS, faults_of
from geomap.layouts.fields import fold
from geomap.layouts.spec import PLAIN, DateCode, GeoCode, Headerless, HeaderWords, LayoutSpec
from geomap.model import DatePrecision, GeoPrecision
from geomap.yaml_text import read_yaml

_FOLDER = "geomap.layouts"
_LAYOUT_BYTES = 1_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast, but deep nesting ends the process: for files of the package alone."""


def _packaged(text: str) -> Any:
    return yaml.load(text, _LOADER)  # noqa: S506 - a safe loader


@cache
def layout_specs() -> tuple[LayoutSpec, ...]:
    """Return every layout that comes with the package, the plain one last."""
    folder = resources.files(_FOLDER)
    files = [item for item in folder.iterdir() if item.name.endswith(".yaml")]
    texts = {item.name.removesuffix(".yaml"): item.read_text(encoding="utf-8") for item in files}
    plain = _checked_spec(_packaged(texts.pop(PLAIN)), PLAIN, None)
    specs = [_checked_spec(_packaged(texts[name]), name, plain) for name in sorted(texts)]
    return (*specs, plain)


def plain_spec() -> LayoutSpec:
    """Return the layout of tables of people's own; its word lists serve all layouts."""
    return layout_specs()[-1]


def read_layouts(folder: Path) -> tuple[LayoutSpec, ...]:
    """Return the layouts that a user wrote: one for each *.yaml of a folder, by name.

    Parameters
    ----------
    folder
        The workspace's folder of layouts; it may not exist.

    Raises
    ------
    InputError
        Naming every fault of every file at once.
    """
    if not folder.is_dir():
        return ()
    specs, faults = [], []
    for path in sorted(folder.glob("*.y*ml")):
        try:
            if path.stat().st_size > _LAYOUT_BYTES:
                message = f"The layout {path.name} is larger than 1 MB: it is no layout."
                raise InputError(message)  # noqa: TRY301 - gathered with the faults of the others
            text = path.read_text(encoding="utf-8-sig")
            specs.append(spec_from_yaml(text, name=path.name, base=plain_spec()))
        except InputError as error:
            faults.append(str(error))
        except (OSError, UnicodeDecodeError):
            faults.append(f"The layout {path.name} cannot be read; save it as UTF-8 text.")
    taken = {spec.name for spec in layout_specs()}
    faults += [
        f"The layout {spec.name!r} bears the name of one that geomap brings; choose another."
        for spec in specs
        if spec.name in taken
    ]
    if faults:
        raise InputError(" ".join(faults))
    return tuple(specs)


def spec_from_yaml(text: str, *, name: str, base: LayoutSpec | None = None) -> LayoutSpec:
    """Return the layout that a YAML text describes.

    Parameters
    ----------
    text, name
        The text, and what to call it in a message.
    base
        The layout that `extends: plain` takes further names of columns from.

    Raises
    ------
    InputError
        With a sentence for each fault.
    """
    return _checked_spec(read_yaml(text, f"The layout {name}"), name, base)


def _checked_spec(raw: Any, name: str, base: LayoutSpec | None) -> LayoutSpec:
    faults = faults_of(raw)
    if faults:
        message = f"The layout {name} cannot be used: {'; '.join(faults)}."
        raise InputError(message)
    fields = {name: _folded(names) for name, names in raw.get("fields", {}).items()}
    if raw.get("extends") and base is not None:
        for name, names in base.fields.items():
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *names)))
    dates, places = raw.get("date_codes", {}), raw.get("geo_codes", {})
    default = raw.get("geo_default")
    return LayoutSpec(
        raw["name"],
        raw["title"],
        raw.get("dataset"),
        _signatures(raw.get("signature", [])),
        fields,
        refuse=raw.get("refuse"),
        date_order=raw.get("date_order"),
        span=raw.get("span", "day"),
        headerless=tuple(_headerless(shape) for shape in raw.get("headerless", ())),
        date_column=fold(dates["column"]) if dates else None,
        date_codes={str(c): _date_code(rule) for c, rule in dates.get("values", {}).items()},
        geo_column=fold(places["column"]) if places else None,
        geo_codes={str(c): _geo_code(rule) for c, rule in places.get("values", {}).items()},
        geo_default=_geo_code(default) if default else None,
        words=_words(raw),
        header_words={n: _header_words(rule) for n, rule in raw.get("header_words", {}).items()},
        hxl={name: tuple(tags) for name, tags in raw.get("hxl", {}).items()},
        open_words=_small(raw.get("open_words", ())),
        total_words=_small(raw.get("total_words", ())),
        idle_words=_small(raw.get("idle_words", ())),
        warnings=tuple((item["code"], item["message"]) for item in raw.get("warnings", ())),
    )


def _folded(names: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(str(name)) for name in names))


def _small(words: Iterable[object]) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in words)


def _signatures(raw: list[Any]) -> tuple[tuple[str, ...], ...]:
    sets = raw if raw and isinstance(raw[0], list) else [raw] if raw else []
    return tuple(_folded(names) for names in sets)


def _headerless(raw: dict[str, Any]) -> Headerless:
    return Headerless(
        tuple(map(str, raw["columns"])),
        {str(column): str(pattern) for column, pattern in raw["checks"].items()},
        DELIMITERS.get(raw.get("delimiter", "")),
        quoting=bool(raw.get("quoting", True)),
    )


def _words(raw: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return the words for codes, from the file itself and from the lists of codes it names."""
    words = {field: code_list(name) for field, name in raw.get("code_lists", {}).items()}
    for field, own in raw.get("words", {}).items():
        words[field] = words.get(field, {}) | {str(code): str(word) for code, word in own.items()}
    return words


@cache
def code_list(name: str) -> dict[str, str]:
    """Return a list of codes that comes with the package, each with its meaning.

    Parameters
    ----------
    name
        The name of a file of the folder `codes`, without its ending.
    """
    text = resources.files(_FOLDER).joinpath("codes", f"{name}.yaml").read_text(encoding="utf-8")
    return {str(code): str(word) for code, word in _packaged(text).items()}


def _date_code(rule: dict[str, Any]) -> DateCode:
    year = rule.get("whole_year")
    return DateCode(
        precision=DatePrecision(rule["precision"]),
        before=int(rule.get("before", 0)),
        after=int(rule.get("after", 0)),
        calendar=rule.get("calendar"),
        whole_year=DatePrecision(year) if year else None,
    )


def _geo_code(rule: dict[str, Any]) -> GeoCode:
    radius = rule.get("uncertainty_km")
    return GeoCode(
        precision=GeoPrecision(rule["precision"]),
        uncertainty_km=None if radius is None else float(radius),
        unplaced=bool(rule.get("unplaced")),
    )


def _header_words(rule: dict[str, list[str]]) -> HeaderWords:
    return HeaderWords(*(frozenset(_folded(rule.get(key, []))) for key in ("any", "all", "none")))
