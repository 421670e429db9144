"""The source's files, read with care: the tree may be hostile, broken or in an old encoding."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_TEXT = 32 * 1024 * 1024
"""Bytes of the largest text file that is read."""
_CHUNK = 1 << 20
# O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
MAX_FOLDERS = 100
"""How deep folders may be nested."""


class Unreadable(Exception):
    """A file that isn't read; the argument says why."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, without its byte order mark; `encoding` is empty for UTF-8."""

    text: str
    encoding: str = ""


def read_text(path: Path | str) -> Text:
    """The text of a regular file of at most MAX_TEXT bytes; raises Unreadable."""
    return decode(read_bytes(path, MAX_TEXT))


def read_bytes(path: Path | str, most: int) -> bytes:
    """The content of a regular file of at most `most` bytes; raises Unreadable."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise Unreadable("it is no regular file")
            data = os.read(descriptor, min(found.st_size, most) + 1)
            while len(data) <= most and (more := os.read(descriptor, _CHUNK)):
                data += more
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from None
    if len(data) > most:
        raise Unreadable(f"it is larger than {most // 1024 // 1024} MB")
    return data


def decode(data: bytes) -> Text:
    """Text of UTF-8, of UTF-16, or else of Windows-1252 (which covers Latin-1's letters)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Text(data.decode("utf-16", "replace"), "UTF-16")
    if b"\0" in data[:2]:  # UTF-16 without its mark: one byte of an ASCII letter is 0
        return Text(data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace"), "UTF-16")
    try:
        return Text(data.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return Text(data.decode("cp1252", "replace"), "Windows-1252")


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file below a folder that was walked."""

    path: str
    """On disk."""
    relative: str
    """From the folder that was walked, with `/`."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How a tree is walked.

    Symbolic links are followed only to places below `boundary`, and no folder is entered twice.
    """

    boundary: Path
    hidden: bool = False
    """Names that begin with `.` or `#` or end in `~` count too (Hugo: only in `static`)."""

    def files(self, folder: Path, skipped: list[tuple[str, str]]) -> Iterator[Found]:
        """Regular files below `folder`, in order; what is left out goes to `skipped` with why."""
        seen: set[tuple[int, int]] = set()
        yield from self._folder(str(folder), "", seen, skipped, 0)

    def _folder(
        self, path: str, prefix: str, seen: set[tuple[int, int]], skipped: list[tuple[str, str]],
        depth: int,
    ) -> Iterator[Found]:  # fmt: skip
        try:
            status = Path(path).stat()
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            skipped.append((path, error.strerror or str(error)))
            return
        key = (status.st_dev, status.st_ino)
        if key in seen or depth > MAX_FOLDERS:
            skipped.append((path, "its folders are nested without end"))
            return
        seen.add(key)
        for entry in entries:
            if self._ignored(entry.name):
                continue
            if entry.is_symlink() and not self._inside(entry.path):
                skipped.append((entry.path, "the symbolic link leads out of the site or nowhere"))
            elif entry.is_dir():
                yield from self._folder(
                    entry.path, f"{prefix}{entry.name}/", seen, skipped, depth + 1
                )
            elif entry.is_file():
                yield Found(entry.path, prefix + entry.name)
            else:
                skipped.append((entry.path, "it is no regular file"))

    def _ignored(self, name: str) -> bool:
        if self.hidden:
            return name in (".git", ".DS_Store")
        return name[0] in ".#" or name[-1] == "~"

    def _inside(self, path: str) -> bool:
        real = Path(os.path.realpath(path))
        return real.exists() and real.is_relative_to(self.boundary)
