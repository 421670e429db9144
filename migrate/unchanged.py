"""A run that has nothing to do, found out without reading a single page.

After a run the sizes and times of all files in the source and in the project are noted, in the
record's folder and never in git. While they hold, and no page is due to appear or to expire,
nothing can have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import migrate
from migrate.write.paths import RECORD

if TYPE_CHECKING:
    from migrate.model import Site
    from migrate.options import Options

NAME = "last.json"
"""File of the record's folder; git ignores it."""
_MARGIN_NS = 50_000_000
_COARSE_MARGIN_NS = 2_100_000_000
"""A source file changed this shortly before a run might change again with the same times: on file
systems with fine clocks, and on those whose times are whole seconds."""
_SKIP = frozenset([".git", "node_modules", "public", "_build", "__pycache__"])
_OWN = frozenset(
    ["base", "cache.json", "fetched", "lock", "run", "texts.jsonl", "tmp", "undo", NAME]
)

Row = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class State:
    """The source, the options and the tool, as they were when a run began."""

    source: Path
    destination: Path
    digest: str
    settled: bool
    """No file is so fresh that a later change could hide."""

    @classmethod
    def now(
        cls, source: str | Path, destination: str | Path, options: Options, policy: object
    ) -> State | None:
        """The present state; None for a source that is no folder, or a moment of one's own."""
        source, destination = Path(source), Path(destination)
        if options.now is not None or not source.is_dir():
            return None
        rows = [*_rows(str(source), _SKIP)]
        root, asked = str(source.resolve()), replace(options, now=None)
        about = (tool(), root, asked, policy)
        began = time.time_ns()
        settled = all(_is_settled(row, began) for row in rows)
        return cls(source, destination, _hash(about, *sorted(rows)), settled)

    def last(self) -> Mapping[str, Any] | None:
        """What was noted of the last run, if it would do nothing now; else None."""
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            text = (self.destination / RECORD / NAME).read_text(encoding="utf-8")
            head, *rows = text.splitlines()
            noted = json.loads(head)
            if noted["said"] != len(rows):
                return None  # it was cut off
            due = noted["until"] is not None and time.time() >= noted["until"]
            if not due and noted["source"] == self.digest and noted["project"] == self._project():
                return {**noted["result"], "diagnostics": [json.loads(row) for row in rows]}
        return None

    def note(self, site: Site, result: dict[str, Any]) -> None:
        """Note a run after which there is nothing left to do. The first line says whether the next
        run has nothing to do; the others are the diagnostics."""
        diagnostics = result.pop("diagnostics")
        place = self.destination / RECORD / NAME
        with suppress(OSError):
            root = str(self.source.resolve())
            if not self.settled or not self._holds(site):
                place.write_text(json.dumps({"root": root}), encoding="utf-8")
                return
            noted = {
                "root": root,
                "until": site.turns.timestamp() if site.turns else None,
                "source": self.digest,
                "project": self._project(),
                "result": result,
                "said": len(diagnostics),
            }
            with place.open("w", encoding="ascii") as file:
                file.write(json.dumps(noted))
                file.writelines(f"\n{json.dumps(row)}" for row in diagnostics)

    def _project(self) -> str:
        pages = _rows(str(self.destination), _SKIP | {RECORD})
        record = _rows(str(self.destination / RECORD), _OWN)
        return _hash(*sorted(pages), *sorted(record))

    def _holds(self, site: Site) -> bool:
        """All that the site reads lies in its folder, links followed."""
        root = str(self.source.resolve()) + os.sep
        files = [asset.file for asset in site.assets] + list(site.templates.values())
        return all(str(file).startswith(root) for file in files) and not any(
            page.source is not None and page.source.parts[:1] == ("..",) for page in site.pages
        )


@cache
def tool() -> str:
    """Hash of the tool as it is installed: its version, and sizes and times of its files."""
    files = sorted(_rows(str(Path(migrate.__file__).parent), _SKIP))
    return _hash(migrate.__version__, files)


def last_source(destination: Path) -> Path | None:
    """The folder that the project was last converted from, if it is still there."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        with (destination / RECORD / NAME).open(encoding="utf-8") as file:
            noted = json.loads(file.readline())
        root = Path(str(noted["root"]))
        return root if root.is_dir() else None
    return None


def _rows(folder: str, skip: frozenset[str]) -> Iterator[Row]:
    waiting = [folder]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name in skip:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
                continue
            with suppress(OSError):
                found = entry.stat(follow_symlinks=False)
                times = (found.st_mtime_ns, found.st_ctime_ns)
                yield (entry.path, found.st_size, *times, found.st_ino)


def _is_settled(row: Row, now: int) -> bool:
    newest = max(row[2], row[3])
    coarse = row[2] % 1_000_000_000 == 0
    return newest + (_COARSE_MARGIN_NS if coarse else _MARGIN_NS) < now


def _hash(*values: object) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        digest.update(repr(value).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
