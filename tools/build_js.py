"""Bundle the scripts of the pages: `make js`, after each change of a file in a folder js/.

The bundles are committed, so that neither a user nor the tests need Node. The header of each
lists the modules that it was made of and a digest of them and of its own code: a test that
needs no Node compares it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "geomap"
_HEAD = re.compile(
    r"\A/\* Built by `make js`.*?\n(?P<modules>(?:   \S+\n)+)   sha256 (?P<digest>\w+) \*/\n"
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file that a browser loads, and the module that it begins with, under src/geomap."""

    path: str
    entry: str
    options: tuple[str, ...]


_COMPONENT = ("--format=esm",)
"""Streamlit imports the script of a component and calls its default export."""

BUNDLES = (
    # The script of a page that folium makes calls functions of one global object.
    Bundle("maps/static/map.js", "maps/js/map/main.js", ("--format=iife", "--global-name=geomap")),
    Bundle("maps/static/page.js", "maps/js/page/main.js", ("--format=iife",)),
    Bundle("maps/static/timeline.js", "maps/js/time/component.js", _COMPONENT),
    Bundle("maps/static/filters.js", "maps/js/filters/component.js", _COMPONENT),
    Bundle("dashboard/static/counts.js", "dashboard/js/counts.js", _COMPONENT),
    Bundle("dashboard/static/follower.js", "dashboard/js/follower.js", _COMPONENT),
    Bundle("dashboard/static/panel.js", "dashboard/js/panel.js", _COMPONENT),
    Bundle("dashboard/static/reader.js", "dashboard/js/reader.js", _COMPONENT),
)


def esbuild() -> str | None:
    """Return the path of esbuild: that of `npm ci`, else one on PATH; None where there is none."""
    own = shutil.which("esbuild", path=str(ROOT / "node_modules" / ".bin"))
    return own or shutil.which("esbuild")


def built(bundle: Bundle, program: str) -> str:
    """Return the text of a bundle, built with esbuild at the path `program`."""
    with tempfile.TemporaryDirectory() as folder:
        output, account = Path(folder) / "bundle.js", Path(folder) / "account.json"
        command = [
            program, bundle.entry, "--bundle", *bundle.options, "--target=es2022", "--charset=utf8",
            "--legal-comments=none", "--log-level=warning",
            f"--outfile={output}", f"--metafile={account}",
        ]  # fmt: skip
        subprocess.run(command, cwd=SOURCES, check=True)
        code = output.read_text("utf-8")
        modules = sorted(json.loads(account.read_text("utf-8"))["inputs"])
    listed = "".join(f"   {module}\n" for module in modules)
    head = f"/* Built by `make js` from these modules of src/geomap; do not edit.\n{listed}"
    return f"{head}   sha256 {digest_of(modules, code)} */\n{code}"


def digest_of(modules: list[str], code: str) -> str:
    """Return the SHA-256 of modules (paths under src/geomap) and of the code made of them."""
    texts = [(SOURCES / module).read_text("utf-8") for module in modules]
    parts = [part for pair in zip(modules, texts, strict=True) for part in pair]
    return hashlib.sha256("\0".join([*parts, code]).encode()).hexdigest()


def is_current(text: str) -> bool:
    """Return whether a bundle's text is what was made of its modules as they are now."""
    head = _HEAD.match(text)
    if head is None:
        return False
    modules = head["modules"].split()
    there = all((SOURCES / module).is_file() for module in modules)
    return there and digest_of(modules, text[head.end() :]) == head["digest"]


def main() -> int:
    """Write all bundles; return the exit code."""
    program = esbuild()
    if program is None:
        print("No esbuild: `npm ci` in the project's folder installs it.", file=sys.stderr)
        return 2
    for bundle in BUNDLES:
        text = built(bundle, program)
        (SOURCES / bundle.path).write_text(text, encoding="utf-8", newline="\n")
        print(f"{len(text.encode()):>8,}  src/geomap/{bundle.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
