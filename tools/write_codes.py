"""Write docs/codes.md from the register of codes.

Usage: python tools/write_codes.py
"""

from __future__ import annotations

from pathlib import Path

from geomap.model.codes import KINDS, registered_codes

PAGE = Path(__file__).resolve().parent.parent / "docs" / "codes.md"
_HEAD = """# Codes

*Written by `tools/write_codes.py` from `src/geomap/model/codes.tsv`: change it there.*

Issues, warnings and refusals carry a code that does not change between versions: filter by it, not
by the sentence beside it. A layout of your own may add warnings with codes of its own.

| kind | the code is |
|---|---|
"""


def page() -> str:
    """Return the page as Markdown."""
    kinds = "".join(f"| {kind} | {meaning} |\n" for kind, meaning in KINDS.items())
    rows = "".join(
        f"| `{code.code}` | {', '.join(kind for kind in KINDS if kind in code.kinds)} "
        f"| {code.meaning} | {code.remedy} |\n"
        for code in registered_codes().values()
    )
    return f"{_HEAD}{kinds}\n| code | kind | meaning | what to do |\n|---|---|---|---|\n{rows}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
