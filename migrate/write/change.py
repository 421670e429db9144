"""What one run does to one file, decided and not yet done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from migrate.model import Diagnostic
from migrate.write.manifest import FileRecord
from migrate.write.policy import Action


@dataclass(frozen=True, slots=True)
class Change:
    """One line of `status`, one step of `convert`, one file of `diff`."""

    path: PurePosixPath
    action: Action
    identity: str = ""
    moved_from: PurePosixPath | None = None
    """Where the file is now, if the page's place has changed; it moves with its hand edits."""
    left: PurePosixPath | None = None
    """Where the record has the file, which somebody moved to `path` or deleted there."""
    data: bytes | Path | None = None
    """What will be at `path`. None: what is there (or at `moved_from`) stays as it is."""
    incoming: bytes | Path | None = None
    """What the source makes of it now, where that isn't what is written: in a conflict it is
    put beside the record, else it is the base of the next merge."""
    disk: str = ""
    """Hash of what is at `path` (or `moved_from`) now; "" if nothing is."""
    record: FileRecord | None = None
    """What is known of the file afterwards; None: it isn't ours (any more)."""
    diagnostics: tuple[Diagnostic, ...] = ()
    late: bool = False
    """Done together with others after all have been decided, because they change places."""

    @property
    def writes(self) -> bool:
        """Something in the project changes."""
        return self.data is not None or self.moved_from is not None or self.action is Action.REMOVE


@dataclass(frozen=True, slots=True)
class Done:
    """A change as it was done, without its contents."""

    path: PurePosixPath
    action: Action
    identity: str = ""
    moved_from: PurePosixPath | None = None
    written: bool = False
    """Something in the project was changed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did."""

    changes: tuple[Done, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """Action -> number of files."""

    @property
    def conflicts(self) -> int:
        """Files that wait for a person."""
        return self.counts.get(Action.CONFLICT, 0)
