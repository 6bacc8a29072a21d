"""A view drawn part by part, in one frame and with one legend.

A series is a ZIP of numbered pictures to be flipped through; an atlas is a PDF with an overview,
then for each part a page with its map and the table of its events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geomap.snapshot.output.figure_file import figure_bytes
from geomap.snapshot.plan import captions
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import THEMES, signs_of
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal, sealed_zip
from geomap.typing import Progress, silent

if TYPE_CHECKING:
    from geomap.snapshot.plan.figure_plan import FigurePlan


def series_bytes(
    whole: View, parts: Sequence[Part], settings: SnapshotSettings, *, progress: Progress = silent
) -> bytes:
    """Return a ZIP with a PNG for each part, a page of text and the manifest.

    Map, scale and legend are at the same place in every picture, and every picture carries its
    own manifest.

    Parameters
    ----------
    whole, parts, settings
        The view that was divided, its parts (see `parts_of`), and the looks of all pictures.
    progress
        Called before each picture.
    """
    from geomap.snapshot.draw.font_metrics import TYPESETTER
    from geomap.snapshot.plan.figure_plan import plan_figure, plan_sheet

    titled = [settings.titled(part.label) for part in parts]
    manifests = [manifest_of(p.view, chosen) for p, chosen in zip(parts, titled, strict=True)]
    sheets = [
        plan_sheet(p.view, chosen, TYPESETTER, snapshot_id=m["snapshot_id"], whole=whole)
        for p, chosen, m in zip(parts, titled, manifests, strict=True)
    ]
    files = {}
    for number, (part, chosen, manifest, sheet) in enumerate(
        zip(parts, titled, manifests, sheets, strict=True), 1
    ):
        progress(f"Drawing {part.label}", (number - 1) / len(parts))
        plan = plan_figure(part.view, chosen, TYPESETTER, whole=whole, sheet=sheet.like(sheets))
        content = figure_bytes(plan, part.view, chosen, "png")
        files[f"{number:03d}_{_file_word(part.name)}.png"] = seal(content, "png", manifest)
    manifest = manifest_of(whole, settings, kind="series", parts=parts)
    files["README.txt"] = _readme(whole, parts, settings, manifest["snapshot_id"]).encode("utf-8")
    progress("Packing", 1.0)
    return sealed_zip(files, manifest)


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


def atlas_bytes(
    whole: View, parts: Sequence[Part], settings: SnapshotSettings, *, progress: Progress = silent
) -> bytes:
    """Return the PDF; its pages share one frame, one scale and one legend.

    Parameters
    ----------
    whole, parts, settings
        The view of the overview, its parts (see `parts_of`), and the looks of all pages.
    progress
        Called before each page.
    """
    from geomap.snapshot.draw.figure import draw_figure
    from geomap.snapshot.draw.image_bytes import pdf_bytes

    manifest = manifest_of(whole, settings, kind="atlas", parts=parts)
    plans = _plans(whole, parts, settings, manifest["snapshot_id"], progress)
    alt = captions.alt_text(whole, settings)
    pages = (draw_figure(plan) for plan in plans)
    return seal(pdf_bytes(pages, dpi=settings.dpi, title=settings.title, alt=alt), "pdf", manifest)


def _plans(
    whole: View,
    parts: Sequence[Part],
    settings: SnapshotSettings,
    snapshot_id: str,
    progress: Progress,
) -> Iterator[FigurePlan]:
    from geomap.snapshot.draw.font_metrics import TYPESETTER
    from geomap.snapshot.plan.atlas_table import table_rows
    from geomap.snapshot.plan.figure_plan import plan_figure, plan_table_page

    progress("Drawing the overview", 0.0)
    yield plan_figure(whole, settings, TYPESETTER, snapshot_id=snapshot_id)
    signs = signs_of(whole.colours, THEMES[settings.theme])
    for number, part in enumerate(parts, 1):
        progress(f"Drawing {part.label}", number / (len(parts) + 1))
        titled = settings.titled(part.label)
        plan = plan_figure(
            part.view, titled, TYPESETTER, snapshot_id=snapshot_id, whole=whole,
            rows=table_rows(part.view),
        )  # fmt: skip
        yield plan
        while plan.table and plan.table.rest:
            plan = plan_table_page(plan.table.rest, titled, signs, TYPESETTER)
            yield plan
