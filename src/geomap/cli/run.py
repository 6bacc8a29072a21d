"""`geomap run`: start the app, reachable from this machine only unless an address is given."""

from __future__ import annotations

import ipaddress
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.options import Common
from geomap.cli.terminal import print_json, print_lines
from geomap.errors import InputError

SERVER = "geomap.dashboard.server"
ENTRY = Path(__file__).resolve().parent.parent / "dashboard" / "main.py"


EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # only named
"""Addresses that stand for all of this machine's, each with the one to show."""


def run(
    *,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = 8501,
    address: Annotated[
        str, typer.Option("--address", metavar="A", help="Address to listen on.")
    ] = "127.0.0.1",
    sample: Annotated[
        bool,
        typer.Option("--sample/--no-sample", help="Whether a new workspace starts with samples."),
    ] = True,
    common: Common,
) -> None:
    """Open the app; a new workspace starts with the sample articles and tables.

    Example: geomap run --port 8600 --workspace my-data
    """
    _check_port(address, port)
    workspace = common.open_workspace(sample=sample)
    workspace.places()  # the gazetteer may have to be built: do it before the server starts
    folder = common.folder.resolve()
    url = _url(address, port)
    if common.json:
        print_json({"url": url, "workspace": str(folder)})
    else:
        print_lines([f"geomap is at {url} (workspace {folder}; Ctrl+C ends it)."])
    sys.stdout.flush()
    if not _is_loopback(address):
        common.note(f"Everybody who can reach {address} can read and change this workspace.")
    # -P: no module is taken from the current folder, which may contain files of a stranger.
    command = [sys.executable, "-P", "-m", SERVER, "run", str(ENTRY), *_flags(address, port)]
    raise typer.Exit(_serve(command, _environment(folder)))


def _environment(workspace: Path) -> dict[str, str]:
    """Return the variables of the server, in which no path depends on the current folder."""
    environment = {**os.environ, "GEOMAP_WORKSPACE": str(workspace)}
    if cache := environment.get("GEOMAP_CACHE"):
        environment["GEOMAP_CACHE"] = str(Path(cache).absolute())
    if modules := environment.get("PYTHONPATH"):
        places = (str(Path(place).absolute()) for place in modules.split(os.pathsep))
        environment["PYTHONPATH"] = os.pathsep.join(places)
    return environment


def _serve(command: list[str], environment: dict[str, str]) -> int:
    """Replace this process by the server, so that signals reach it; on Windows, wait for it."""
    os.chdir(ENTRY.parent)  # whose settings Streamlit would read: never a stranger's folder
    if hasattr(os, "execve") and sys.platform != "win32":
        os.execve(sys.executable, command, environment)  # noqa: S606  # our own interpreter
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  # ditto


def _flags(address: str, port: int) -> list[str]:
    return [
        f"--server.port={port}",
        f"--server.address={address}",
        *(f"--server.allowedHosts={name}" for name in _names(address)),
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
        "--logger.hideWelcomeMessage=true",
    ]


def _check_port(address: str, port: int) -> None:
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        message = (
            f"Cannot listen on port {port} of {address} ({error.strerror}): stop what uses it, or "
            "choose another with --port."
        )
        raise InputError(message) from error


def _names(address: str) -> list[str]:
    """Return the names under which a browser may ask for the app.

    A page whose own name was made to lead to this machine is of the same origin to a browser:
    only the name tells it from the app. A server on all addresses cannot know its names.
    """
    if address in EVERYWHERE:
        return ["*"]
    machine = socket.gethostname()
    mine = [] if _is_loopback(address) else [machine, f"{machine}.local"]
    return list(dict.fromkeys(["127.0.0.1", "localhost", "::1", address, *mine]))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _url(address: str, port: int) -> str:
    host = EVERYWHERE.get(address, address)
    return f"http://[{host}]:{port}" if ":" in host and "[" not in host else f"http://{host}:{port}"
