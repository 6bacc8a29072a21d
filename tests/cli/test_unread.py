"""Sentences in a language that is not read for events: listed by every way in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXT = (
    "BAKU, December 12, 2022. Protesters blocked the road near Shusha on December 12, 2022.\n\n"
    "В понедельник на дороге прошла акция. Никто не пострадал, и движение было открыто."
)


def test_geoparse_lists_the_sentences_it_does_not_read_for_events(
    geomap: Callable[..., Any], tmp_path: Path
) -> None:
    """The offsets give back the sentence; the language is a code."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")

    unread = geomap("geoparse", path, "--json").document["unread"]
    words = geomap("geoparse", path).out

    assert [TEXT[one["start_char"] : one["end_char"]][:12] for one in unread] == [
        "В понедельни",
        "Никто не пос",
    ]
    assert {one["language"] for one in unread} == {"ru"}
    assert "Not read for events: 2 sentences in Russian." in words


def test_ingest_warns_of_sentences_that_are_not_read_for_events(
    geomap: Callable[..., Any], tmp_path: Path
) -> None:
    """An article in another language has no events, and the import says why."""
    english, mixed = tmp_path / "english.txt", tmp_path / "mixed.txt"
    english.write_text(TEXT.split("\n\n", maxsplit=1)[0], "utf-8")
    mixed.write_text(TEXT, "utf-8")

    files = geomap("ingest", english, mixed, "--dry-run", "--yes", "--json").document["files"]

    codes = [[warning["code"] for warning in file["warnings"]] for file in files]
    assert ["language_not_read" in of_file for of_file in codes] == [False, True]
    message = next(w["message"] for w in files[1]["warnings"] if w["code"] == "language_not_read")
    assert "2 sentences in Russian" in message
