"""What a conversion did: what the API returns, and what a run with nothing to do remembers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.diagnostics import from_row, to_row
from migrate.model import Diagnostic, Severity
from migrate.write.change import Done, Written
from migrate.write.policy import Action

Progress = Callable[[str, int, int], None]
"""Told of the stage's name, what is done and what there is to do."""


def silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""
    del stage, done, total


@dataclass(frozen=True, slots=True)
class Result:
    """What a conversion did."""

    pages: int
    assets: int
    links: int
    calls: Mapping[tuple[str, str], int]
    """(shortcode name, outcome) -> how often."""
    urls: Mapping[str, int]
    """Fate (`same`, `redirected`, `gone`) -> URLs of the old site."""
    diagnostics: tuple[Diagnostic, ...]
    written: Written
    title: str = ""
    sources: Mapping[PurePosixPath, Path] = field(default_factory=dict)
    """File of a page in the project -> its file in the source."""

    def summary(self) -> dict[str, Any]:
        """The same as a JSON object; `.hugo2myst/report.json` holds it, too."""
        from migrate.write import records

        found = records.summary(
            self.title, self.pages, self.diagnostics, self.calls, self.links, self.urls
        )
        return {**found, "diagnostics": list(found["diagnostics"])}

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something is missing or unsafe, 3 hand edits clash with the source."""
        if self.written.conflicts:
            return 3
        return int(any(d.severity is Severity.ERROR for d in self.diagnostics))

    @property
    def is_settled(self) -> bool:
        """The same run again would change nothing."""
        calm = {Action.CREATE, Action.UPDATE, Action.UNCHANGED}
        moved = any(change.moved_from for change in self.written.changes)
        wrote = any(change.written for change in self.written.changes)
        return not wrote or (not moved and all(Action(a) in calm for a in self.written.counts))

    def to_json(self) -> dict[str, Any]:
        """For `from_json`: this result as the same run again would give it."""
        counts = Counter[str]()
        for action, count in self.written.counts.items():
            again = Action.UNCHANGED if action in (Action.CREATE, Action.UPDATE) else action
            counts[str(again)] += count
        return {
            "pages": self.pages,
            "assets": self.assets,
            "links": self.links,
            "title": self.title,
            "urls": dict(self.urls),
            "calls": [[name, outcome, count] for (name, outcome), count in self.calls.items()],
            "diagnostics": [to_row(d) for d in self.diagnostics],
            "counts": dict(counts),
            "idle": [[str(c.path), str(c.action)] for c in self.written.changes if not c.written],
        }

    @classmethod
    def from_json(cls, noted: Mapping[str, Any]) -> Result:
        """The result of a run that had nothing to do."""
        idle = tuple(Done(PurePosixPath(path), Action(a)) for path, a in noted["idle"])
        return cls(
            noted["pages"],
            noted["assets"],
            noted["links"],
            {(name, outcome): count for name, outcome, count in noted["calls"]},
            noted["urls"],
            tuple(from_row(row) for row in noted["diagnostics"]),
            Written(idle, (), noted["counts"]),
            noted["title"],
        )
