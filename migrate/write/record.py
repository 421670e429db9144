"""The folder `.hugo2myst/`: what earlier runs left, and whether a destination is ours at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from migrate.diagnostics import MigrateError
from migrate.write.copy import hash_descriptor
from migrate.write.folder import Blocked, Folder
from migrate.write.journal import ENTRIES, RUN, UNDO, Entry, Journal
from migrate.write.manifest import FileRecord, Manifest, content_hash, dump, load
from migrate.write.paths import RECORD
from migrate.write.stats import Stats

MANIFEST = PurePosixPath(RECORD, "manifest.json")
BASE = PurePosixPath(RECORD, "base")
CONFLICTS = PurePosixPath(RECORD, "conflicts")
OWN = frozenset(
    (
        ".gitattributes", ".gitignore", "base", "cache.json", "conflicts", "fetched", "last.json",
        "lock", "manifest.json", "run", "texts.jsonl", "tmp", "undo",
    )
)  # fmt: skip
"""Names in the record's folder that no output may have."""
_GITIGNORE = b"""\
# The record itself and conflicts are worth committing; these are not.
cache.json
fetched/
last.json
lock
run/
texts.jsonl
tmp/
undo/
"""
_GITATTRIBUTES = b"# Contents are compared byte by byte: line ends must stay.\n* -text\n"


class Record:
    """The record of one destination, and the hashes of what is on disk."""

    def __init__(self, folder: Folder, adopt: bool = False) -> None:
        """Read it. Raises MigrateError for a destination that isn't ours and isn't empty, or a
        record that can't be used; with `adopt` both count as a destination without a record."""
        self.folder = folder
        self.stats = Stats(folder)
        self.journal = Journal(folder)
        if not adopt:
            refuse_foreign(folder)
        self.raw: bytes | None = folder.read(MANIFEST)
        try:
            self.manifest = load(self.raw) if self.raw is not None else Manifest()
        except MigrateError:
            if not adopt:
                raise
            self.manifest = Manifest()
        if folder.stat(RUN / ENTRIES):
            self._absorb(self.journal.entries()[0])

    def digest(self, path: PurePosixPath) -> str:
        """Hash of the file at `path`, "" if there is none. Raises `Blocked` for what is no file."""
        found = self.folder.stat(path)
        if found is None:
            return ""
        known = self.stats.get(str(path), found)
        if not known:
            fd = self.folder.open(path)
            with open(fd, "rb") as file:
                known = hash_descriptor(file.fileno())
            self.stats.put(str(path), found, known)
        return known

    def base(self, digest: str) -> bytes | None:
        """The text that was written as `digest`; None if it isn't kept (an asset) or damaged."""
        if not digest:
            return None
        data = self.folder.read(BASE / digest)
        return data if data is not None and content_hash(data) == digest else None

    def keep_base(self, data: bytes, digest: str) -> None:
        """Keep a text as the base of later merges.

        A run that is cut off may leave a part of it; then the file that it is the base of isn't
        written yet, and the next run comes here again.
        """
        place = BASE / digest
        try:
            self.folder.add(place, data)
        except FileExistsError:
            found = self.folder.stat(place)
            if found is None or found.st_size != len(data):
                self.folder.write(place, data)

    def save(self, manifest: Manifest) -> None:
        """Write the manifest if it says anything new; base texts that only the state before
        this run needs go to what `undo` keeps."""
        raw = dump(manifest)
        if raw != self.raw:
            for name, data in ((".gitignore", _GITIGNORE), (".gitattributes", _GITATTRIBUTES)):
                if self.folder.read(PurePosixPath(RECORD, name)) != data:
                    self.folder.write(PurePosixPath(RECORD, name), data)
            self.folder.write(MANIFEST, raw, sync=True)
            self.raw = raw
        self.manifest = manifest
        needed = {file.hash for file in manifest.files.values()}
        needed |= {file.conflict for file in manifest.files.values()}
        unneeded = [name for name in self.folder.names(BASE) if name not in needed]
        if unneeded:
            last = next((place for place in (RUN, UNDO) if self.folder.stat(place)), None)
            for name in unneeded:
                if last:
                    self.folder.replace(BASE / name, last / BASE.name / name)
                else:
                    self.folder.remove(BASE / name)

    def _absorb(self, entries: list[Entry]) -> None:
        """Take into the record what a run that was cut off did get done."""
        files: dict[str, FileRecord] = dict(self.manifest.files)
        for entry in entries:
            try:
                if self.digest(PurePosixPath(entry.path)) != entry.after:
                    continue
            except Blocked:
                continue
            if entry.record is None:
                files.pop(entry.path, None)
            else:
                files[entry.path] = entry.record
        self.manifest = replace(self.manifest, files=files)


def refuse_foreign(folder: Folder) -> None:
    """Raise MigrateError for a folder that has files and no record (a repository without
    files counts as empty)."""
    if folder.stat(MANIFEST) or folder.stat(RUN / ENTRIES):
        return
    others = [name for name in folder.names(PurePosixPath()) if name not in (RECORD, ".git")]
    if others:
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        raise MigrateError(
            f"the folder isn't empty ({shown}) and wasn't made by hugo2myst; choose another one, "
            "or say --force to convert into it (no file that is there is overwritten)",
            str(folder.root),
        )


def existing(destination: Path) -> bool:
    """There is something at `destination`. Raises MigrateError if it is no folder."""
    if destination.is_dir():
        return True
    if destination.exists() or destination.is_symlink():
        raise MigrateError("the destination is no folder", str(destination))
    return False
