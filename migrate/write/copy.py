"""Assets on their way into the project: opened safely, copied cheaply, never hard-linked."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

_CHUNK = 1 << 20
_FICLONE = 0x40049409
"""Linux' request to share a file's blocks until one of the two is changed."""


def open_asset(file: Path, roots: Sequence[Path] = ()) -> int:
    """A descriptor of the plain file `file`. Raises OSError.

    With `roots` the file must lie in one of them, links resolved, also if somebody exchanges
    a folder for a link while we look.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    fd = os.open(file, flags | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "is not a plain file", str(file))
        if roots and not _inside(file, found, roots):
            raise OSError(errno.EACCES, "is a link that leads out of the site", str(file))
    except BaseException:
        os.close(fd)
        raise
    return fd


def _inside(file: Path, found: os.stat_result, roots: Sequence[Path]) -> bool:
    real = os.path.realpath(file)
    there = os.lstat(real)
    same = (there.st_dev, there.st_ino) == (found.st_dev, found.st_ino)
    return same and any(Path(real).is_relative_to(os.path.realpath(root)) for root in roots)


def copy_descriptor(source: int, target: int) -> None:
    """All bytes of one open file into another, empty one; by reference where the system can."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.ioctl(target, _FICLONE, source)
            return
        with contextlib.suppress(OSError):
            while os.copy_file_range(source, target, 1 << 30):
                pass
            return
        os.lseek(source, 0, os.SEEK_SET)
        os.lseek(target, 0, os.SEEK_SET)
        os.ftruncate(target, 0)
    while chunk := os.read(source, _CHUNK):
        view = memoryview(chunk)
        while view:
            view = view[os.write(target, view) :]


def hash_descriptor(fd: int) -> str:
    """The content hash of an open file, read from its beginning."""
    os.lseek(fd, 0, os.SEEK_SET)
    digest = hashlib.blake2b(digest_size=20)
    while chunk := os.read(fd, _CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
