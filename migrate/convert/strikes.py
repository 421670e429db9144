"""What stands between tildes and the signs of Hugo's extras: `~~gone~~`, `~2~`, `x^2^`, `++a++`.

mystmd knows none of them. pulldown-cmark finds `~~gone~~`; the other signs are found here as
Goldmark finds them, by the rule of CommonMark's delimiter runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from migrate import myst
from migrate.context import Context
from migrate.convert.walk import Walk
from migrate.hosts import goldmark_links
from migrate.model import Edit
from migrate.read.markdown import Event

_RUN = re.compile(r"~+|\^+|\++|=+")
_BELOW = re.compile(r"[A-Za-z0-9+\-]{1,3}\Z")
_BLANK = re.compile(r"\s")
_WIDTHS = {"~": 1, "^": 1, "+": 2, "=": 2}
_ROLES = {"^": "sup", "+": "u", "=": "span .mark"}
_ENDS = frozenset("/Emphasis /Strong /Link /Strikethrough".split())
_LONGEST = 4000
"""Characters between two signs."""
_MOST = 100
"""Signs of one kind that wait for their partner."""


class _Sign(NamedTuple):
    """A run of signs that may open what another closes."""

    at: int
    depth: tuple[int, ...]
    """Where the elements begin that it stands in: both signs stand in the same."""


def struck(event: Event, walk: Walk) -> Iterator[Edit]:
    """`~~gone~~` is a role in MyST; `~2~` is too, a subscript where that is on."""
    if walk.inside("Image"):
        return
    width = 2 if walk.text.startswith("~~", event.start) else 1
    inner = walk.take(event.start + width, event.end - width)
    below = width == 1 and walk.ctx.plan.site.markup.subscript and not _BLANK.search(inner)
    yield Edit(event.start, event.end, myst.role("sub" if below else "del", inner))


def signs(_event: Event, walk: Walk) -> Iterator[Edit]:
    """At the end of running text: `9:00~18:00 … 10~12`, `x^2^`, `==hot==`.

    One tilde strikes out in Goldmark, in words, too. `H~2~O` is struck out in Hugo and meant for
    a subscript: so it is written.
    """
    opener = walk.opener
    if opener is None:
        return
    known = _known(walk.ctx)
    waiting: dict[str, list[_Sign]] = {sign: [] for sign in known}
    for at, sign, depth in _runs(opener, walk, known):
        opens, closes = _flanks(walk.masked, at, _WIDTHS[sign])
        found = waiting[sign]
        while found and closes and at - found[-1].at > _LONGEST:
            found.pop()
        if closes and found and found[-1].depth == depth:
            start = found.pop().at
            yield _role(sign, start, at, walk)
            for others in waiting.values():
                while others and others[-1].at > start:
                    others.pop()
        elif opens and len(found) < _MOST:
            found.append(_Sign(at, depth))


def _known(ctx: Context) -> frozenset[str]:
    """The signs that the site has switched on."""
    markup = ctx.plan.site.markup
    switched = {
        "~": markup.strikethrough or markup.delete or markup.subscript,
        "^": markup.superscript,
        "+": markup.insert,
        "=": markup.mark,
    }
    return frozenset(sign for sign, is_on in switched.items() if is_on)


def _runs(
    opener: Event, walk: Walk, known: frozenset[str]
) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """(offset, sign, elements around) of each run of the right length in the text."""
    first = walk.index
    while first > 0 and walk.events[first] is not opener:
        first -= 1
    around: list[int] = []
    images = 0
    for event in walk.events[first + 1 : walk.index]:
        if event.kind in ("Emphasis", "Strong", "Link", "Strikethrough"):
            around.append(event.start)
        elif event.kind in _ENDS and around:
            around.pop()
        elif event.kind in ("Image", "/Image"):
            images += 1 if event.kind == "Image" else -1
        elif event.kind == "Text" and not images:
            urls = [span[:2] for span in goldmark_links(walk.masked, event.start, event.end)]
            atoms = walk.atoms_in(event.start, event.end)
            for run in _RUN.finditer(walk.masked, event.start, event.end):
                sign, at = run[0][0], run.start()
                if sign not in known or len(run[0]) != _WIDTHS[sign] or walk.escaped(at):
                    continue
                if not any(start <= at < end for start, end in urls) and not any(
                    atom.start <= at < atom.end for atom in atoms
                ):
                    yield at, sign, tuple(around)


def _role(sign: str, start: int, end: int, walk: Walk) -> Edit:
    width = _WIDTHS[sign]
    word = walk.text[start - 1 : start].isalnum()
    inner = walk.take(start + width, end)
    name = _ROLES.get(sign, "del")
    if sign == "~":
        below = walk.ctx.plan.site.markup.subscript and not _BLANK.search(inner)
        name = "sub" if below or (word and _BELOW.match(inner)) else "del"
    return Edit(start, end + width, myst.role(name, inner))


def _flanks(text: str, at: int, width: int) -> tuple[bool, bool]:
    """Whether the run at `at` can open, and whether it can close, as CommonMark says of `*`."""
    before, after = text[at - 1 : at] or " ", text[at + width : at + width + 1] or " "
    blank_before, blank_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    opens = not blank_after and (not sign_after or blank_before or sign_before)
    closes = not blank_before and (not sign_before or blank_after or sign_after)
    return opens, closes


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
