"""Words of neighbouring elements that only a style sets apart: numbers and their units."""

from __future__ import annotations

import re

from bs4 import Tag

from migrate.convert.tags import Tag as OpenTag
from migrate.convert.tags import attributes

SET_APART = frozenset(("span", "a", "strong", "b", "em", "i", "small", "time", "label"))
_APART = re.compile(r"[^\W_]</(?:span|a|strong|b|em|i|small)>\Z")


def is_apart(node: Tag) -> bool:
    """Whether a style sets an element apart from the one right before it, with which its text
    would be one word: both have classes of their own."""
    before = node.previous_sibling
    if not isinstance(before, Tag) or "class" not in before.attrs:
        return False
    if node.name not in SET_APART or before.name not in SET_APART:
        return False
    left, right = before.get_text()[-1:], node.get_text()[:1]
    return right.isalnum() and (left.isalnum() or left in ("+", "%"))


def is_glued(tag: OpenTag, text: str) -> bool:
    """Whether a style sets the words of two elements apart that would be one word without."""
    before = text[max(0, tag.start - 10) : tag.start]
    if not before.endswith(">") or not _APART.search(before) or "class" not in attributes(tag):
        return False
    opened = text.rfind("<", 0, tag.start - len(before.rpartition("</")[2]) - 2)
    return "class" in text[max(opened, tag.start - 300) : tag.start] and (
        text[tag.end : tag.end + 1].isalnum()
    )
