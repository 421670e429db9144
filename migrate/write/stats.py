"""What sizes and times say about files: `.hugo2myst/cache.json`, never committed.

A content whose file has the same size, times and inode as when it was hashed is not read again.
The cache may be deleted at any time; that costs a slower run and nothing else.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from sys import intern

from migrate.write.folder import Folder
from migrate.write.paths import RECORD

CACHE = PurePosixPath(RECORD, "cache.json")
_VERSION = 4
_MARGIN_NS = 50_000_000
"""A file changed this shortly before its hash was noted may change again within one tick of
the file system's clock, with nothing to see from outside."""
_COARSE_MARGIN_NS = 2_100_000_000
"""The same for file systems whose times are whole seconds."""

Mark = tuple[int, int, int, int]
"""Size, modification time, change time (both in ns), inode."""


def mark(found: os.stat_result) -> Mark:
    """What tells two states of a file apart without reading it."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class Stats:
    """Known hashes of files in the project and of assets in the source, and notes on pages."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Mark, str]] = {}
        self._used: dict[str, tuple[Mark, str]] = {}
        self.links = ""
        """Hash of the link map for which the notes hold."""
        self.notes: dict[str, tuple[str, str]] = {}
        """Identity -> (key, JSON) of a page: what its conversion said beside its text."""
        try:
            self._load()
        except (OSError, ValueError, TypeError, RecursionError):
            self.links, self._known, self.notes = "", {}, {}

    def get(self, name: str, found: os.stat_result) -> str:
        """The hash of the file `name` (`source_name` for assets), "" if it must be read."""
        known = self._known.get(name)
        if known is None or known[0] != mark(found):
            return ""
        self._used[name] = known
        return known[1]

    def put(self, name: str, found: os.stat_result, digest: str) -> None:
        """Note what a file held, by the state it had *before* it was read or after a write."""
        self._known[name] = self._used[name] = (mark(found), digest)

    def save(self) -> None:
        """Write what was used or noted in this run; entries too fresh to be trusted are left out.

        Raises OSError."""
        temporary = self._folder.temporary()
        try:
            with open(self._folder.create(temporary), "wb") as file:
                file.writelines(self._lines())
            self._folder.replace(temporary, CACHE)
        except BaseException:
            self._folder.discard(temporary)
            raise

    def _lines(self) -> Iterator[bytes]:
        """A line for the version and the link map, one for each file, one for each page: its
        identity and key, a tab, and its note."""
        yield f"{json.dumps([_VERSION, self.links])}\n".encode()
        now = time.time_ns()
        for name, (state, digest) in self._used.items():
            if _settled(state, now):
                yield json.dumps([name, *state, digest]).encode() + b"\n"
        for identity, (key, note) in self.notes.items():
            yield f"{json.dumps([identity, key])}\t{note}\n".encode()

    def _load(self) -> None:
        with open(self._folder.open(CACHE), "rb") as file:
            version, self.links = json.loads(file.readline())
            if version != _VERSION:
                self.links = ""
                return
            for line in file:
                head, tab, note = line.partition(b"\t")
                if tab:
                    identity, key = json.loads(head)
                    self.notes[intern(identity)] = (key, note[:-1].decode())
                else:
                    name, size, mtime, ctime, inode, digest = json.loads(head)
                    self._known[intern(name)] = ((size, mtime, ctime, inode), intern(digest))


def _settled(state: Mark, now: int) -> bool:
    """So long unchanged that a later change can't have the same times."""
    coarse = state[1] % 1_000_000_000 == 0
    return max(state[1], state[2]) + (_COARSE_MARGIN_NS if coarse else _MARGIN_NS) < now


def source_name(file: Path) -> str:
    """Under what name an asset in the source is noted; no file in the project is named so."""
    return f"\0{file}"
