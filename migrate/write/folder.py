"""A folder on disk that nothing written through it can leave.

Each step from the root to a file is opened without following links, and what was opened is
held: a link or another folder that somebody puts in the way, also in the middle of a run, is
refused and never followed. Where the system has no `dir_fd` (Windows) each step is checked by
name instead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from migrate.places import collision_key
from migrate.write.paths import RECORD

_AT = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
TEMPORARY = PurePosixPath(RECORD, "tmp")
_CACHED = 64
"""How many folders below the root are held open."""


class Blocked(OSError):
    """Something that is no plain file or folder of the project's stands in the way."""


class Folder:
    """The folder `root`; all paths are relative to it."""

    def __init__(self, root: Path) -> None:
        """`root` must be an existing folder; if it is a link, what it leads to is meant."""
        self.root = Path(os.path.realpath(root))
        self._count = 0
        self._open: OrderedDict[tuple[str, ...], int] = OrderedDict()
        self._root_fd = os.open(self.root, os.O_RDONLY | _DIRECTORY | _CLOEXEC) if _AT else -1

    def close(self) -> None:
        """Let go of all open folders."""
        for fd in self._open.values():
            os.close(fd)
        self._open.clear()
        if self._root_fd >= 0:
            os.close(self._root_fd)
            self._root_fd = -1

    def stat(self, path: PurePosixPath) -> os.stat_result | None:
        """What is at `path`, links not followed; None if nothing is. Raises `Blocked`."""
        try:
            name, fd = self._at(path)
            return os.stat(name, dir_fd=fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def is_same(self, one: PurePosixPath, other: PurePosixPath) -> bool:
        """Whether two paths lead to one file, as where the case of letters doesn't matter."""
        try:
            first, second = self.stat(one), self.stat(other)
        except OSError:
            return False
        return bool(first and second and os.path.samestat(first, second))

    def read(self, path: PurePosixPath) -> bytes | None:
        """The bytes of a plain file; None if there is none. Raises `Blocked`."""
        try:
            with open(self.open(path), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def open(self, path: PurePosixPath) -> int:
        """A plain file, open for reading. Raises `Blocked` for anything else."""
        name, at = self._at(path)
        fd = self._open_file(name, at)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise Blocked(errno.EINVAL, "is not a plain file", str(path))
        return fd

    def create(self, path: PurePosixPath) -> int:
        """A new file at `path`, open for writing and reading; fails if something is there."""
        name, fd = self._at(path, make=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _CLOEXEC | _BINARY
        return os.open(name, flags, 0o666, dir_fd=fd)

    def append(self, path: PurePosixPath) -> int:
        """The file at `path`, made if need be, open for appending."""
        name, fd = self._at(path, make=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _NOFOLLOW | _CLOEXEC | _BINARY
        return os.open(name, flags, 0o666, dir_fd=fd)

    def add(self, path: PurePosixPath, data: bytes) -> None:
        """Write a new file where nothing is; a reader may see a part of it."""
        with open(self.create(path), "wb", buffering=0) as file:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]

    def write(self, path: PurePosixPath, data: bytes, sync: bool = False) -> os.stat_result:
        """Put `data` at `path` in one step: a reader sees the old content or the new one.

        With `sync` it is on the medium, too, when this returns.
        """
        temporary = self.temporary()
        fd = self.create(temporary)
        try:
            with open(fd, "wb", buffering=0) as file:
                view = memoryview(data)
                while view:
                    view = view[file.write(view) :]
                if sync:
                    os.fsync(fd)
            return self.replace(temporary, path)
        except BaseException:
            self.discard(temporary)
            raise

    def temporary(self) -> PurePosixPath:
        """A free place for a file on its way; what is left there belongs to nobody."""
        self._count += 1
        return TEMPORARY / f"{os.getpid()}-{self._count}"

    def discard(self, path: PurePosixPath) -> None:
        """Delete a file of our own while another error is on its way; its own errors are lost."""
        with contextlib.suppress(OSError):
            self.remove(path)

    def sync(self, path: PurePosixPath) -> None:
        """Wait until a file's content is on the medium."""
        fd = self.open(path)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def replace(self, source: PurePosixPath, target: PurePosixPath) -> os.stat_result:
        """Move a file over `target` in one step; missing folders are made. What then is there."""
        name, fd = self._at(source)
        new, new_fd = self._at(target, make=True)
        try:
            os.replace(name, new, src_dir_fd=fd, dst_dir_fd=new_fd)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # A folder of the project is a mount of its own: the last step is taken inside it.
            self._replace_across(source, target)
        return os.stat(new, dir_fd=new_fd, follow_symlinks=False)

    def _replace_across(self, source: PurePosixPath, target: PurePosixPath) -> None:
        beside = target.with_name(f".{os.getpid()}.hugo2myst")
        with open(self.open(source), "rb") as old, open(self.create(beside), "wb") as new:
            shutil.copyfileobj(old, new)
        try:
            self.replace(beside, target)
        except BaseException:
            self.discard(beside)
            raise
        self.remove(source)

    def remove(self, path: PurePosixPath) -> None:
        """Delete a file; nothing happens if there is none."""
        with contextlib.suppress(FileNotFoundError):
            name, fd = self._at(path)
            os.unlink(name, dir_fd=fd)

    def remove_empty_parents(self, path: PurePosixPath) -> None:
        """Delete the folders above `path` that hold nothing any more."""
        for parent in path.parents:
            if not parent.parts:
                return
            try:
                name, fd = self._at(parent)
                os.rmdir(name, dir_fd=fd)
            except OSError:
                return
            self._forget(parent)

    def remove_tree(self, path: PurePosixPath) -> None:
        """Delete a folder of our own with all that is in it; links are deleted, not followed."""
        found = self.stat(path)
        if found is None:
            return
        if not stat.S_ISDIR(found.st_mode):
            self.remove(path)
            return
        for name in self.names(path):
            self.remove_tree(path / name)
        self._forget(path)
        name, fd = self._at(path)
        os.rmdir(name, dir_fd=fd)

    def rename_folder(self, source: PurePosixPath, target: PurePosixPath) -> None:
        """Give a folder of our own another name; `target` must not exist."""
        self._forget(source)
        name, fd = self._at(source)
        new, new_fd = self._at(target, make=True)
        os.rename(name, new, src_dir_fd=fd, dst_dir_fd=new_fd)

    def names(self, path: PurePosixPath) -> list[str]:
        """Names in a folder, sorted; none if there is no such folder."""
        try:
            fd = self._folder(path.parts, make=False)
        except FileNotFoundError:
            return []
        with os.scandir(fd if fd >= 0 else self.root / path) as found:
            return sorted(entry.name for entry in found)

    def walk(self, path: PurePosixPath) -> Iterator[PurePosixPath]:
        """All plain files below `path`, in order; links and special files are passed over."""
        for name in self.names(path):
            child = path / name
            found = self.stat(child)
            if found and stat.S_ISDIR(found.st_mode):
                yield from self.walk(child)
            elif found and stat.S_ISREG(found.st_mode):
                yield child

    def _at(self, path: PurePosixPath, make: bool = False) -> tuple[str, int | None]:
        """Name and folder descriptor for a call of `os`; a whole path and None on Windows."""
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise Blocked(errno.EINVAL, "leads out of the project", str(path))
        fd = self._folder(path.parts[:-1], make)
        return (path.name, fd) if fd >= 0 else (str(self.root / path), None)

    def _folder(self, parts: tuple[str, ...], make: bool) -> int:
        """Descriptor of a folder below the root, -1 where the system has no such thing."""
        if not _AT:
            self._check_by_name(parts, make)
            return -1
        if not parts:
            return self._root_fd
        held = self._open.get(parts)
        if held is not None:
            self._open.move_to_end(parts)
            return held
        above = self._folder(parts[:-1], make)
        fd = self._enter(parts, above, make)
        self._open[parts] = fd
        if len(self._open) > _CACHED:
            oldest = next((key for key in self._open if key != parts[: len(key)]), None)
            if oldest is not None:
                os.close(self._open.pop(oldest))
        return fd

    def _enter(self, parts: tuple[str, ...], above: int, make: bool) -> int:
        flags = os.O_RDONLY | _DIRECTORY | _NOFOLLOW | _CLOEXEC
        for _ in range(2):
            try:
                return os.open(parts[-1], flags, dir_fd=above)
            except FileNotFoundError:
                if not make:
                    raise
                with contextlib.suppress(FileExistsError):
                    os.mkdir(parts[-1], 0o777, dir_fd=above)
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENOTDIR):
                    where = "/".join(parts)
                    raise Blocked(error.errno, "is a link or a file, not a folder", where) from None
                raise
        raise Blocked(errno.ENOENT, "vanished while it was made", "/".join(parts))

    def _check_by_name(self, parts: tuple[str, ...], make: bool) -> None:
        place = self.root
        for part in parts:
            place = place / part
            if make:
                with contextlib.suppress(FileExistsError):
                    place.mkdir()
            found = os.lstat(place)
            if not stat.S_ISDIR(found.st_mode):
                raise Blocked(errno.ENOTDIR, "is a link or a file, not a folder", str(place))

    def _forget(self, path: PurePosixPath) -> None:
        """Close what is held of a folder that goes away, in any spelling, and of those below."""
        gone, depth = collision_key(path), len(path.parts)
        for key in list(self._open):
            if collision_key("/".join(key[:depth])) == gone:
                os.close(self._open.pop(key))

    @staticmethod
    def _open_file(name: str, at: int | None) -> int:
        # O_NONBLOCK: a FIFO in the way must not hang us.
        flags = os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _CLOEXEC | _BINARY
        try:
            return os.open(name, flags, dir_fd=at)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR):
                raise Blocked(error.errno, "is not a plain file", name) from None
            raise
