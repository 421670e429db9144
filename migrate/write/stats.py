"""What sizes and times say about files: `.hugo2myst/cache.json`, never committed.

A content whose file has the same size, times and inode as when it was hashed is not read again.
The cache may be deleted at any time; that costs a slower run and nothing else.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.write.folder import Folder
from migrate.write.paths import RECORD

CACHE = PurePosixPath(RECORD, "cache.json")
_VERSION = 2
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
        self.notes: dict[str, tuple[str, Any]] = {}
        """Identity -> (key, JSON value) of a page: what its conversion said beside its text."""
        self._before = b""
        self._load()

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
        now = time.time_ns()
        files = {
            name: [*state, digest]
            for name, (state, digest) in self._used.items()
            if _settled(state, now)
        }
        data = json.dumps({"version": _VERSION, "files": files, "notes": self.notes})
        raw = data.encode()
        if raw != self._before:
            self._folder.write(CACHE, raw)

    def _load(self) -> None:
        try:
            self._before = self._folder.read(CACHE) or b""
            raw = json.loads(self._before)
            if raw["version"] != _VERSION:
                return
            rows: Mapping[str, list[Any]] = raw["files"]
            for name, (size, mtime, ctime, inode, digest) in rows.items():
                self._known[str(name)] = ((size, mtime, ctime, inode), str(digest))
            self.notes = {str(k): (str(v[0]), v[1]) for k, v in raw["notes"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._known, self.notes = {}, {}


def _settled(state: Mark, now: int) -> bool:
    """So long unchanged that a later change can't have the same times."""
    coarse = state[1] % 1_000_000_000 == 0
    return max(state[1], state[2]) + (_COARSE_MARGIN_NS if coarse else _MARGIN_NS) < now


def source_name(file: Path) -> str:
    """Under what name an asset in the source is noted; no file in the project is named so."""
    return f"\0{file}"
