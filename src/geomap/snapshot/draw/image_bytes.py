"""A drawn figure as the bytes of a PNG, SVG or PDF file, the same for the same figure."""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape, unescape
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geomap import __version__
from geomap.files.xml_text import xml_text
from geomap.snapshot.draw.font_metrics import FAMILY

CREATOR = f"geomap {__version__}"
_RC: Any = {
    "svg.hashsalt": "geomap",
    "svg.fonttype": "none",  # words stay words: to be searched, read aloud, edited
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.5,
    "text.hinting": "none",  # letters as wide as they were measured, at any resolution
    "text.parse_math": False,  # a "$" is money; words of files are no mathematics
    "text.usetex": False,  # and no TeX, whatever the person's own settings are
}
_QUANTISED_ABOVE_DPI = 150
_COLOURS, _APART, _COMPARED = 256, 10, 2500
_SVG_WORDS = re.compile(r"<text[^>]*>([^<]*)</text>|<tspan[^>]*>([^<]*)</tspan>")


@contextmanager
def drawing() -> Iterator[None]:
    """Set matplotlib up for a figure that is drawn, measured or written."""
    with warnings.catch_warnings(), mpl.rc_context(_RC):
        # A character that no font has is drawn as a box; that must not stop a report.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message=".*does not have a glyph.*")
        yield


def png_bytes(figure: Figure, *, dpi: int, title: str, alt: str) -> bytes:
    """Return a figure as PNG, with its title and its description in words.

    A figure has few colours: with a palette of them the file is a third as large.
    """
    figure.set_dpi(dpi)
    canvas: Any = figure.canvas
    with drawing():
        canvas.draw()
    size = canvas.get_width_height()
    image = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
    if dpi > _QUANTISED_ABOVE_DPI:
        image = _with_palette(image)
    texts = PngInfo()
    for key, text in (("Title", title), ("Description", alt), ("Software", CREATOR)):
        texts.add_itxt(key, text)
    buffer = io.BytesIO()
    image.save(buffer, "png", compress_level=6, dpi=(dpi, dpi), pnginfo=texts)
    return buffer.getvalue()


def _with_palette(image: Any) -> Any:
    """Return an image in its 256 most frequent colours that are not nearly the same.

    Colours that fill areas stay exact; only shades along edges change a little.
    """
    small = image.resize((image.width // 3, image.height // 3), Image.Resampling.NEAREST)
    counts = sorted(small.getcolors(small.width * small.height), key=lambda count: -count[0])
    colours = np.array([colour for _, colour in counts[:_COMPARED]], dtype="int16")
    left = np.ones(len(colours), dtype=bool)
    chosen: list[int] = []
    while left.any() and len(chosen) < _COLOURS:
        chosen.append(int(left.argmax()))
        left &= np.abs(colours - colours[chosen[-1]]).max(axis=1) >= _APART
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours[chosen].astype("uint8").tobytes())
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def svg_bytes(figure: Figure, *, dpi: int, title: str, alt: str) -> bytes:
    """Return a figure as SVG, with title, description and the glyphs that it uses."""
    buffer = io.BytesIO()
    metadata = {"Date": None, "Title": title, "Description": alt, "Creator": CREATOR}
    with drawing():
        figure.savefig(buffer, format="svg", dpi=dpi, metadata=metadata)
    text = _described(buffer.getvalue().decode("utf-8"), title, alt)
    return xml_text(text).encode("utf-8")


def pdf_bytes(figures: Iterable[Figure], *, dpi: int, title: str, alt: str) -> bytes:
    """Return figures as the pages of a PDF."""
    buffer = io.BytesIO()
    metadata = {"CreationDate": None, "Title": title, "Subject": alt, "Creator": CREATOR}
    with drawing(), PdfPages(buffer, metadata=metadata) as pages:
        for figure in figures:
            pages.savefig(figure, dpi=dpi)
    return buffer.getvalue()


def _described(svg: str, title: str, alt: str) -> str:
    start = svg.index("<svg")
    end = svg.index(">", start)
    named = (
        f'{svg[start:end]} role="img" aria-labelledby="geomap-title geomap-description">\n'
        f' <title id="geomap-title">{escape(title)}</title>\n'
        f' <desc id="geomap-description">{escape(alt)}</desc>\n'
        f" <style>{_font_faces(svg)}</style>"
    )
    return svg[:start] + named + svg[end + 1 :]


def _font_faces(svg: str) -> str:
    """Return the glyphs that a figure uses, as fonts inside the file."""
    words = "".join(unescape("".join(groups)) for groups in _SVG_WORDS.findall(svg))
    letters = "".join(sorted(set(words) | {" "}))
    faces = []
    kinds: tuple[tuple[str, Literal["normal", "italic"]], ...] = (
        *(("normal", "normal"), ("bold", "normal")),
        ("normal", "italic"),
    )
    for weight, style in kinds:
        data = base64.b64encode(_subset(letters, weight, style)).decode("ascii")
        faces.append(
            f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/ttf;base64,{data})}}"
        )
    return "".join(faces)


def _subset(letters: str, weight: str, style: Literal["normal", "italic"]) -> bytes:
    path = findfont(FontProperties(family=FAMILY, weight=weight, style=style))
    options = Options()
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "FFTM"]
    options.hinting = False
    options.recalc_timestamp = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    buffer = io.BytesIO()
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        font.save(buffer)
    return buffer.getvalue()
