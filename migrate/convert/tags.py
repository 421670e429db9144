"""HTML tags in Markdown, found without a parser: which blocks of HTML belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from migrate.read.markdown import Event

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr"]
)  # fmt: skip
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,60})"
    r"((?:[ \t\r\n]+[^\s\"'<>/=]{1,100}(?:[ \t\r\n]*=[ \t\r\n]*"
    r"(?:\"[^\"]{0,5000}\"|'[^']{0,5000}'|[^\s\"'=<>`]{1,2000}))?){0,60})[ \t\r\n]*(/?)>"
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_OPAQUE = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)


class Tag(NamedTuple):
    """One tag as typed."""

    name: str
    """In lower case."""
    start: int
    end: int
    closing: bool
    empty: bool
    """A void element, or one that closes itself."""
    attributes: str


def tags(text: str, start: int = 0, end: int | None = None) -> list[Tag]:
    """The tags between two offsets."""
    found = []
    for match in _TAG.finditer(text, start, len(text) if end is None else end):
        name = match[2].lower()
        empty = name in VOID or bool(match[4])
        found.append(Tag(name, match.start(), match.end(), bool(match[1]), empty, match[3]))
    return found


def attributes(tag: Tag) -> Mapping[str, str]:
    """Name in lower case -> value, entities as typed; empty for a name alone."""
    return {
        match[1].lower(): next((value for value in match.groups()[1:] if value is not None), "")
        for match in _ATTRIBUTE.finditer(tag.attributes)
    }


def regions(text: str, events: list[Event]) -> dict[int, int]:
    """Start of an HTML block -> end of the last block that its elements reach to.

    Markdown parts `<div>` from its `</div>` by blank lines: both are blocks, and what is between
    is Markdown. The later blocks of a region have `-1 - start` of its first. Only blocks in the
    same container belong together; an element that is never closed ends with its block. The end
    of a paragraph, from a tag in it that closes an element, counts as a block.
    """
    found: dict[int, int] = {}
    stack: list[list[Event]] = [[]]
    closing: list[Event] = []
    for event in events:
        kind = event.kind
        if kind == "HtmlBlock":
            stack[-1].append(event)
        elif kind == "Paragraph":
            closing = []
        elif kind == "InlineHtml":
            if stack[-1] and text.startswith("</", event.start):
                closing.append(event)
        elif kind == "/Paragraph" and closing:
            if tail := _tail(text, closing, event.end):
                stack[-1].append(tail)
            closing = []
        elif kind in _CONTAINERS:
            stack.append([])
        elif kind[0] == "/" and kind[1:] in _CONTAINERS and len(stack) > 1:
            found.update(_together(text, stack.pop()))
    while stack:
        found.update(_together(text, stack.pop()))
    return found


def _tail(text: str, closing: list[Event], end: int) -> Event | None:
    """The end of a paragraph as a block of HTML, from the first tag that closes a block."""
    ends = [event for event in closing if _name(text, event) in _BLOCKS]
    if not ends or _MARKUP.search(_TAG.sub("", text[ends[-1].end : end])):
        return None
    first = next(event for event in closing if event is ends[0] or _name(text, event) == "p")
    return Event("HtmlBlock", first.start, end)


def _name(text: str, event: Event) -> str:
    found = _TAG.match(text, event.start)
    return found[2].lower() if found else ""


_MARKUP = re.compile(r"[*_`\[~]")

_BLOCKS = frozenset(
    "article aside blockquote center details div figure footer header main section".split()
)
"""Elements that may end in a paragraph's line. A `<p>` ends where the paragraph begins."""
_CONTAINERS = frozenset(["BlockQuote", "Item", "FootnoteDefinition", "DefinitionListDefinition"])


def _together(text: str, blocks: list[Event]) -> dict[int, int]:
    """The regions among the HTML blocks of one container."""
    reach = list(range(len(blocks)))
    open_tags: list[tuple[str, int]] = []
    for number, block in enumerate(blocks):
        if _OPAQUE.match(text, block.start):
            continue
        for tag in tags(text, block.start, block.end):
            if tag.empty:
                continue
            if not tag.closing:
                open_tags.append((tag.name, number))
                continue
            for depth in range(len(open_tags) - 1, max(-1, len(open_tags) - 200), -1):
                if open_tags[depth][0] == tag.name:
                    first = open_tags[depth][1]
                    reach[first] = max(reach[first], number)
                    del open_tags[depth:]
                    break
    found: dict[int, int] = {}
    number = 0
    while number < len(blocks):
        last = reach[number]
        inner = number
        while inner <= last:
            last = max(last, reach[inner])
            inner += 1
        found[blocks[number].start] = blocks[last].end
        for part in range(number + 1, last + 1):
            found[blocks[part].start] = -1 - blocks[number].start
        number = last + 1
    return found
