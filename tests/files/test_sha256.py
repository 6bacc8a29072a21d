"""SHA-256 digests: one function for bytes and texts, one for files."""

from __future__ import annotations

from pathlib import Path

from geomap.files.sha256 import sha256_of, sha256_of_file

OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_sha256_is_the_same_of_a_text_its_bytes_and_a_file_of_them(tmp_path: Path) -> None:
    """A manifest's digest can be checked with any tool: it is that of the plain bytes."""
    (tmp_path / "a").write_bytes(b"abc")

    assert sha256_of("abc") == sha256_of(b"abc") == sha256_of_file(tmp_path / "a") == OF_ABC


def test_sha256_takes_every_text() -> None:
    """Text from a broken file can hold lone surrogates; its digest must not fail."""
    assert len(sha256_of("half a pair: \ud800")) == 64
