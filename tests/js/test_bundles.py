"""Promises of the committed bundles: made of the modules as they are, and of nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tools.build_js import BUNDLES, SOURCES, Bundle, built, esbuild, is_current

BUILD = "run `make js` and commit what it wrote"


@pytest.fixture(params=BUNDLES, ids=lambda bundle: bundle.path)
def bundle(request: pytest.FixtureRequest) -> Bundle:
    """Return each bundle in turn."""
    found: Bundle = request.param
    return found


def test_bundle_is_current(bundle: Bundle) -> None:
    """A browser runs what the modules say, though nobody needs Node to run the tests."""
    assert is_current((SOURCES / bundle.path).read_text("utf-8")), BUILD


def test_bundle_that_is_edited_or_has_other_modules_is_not_current(bundle: Bundle) -> None:
    """The digest sees a change on either side."""
    text = (SOURCES / bundle.path).read_text("utf-8")

    assert not is_current(text + "globalThis.more = true;\n")
    assert not is_current(text.replace(".js\n", ".mjs\n", 1))
    assert not is_current("var geomap;\n")


def test_bundle_made_anew_has_the_same_bytes(bundle: Bundle) -> None:
    """Whoever builds gets what is committed."""
    program = esbuild()
    if program is None:
        pytest.skip("esbuild is not installed (`npm ci`): the digest is compared, not the bytes")

    assert built(bundle, program) == (SOURCES / bundle.path).read_text("utf-8"), BUILD


def test_every_module_is_in_a_bundle() -> None:
    """A module that no page loads is dead."""
    texts = [(SOURCES / bundle.path).read_text("utf-8") for bundle in BUNDLES]
    modules = {path.relative_to(SOURCES).as_posix() for path in SOURCES.glob("*/js/**/*.js")}

    assert modules
    assert {module for module in modules if not any(f"   {module}\n" in t for t in texts)} == set()


def test_scripts_have_one_global() -> None:
    """What the script of folium's page calls is the only name that we give a page."""
    names = []
    for bundle in BUNDLES:
        text = (SOURCES / bundle.path).read_text("utf-8")
        names += re.findall(r"\b(?:globalThis|window|self)\.(\w+) \??\??= ", text)
        if "--format=iife" in bundle.options:
            names += re.findall(r"^(?:var|let|const|function|class) (\w+)", text, re.MULTILINE)

    assert names == ["geomap"]


def test_lock_of_the_build_names_no_registry(root: Path) -> None:
    """Like the other locks: where packages come from is set on each machine."""
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))

    assert not any("resolved" in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
