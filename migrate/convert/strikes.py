"""Tildes: `~~gone~~` and, by one tilde, `~gone~` in Goldmark; nothing of it in mystmd."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from migrate import myst
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_SINGLE = re.compile(r"(?<!~)~(?!~)")
_BELOW = re.compile(r"[A-Za-z0-9+\-]{1,3}\Z")
_BLANK = re.compile(r"\s")
_LONGEST = 2000
"""Characters between two single tildes."""


def struck(event: Event, walk: Walk) -> Iterator[Edit]:
    """`~~gone~~` is a role in MyST; `~2~` is too, a subscript where that is on."""
    if walk.inside("Image"):
        return
    width = 2 if walk.text.startswith("~~", event.start) else 1
    inner = walk.take(event.start + width, event.end - width)
    below = width == 1 and walk.ctx.plan.site.markup.subscript and not _BLANK.search(inner)
    yield Edit(event.start, event.end, myst.role("sub" if below else "del", inner))


def single(event: Event, walk: Walk) -> Iterator[Edit]:
    """`9:00~18:00 … 10~12`: Goldmark strikes out what stands between two tildes in words, too.

    `H~2~O` is struck out in Hugo, and meant for a subscript: so it is written.
    """
    if walk.inside("Image", "Link", "Strikethrough"):
        return
    text = walk.masked
    opened: list[int] = []
    for found in _SINGLE.finditer(text, event.start, event.end):
        at = found.start()
        opens, closes = _flanks(text, at)
        if walk.escaped(at):
            continue
        if closes and opened and at - opened[-1] < _LONGEST:
            start = opened.pop()
            inner = walk.take(start + 1, at)
            word = start > event.start and text[start - 1].isalnum()
            below = word and _BELOW.match(inner) is not None
            yield Edit(start, at + 1, myst.role("sub" if below else "del", inner))
            opened.clear()
        elif opens:
            opened.append(at)


def _flanks(text: str, at: int) -> tuple[bool, bool]:
    """Whether the tilde at `at` can open, and whether it can close, as CommonMark says of `*`."""
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    blank_before, blank_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    opens = not blank_after and (not sign_after or blank_before or sign_before)
    closes = not blank_before and (not sign_before or blank_after or sign_after)
    return opens, closes


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
