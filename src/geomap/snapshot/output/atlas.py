"""A PDF atlas: an overview, then for each part a page with its map and the table of its events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geomap.snapshot.plan import captions
from geomap.snapshot.plan.parts import Part
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.themes import THEMES, signs_of
from geomap.snapshot.plan.view import View
from geomap.snapshot.proof.manifest import manifest_of
from geomap.snapshot.proof.seal import seal
from geomap.typing import Progress, silent

if TYPE_CHECKING:
    from geomap.snapshot.plan.figure_plan import FigurePlan


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

    named = [(part.name, part.view) for part in parts]
    manifest = manifest_of(whole, settings, kind="atlas", parts=named)
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
