"""What a site has switched off in Goldmark and mystmd reads all the same: escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.convert.walk import Walk
from migrate.hosts import emails
from migrate.model import Edit
from migrate.read.markdown import Event

_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_DELIMITERS = re.compile(r"[ \t]*+:?-[-:|\s]*+\Z|[ \t]*+\|[:|\s]*+-[-:|\s]*+\Z")
_TASK = re.compile(r"\[[ xX]\](?=\s)")


def footnotes(event: Event, walk: Walk) -> Iterator[Edit]:
    """`[^1]` with footnotes off."""
    for found in _FOOTNOTE.finditer(walk.masked, event.start, event.end):
        if not walk.escaped(found.start()):
            yield Edit(found.start(), found.start(), "\\")


def table(_event: Event, walk: Walk) -> Iterator[Edit]:
    """The line `|---|---|` below another one, with tables off."""
    following = walk.following()
    if following is None or following.kind != "Text":
        return
    end = walk.masked.find("\n", following.start)
    line = walk.masked[following.start : end if end >= 0 else len(walk.masked)].rstrip()
    if _DELIMITERS.match(line) and ("|" in line or ":" in line):
        yield Edit(following.start, following.start, "\\")


def task(event: Event, walk: Walk) -> Iterator[Edit]:
    """`- [ ] x`, with task lists off."""
    if _begins_item(event, walk) and _TASK.match(walk.masked, event.start):
        yield Edit(event.start, event.start, "\\")


def mail(event: Event, walk: Walk) -> Iterator[Edit]:
    """`jane@example.org`, with linkify off."""
    if not walk.inside("Link", "Image"):
        for start, end in emails(walk.masked, event.start, event.end):
            dot = walk.masked.rfind(".", start, end)
            yield Edit(dot, dot, "\\")


def unspaced_task(event: Event, walk: Walk) -> Iterator[Edit]:
    """`- [ ]x` is a task in Goldmark: mystmd wants a blank after the bracket."""
    text = walk.masked
    if _begins_item(event, walk) and text[event.start : event.start + 3] in ("[ ]", "[x]", "[X]"):
        after = text[event.start + 3 : event.start + 4]
        if after.isalnum() or after in ("*", "_", "`", "<"):
            yield Edit(event.start + 3, event.start + 3, " ")


def _begins_item(event: Event, walk: Walk) -> bool:
    stack = walk.stack
    return (
        len(stack) > 1
        and stack[-1].kind == "Paragraph"
        and stack[-2].kind == "Item"
        and stack[-1].start == event.start
        and not walk.text[walk.text.rfind("\n", 0, event.start) + 1 : event.start].strip(
            " \t>-*+.)0123456789"
        )
    )
