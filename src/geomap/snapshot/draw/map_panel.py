"""Draw one map of a page: background, marks, elements and words."""

from __future__ import annotations

from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon
from matplotlib_scalebar.scalebar import ScaleBar

from geomap.snapshot.draw.marks import draw_marks
from geomap.snapshot.draw.page import (
    add_lines,
    add_polygons,
    axes_at,
    line_points,
    page_transform,
    polygon_paths,
)
from geomap.snapshot.plan.frame import Frame
from geomap.snapshot.plan.lettering import Label
from geomap.snapshot.plan.map_background import Background
from geomap.snapshot.plan.map_elements import SCALE_BAR_SIZE, SCALE_SHARE, Locator, NorthArrow, Note
from geomap.snapshot.plan.map_plan import MapPlan
from geomap.snapshot.plan.themes import Theme
from geomap.snapshot.plan.typesetting import LINE

LABEL = "label"
"""The gid of every word on a map that was placed so that it touches no other."""


def draw_map(figure: Figure, plan: MapPlan) -> None:
    """Draw a map on new axes that fill its box of the page."""
    theme = plan.signs.theme
    axes = axes_at(figure, plan.place.box, plan.label)
    _prepare(axes, plan.place.frame, theme)
    _draw_background(axes, plan.background, theme)
    draw_marks(axes, plan)
    if plan.has_scale_bar:
        _draw_scale_bar(axes, plan.place.frame.ground_metres(), plan.scale, theme)
    if plan.locator is not None:
        _draw_locator(figure, plan.locator, theme)
    if plan.arrow is not None:
        _draw_arrow(axes, plan.arrow, theme)
    if plan.outside is not None:
        _write_note(axes, plan.outside, theme)
    for label in plan.labels:
        _write_label(axes, label, theme)


def _prepare(axes: Axes, frame: Frame, theme: Theme) -> None:
    axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north), xticks=[], yticks=[])
    axes.set_aspect("auto")
    axes.set_autoscale_on(False)
    for spine in axes.spines.values():
        spine.set(color=theme.frame, linewidth=0.7, visible=not frame.projection.is_world)


def _draw_background(axes: Axes, background: Background, theme: Theme) -> None:
    axes.set_facecolor(theme.sea if background.globe is None else theme.page)
    if background.globe is not None:
        axes.add_patch(Polygon(background.globe, fc=theme.sea, ec=theme.frame, lw=0.6, zorder=0.5))
    for fill in background.fills:
        paths = polygon_paths(fill.shapes)
        add_polygons(axes, paths, fc=fill.colour, ec=fill.edge, lw=0.4, zorder=fill.order)
    for line in background.strokes:
        add_lines(axes, line_points(line.shapes), line.colour, line.width, line.order, line.dash)
    add_lines(axes, background.graticule, theme.grid, 0.35, 2.8)


def _draw_scale_bar(axes: Axes, ground_metres: float, scale: float, theme: Theme) -> None:
    bar = ScaleBar(
        ground_metres,
        location="lower left",
        length_fraction=SCALE_SHARE,
        rotation="horizontal-only",  # the frame has the aspect of its box
        width_fraction=0.007,
        box_alpha=0.85,
        box_color=theme.page,
        color=theme.ink,
        border_pad=0.5,
        font_properties={"size": SCALE_BAR_SIZE * scale},
    )
    bar.set(zorder=11, gid="scale")
    axes.add_artist(bar)


def _draw_arrow(axes: Axes, arrow: NorthArrow, theme: Theme) -> None:
    page = page_transform(axes.figure)
    axes.annotate(
        "", arrow.tip, arrow.foot, xycoords=page, textcoords=page, zorder=11, gid="north",
        arrowprops={"arrowstyle": "-|>,head_width=0.28,head_length=0.5", "color": theme.ink,
                    "lw": 1.2, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    axes.text(
        *arrow.letter, "N", transform=page, fontsize=arrow.size, weight="bold", color=theme.ink,
        ha="center", va="center", zorder=11, gid="north",
    )  # fmt: skip


def _draw_locator(figure: Figure, locator: Locator, theme: Theme) -> None:
    radius, reach = locator.radius, locator.radius * 1.03
    axes = axes_at(figure, locator.box, "locator", zorder=12)
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
    axes.set_aspect("equal")
    axes.axis("off")
    disc = Circle((0, 0), radius, fc=theme.sea, ec=theme.frame, lw=0.7)
    axes.add_patch(disc)
    land_paths = polygon_paths(locator.land)
    land = add_polygons(axes, land_paths, fc=theme.land, ec=theme.coast, lw=0.25)
    borders = add_lines(axes, line_points(locator.borders), theme.border, 0.25, 2)
    for artist in (land, borders):
        artist.set_clip_path(disc)
    colour = theme.locator
    if locator.is_dot:
        middle = locator.outline.mean(axis=0)
        axes.plot(*middle, "s", ms=3.4, mfc="none", mec=colour, mew=1.3)
        return
    outline = Polygon(locator.outline, fc=colour + "22", ec=colour, lw=1.1)
    axes.add_patch(outline)
    outline.set_clip_path(disc)


def _write_note(axes: Axes, note: Note, theme: Theme) -> None:
    axes.text(
        note.x, note.y, note.text, fontsize=note.size, color=theme.ink, ha="center", va="center",
        transform=page_transform(axes.figure), zorder=11, gid="outside",
        bbox={"facecolor": theme.page, "edgecolor": "none", "alpha": 0.85, "pad": 2.5},
    )  # fmt: skip


def _write_label(axes: Axes, label: Label, theme: Theme) -> None:
    """Write the lines of a label, the line that leads to its point, and its mark."""
    page = page_transform(axes.figure)
    left, low, right, top = label.box
    x = (left + right) / 2
    halo = patheffects.withStroke(linewidth=label.size / 3.2, foreground=theme.halo, alpha=0.92)
    for number, text in enumerate(label.lines):
        axes.text(
            x,
            top - 0.5 - (number + 0.5) * label.size * LINE,
            text,
            transform=page,
            ha="center",
            va="center_baseline",
            fontsize=label.size,
            color=label.colour,
            weight="bold" if label.bold else "normal",
            style="italic" if label.italic else "normal",
            path_effects=[halo],
            zorder=label.order,
            gid=LABEL,
            clip_on=False,
        )
    if label.lead is not None:
        axes.plot(
            [x, label.lead[0]], [(low + top) / 2, label.lead[1]], color=theme.ink, lw=0.5,
            zorder=9.1, transform=page, gid="lead",
        )  # fmt: skip
    if label.mark is not None:
        axes.plot(
            label.mark.x, label.mark.y, label.mark.form, ms=label.mark.size, mfc=theme.page,
            mec=theme.town, mew=0.6, zorder=5.9,
        )  # fmt: skip
