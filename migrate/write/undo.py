"""Take back the last run that changed anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate.diagnostics import MigrateError
from migrate.write.copy import copy_descriptor
from migrate.write.folder import Blocked, Folder
from migrate.write.journal import ENTRIES, MANIFEST, RUN, UNDO, Journal, first_and_last
from migrate.write.record import BASE, CONFLICTS, Record
from migrate.write.record import MANIFEST as RECORDED
from migrate.write.tree import open_tree


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back."""

    restored: tuple[PurePosixPath, ...] = ()
    """Files that are as before the run: written back, or removed because they were not there."""
    left: tuple[PurePosixPath, ...] = ()
    """Files that somebody changed after the run; they are left as they are."""


def undo(destination: Path) -> Undone:
    """Bring the project to the state before the last run that changed a file.

    Files that were changed since that run stay. Cut off at any point, it can be repeated.
    Raises MigrateError if there is nothing to take back.
    """
    if not destination.is_dir():
        raise MigrateError("there is no such folder", str(destination))
    with open_tree(destination, adopt=True) as tree:
        folder = tree.folder
        place = next((one for one in (RUN, UNDO) if folder.stat(one / ENTRIES)), None)
        if place is None:
            raise MigrateError("no run has left anything to take back", str(destination))
        done = _restore_files(tree.record, folder, place)
        _restore_record(folder, place)
        return done


def _restore_files(record: Record, folder: Folder, place: PurePosixPath) -> Undone:
    journal = Journal(folder, place)
    restored: list[PurePosixPath] = []
    left: list[PurePosixPath] = []
    for name, (before, after) in sorted(first_and_last(journal.entries()[0]).items()):
        path = PurePosixPath(name)
        try:
            now = record.digest(path)
            if now == before:
                continue
            kept = folder.stat(journal.saved(before)) is not None if before else True
            if now != after or not kept:
                left.append(path)
                continue
            if before:
                _copy_back(folder, journal.saved(before), path)
            else:
                folder.remove(path)
                folder.remove_empty_parents(path)
            restored.append(path)
        except Blocked:
            left.append(path)
    return Undone(tuple(restored), tuple(left))


def _copy_back(folder: Folder, saved: PurePosixPath, path: PurePosixPath) -> None:
    temporary = folder.temporary()
    with open(folder.open(saved), "rb") as old, open(folder.create(temporary), "wb") as new:
        copy_descriptor(old.fileno(), new.fileno())
    folder.replace(temporary, path)


def _restore_record(folder: Folder, place: PurePosixPath) -> None:
    """The record from before the run, last of all; then there is nothing left to take back."""
    for name in folder.names(place / BASE.name):
        folder.replace(place / BASE.name / name, BASE / name)
    manifest = folder.read(place / MANIFEST)
    if manifest is None:
        for path in (CONFLICTS, BASE, RECORDED):
            folder.remove_tree(path)
    else:
        folder.write(RECORDED, manifest, sync=True)
    folder.remove(place / ENTRIES)
    folder.remove_tree(place)
