"""Beginnings of lines that are blocks in mystmd and words in Goldmark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import myst
from migrate.convert.math import ENVIRONMENT, is_read
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_START = re.compile(
    r"%|\+[ \t]*\+[ \t]*\+|:{3,}"
    r"|\([a-zA-Z0-9|@<>*./_\-+:]{1,100}\)=[ \t]*\r?$"
    r"|(?P<definition>[~:][ \t]+\S)"
    rf"|(?P<environment>{ENVIRONMENT.pattern})",
    re.MULTILINE,
)
_BULLETS = re.compile(r"\+[ \t]+\+[ \t]+\+(?:[ \t]+\+)*(?=[ \t])")
_LATEST = 100
"""Edits that are looked at: those of the paragraph that has just ended are among the last."""
_LONGEST_START = 1200
"""Characters in which a line shows what it begins."""
STARTS = ("%", "+", "(", ":::", "~ ", "~\t", ": ", ":\t", "\\begin{")
"""A text without any of these has no such line."""


def line_start(event: Event, walk: Walk) -> Iterator[Edit]:
    """A line of text that begins with `%`, `+++`, `(x)=`, `:::` or `~ `: a backslash before it."""
    following = walk.following()
    if following is None or following.kind != "Text":
        return
    if event.kind == "Heading" and walk.text.startswith("#", event.start):
        return
    at = following.start
    found = _START.match(walk.masked, at)
    if found is None or (found.end() > following.end and not found["definition"]):
        return
    in_paragraph = event.kind in ("SoftBreak", "HardBreak")
    if found["definition"] and not in_paragraph and not _follows_term(walk, event):
        return
    if found["environment"] and is_read(walk.ctx):
        return
    yield Edit(at, at, "\\")


def uncovered(event: Event, walk: Walk) -> Iterator[Edit]:
    """What stands behind a tag or a call that leaves nothing begins its line now: `\\:::`."""
    opener, text = walk.opener, walk.masked
    if opener is None:
        return
    gone = {
        edit.start: edit.end
        for edit in walk.edits[-_LATEST:]
        if not edit.text and opener.start <= edit.start < edit.end <= event.end
    }
    at = 0
    for start in sorted(gone):
        head = text[text.rfind("\n", 0, start) + 1 : start]
        if start < at or (start != opener.start and head.strip(" \t>")):
            continue
        at = gone[start]
        while at in gone or text[at : at + 1] in (" ", "\t"):
            at = gone.get(at, at + 1)
        line = text[at : at + _LONGEST_START].partition("\n")[0]
        escaped = myst.escape_line_start(line)
        if escaped != line:
            place = at + next(n for n, char in enumerate(escaped) if char != line[n : n + 1])
            if not any(
                edit.start <= place <= edit.end for edit in walk.edits[-_LATEST:] if edit.text
            ):
                yield Edit(place, place, "\\")


def terms(event: Event, walk: Walk) -> Iterator[Edit]:
    """Several terms with one definition stand in one line in mystmd, with breaks between."""
    following = walk.following()
    if following is not None and walk.inside("DefinitionListTitle"):
        yield Edit(event.start, following.start, "<br>")


def _follows_term(walk: Walk, event: Event) -> bool:
    """A paragraph right before, which mystmd would read as the term of this definition, or a
    list of definitions that would go on."""
    before = walk.previous()
    if before is None or event.start - before.end > 3:
        return False
    return before.kind in ("/Paragraph", "/DefinitionList")


def rule(event: Event, walk: Walk) -> Iterator[Edit]:
    """`---` right below a definition makes a heading of it in mystmd: a blank line between."""
    before = walk.previous()
    if before is not None and before.kind == "/DefinitionList":
        line = walk.text.rfind("\n", 0, event.start)
        if walk.text[walk.text.rfind("\n", 0, max(line, 0)) + 1 : line].strip(" \t\r>"):
            yield Edit(event.start, event.start, "\n" + walk.prefix(event.start))


def zero(event: Event, walk: Walk) -> Iterator[Edit]:
    """A list that starts at 0 starts at 1 in mystmd, and nothing helps it: reported."""
    if event.value == 0:
        walk.ctx.report("HM406", event.start)
    yield from ()


def bullets(event: Event, walk: Walk) -> Iterator[Edit]:
    """`+ + + x`, three lists in one line, is a block break in mystmd: `- - - x`."""
    found = _BULLETS.match(walk.masked, event.start)
    if found is not None and event.value is None:
        for at in range(found.start(), found.end()):
            if walk.masked[at] == "+":
                yield Edit(at, at + 1, "-")
        walk.skip_until = found.end()
