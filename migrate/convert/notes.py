"""Footnotes in Markdown: labels that mystmd finds, definitions where it reads them.

A role's text is parsed alone in mystmd and knows no footnotes; see `myst.role`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.convert.links import destination_span, spelled_destination
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_DEFINED = re.compile(r"\[\^([^\[\]\n]+)\]:")
_IN_LINK = re.compile(r"\[((?:[^\[\]\n]|\[\^[^\[\]\s]+\])*)\]\(")
_REFERENCE = re.compile(r"\[\^[^\[\]\s]+\]")
_BLANKS = re.compile(r"\s+")


def reference(event: Event, walk: Walk) -> Iterator[Edit]:
    """`[^Note]` for a footnote defined as `[^note]`: its label as defined, without blanks.

    A link's text with a footnote in it is text in mystmd: the footnote goes behind the link.
    """
    label = walk.text[event.start + 2 : event.end - 1]
    written = _BLANKS.sub("-", _as_defined(label, walk))
    link = _link_around(event, walk)
    if link is not None:
        yield from _behind(link, walk)
    elif written != label:
        yield Edit(event.start + 2, event.end - 1, written)


def definition(event: Event, walk: Walk) -> Iterator[Edit]:
    """`[^note]:`, defined once (Goldmark takes the first), outside of the note before it.

    Below a quote or table mystmd takes it for more of that: a blank line parts them.
    """
    label = str(event.value)
    line = walk.text.rfind("\n", 0, event.start) + 1
    if _goes_on(walk, line):
        yield Edit(line, line, f"{walk.prefix(event.start).rstrip()}\n")
    before = walk.previous()
    if before is not None and before.kind == "/FootnoteDefinition":
        kept = before.start - walk.text.rfind("\n", 0, before.start) - 1
        if event.start - line > kept and not walk.text[line : event.start].strip(" "):
            yield Edit(line + kept, event.start, "")
    written = plain = _BLANKS.sub("-", label)
    number = 2
    while written.casefold() in walk.notes:
        written = f"{plain}-{number}"
        number += 1
    walk.notes.add(written.casefold())
    if written != label:
        yield Edit(event.start + 2, event.start + 2 + len(label), written)


def _goes_on(walk: Walk, line: int) -> bool:
    """Whether a quote or table ends in the line right above the offset `line`."""
    above = walk.index - 1
    while above >= 0 and walk.events[above].kind == "/FootnoteDefinition":
        above -= 1
    if above < 0 or walk.events[above].kind not in ("/BlockQuote", "/Table"):
        return False
    return bool(walk.text[walk.text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].strip(" \t>\r\n"))


def _as_defined(label: str, walk: Walk) -> str:
    """The label as the page's definition spells it."""
    body = walk.ctx.page.body
    if f"[^{label}]:" not in body:
        for found in _DEFINED.finditer(body):
            if found[1].casefold() == label.casefold():
                return found[1]
    return label


def _link_around(event: Event, walk: Walk) -> re.Match[str] | None:
    """The link in whose text the reference stands."""
    opening = walk.masked.rfind("[", max(0, event.start - 1000), event.start)
    while opening >= 0 and walk.masked.startswith("[^", opening):
        opening = walk.masked.rfind("[", 0, opening)
    if opening < 0 or walk.escaped(opening) or walk.masked.startswith("!", opening - 1):
        return None
    found = _IN_LINK.match(walk.masked, opening)
    return found if found is not None and found.end(1) >= event.end else None


def _behind(link: re.Match[str], walk: Walk) -> Iterator[Edit]:
    """The link with the footnotes of its text behind it."""
    start, end = destination_span(walk.masked, link.end())
    close = walk.masked.find(")", end)
    found = list(_REFERENCE.finditer(walk.masked, *link.span(1)))
    if close < 0 or "\n\n" in walk.masked[link.end() : close]:
        return
    for note in found:
        yield Edit(note.start(), note.end(), "")
    old = walk.text[start:end]
    new = walk.ctx.link(old, start)
    if new != old:
        yield Edit(start, end, spelled_destination(new))
    yield Edit(close + 1, close + 1, "".join(note[0] for note in found))
    walk.skip_until = close + 1
