"""Lines of tables that are none in mystmd: heads with too few cells, rows that stand far in.

Goldmark fills up heads with fewer cells than the line of dashes has. mystmd and the parser take
such lines for a paragraph, so the rule runs at the break between them.
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
_BLANK = re.compile(r" +")
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


def indented(event: Event, walk: Walk) -> Iterator[Edit]:
    """A row that stands further in than the table, which mystmd takes for code behind it."""
    table = next((one for one in walk.stack[::-1] if one.kind == "Table"), None)
    if table is None:
        return
    line = walk.text.rfind("\n", 0, event.start) + 1
    width = table.start - walk.text.rfind("\n", 0, table.start) - 1
    blank = _BLANK.match(walk.text, line)
    margin = (blank.end() if blank else line) - line - width
    if margin > 3:
        yield Edit(line + width, line + width + margin, "")


def _cells(line: str) -> int:
    """How many cells a line of a table has; pipes at its ends part none."""
    line = line.strip(" \t>")
    pipes = [found.start() for found in _PIPE.finditer(line) if found[1]]
    return 1 + len(pipes) - (pipes[:1] == [0]) - (len(pipes) > 1 and pipes[-1] == len(line) - 1)
