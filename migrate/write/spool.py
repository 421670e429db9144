"""Contents that must wait: in memory while they are few, in one unnamed file when they are many."""

from __future__ import annotations

import tempfile
from types import TracebackType

_IN_MEMORY = 32 << 20
"""Bytes; more go to a file, so that a run that moves 100,000 pages needs no more memory."""


class Spool:
    """A pile of contents, each found again by its number."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._spans: list[tuple[int, int]] = []
        self._size = 0

    def add(self, data: bytes) -> int:
        """Put a content on the pile; its number."""
        self._file.seek(self._size)
        self._file.write(data)
        self._spans.append((self._size, len(data)))
        self._size += len(data)
        return len(self._spans) - 1

    def get(self, number: int) -> bytes:
        """Content number `number`."""
        start, length = self._spans[number]
        self._file.seek(start)
        return self._file.read(length)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
