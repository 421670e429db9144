"""HTML text to a tree that is safe to walk: bounded depth, nothing that runs.

Relies on lxml sending its tree builder balanced start and end events, whatever the input.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, RubyParenthesisString, RubyTextString

TEXT = (NavigableString, CData, RubyTextString, RubyParenthesisString)
"""The kinds of strings that a reader sees."""

DEEPEST = 90
"""Elements nested deeper than this are flattened: real pages stay under 40, and the converter
takes a few Python frames for each level."""

_KEPT_DEEP = frozenset(["img", "br", "hr"])
"""Elements without content are kept at any depth."""

_SPACE = re.compile(r"\s+")
_TOKEN = re.compile(
    r"""<span (?:class="(?!(?:cl|hl|ln|lnt)")[a-z][a-z0-9]{0,2}"|style="color:#[0-9a-f]{3,6}")>"""
    r"([^<>]*)</span>"
)
"""What a highlighter (Chroma, Pygments, Rouge, Pandoc) puts around each word of code, but not
around a line or its number."""
_LINE = re.compile(r'<span class="line"><span class="cl">([^<>]*)</span></span>')
"""A line of Chroma's that is not marked."""


class BoundedSoup(BeautifulSoup):
    """A soup that leaves out the tags (never the text) of elements nested too deep."""

    def reset(self) -> None:
        """Called by the library before each attempt to parse."""
        super().reset()
        self.open_left_out: list[bool] = []
        self.flattened = 0

    def handle_starttag(self, name: str, *args: Any, **kwargs: Any) -> Tag | None:
        """A start event of the parser; nested too deep, the tag is not made."""
        if self.open_left_out or len(self.tagStack) > DEEPEST:
            left_out = name not in _KEPT_DEEP
            self.open_left_out.append(left_out)
            if left_out:
                self.flattened += 1
                return None
        return super().handle_starttag(name, *args, **kwargs)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """An end event of the parser."""
        if self.open_left_out and self.open_left_out.pop():
            return
        super().handle_endtag(name, nsprefix)


def parse(html: str) -> BoundedSoup:
    """The tree of an HTML fragment or document; the words of highlighted code are plain text."""
    return BoundedSoup(_without_tokens(html) if "<pre" in html else html, "lxml")


def _without_tokens(html: str) -> str:
    """Most elements of a page with code are colours of words; a tree of them is slow."""
    parts = html.split("</pre>")
    for number, part in enumerate(parts[:-1]):
        start = part.rfind("<pre")
        if start >= 0:
            parts[number] = part[:start] + _LINE.sub(r"\1", _TOKEN.sub(r"\1", part[start:]))
    return "</pre>".join(parts)


def classes(el: Tag) -> list[str]:
    """The element's classes."""
    found = el.attrs.get("class")
    if found is None:
        return []
    return found.split() if isinstance(found, str) else list(found)


def attribute(el: Tag, name: str) -> str:
    """An attribute as text, stripped; empty where it is missing."""
    found = el.attrs.get(name)
    if found is None:
        return ""
    return (" ".join(found) if isinstance(found, list) else str(found)).strip()


def words(el: Tag) -> str:
    """The element's text on one line."""
    return _SPACE.sub(" ", el.get_text()).strip()


def first(el: Tag, names: Container[str]) -> Tag | None:
    """The first element inside of one of these names; much faster than the library's search."""
    for node in el.descendants:
        if type(node) is Tag and node.name in names:
            return node
    return None


def is_blank(node: object) -> bool:
    """White space or a comment: nothing that a reader sees."""
    if not isinstance(node, NavigableString):
        return False
    return type(node) is not NavigableString or not node.strip()


def content(el: Tag) -> list[Any]:
    """The element's child nodes without blank ones."""
    return [node for node in el.children if not is_blank(node)]
