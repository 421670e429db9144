"""Decide what a run does to each file, one after the other, touching nothing.

Most files are decided as they come. Those that change places (a page that moved, a path that
another page had) wait until all outputs are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from migrate.diagnostics import diagnostic
from migrate.model import Output
from migrate.places import collision_key
from migrate.write.change import Change
from migrate.write.folder import Blocked
from migrate.write.judge import Incoming, Judge
from migrate.write.paths import RECORD, refusal
from migrate.write.places import Moves
from migrate.write.policy import Action, Policy
from migrate.write.project import PROJECT
from migrate.write.record import OWN, Record
from migrate.write.spool import Spool


class Decider:
    """The decisions of one run."""

    def __init__(self, record: Record, policy: Policy, kept: Collection[str] = ()) -> None:
        """`kept` names pages that are not converted this time: unchanged ones, and those that
        failed. It is looked at after all outputs have come, so it may grow till then."""
        self._record = record
        self._policy = policy
        self._kept = kept
        self._files = record.manifest.files
        self._judge = Judge(record, policy)
        self._paths_of: dict[str, list[str]] = defaultdict(list)
        for path, file in self._files.items():
            self._paths_of[file.identity].append(path)
        self._seen: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._recorded: dict[str, str] = {}
        """Collision key -> recorded path; made when it is needed."""

    def decide(self, outputs: Iterable[Output]) -> Iterator[Change]:
        """One change for each output and for each file of earlier runs; what comes late in a
        run comes late here."""
        with Spool() as spool:
            waiting: list[tuple[PurePosixPath, str, int | Path]] = []
            for output in outputs:
                change = self._refuse(output)
                if change is None and output.path.parts[0] == RECORD:
                    change = self._machine_file(output)
                if change is None and self._in_place(output):
                    change = self._decide_in_place(output)
                if change is not None:
                    yield change
                    continue
                data = output.data
                held = spool.add(data) if isinstance(data, bytes) else data
                waiting.append((output.path, output.identity, held))
            yield from self._kept_files()
            named = [(path, identity) for path, identity, _ in waiting]
            spelled = {str(path): self._other_spelling(path) for path, _ in named}
            moves = Moves(self._record, named, self._seen, self._paths_of, spelled)
            yield from self._orphans(moves)
            self._judge.moved = moves.source
            for path, identity, held in waiting:
                data = spool.get(held) if isinstance(held, int) else held
                yield self._decide_late(path, identity, data, moves)

    def _refuse(self, output: Output) -> Change | None:
        """Why an output can't be written at all; else it is noted as seen."""
        path, name = output.path, str(output.path)
        reason = refusal(path)
        if not reason and path.parts[0] == RECORD and _is_own(path):
            reason = "the record has a file of that name"
        if reason:
            shown = name.encode("utf-8", "backslashreplace").decode()[:300]
            report = diagnostic("HM702", output.identity, path=shown, reason=reason)
            return Change(path, Action.REFUSED, output.identity, diagnostics=(report,))
        key = collision_key(path)
        other = self._keys.setdefault(key, name)
        if name in self._seen or other != name:
            report = diagnostic("HM703", output.identity, path=name, other=other)
            return Change(path, Action.REFUSED, output.identity, diagnostics=(report,))
        self._seen[name] = output.identity
        return None

    def _in_place(self, output: Output) -> bool:
        """Neither the page nor the path has to do with another place."""
        file = self._files.get(str(output.path))
        if file is None:
            if output.identity in self._paths_of:
                return False
            return not self._files or not self._other_spelling(output.path)
        return file.identity == output.identity

    def _other_spelling(self, path: PurePosixPath) -> str:
        """The recorded path that is the same file as the new `path`, on a file system that
        ignores case or normal forms; "" if there is none."""
        if not self._recorded:
            self._recorded = {collision_key(name): name for name in self._files}
        other = self._recorded.get(collision_key(path), "")
        if not other or str(path) in self._files:
            return ""
        return other if self._record.folder.is_same(path, PurePosixPath(other)) else ""

    def _decide_in_place(self, output: Output) -> Change | None:
        if output.path == PROJECT:
            return None  # what moved and what is gone must be known
        known = self._files.get(str(output.path))
        incoming = Incoming(output.data)
        return self._judge.judge(output.path, output.identity, incoming, known, output.path)

    def _machine_file(self, output: Output) -> Change:
        """A file in the record's folder that isn't the record (`urls.json`): always ours."""
        try:
            disk = self._record.digest(output.path)
        except Blocked as blocked:
            return self._judge.blocked(output.path, output.identity, blocked, None)
        if disk == self._judge.hash(output.data):
            return Change(output.path, Action.UNCHANGED, output.identity, disk=disk)
        action = Action.UPDATE if disk else Action.CREATE
        return Change(output.path, action, output.identity, data=output.data, disk=disk)

    def _kept_files(self) -> Iterator[Change]:
        """Files of pages that were not converted this time."""
        pages = self._record.manifest.pages
        for identity in sorted(self._kept):
            page = pages.get(identity)
            for name in page.files if page else ():
                if name not in self._seen:
                    self._seen[name] = self._files[name].identity if name in self._files else ""
                    yield from self._as_recorded(name)

    def _as_recorded(self, name: str) -> Iterator[Change]:
        """A file whose new content is the one that the record knows."""
        known = self._files.get(name)
        if known is None:
            return
        path = PurePosixPath(name)
        incoming = Incoming(None, known.conflict or known.hash)
        yield self._judge.judge(path, known.identity, incoming, known, path)

    def _decide_late(
        self, path: PurePosixPath, identity: str, data: bytes | Path, moves: Moves
    ) -> Change:
        """A file that comes from another place, or to a place that another file had."""
        name = str(path)
        known = self._files.get(name)
        if known and known.identity == identity:
            return self._judge.judge(path, identity, Incoming(data), known, path)
        source = moves.source.get(name)
        if source and self._is_moved_already(path, PurePosixPath(source), data):
            known = self._files[source]
            change = self._judge.judge(path, identity, Incoming(data), known, path)
            return replace(change, left=PurePosixPath(source))
        if name in moves.stuck:
            if source is None:
                return self._judge.judge(path, identity, Incoming(data), None, path)
            report = diagnostic(
                "HM707", identity, path=source, target=name, reason=moves.stuck[name]
            )
            known = self._files[source]
            stays = PurePosixPath(source)
            return Change(stays, Action.CONFLICT, identity, record=known, diagnostics=(report,))
        place = PurePosixPath(source) if source else None
        known = self._files[source] if source else None
        change = self._judge.judge(path, identity, Incoming(data), known, place)
        return replace(change, late=True)

    def _is_moved_already(
        self, path: PurePosixPath, source: PurePosixPath, data: bytes | Path
    ) -> bool:
        """A person has moved the file to its new place, perhaps with a patch of ours."""
        try:
            disk = self._record.digest(path)
            if not disk:
                return False
            if not self._record.digest(source):
                return True
            return str(source) in self._seen and disk == self._judge.hash(data)
        except OSError:
            return False

    def _orphans(self, moves: Moves) -> Iterator[Change]:
        """Files of earlier runs that come from nothing now."""
        moving = set(moves.source.values())
        left = [name for name in self._files if name not in self._seen and name not in moving]
        if self._policy.partial:
            self._judge.listed = frozenset(left)
            for name in left:
                yield from self._as_recorded(name)
            return
        for name in left:
            known, path = self._files[name], PurePosixPath(name)
            try:
                disk = self._record.digest(path)
            except Blocked as blocked:
                yield self._judge.blocked(path, known.identity, blocked, known)
                continue
            change = Change(path, Action.ORPHAN, known.identity, disk=disk, record=known)
            if not disk or not known.hash:
                yield replace(change, action=Action.GONE, record=None)
            elif self._policy.prune and disk == known.hash:
                yield replace(change, action=Action.REMOVE, record=None)
            else:
                report = diagnostic("HM708", known.identity, path=name)
                yield replace(change, diagnostics=(report,))


def _is_own(path: PurePosixPath) -> bool:
    """The record itself uses that name."""
    return len(path.parts) < 2 or path.parts[1] in OWN
