"""The fate of one file: the table of `merge`, applied to what is on disk and in the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from migrate.diagnostics import diagnostic
from migrate.write.change import Change
from migrate.write.copy import hash_descriptor, open_asset
from migrate.write.folder import Blocked
from migrate.write.manifest import FileRecord, content_hash
from migrate.write.merge import Merged, decide_file, has_markers, merge_text
from migrate.write.policy import Action, Policy
from migrate.write.project import PROJECT, merge_project
from migrate.write.record import CONFLICTS, Record
from migrate.write.stats import source_name


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to be in a file now."""

    data: bytes | Path | None
    """None: the text `digest`, which the record keeps."""
    digest: str = ""
    """Its hash, where it is known already."""


class Judge:
    """Decides on single files; reads the destination and touches nothing."""

    def __init__(self, record: Record, policy: Policy) -> None:
        self._record = record
        self._policy = policy
        self.listed: Collection[str] = ()
        """Files that the source doesn't show now and that myst.yml goes on listing."""
        self.moved: Mapping[str, str] = {}
        """New path -> old path of pages that have a new place."""

    def judge(
        self,
        path: PurePosixPath,
        identity: str,
        incoming: Incoming,
        known: FileRecord | None,
        place: PurePosixPath | None,
    ) -> Change:
        """What becomes of the file that is to be at `path` and is at `place` (None: nowhere)."""
        try:
            disk = self._record.digest(place) if place else ""
            if not disk and (known is None or not known.hash):
                return self._create(path, identity, incoming)
            new = incoming.digest or self.hash(incoming.data)
            known = self._settle(place or path, known, new, disk)
            moved = place if place != path else None
            change = Change(path, Action.UNCHANGED, identity, moved, disk=disk)
            return self._apply_table(change, place or path, incoming, new, known)
        except Blocked as blocked:
            return self.blocked(path, identity, blocked, known)
        except OSError as error:
            return self._unreadable(path, identity, error, known)

    def hash(self, data: bytes | Path | None) -> str:
        """Hash of a content; an asset is read only if size and times have changed."""
        if not isinstance(data, Path):
            return content_hash(data or b"")
        name = source_name(data)
        found = data.stat()
        digest = self._record.stats.get(name, found)
        if not digest:
            with open(open_asset(data, self._policy.roots), "rb") as file:
                digest = hash_descriptor(file.fileno())
            self._record.stats.put(name, found, digest)
        return digest

    def blocked(
        self, path: PurePosixPath, identity: str, blocked: OSError, known: FileRecord | None
    ) -> Change:
        """Something that is no plain file stands in the way, and stays."""
        reason = blocked.strerror or str(blocked)
        report = diagnostic("HM704", identity, path=str(path), reason=reason)
        return Change(path, Action.REFUSED, identity, record=known, diagnostics=(report,))

    def _unreadable(
        self, path: PurePosixPath, identity: str, error: OSError, known: FileRecord | None
    ) -> Change:
        reason = error.strerror or str(error)
        report = diagnostic("HM705", identity, path=str(path), reason=reason)
        return Change(path, Action.REFUSED, identity, record=known, diagnostics=(report,))

    def _create(self, path: PurePosixPath, identity: str, incoming: Incoming) -> Change:
        data = incoming.data
        if data is None:
            data = self._record.base(incoming.digest)
        if data is None:
            return Change(path, Action.DELETED, identity)
        # The hash of what is written is known once it is written.
        return Change(path, Action.CREATE, identity, data=data, record=FileRecord(identity, ""))

    def _settle(
        self, place: PurePosixPath, known: FileRecord | None, new: str, disk: str
    ) -> FileRecord | None:
        """The record of a file whose conflict a person has settled.

        That is so when the version that we put beside the record was deleted, or the markers
        that we wrote are gone from the file.
        """
        if known is None or known.conflict != new or not disk or disk == new:
            return known
        if self._record.folder.stat(CONFLICTS / place) is None and not self._marked(place):
            return FileRecord(known.identity, new)
        return known

    def _marked(self, place: PurePosixPath) -> bool:
        return has_markers(self._record.folder.read(place) or b"")

    def _apply_table(
        self,
        change: Change,
        place: PurePosixPath,
        incoming: Incoming,
        new: str,
        known: FileRecord | None,
    ) -> Change:
        last = known.hash if known else ""
        action = decide_file(new, last or None, change.disk or None)
        if change.disk not in ("", new) and change.path in self._policy.restore:
            action, known = Action.UPDATE, None
        record = FileRecord(change.identity, new)
        if known and known.conflict and change.disk and self._marked(place):
            return self._conflict(change, incoming, new, last)
        if action is Action.DELETED:
            if self._wanted_back(change.path):
                return self._create(change.path, change.identity, incoming)
            kept = replace(known or record, identity=change.identity)
            left = change.moved_from
            return replace(change, action=action, record=kept, moved_from=None, left=left)
        if action is Action.UPDATE:
            data = self._content(incoming)
            if data is None:  # an asset of a page that isn't converted this time
                return replace(change, action=Action.KEEP, record=known or record)
            if self._policy.partial and change.path == PROJECT and self.listed:
                return self._merge(change, place, incoming, new, last)
            return replace(change, action=action, data=data, record=record)
        if action is Action.MERGE:
            return self._merge(change, place, incoming, new, last)
        if action is Action.CONFLICT:
            return self._conflict(change, incoming, new, "")
        # The text goes along, so that the record has it as the base of the next merge.
        return replace(change, action=action, record=record, incoming=incoming.data)

    def _content(self, incoming: Incoming) -> bytes | Path | None:
        if incoming.data is not None:
            return incoming.data
        return self._record.base(incoming.digest)

    def _wanted_back(self, path: PurePosixPath) -> bool:
        return any(path == one or one in path.parents for one in self._policy.restore)

    def _merge(
        self, change: Change, place: PurePosixPath, incoming: Incoming, new: str, last: str
    ) -> Change:
        data, base = self._content(incoming), self._record.base(last)
        edited = self._record.folder.read(place)
        if not isinstance(data, bytes) or base is None or edited is None:
            return self._conflict(change, incoming, new, last)
        merged = self._merged(change.path, base, edited, data)
        if not merged.clean:
            return self._conflict(change, incoming, new, last, merged.text)
        record = FileRecord(change.identity, new)
        if merged.text == edited:
            return replace(change, action=Action.KEEP, record=record, incoming=data)
        action = Action.UPDATE if change.disk == last else Action.MERGE
        return replace(change, action=action, data=merged.text, incoming=data, record=record)

    def _merged(self, path: PurePosixPath, base: bytes, edited: bytes, new: bytes) -> Merged:
        if path != PROJECT:
            return merge_text(base, edited, new)
        text = merge_project(edited, base, new, self.listed, self.moved)
        return merge_text(base, edited, new) if text is None else Merged(text, True)

    def _conflict(
        self,
        change: Change,
        incoming: Incoming,
        new: str,
        last: str,
        marked: bytes | None = None,
    ) -> Change:
        """A clash, as the person wants it treated."""
        data, how = self._content(incoming), self._policy.on_conflict
        settled = FileRecord(change.identity, new)
        if how == "keep":
            return replace(change, action=Action.KEEP, record=settled, incoming=data)
        if how == "incoming" and data is not None:
            return replace(change, action=Action.UPDATE, data=data, record=settled)
        code = "HM706" if last else "HM701"
        source = change.identity
        report = diagnostic(code, source, path=str(change.path))
        if how != "markers":
            marked = None
        pending = FileRecord(change.identity, new if marked else last, conflict=new)
        return replace(
            change,
            action=Action.CONFLICT,
            data=marked,
            incoming=data,
            record=pending,
            diagnostics=(report,),
        )
