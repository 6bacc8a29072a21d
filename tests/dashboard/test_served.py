"""What the browser fetches: under addresses nobody can guess, and not for ever."""

import os
import time

from geomap.dashboard import served


def _folder_names() -> set[str]:
    folder, _, _ = served._events_folder()
    return {path.name for path in folder.iterdir()}


def test_address_of_events_depends_on_the_session_and_not_only_on_the_content() -> None:
    """Somebody who knows the data must not be able to work the address out."""
    first = served.serve_events(b"same", owner="one")
    second = served.serve_events(b"same", owner="two")

    assert first != second
    assert served.serve_events(b"same", owner="one") == first


def test_only_the_latest_binaries_of_a_session_are_kept() -> None:
    """A long evening of filtering must not fill the disk."""
    addresses = [served.serve_events(bytes([n]), owner="filtering") for n in range(8)]
    kept = [address for address in addresses if address.rsplit("/", 1)[1] in _folder_names()]

    assert kept == addresses[-served.KEPT_PER_SESSION :]


def test_binaries_of_sessions_long_gone_are_removed() -> None:
    """A server that runs for weeks forgets those who left."""
    address = served.serve_events(b"old", owner="gone")
    folder, _, _ = served._events_folder()
    path = folder / address.rsplit("/", 1)[1]
    two_days_ago = time.time() - 48 * 3600
    os.utime(path, (two_days_ago, two_days_ago))

    served.serve_events(b"new", owner="here")

    assert not path.exists()
