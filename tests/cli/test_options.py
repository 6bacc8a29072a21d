"""Groups of options: written once, and laid out flat for Typer."""

import inspect
from dataclasses import dataclass
from pathlib import Path

import pytest

from geomap.cli.events_export import events, export
from geomap.cli.filter_options import FilterOptions
from geomap.cli.options import Common, RedactionOptions, flattened
from geomap.cli.snapshot import snapshot


@dataclass(frozen=True)
class Size:
    """A group of two options."""

    width: int = 3
    height: int = 4


def test_flattened_lays_out_a_group_and_passes_it_whole() -> None:
    """Typer reads a signature without groups; the command receives one value for each group."""
    calls: list[tuple[str, Size, bool]] = []

    def draw(name: str, *, size: Size, dark: bool = False) -> None:
        calls.append((name, size, dark))

    command = flattened(draw)
    command(name="plan", width=5, height=6, dark=True)

    assert list(inspect.signature(command).parameters) == ["name", "width", "height", "dark"]
    assert calls == [("plan", Size(5, 6), True)]


@pytest.mark.parametrize("command", [events, export, snapshot])
def test_commands_that_show_events_share_their_filters(command: object) -> None:
    """A criterion that is added to the group reaches all three commands."""
    annotations = inspect.get_annotations(command, eval_str=True)  # type: ignore[arg-type]

    assert annotations["filters"] is FilterOptions
    assert annotations["common"] is Common


def test_redaction_of_no_options_takes_nothing_out() -> None:
    """A file without these options is complete."""
    assert RedactionOptions().redaction().is_empty


def test_workspace_option_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that is named on the command line is the one that is used."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", "from-environment")

    assert Common(workspace=Path("named")).folder == Path("named")
    assert Common().folder == Path("from-environment")
