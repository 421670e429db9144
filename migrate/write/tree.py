"""One run against one destination: decide and apply, under the lock, with the record."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.diagnostics import MigrateError
from migrate.model import Output
from migrate.write.apply import Applier, finish_moves
from migrate.write.change import Change, Written
from migrate.write.decide import Decider
from migrate.write.folder import TEMPORARY, Folder
from migrate.write.journal import RUN, UNDO
from migrate.write.lock import locked
from migrate.write.manifest import Manifest, PageRecord
from migrate.write.policy import SAFE, Action, Policy
from migrate.write.record import Record, existing, refuse_foreign


class Tree:
    """A destination, open for one run or for looking at it."""

    def __init__(self, folder: Folder, policy: Policy, adopt: bool, tool: str) -> None:
        self.folder = folder
        self.record = Record(folder, adopt)
        self._policy = policy
        self._tool = tool

    @property
    def manifest(self) -> Manifest:
        """What is known of earlier runs."""
        return self.record.manifest

    def is_edited(self, path: PurePosixPath) -> bool:
        """Whether a file that a run wrote is there and isn't as the run wrote it."""
        file = self.manifest.files.get(str(path))
        try:
            return file is not None and self.record.digest(path) not in ("", file.hash)
        except (OSError, MigrateError):
            return False

    @property
    def links(self) -> str:
        """Hash of the link map for which all notes hold; "" if nothing is left of it."""
        return self.record.stats.links

    def note(self, identity: str, key: str) -> Any:
        """What was noted of a page when it was converted with `key`; None if nothing is left.

        Notes are in the cache, which isn't committed; so a page without one is converted again.
        So is one whose record is of another conversion: after `undo`, or with an older commit.
        """
        found = self.record.stats.notes.get(identity)
        current = found and found[0] == key and self.manifest.is_current(identity, key)
        return found[1] if found and current else None

    def decide(self, outputs: Iterable[Output], kept: Collection[str] = ()) -> Iterator[Change]:
        """What a run would do, file by file."""
        return Decider(self.record, self._policy, kept).decide(outputs)

    def write(
        self,
        outputs: Iterable[Output],
        kept: Collection[str] = (),
        pages: Mapping[str, PageRecord] | None = None,
        notes: Mapping[str, Any] | None = None,
        settings: str = "",
        links: str = "",
        language: str = "",
        root: str = "",
    ) -> Written:
        """Do it, as the outputs come.

        `pages` and `notes` (identity -> page, and JSON text) are those converted in this run;
        both are looked at after the last output, so they may be filled while outputs are made.
        """
        applier = Applier(self.record, self._policy.roots)
        counts: Counter[str] = Counter()
        changes = []
        for done in applier.apply(self.decide(outputs, kept)):
            counts[done.action] += 1
            if done.action is not Action.UNCHANGED or done.written:
                changes.append(done)
        for path in applier.precious:
            with contextlib.suppress(FileNotFoundError):
                self.folder.sync(path)
        self._finish(applier, kept, pages or {}, Manifest(self._tool, settings, language, root))
        # What isn't there is made again by the next run, which tries again or says so again.
        refused = {done.identity for done in changes if done.action is Action.REFUSED}
        made = {one: note for one, note in (notes or {}).items() if one not in refused}
        self.record.stats.links = links
        self._save_notes(kept, pages or {}, made)
        return Written(tuple(changes), tuple(applier.diagnostics), dict(counts))

    def _finish(
        self,
        applier: Applier,
        kept: Collection[str],
        pages: Mapping[str, PageRecord],
        head: Manifest,
    ) -> None:
        """Write the record, and only then close the journal."""
        old = self.manifest
        stay = {one: page for one, page in old.pages.items() if self._policy.partial or one in kept}
        now = {
            identity: replace(page, former=old.former_urls(identity, page.url))
            for identity, page in pages.items()
        }
        manifest = replace(head, pages={**stay, **now}, files=applier.files())
        applier.drop_settled(manifest.files)
        self.record.journal.close()
        self.record.save(manifest)
        if self.folder.stat(RUN):
            self.folder.remove_tree(UNDO)
            self.folder.rename_folder(RUN, UNDO)

    def _save_notes(
        self, kept: Collection[str], pages: Mapping[str, PageRecord], notes: Mapping[str, Any]
    ) -> None:
        stats = self.record.stats
        new = {one: stats.notes[one] for one in kept if one in stats.notes}
        new |= {one: (pages[one].key, value) for one, value in notes.items() if one in pages}
        stats.notes = dict(sorted(new.items()))
        with contextlib.suppress(OSError):
            stats.save()


@contextlib.contextmanager
def open_tree(
    destination: Path, policy: Policy = SAFE, *, adopt: bool = False, tool: str = ""
) -> Iterator[Tree]:
    """The destination for one run, made if need be and locked; a run that was cut off is
    finished first. Raises MigrateError for a destination that can't be used."""
    existing(destination)
    try:
        destination.mkdir(parents=True, exist_ok=True)
        folder = Folder(destination)
    except OSError as error:
        raise _unusable(destination, error) from None
    with contextlib.closing(folder):
        try:
            if not adopt:
                refuse_foreign(folder)
            with locked(folder):
                folder.remove_tree(TEMPORARY)
                tree = Tree(folder, policy, adopt, tool)
                if waiting := tree.record.journal.entries()[1]:
                    finish_moves(tree.record, waiting)
                    tree.record.journal.close()
                    tree = Tree(folder, policy, adopt, tool)
                try:
                    yield tree
                finally:
                    tree.record.journal.close()
                folder.remove_tree(TEMPORARY)
        except OSError as error:
            raise _unusable(destination, error) from error


@contextlib.contextmanager
def view_tree(
    destination: Path, policy: Policy = SAFE, *, adopt: bool = False, tool: str = ""
) -> Iterator[Tree | None]:
    """The destination to look at: nothing is written, no lock is taken. None if there is none."""
    if not existing(destination):
        yield None
        return
    try:
        folder = Folder(destination)
    except OSError as error:
        raise _unusable(destination, error) from None
    with contextlib.closing(folder):
        yield Tree(folder, policy, adopt, tool)


def write(
    outputs: Iterable[Output],
    destination: Path,
    policy: Policy = SAFE,
    *,
    adopt: bool = False,
    tool: str = "",
    settings: str = "",
    pages: Mapping[str, PageRecord] | None = None,
) -> Written:
    """A whole run: every page is converted, none is kept."""
    with open_tree(destination, policy, adopt=adopt, tool=tool) as tree:
        return tree.write(outputs, (), pages, None, settings)


def _unusable(destination: Path, error: OSError) -> MigrateError:
    return MigrateError(f"can't be written to: {error.strerror or error}", str(destination))
