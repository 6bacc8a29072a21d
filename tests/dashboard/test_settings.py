"""The settings of the app: calm, local, the same in a checkout and in an installed package."""

import tomllib
from pathlib import Path

from geomap.dashboard import main


def _settings(path: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads(path.read_text("utf-8"))


def test_settings_of_checkout_and_package_are_equal(root: Path) -> None:
    """Streamlit reads the file beside the script it starts, so there are two of them."""
    beside_app = root / ".streamlit" / "config.toml"
    beside_main = Path(main.__file__).parent / ".streamlit" / "config.toml"

    assert beside_app.read_text("utf-8") == beside_main.read_text("utf-8")


def test_settings_keep_the_app_on_this_machine(root: Path) -> None:
    """No other machine may reach it, and nothing is sent anywhere, unless the user decides so."""
    settings = _settings(root / ".streamlit" / "config.toml")

    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["maxUploadSize"] >= 256  # type: ignore[operator]  # a number


def test_settings_close_the_app_to_pages_of_others(root: Path) -> None:
    """Stated, not left to defaults: a file in the current folder would come before those."""
    settings = _settings(root / ".streamlit" / "config.toml")

    assert settings["server"]["allowedHosts"] == ["127.0.0.1", "localhost", "::1"]
    assert settings["server"]["corsAllowedOrigins"] == settings["client"]["allowedOrigins"] == []
    for name, value in (
        ("enableCORS", True),  # Streamlit's name for limiting them
        ("enableXsrfProtection", True),
        ("enableStaticServing", False),
        ("enableAgentApi", False),
    ):
        assert settings["server"][name] is value


def test_entry_script_is_short_and_only_calls_main(root: Path) -> None:
    """The code is in the package, which an installed wheel has too."""
    lines = (root / "app.py").read_text("utf-8").splitlines()

    assert len(lines) <= 30
    assert "main()" in lines
