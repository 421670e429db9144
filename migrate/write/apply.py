"""Do what was decided: each file in one step, each step noted before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic
from migrate.write.change import Change, Done
from migrate.write.copy import copy_descriptor, hash_descriptor, open_asset
from migrate.write.folder import Blocked
from migrate.write.journal import Entry
from migrate.write.manifest import FileRecord, content_hash
from migrate.write.paths import RECORD
from migrate.write.policy import Action
from migrate.write.record import CONFLICTS, Record


class Applier:
    """Carries out the changes of one run and learns what the record says afterwards."""

    def __init__(self, record: Record, roots: tuple[Path, ...] = ()) -> None:
        self._record = record
        self._folder = record.folder
        self._roots = roots
        self._known: dict[str, FileRecord | None] = {}
        self._left: list[str] = []
        self.precious: list[PurePosixPath] = []
        """New files that hold work of a person's; they are to be on the medium before the record
        says so. The others can be made again."""
        self.diagnostics: list[Diagnostic] = []

    def apply(self, changes: Iterable[Change]) -> Iterator[Done]:
        """Do the changes as they come. A file that can't be written is reported, and the others
        are written. Late changes are done together after the last one."""
        late: list[Entry] = []
        for change in changes:
            self.diagnostics += change.diagnostics
            action = change.action
            together = change.late and change.writes
            try:
                # First, since a conflict without the version put aside counts as settled.
                self._put_aside(change)
                if together:
                    late += self._plan(change)
                else:
                    self._do(change)
            except OSError as error:
                if together:
                    # Nothing has moved yet, and moves depend on one another: the run ends.
                    raise
                action = Action.REFUSED
                self._failed(change, error)
            written = change.writes and action is not Action.REFUSED
            yield Done(change.path, action, change.identity, change.moved_from, written)
        if late:
            self._record.journal.commit()
            finish_moves(self._record, late)
            self.precious += [PurePosixPath(entry.path) for entry in late if entry.after]

    def files(self) -> dict[str, FileRecord]:
        """What the record says of each file, now that all is done."""
        files = dict(self._record.manifest.files)
        for name in self._left:
            files.pop(name, None)
        for name, known in self._known.items():
            if known is None:
                files.pop(name, None)
            else:
                files[name] = known
        return files

    def drop_settled(self, files: Mapping[str, FileRecord]) -> None:
        """Remove versions put aside in earlier runs whose conflict is over."""
        for path in list(self._folder.walk(CONFLICTS)):
            known = files.get(str(path.relative_to(CONFLICTS)))
            if known is None or not known.conflict:
                self._folder.remove(path)
                self._folder.remove_empty_parents(path)

    def _do(self, change: Change) -> None:
        if change.action is Action.REFUSED:
            return
        if change.action is Action.REMOVE:
            self._still_free(change)
            self._save(change.path, change.disk)
            self._note(Entry(str(change.path), change.disk, ""))
            self._folder.remove(change.path)
            self._folder.remove_empty_parents(change.path)
        elif change.path.parts[0] == RECORD:
            if change.data is not None:
                self._replace(change.path, change.data)
            return
        elif change.data is not None:
            self._put(change)
            return
        else:
            self._keep_base(change)
        if change.left is not None:
            self._left.append(str(change.left))
        self._known[str(change.path)] = change.record

    def _put(self, change: Change) -> None:
        """Write one file at its place: aside first, then noted, then moved in."""
        data = change.data
        if isinstance(data, bytes) and change.action is Action.CREATE:
            change = replace(change, record=_complete(change.record, content_hash(data)))
        self._keep_base(change)
        temporary = self._folder.temporary()
        try:
            digest = self._fill(temporary, data)
            if isinstance(data, Path):
                change = replace(change, record=_complete(change.record, digest, always=True))
            self._save(change.path, change.disk)
            self._note(Entry(str(change.path), change.disk, digest, change.record))
            self._still_free(change)
            found = self._folder.replace(temporary, change.path)
        except BaseException:
            self._folder.discard(temporary)
            raise
        self._record.stats.put(str(change.path), found, digest)
        self._known[str(change.path)] = change.record
        if change.action is Action.MERGE:
            self.precious.append(change.path)

    def _still_free(self, change: Change) -> None:
        """What is there is what was there when it was decided. Raises Blocked."""
        if self._record.digest(change.path) != change.disk:
            raise Blocked(0, "was changed by somebody else just now", str(change.path))

    def _fill(self, place: PurePosixPath, data: bytes | Path | None) -> str:
        """Write a content to a new file; its hash."""
        with open(self._folder.create(place), "wb", buffering=0) as file:
            if isinstance(data, bytes):
                view = memoryview(data)
                while view:
                    view = view[file.write(view) :]
                return content_hash(data)
            if data is None:
                raise Blocked(0, "has no content", str(place))
            with open(open_asset(data, self._roots), "rb") as source:
                copy_descriptor(source.fileno(), file.fileno())
            return hash_descriptor(file.fileno())

    def _plan(self, change: Change) -> list[Entry]:
        """Note a late change and keep its content, so that it can be done whatever happens."""
        journal = self._record.journal
        journal.begin(self._record.raw)
        number = journal.spooled = journal.spooled + 1
        place = journal.spool(number)
        self._folder.remove(place)
        if change.data is None and change.moved_from is not None:
            self._copy(change.moved_from, place)
            digest = change.disk
        else:
            digest = self._fill(place, change.data)
        record = change.record
        if change.action is Action.CREATE or isinstance(change.data, Path):
            record = _complete(record, digest, always=True)
        self._keep_base(replace(change, record=record))
        there = self._record.digest(change.path)
        self._save(change.path, there)
        entries = []
        if change.moved_from is not None:
            self._save(change.moved_from, change.disk)
            entries.append(Entry(str(change.moved_from), change.disk, "", None, 0))
            self._left.append(str(change.moved_from))
        entries.append(Entry(str(change.path), there, digest, record, number))
        for entry in entries:
            journal.add(entry)
        self._known[str(change.path)] = record
        return entries

    def _keep_base(self, change: Change) -> None:
        """Keep what will be the base of the next merge, if it is text."""
        record = change.record
        if record is None:
            return
        for data in (change.incoming, change.data):
            if isinstance(data, bytes):
                digest = content_hash(data)
                if digest in (record.hash, record.conflict):
                    self._record.keep_base(data, digest)

    def _put_aside(self, change: Change) -> None:
        """In a conflict, put our version beside the record."""
        if change.action is not Action.CONFLICT or change.incoming is None:
            return
        place = CONFLICTS / change.path
        if self._folder.stat(place) and self._record.digest(place) == _pending(change):
            return
        self._replace(place, change.incoming)

    def _replace(self, path: PurePosixPath, data: bytes | Path) -> None:
        """Write a file of the record's, which no journal needs to know."""
        temporary = self._folder.temporary()
        try:
            self._fill(temporary, data)
            self._folder.replace(temporary, path)
        except BaseException:
            self._folder.discard(temporary)
            raise

    def _save(self, path: PurePosixPath, digest: str) -> None:
        """Keep a content that is about to go, for `undo`."""
        if not digest:
            return
        self._record.journal.begin(self._record.raw)
        place = self._record.journal.saved(digest)
        if self._folder.stat(place) is None:
            self._copy(path, place)

    def _copy(self, source: PurePosixPath, target: PurePosixPath) -> None:
        temporary = self._folder.temporary()
        with (
            open(self._folder.open(source), "rb") as old,
            open(self._folder.create(temporary), "wb") as new,
        ):
            copy_descriptor(old.fileno(), new.fileno())
        self._folder.replace(temporary, target)

    def _note(self, entry: Entry) -> None:
        self._record.journal.begin(self._record.raw)
        self._record.journal.add(entry)

    def _failed(self, change: Change, error: OSError) -> None:
        code = "HM704" if isinstance(error, Blocked) else "HM709"
        reason = error.strerror or str(error)
        self.diagnostics.append(
            diagnostic(code, change.identity, path=str(change.path), reason=reason)
        )


def finish_moves(record: Record, steps: Sequence[Entry]) -> None:
    """Do spooled steps, all of them or what a run that was cut off left of them.

    Files leave before others come, so that two can change places. A file that is neither as it
    was nor as it is to be was edited meanwhile, and stays.
    """
    folder, journal = record.folder, record.journal
    journal.begin(record.raw)
    coming = {step.path for step in steps if step.after}
    for step in steps:
        path = PurePosixPath(step.path)
        if not step.after and record.digest(path) == step.before:
            folder.remove(path)
            if step.path not in coming:
                folder.remove_empty_parents(path)
    for step in steps:
        path, spooled = PurePosixPath(step.path), journal.spool(step.spool)
        if step.after and folder.stat(spooled) is not None:
            if record.digest(path) in (step.before, ""):
                found = folder.replace(spooled, path)
                record.stats.put(step.path, found, step.after)
            else:
                folder.replace(spooled, CONFLICTS / path)
    journal.done()


def _complete(record: FileRecord | None, digest: str, always: bool = False) -> FileRecord | None:
    """The record of a file whose hash is known only now."""
    if record is None or (record.hash and not always):
        return record
    return replace(record, hash=digest)


def _pending(change: Change) -> str:
    return change.record.conflict if change.record else ""
