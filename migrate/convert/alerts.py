"""Quotes: GitHub's alerts with titles, folding and kinds of their own; `> **Note**`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import myst
from migrate.convert.standing import indented, strip_prefix
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_MARKER = re.compile(
    r"\[!([A-Za-z]+)\]([+-]?)[ \t]*+"
    r"((?>(?:[^ \t\r\n]++|[ \t]++(?!\r?\n|\Z)|\r(?!\n))*))[ \t]*(?=\r?\n|\Z)"
)
_PLAIN = frozenset(("note", "tip", "important", "warning", "caution"))
_KINDS = {
    "info": "note", "todo": "note", "success": "tip", "check": "tip", "done": "tip",
    "hint": "hint", "attention": "attention", "warn": "warning", "danger": "danger",
    "error": "error", "failure": "error", "fail": "error", "missing": "error", "bug": "error",
    "seealso": "seealso",
}  # fmt: skip
"""Kinds of Obsidian and of themes -> mystmd's directive; all others are plain admonitions."""
_QUOTED = re.compile(r">[ \t]?[ ]{0,3}")
_GOES_ON = re.compile(r"[ \t]+[^\W\dA-Z]|[^\s\w]")
_BOLD_KIND = re.compile(
    r"(?:\*\*|__)(?:note|tip|hint|important|attention|caution|warning|danger|error|seealso|admonition)"
    r"(?=\*\*|__)",
    re.IGNORECASE,
)


def alert(_event: Event, walk: Walk) -> Iterator[Edit]:
    """`> [!TIP] Title`, `> [!NOTE]-`, `> [!quote]`: a directive; `> [!NOTE]` alone stays.

    mystmd draws the five kinds of GitHub. So those are boxes where no template of the site draws
    them, too: there Hugo shows their marks; other kinds are quotes on such a site.
    """
    opener = walk.opener
    if opener is None:
        return
    head = _first_text(opener, walk)
    marker = _MARKER.match(walk.masked, head) if head is not None else None
    if marker is None or head is None:
        return
    kind, sign, title = marker[1].lower(), marker[2], marker[3]
    if not (sign or title) if kind in _PLAIN else not walk.ctx.plan.alerts:
        return
    title_start, title_end = marker.span(3)
    shown = walk.take(title_start, title_end) if title else ""
    body = walk.take(marker.end(), opener.end)
    outer = walk.prefix(opener.start)
    inner = strip_prefix(body, outer + "> ").strip("\r\n").strip()
    name = kind if kind in _PLAIN else _KINDS.get(kind, "admonition")
    if not shown and name != kind:
        shown = marker[1].capitalize()
    options: dict[str, str | int | bool | None] = {}
    if sign:
        options = {"class": "dropdown", "open": True if sign == "+" else None}
    text = indented(myst.directive(name, shown, options, inner), outer)
    tail = walk.text[opener.start : opener.end]
    end = opener.start + len(tail.rstrip())
    yield Edit(opener.start, end, text)


def bold_note(event: Event, walk: Walk) -> Iterator[Edit]:
    """`> **Note**` is an admonition in mystmd, as it is on GitHub. Where the words that follow go
    on with the sentence, or a colon follows, it stays a quote: `**Note:**`."""
    stack = walk.stack
    if len(stack) < 2 or stack[-2].kind != "BlockQuote" or stack[-1].start != event.start:
        return
    if walk.text[stack[-2].start : event.start].strip("> \t"):
        return
    found = _BOLD_KIND.match(walk.masked, event.start)
    if found is None:
        return
    end = found.end()
    if walk.masked.startswith(":", end + 2):
        yield Edit(end, end + 3, f":{walk.text[end : end + 2]}")
    elif _GOES_ON.match(walk.masked, end + 2):
        yield Edit(event.start + 2, event.start + 2, "<!-- -->")


def _first_text(opener: Event, walk: Walk) -> int | None:
    """Where the text of a quote begins, if it begins with text."""
    found = _QUOTED.match(walk.masked, opener.start)
    return found.end() if found else None
