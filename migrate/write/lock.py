"""One run at a time in a project."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from migrate.diagnostics import MigrateError
from migrate.write.folder import Folder
from migrate.write.paths import RECORD

LOCK = PurePosixPath(RECORD, "lock")


@contextlib.contextmanager
def locked(folder: Folder) -> Iterator[None]:
    """Hold the project's lock; the system lets go of it when the process ends, however it ends.

    Raises MigrateError at once if another run holds it.
    """
    fd = folder.append(LOCK)
    try:
        if not _take(fd):
            os.lseek(fd, 0, os.SEEK_SET)
            holder = os.read(fd, 64).decode("ascii", "replace").strip()
            by = f" (process {holder})" if holder.isdigit() else ""
            raise MigrateError(
                f"another run of hugo2myst{by} is writing here; wait until it is done",
                str(folder.root),
            )
        os.ftruncate(fd, 0)
        os.write(fd, f"{os.getpid()}\n".encode())
        yield
        os.ftruncate(fd, 0)
    finally:
        os.close(fd)


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
