"""`streamlit run app.py` in a checkout, and the requirements.txt for hosts that run it so."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geomap.workspace import Workspace


def _without_python_path() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_app_opens_the_map_page(workspace: Workspace, root: Path) -> None:
    """The script of a checkout and that of the package show the same pages."""
    assert workspace.version
    app = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()

    assert not app.exception
    assert app.toggle(key="map_table_open").label == "Table"


def test_app_runs_the_code_of_its_own_checkout(root: Path, tmp_path: Path) -> None:
    """A host that installed the requirements alone has no geomap, another may have an old one."""
    shutil.copy(root / "app.py", tmp_path)
    package = tmp_path / "src" / "geomap" / "dashboard"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (package / "main.py").write_text("def main() -> None:\n    print('this checkout')\n", "utf-8")

    output = subprocess.run(
        [sys.executable, str(tmp_path / "app.py")],
        env=_without_python_path(),
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert output == "this checkout\n"


@pytest.mark.slow
def test_streamlit_run_app_starts_a_local_server(root: Path, tmp_path: Path) -> None:
    """The settings are found from any folder: no other machine may reach the app."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "server.log"
    app = str(root / "app.py")
    command = [sys.executable, "-m", "streamlit", "run", app, f"--server.port={port}"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=_without_python_path(), stdout=out, stderr=out
        )
        try:
            assert _answers(f"http://127.0.0.1:{port}/_stcore/health", server), log.read_text()
        finally:
            server.terminate()
            server.wait(20)
    assert f"http://127.0.0.1:{port}" in log.read_text("utf-8")


def _answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_requirements_are_those_of_the_lock(root: Path) -> None:
    """A host installs what is tested, with its hashes, from its own index."""
    lines = (root / "requirements.txt").read_text("utf-8").splitlines()
    locked = (root / "requirements.lock").read_text("utf-8").splitlines()

    assert [line for line in lines if not line.startswith("#")] == ["-r requirements.lock"]
    assert not [line for line in locked if line.lstrip().startswith(("-i", "--index", "--extra"))]
