"""Short columns that have a name each: numbers with what they count, points in brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag

from migrate import myst
from migrate.convert.phrasing import is_unsafe
from migrate.convert.soup import attribute, content, words
from migrate.convert.structure import HEADINGS, block

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_NUMBER = re.compile(
    r"[<>≥≤≈~±]{0,2} ?[$€£]?\d[\d.,\u202f\xa0 ]{0,20}(?:[kKmMbBTG]|bn|k|thousand|million|billion)?"
    r" ?(?:\+|%|x|\u00d7)?\+?"
)
_COLUMNS = ("div", "li", "article", "section")
_BLOCKS = ("p", "div", "ul", "ol", "pre", "table", "img", "figure", "video", "iframe", *HEADINGS)
_LONGEST = 60
"""Words of a column that is a card; longer ones are texts of their own."""
_MOST = 12


def named_columns(el: Tag, to: Converter, around: Tags) -> str | None:
    """A grid of cards; None where a column is anything else."""
    if "td" in around or "a" in around or el.name not in ("div", "section", "article"):
        return None
    found = content(el)
    if not 2 <= len(found) <= _MOST or (to.labels and el.find(id=True) is not None):
        return None
    parts = []
    for node in found:
        if not isinstance(node, Tag) or node.name not in _COLUMNS:
            return None
        part = _number(node) or _point(node)
        if part is None:
            return None
        parts.append(part)
    written = [_card(title, body, link, to, around) for title, body, link in parts]
    wide = min(len(written), 4)
    return block(myst.directive("grid", f"1 2 {wide} {wide}", body="\n".join(written)))


_Part = tuple[list[object], list[object], str]
"""The nodes of the title, those of the text, and where the card leads."""


def _number(node: Tag) -> _Part | None:
    """A number and its label, in their order."""
    inner, link = _inside(node)
    pieces = [piece for piece in inner.find_all(string=True) if piece.strip()]
    if len(pieces) != 2 or inner.find(["img", "video", "iframe", "pre", "table"]) is not None:
        return None
    numbers = [_NUMBER.fullmatch(" ".join(piece.split())) is not None for piece in pieces]
    first, second = pieces
    if numbers.count(True) != 1 or (not link and inner.find("a") is not None):
        return None
    return [first], [second], link


def _inside(node: Tag) -> tuple[Tag, str]:
    """The element that holds all of the column, and the link around it."""
    link = ""
    for _ in range(5):
        inside = content(node)
        if len(inside) != 1 or not isinstance(inside[0], Tag):
            break
        if inside[0].name not in (*_COLUMNS, "a"):
            break
        node = inside[0]
        if node.name == "a":
            link = attribute(node, "href")
    return node, link


def _point(node: Tag) -> _Part | None:
    """Bold words on a line of their own, and a few more below them."""
    inside = content(node)
    if len(inside) < 2 or node.find(_BLOCKS) is not None or len(words(node).split()) > _LONGEST:
        return None
    lead, following = inside[0], inside[1]
    if not isinstance(lead, Tag) or lead.name not in ("strong", "b") or not words(lead):
        return None
    if not isinstance(following, Tag) or following.name != "br" or len(inside) < 3:
        return None
    return list(lead.children), inside[2:], ""


def _card(title: list[object], body: list[object], link: str, to: Converter, around: Tags) -> str:
    leads = to.link(link) if link and not is_unsafe(link) else None
    text = myst.escape_line_start(to.line(body, around))
    return myst.directive("card", to.line(title, around), {"link": leads}, text)
