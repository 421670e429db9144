"""Heads of tables with fewer cells than the line of dashes has: Goldmark fills them up.

mystmd and the parser take such lines for a paragraph, so the rule runs at the break between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_DELIMITERS = re.compile(
    r"[ \t]*(\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?)[ \t]*\r?(?=\n|\Z)"
)
_PIPE = re.compile(r"\\.|(\|)")


def short(_event: Event, walk: Walk) -> Iterator[Edit]:
    """The cells that the head lacks, where the next line is one of dashes with more."""
    following = walk.following()
    holder = walk.holder()
    if following is None or following.kind != "Text" or holder is None:
        return
    dashes = _DELIMITERS.match(walk.masked, following.start)
    if dashes is None or holder.kind != "Paragraph":
        return
    end = walk.masked.rfind("\n", 0, following.start)
    start = max(holder.start, walk.masked.rfind("\n", 0, end) + 1)
    head = walk.masked[start:end].rstrip()
    missing = _cells(dashes[1]) - _cells(head)
    if missing > 0:
        at = start + len(head)
        walk.skip_until = dashes.end()
        yield Edit(at, at, ("" if head.endswith("|") else " |") + " |" * missing)


def _cells(line: str) -> int:
    """How many cells a line of a table has; pipes at its ends part none."""
    line = line.strip(" \t>")
    pipes = [found.start() for found in _PIPE.finditer(line) if found[1]]
    return 1 + len(pipes) - (pipes[:1] == [0]) - (len(pipes) > 1 and pipes[-1] == len(line) - 1)
