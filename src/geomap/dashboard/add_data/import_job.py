"""Uploaded files on their way into the workspace, in a thread that a page watches and can stop.

The thread goes on when the user opens another page. Stopping it lets the step that is under way
end and writes nothing; files that were finished before stay.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geomap.errors import Cancelled, GeomapError
from geomap.ingest import IngestOptions, IngestResult
from geomap.model import Batch
from geomap.workspace import Workspace

_WRITTEN = 1.0


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came, and what its owner decided about it."""

    name: str
    data: bytes
    options: IngestOptions


class Job:
    """Files that are taken in one after the other.

    `words` and `share` say how far it is; `reports` has one entry for each finished file: its
    report, and the error that stopped it.
    """

    def __init__(self, workspace: Workspace, uploads: Sequence[Upload]) -> None:
        self.words, self.share = "Starting", 0.0
        self.reports: list[tuple[IngestResult, str | None]] = []
        self.stopped = threading.Event()
        self._workspace, self._uploads = workspace, tuple(uploads)
        self._thread = threading.Thread(target=self._run, name="geomap-import", daemon=True)

    def start(self) -> Job:
        """Begin, and return itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ask it to stop: whatever is not written yet will not be."""
        self.stopped.set()

    def is_running(self, wait: float = 0.0) -> bool:
        """Return whether it goes on, after waiting up to `wait` seconds for its end."""
        self._thread.join(wait)
        return self._thread.is_alive()

    def left_out(self) -> tuple[str, ...]:
        """Return the names of the files that it ended without.

        It was stopped, or failed in an unforeseen way; the server's log has the reason.
        """
        return tuple(upload.name for upload in self._uploads[len(self.reports) :])

    def _run(self) -> None:
        for number, upload in enumerate(self._uploads):
            try:
                self._take_in(upload, number)
            except Cancelled:
                return

    def _take_in(self, upload: Upload, number: int) -> None:
        def show(words: str, share: float) -> None:
            self.words, self.share = words, (number + share) / len(self._uploads)
            if share < _WRITTEN and self.stopped.is_set():
                message = f"{upload.name} was not taken in: the import was cancelled."
                raise Cancelled(message)

        show(f"Opening {upload.name}", 0.0)
        error: str | None = None
        try:
            report = self._workspace.ingest(
                upload.data, name=upload.name, options=upload.options, progress=show
            )
        except Cancelled:
            raise
        except GeomapError as failure:
            report, error = IngestResult(Batch(file_name=upload.name)), str(failure)
        self.reports.append((replace(report, path=upload.name), error))


def refusal(report: Mapping[str, Any]) -> str | None:
    """Return why a file was not taken in, None when it was."""
    if report.get("error"):
        return str(report["error"])
    if report["counts"] is None:
        messages = " ".join(warning["message"] for warning in report["warnings"])
        return messages or "The file cannot be used."
    return None
