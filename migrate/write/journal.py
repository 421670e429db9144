"""What a run has done so far: written before it is done, so that no end of a run loses it.

`.hugo2myst/run/` exists while a run changes things, and after one that was killed. It holds
`changes.jsonl`, the manifest from before (`manifest.json`) and the texts that only it needs
(`base/<hash>`), each content that was overwritten or removed (`files/<hash>`), and what is to be
moved (`moves/<n>`). When the run is complete the folder becomes `.hugo2myst/undo/`.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from migrate.write.folder import Folder
from migrate.write.manifest import FileRecord
from migrate.write.paths import RECORD

RUN = PurePosixPath(RECORD, "run")
UNDO = PurePosixPath(RECORD, "undo")
ENTRIES = "changes.jsonl"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: the file at `path` held `before` and will hold `after` (hashes, "": no file)."""

    path: str
    before: str
    after: str
    record: FileRecord | None = None
    """What the manifest says of the file once this is done; None: nothing."""
    spool: int = -1
    """Number of the content in `moves/`, for steps that are done together at the end."""


_COMMIT = b'{"commit": true}\n'
"""All spooled steps before this line are to be done, whatever happens."""
_DONE = b'{"done": true}\n'
"""And they are done."""


class Journal:
    """The journal of the run that goes on, or of one that was cut off."""

    def __init__(self, folder: Folder, place: PurePosixPath = RUN) -> None:
        self._folder = folder
        self._place = place
        self._fd = -1
        self._torn = False
        self.spooled = 0

    def begin(self, manifest: bytes | None) -> None:
        """Open the journal; a new one keeps `manifest`, the record from before the run."""
        if self._fd >= 0:
            return
        if self._folder.stat(self._place / ENTRIES) is None:
            self._folder.remove_tree(self._place)
            if manifest is not None:
                self._folder.write(self._place / MANIFEST, manifest)
        self._fd = self._folder.append(self._place / ENTRIES)
        self._torn = True  # an earlier run may have been cut off within a line

    def add(self, entry: Entry) -> None:
        """Note a step, before it is done."""
        row: dict[str, Any] = {"path": entry.path, "before": entry.before, "after": entry.after}
        if entry.record is not None:
            known = entry.record
            row["record"] = [known.identity, known.hash, known.conflict]
        if entry.spool >= 0:
            row["spool"] = entry.spool
        self._write(json.dumps(row).encode() + b"\n")

    def commit(self) -> None:
        """From here on the spooled steps are done by this run or the next."""
        self._write(_COMMIT)
        os.fsync(self._fd)

    def done(self) -> None:
        """All spooled steps are done."""
        self._write(_DONE)

    def _write(self, line: bytes) -> None:
        line = b"\n" * self._torn + line
        self._torn = True
        if os.write(self._fd, line) != len(line):
            raise OSError(errno.ENOSPC, "the journal could not be written whole")
        self._torn = False

    def close(self) -> None:
        """Stop writing."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def saved(self, digest: str) -> PurePosixPath:
        """Where the content `digest` from before the run is kept."""
        return self._place / "files" / digest

    def spool(self, number: int) -> PurePosixPath:
        """Where content number `number` waits for its step."""
        return self._place / "moves" / str(number)

    def entries(self) -> tuple[list[Entry], list[Entry]]:
        """Steps that were begun, in order, and spooled steps that are still to be done.

        Spooled steps count as begun where the commit follows them, and don't count without it.
        A last line that was cut off is no step.
        """
        begun: list[Entry] = []
        waiting: list[Entry] = []
        committed: list[Entry] = []
        for row in self._rows():
            if "commit" in row:
                # Files leave before others come; so the last step of a path is what it holds.
                begun += sorted(waiting, key=lambda entry: entry.after != "")
                committed += waiting
                waiting = []
                continue
            if "done" in row:
                committed = []
                continue
            record = row.get("record")
            entry = Entry(
                row["path"],
                row["before"],
                row["after"],
                FileRecord(*record) if record else None,
                row.get("spool", -1),
            )
            (waiting if entry.spool >= 0 else begun).append(entry)
        return begun, committed

    def _rows(self) -> Iterator[dict[str, Any]]:
        data = self._folder.read(self._place / ENTRIES) or b""
        for line in data.split(b"\n"):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row


def first_and_last(entries: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    """Path -> hash before the first step and after the last one."""
    result: dict[str, tuple[str, str]] = {}
    for entry in entries:
        before = result[entry.path][0] if entry.path in result else entry.before
        result[entry.path] = (before, entry.after)
    return result
