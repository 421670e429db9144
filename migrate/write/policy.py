"""What a person decides about re-runs, and the words for what a run does to a file.

Nothing heavy is imported here: a run that finds nothing to do needs no more of this package.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Literal

OnConflict = Literal["stop", "keep", "incoming", "markers"]
"""What to do where hand edits and the new text clash: leave the file and put the new text beside
the record; keep the file and call it settled; take the new text; write conflict markers."""


class Action(StrEnum):
    """What a run does to one file. The words are those that people read."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    """What is on disk is what would be written."""
    KEEP = "keep"
    """Edited by hand, and nothing new to write: left as it is."""
    MERGE = "merge"
    """Edited by hand and new: both are in the file now."""
    CONFLICT = "conflict"
    """The file is a person's and stays; what we would have written waits in the record."""
    DELETED = "deleted"
    """Deleted by a person: stays so."""
    ORPHAN = "orphan"
    """Comes from nothing in the source any more: left, and named."""
    REMOVE = "remove"
    """An orphan that nobody edited, removed because that was asked for."""
    GONE = "gone"
    """An orphan that a person deleted already: forgotten."""
    REFUSED = "refused"
    """May not or could not be written; a diagnostic says why."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a person decided about re-runs. The defaults lose nothing."""

    on_conflict: OnConflict = "stop"
    prune: bool = False
    """Remove files whose source is gone and that nobody edited."""
    restore: tuple[PurePosixPath, ...] = ()
    """Files, or folders of files, that a person deleted and wants back. A file that is named
    itself also loses its hand edits (`undo` has them)."""
    partial: bool = False
    """The source shows only its newest items (a feed): what it doesn't show is not gone."""
    roots: tuple[Path, ...] = ()
    """Folders that assets may be read from; empty: any."""


SAFE = Policy()
