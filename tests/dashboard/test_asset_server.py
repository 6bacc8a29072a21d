"""Files for the browser: under addresses nobody can guess, and not for ever."""

import gc
import gzip
import os
import time
from pathlib import Path

from geomap.dashboard.shared import asset_server
from geomap.dashboard.shared.asset_server import ServedFile, Visitor, served_file


def _served(address: str) -> Path:
    return asset_server._folders().served / address.rsplit("/", 1)[1]


def test_address_of_events_depends_on_the_session_and_not_only_on_the_content() -> None:
    """Somebody who has the data must not be able to derive the address."""
    same, one, two = ServedFile(b"same"), Visitor("one"), Visitor("two")

    assert one.address(same) != two.address(same)
    assert one.address(same) == one.address(same)
    assert gzip.decompress(_served(two.address(same)).read_bytes()) == b"same"


def test_a_binary_lies_on_the_disk_once_for_all_sessions() -> None:
    """Twenty people who look at a million events do not need twenty copies."""
    binary = ServedFile(b"events")
    visitors = [Visitor(str(number)) for number in range(20)]

    inodes = {_served(visitor.address(binary)).stat().st_ino for visitor in visitors}
    assert inodes == {binary.path.stat().st_ino}


def test_a_file_of_the_same_content_keeps_its_address() -> None:
    """Places are written anew at each run: the map must not be drawn anew for that."""
    visitor = Visitor("reader")

    address = visitor.address(served_file(b"places of a text"))
    assert visitor.address(served_file(b"places of a text")) == address
    assert visitor.address(served_file(b"places of another")) != address


def test_a_map_can_fetch_the_files_of_its_last_two_runs() -> None:
    """A slow browser may still load the files of a run after the next one has begun."""
    visitor = Visitor("slow")
    places = ServedFile(b"places")
    runs = [(places, ServedFile(bytes([n])), ServedFile(bytes([n, n]))) for n in range(4)]
    addresses = [[visitor.address(file) for file in run] for run in runs]

    assert all(_served(address).exists() for run in addresses[-2:] for address in run)


def test_only_the_latest_binaries_of_a_session_are_served() -> None:
    """A long evening of filtering must not fill the disk."""
    visitor = Visitor("filtering")
    binaries = [ServedFile(bytes([n])) for n in range(8)]
    addresses = [visitor.address(binary) for binary in binaries]

    fetchable = [address for address in addresses if _served(address).exists()]
    assert fetchable == addresses[-asset_server.FILES_PER_SESSION :]


def test_addresses_end_with_their_session_and_binaries_with_their_last_reader() -> None:
    """The files of a session cannot be fetched after its end."""
    binary = ServedFile(b"events")
    stays, leaves = Visitor("stays"), Visitor("leaves")
    mine, theirs = _served(leaves.address(binary)), _served(stays.address(binary))
    path = binary.path
    del leaves, binary
    gc.collect()

    assert not mine.exists()
    assert not path.exists()
    assert gzip.decompress(theirs.read_bytes()) == b"events"


def test_addresses_of_sessions_long_gone_are_removed() -> None:
    """A server that runs for weeks must not fill the disk."""
    visitor = Visitor("gone")
    path = _served(visitor.address(ServedFile(b"old")))
    two_days_ago = time.time() - 48 * 3600
    os.utime(path, (two_days_ago, two_days_ago))

    Visitor("here").address(ServedFile(b"new"))

    assert not path.exists()
