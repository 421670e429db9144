"""What earlier runs found out about texts, so that only texts that changed are looked at again.

A finding is known by the hash of all that it was found from: it is true whatever has happened
since. The file is of one machine and one version of the tool, may be deleted at any time, and
counts for nothing where a byte of it is damaged.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_MOST = 64_000_000
"""Bytes that are kept: what 100,000 pages say would fill a small machine's memory."""


class Memory:
    """Findings of the last run and of this one."""

    def __init__(self, place: Path | None = None, stamp: str = "") -> None:
        """Read what the file `place` keeps, if it was written with the same `stamp`.

        Without a place nothing is kept.
        """
        self._place = place
        self._stamp = stamp
        self._known = _read(place, stamp) if place else {}
        self._used: dict[bytes, bytes] = {}
        self._size = 0
        self._new = False

    def recall(self, make: Callable[[], Any], *parts: object) -> Any:
        """The value that `make` gives for `parts` (all that it depends on); made only if need be.

        The value is JSON: lists, mappings with text for keys, texts, numbers, booleans, None.
        """
        if self._place is None:
            return make()
        key = digest(*parts).encode()
        line = self._used.get(key) or self._known.get(key)
        if line is None:
            value = make()
            self._new = True
            self._keep(key, json.dumps(value).encode())
            return value
        if key not in self._used:
            self._keep(key, line)
        return json.loads(line)

    def _keep(self, key: bytes, line: bytes) -> None:
        if self._size < _MOST:
            self._used[key] = line
            self._size += len(line) + len(key)

    def save(self) -> None:
        """Write what was used in this run, if it isn't what the file has; errors are lost."""
        if self._place is None or not (self._new or len(self._used) != len(self._known)):
            return
        body = b"".join(b"%s %s\n" % row for row in self._used.items())
        temporary = self._place.with_name(f"{self._place.name}.{os.getpid()}")
        with suppress(OSError):
            try:
                temporary.write_bytes(_head(self._stamp, body) + body)
                temporary.replace(self._place)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise


def digest(*parts: object) -> str:
    """Hash of texts, bytes, and whatever else prints as what it is."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, str):
            data = part.encode("utf-8", "surrogatepass")
        else:
            data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


NOTHING = Memory()
"""Remembers nothing."""


def _head(stamp: str, body: bytes) -> bytes:
    return f"{digest(stamp, body)}\n".encode()


def _read(place: Path, stamp: str) -> dict[bytes, bytes]:
    with suppress(OSError):
        head, _, body = place.read_bytes().partition(b"\n")
        if head + b"\n" == _head(stamp, body):
            lines = body.split(b"\n")[:-1]
            return dict(line.split(b" ", 1) for line in lines)
    return {}
