"""The server that `geomap run` starts: this machine only, no code and no settings of others.

It is started once, from a folder full of traps, as an analyst does who has unpacked what a
stranger sent and stands in it.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from geomap.cli import run

TRAP = "import pathlib; pathlib.Path({marker!r}).touch(); raise SystemExit('trapped')\n"
SETTINGS = """
[server]
address = "0.0.0.0"
enableCORS = false
enableXsrfProtection = false
enableStaticServing = true
enableAgentApi = true
allowedHosts = ["*"]
[client]
allowedOrigins = ["https://*.streamlit.app"]
[browser]
gatherUsageStats = true
[theme]
base = "http://theme.example/theme.toml"
"""


@dataclass
class Stranger:
    """A proxy that records the requested hosts and connects to none."""

    port: int
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    """Run the proxy."""

    class Note(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            noted.asked.append(self.rfile.readline().decode("latin-1").strip())
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Note) as server:
        noted = Stranger(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield noted
        server.shutdown()


@dataclass(frozen=True)
class Served:
    """A running server, and where its traps leave a mark."""

    port: int
    marker: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """Return the answer to a request; its body is read already."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]  # kept for the test
        connection.close()
        return answer

    def knock(self, *, host: str, origin: str) -> int:
        """Return the status of a browser's attempt to open the app's socket."""
        answer = self.get(
            "/_stcore/stream",
            Host=host,
            Origin=origin,
            Connection="Upgrade",
            Upgrade="websocket",
            **{"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="},
        )
        return answer.status


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, stranger: Stranger) -> Iterator[Served]:
    """Run the server from a folder with files of unknown origin."""
    folder = tmp_path_factory.mktemp("unpacked")
    marker = folder / "trapped"
    for name in ("streamlit", "geomap", "click", "json", "tornado", "secrets"):
        (folder / f"{name}.py").write_text(TRAP.format(marker=str(marker)))
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(SETTINGS)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    proxy = f"http://127.0.0.1:{stranger.port}"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy)
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-P", "-m", "geomap", "run", "--no-sample", "--port", str(port),
             "--workspace", "workspace"],
            cwd=folder,
            env={**os.environ, **proxies, "no_proxy": "", "NO_PROXY": ""},
            stdout=out,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        found = Served(port, marker)
        try:
            _wait(found, server, log)
            yield found
        finally:
            server.terminate()
            server.wait(20)
    assert (folder / "workspace" / "workspace.json").is_file()


def _wait(served: Served, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            if served.get("/_stcore/health").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The app did not start; its log ends: {log.read_text('utf-8')[-2000:]}")


def test_the_current_folder_is_neither_code_nor_settings(
    served: Served, stranger: Stranger
) -> None:
    """Python and Streamlit load both from there, and it may contain files of unknown origin."""
    settings = json.loads(served.get("/_stcore/host-config").body)  # type: ignore[attr-defined]

    assert not served.marker.exists()
    assert settings["allowedOrigins"] == []
    assert "html" in served.get("/app/static/icon.png").headers["Content-Type"]  # its own page
    assert served.get("/_stcore/agent/interact", "POST").status in {403, 404}
    assert stranger.asked == []


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is this machine on Linux only")
def test_the_server_listens_on_one_address(served: Served) -> None:
    """A server that listens on all addresses of a machine answers on this one too."""
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", served.port)) != 0


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_socket_is_open_to_the_page_of_the_app(served: Served, name: str) -> None:
    """Under both names of this machine."""
    here = f"{name}:{served.port}"

    assert served.knock(host=here, origin=f"http://{here}") == 101


def test_the_socket_is_closed_to_pages_of_others(served: Served, stranger: Stranger) -> None:
    """Any page that is open in a browser may try; no server elsewhere is contacted about it."""
    here = f"127.0.0.1:{served.port}"

    assert served.knock(host=here, origin="https://page.example") == 403
    assert served.knock(host=here, origin="null") == 403
    assert stranger.asked == []


def test_the_socket_is_closed_to_names_that_were_made_to_mean_this_machine(
    served: Served,
) -> None:
    """A page whose own name comes to lead here is of the same origin to a browser."""
    there = f"page.example:{served.port}"

    assert served.knock(host=there, origin=f"http://{there}") == 403


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("127.0.0.1", ["127.0.0.1", "localhost", "::1"]),
        ("localhost", ["127.0.0.1", "localhost", "::1"]),
        ("10.1.2.3", ["127.0.0.1", "localhost", "::1", "10.1.2.3", "desk", "desk.local"]),
        ("0.0.0.0", ["*"]),  # noqa: S104 - only a word here
        ("::", ["*"]),
    ],
)
def test_names_of_the_app_are_those_of_its_address(
    monkeypatch: pytest.MonkeyPatch, address: str, names: list[str]
) -> None:
    """A server on one address of a network is reached under that address or its machine's name."""
    monkeypatch.setattr(socket, "gethostname", lambda: "desk")

    assert run._names(address) == names


def test_paths_of_the_environment_do_not_follow_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server leaves the current folder; paths relative to it keep their meaning."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEOMAP_CACHE", "cache")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", str(tmp_path / "lib")]))

    environment = run._environment(tmp_path / "workspace")

    assert environment["GEOMAP_CACHE"] == str(tmp_path / "cache")
    assert environment["GEOMAP_WORKSPACE"] == str(tmp_path / "workspace")
    assert environment["PYTHONPATH"].split(os.pathsep) == [
        str(tmp_path / "src"),
        str(tmp_path / "lib"),
    ]


def test_files_are_taken_from_the_page_of_the_app_only(served: Served) -> None:
    """An upload needs the token that only the app's own page can read."""
    path = "/_stcore/upload_file/session/file"

    assert served.get(path, "PUT").status == 403
    assert served.get(path, "DELETE").status == 403
