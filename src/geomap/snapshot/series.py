"""A numbered series of pictures in one frame, with one legend: to be flipped through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geomap.snapshot.plan import captions
from geomap.snapshot.plan.panels import Part
from geomap.snapshot.plan.settings import MAX_TITLE, SnapshotSettings
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal, zip_bytes
from geomap.typing import Progress, silent


def series_bytes(
    whole: View,
    parts: Sequence[Part],
    settings: SnapshotSettings,
    *,
    progress: Progress = silent,
) -> bytes:
    """Return a ZIP with a PNG for each part, a page of text and the manifest.

    Map, scale and legend are at the same place in every picture, and every picture carries a
    manifest of its own.
    """
    from geomap.snapshot.draw.figure import draw_figure, plan_sheet
    from geomap.snapshot.draw.image_bytes import drawing
    from geomap.snapshot.write import figure_bytes

    titled = [(part, replace(settings, title=_title(settings, part))) for part in parts]
    manifests = [manifest_of(part.view, chosen) for part, chosen in titled]
    sheets = [
        plan_sheet(part.view, chosen, snapshot_id=told["snapshot_id"], whole=whole)
        for (part, chosen), told in zip(titled, manifests, strict=True)
    ]
    files = {}
    for number, ((part, chosen), told) in enumerate(zip(titled, manifests, strict=True), 1):
        progress(f"Drawing {part.label}", (number - 1) / len(parts))
        with drawing():
            figure = draw_figure(
                part.view, chosen, snapshot_id=told["snapshot_id"], whole=whole, like=sheets
            )
        content = figure_bytes(figure, part.view, chosen, "png")
        files[f"{number:03d}_{_file_word(part.name)}.png"] = seal(content, "png", told)
    manifest = manifest_of(
        whole, settings, kind="series", parts=[(part.name, part.view) for part in parts]
    )
    files["README.txt"] = _readme(whole, parts, settings, manifest["snapshot_id"]).encode("utf-8")
    progress("Packing", 1.0)
    return zip_bytes(files, manifest)


def _title(settings: SnapshotSettings, part: Part) -> str:
    return f"{settings.title[: MAX_TITLE - 60]}: {part.label[:50]}"


def _file_word(name: str) -> str:
    return "_".join(re.findall(r"[\w-]+", name))[:60] or "part"


def _readme(
    whole: View, parts: Sequence[Part], settings: SnapshotSettings, snapshot_id: str
) -> str:
    lines = [
        settings.title,
        "=" * min(len(settings.title), 72),
        "",
        f"{len(parts)} pictures in one frame, scale and legend, numbered in order.",
        "An event that lasts over several parts is in each of them.",
        "",
    ]
    lines += [
        f"{number:03d}  {part.label}: {part.view.counts.sentence()}"
        for number, part in enumerate(parts, 1)
    ]
    lines += ["", captions.caption(whole, settings, snapshot_id), "",
              "geomap verify FILE says whether a file is as it was made."]  # fmt: skip
    return "\n".join(lines) + "\n"
