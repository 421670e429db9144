"""The ids that Hugo gives to headings.

An id is made of the rendered heading's text: markup gone, what the typographer replaces gone,
bare URLs and raw HTML tags gone. Measured against Hugo 0.168 (`tests/test_anchors.py`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from migrate.model import Markup, Shortcode
from migrate.read.attributes import Attributes, trailing_attributes
from migrate.read.lexer import lex
from migrate.read.markdown import Event, heading_events, mask

_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]+#+[ \t]*$|^#+[ \t]*$")
_UNDERLINE = re.compile(r"\r?\n[ \t>]*(?:=+|-+)[ \t]*$")
_BARE_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE | re.ASCII,
)
_TYPOGRAPHER = re.compile(r"-{2,3}|\.\.\.|<<|>>|[\"']")
_MAYBE_HEADING = re.compile(r"^[ \t>*+\-\d.)]*#|^[ \t>]*(?:=+|-+)[ \t]*\r?$", re.M)
_ANCHOR = re.compile(r"""<a\s+(?:id|name)\s*=\s*["']?([^"'<>\s]+)["']?\s*(?:/>|>)""", re.I)
_ANCHORS = re.compile(
    r"""(?:<a\s+(?:id|name)\s*=\s*["']?[^"'<>\s]+["']?\s*(?:/>|>)(?:</a>)?\s{1,20})+""", re.I
)
MAX_DEPTH = 30
"""Paired shortcodes nested deeper than this are not searched for headings."""


class Heading(NamedTuple):
    """One heading of a page."""

    id: str
    """As Hugo makes it; empty where Hugo gives none."""
    start: int
    """Offset in the body at which the heading begins."""
    level: int
    """0: it is no heading, but the term of a definition list, in a site that gives them ids."""


def headings(body: str, markup: Markup, closers: frozenset[str] = frozenset()) -> list[Heading]:
    """The headings of a page's body in their order, those in shortcodes' inner text too."""
    return [one for one in named(body, markup, closers) if one.level]


def named(body: str, markup: Markup, closers: frozenset[str] = frozenset()) -> list[Heading]:
    """The same with the terms of definition lists, where the site gives them ids."""
    if not _may_name(body, markup):
        return []
    found: list[Heading] = []
    _collect(body, body, 0, markup, closers, found, set(), 0)
    return sorted(found, key=lambda heading: heading.start)


def _may_name(text: str, markup: Markup) -> bool:
    return _MAYBE_HEADING.search(text) is not None or (markup.definition_ids and ":" in text)


def _outer(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of spans in order, those that lie in no other."""
    outer: list[tuple[int, int]] = []
    for span in spans:
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def beside_headings(
    body: str, markup: Markup, closers: frozenset[str] = frozenset()
) -> dict[str, str]:
    """The ids of `<a id>` and `<a name>` at a heading, above it or in its line -> the heading's."""
    if _ANCHOR.search(body) is None:
        return {}
    above = {run.end(): run[0] for run in _ANCHORS.finditer(body)}
    found: dict[str, str] = {}
    for heading in headings(body, markup, closers):
        line = body[heading.start : body.find("\n", heading.start) % (len(body) + 1)]
        for name in _ANCHOR.findall(above.get(heading.start, "") + line):
            found[name] = heading.id
    return found


def heading_id(text: str, markup: Markup) -> str:
    """The automatic id of a heading whose rendered text is `text`, before numbering."""
    if markup.heading_ids == "blackfriday":
        return _blackfriday(text) or "heading"
    if markup.heading_ids == "github-ascii":
        text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    kept = [
        char.lower() if char.isalpha() or char.isdecimal() or char in "_-" else "-"
        for char in text
        if char.isalpha() or char.isdecimal() or char in "_- "
    ]
    return "".join(kept) or "heading"


def heading_source(text: str, event: Event) -> tuple[int, int, Attributes | None]:
    """(end of the heading's own text, end of its line, attributes) of a `Heading` event.

    The own text ends before the attributes; after closing hashes they are attributes, too.
    """
    line_end = event.start + len(text[event.start : event.end].rstrip())
    if text[event.start] != "#":
        under = _UNDERLINE.search(text, event.start, line_end)
        line_end = under.start() if under else line_end
    line_start = max(text.rfind("\n", event.start, line_end) + 1, event.start)
    found = trailing_attributes(text[line_start:line_end])
    if found is not None:
        return line_start + found[0], line_end, found[1]
    return line_end, line_end, None


def _collect(
    body: str,
    text: str,
    base: int,
    markup: Markup,
    closers: frozenset[str],
    found: list[Heading],
    taken: set[str],
    depth: int,
) -> None:
    lexed = lex(text, closers)
    calls = list(lexed.calls)
    spans = sorted([(c.start, c.end) for c in calls] + [e[:2] for e in lexed.escapes])
    masked = mask(text, _outer(spans))
    pieces: list[tuple[int, Shortcode | list[Event]]] = [(c.start, c) for c in calls if c.paired]
    pieces += _by_element(heading_events(masked, markup))
    for _, piece in sorted(pieces, key=lambda piece: piece[0]):
        if isinstance(piece, list):
            found.append(_heading(piece, masked, base, markup, taken))
        elif depth < MAX_DEPTH:
            inner = text[piece.inner_start : piece.inner_end]
            if _may_name(inner, markup):
                # `{{% %}}` is part of the page's Markdown; other inner text is rendered alone.
                names = taken if piece.markup == "%" else set()
                _collect(
                    body, inner, base + piece.inner_start, markup, closers, found, names, depth + 1
                )


def _by_element(events: list[Event]) -> list[tuple[int, list[Event]]]:
    """The events of each heading and term, by its start."""
    result: list[tuple[int, list[Event]]] = []
    current: list[Event] | None = None
    for event in events:
        if event.kind in ("Heading", "DefinitionListTitle"):
            current = [event]
            result.append((event.start, current))
        elif event.kind in ("/Heading", "/DefinitionListTitle"):
            current = None
        elif current is not None:
            current.append(event)
    return result


def _heading(events: list[Event], text: str, base: int, markup: Markup, taken: set[str]) -> Heading:
    head = events[0]
    if head.kind != "Heading":
        term = heading_text(events[1:], text, head.end, markup) or ""
        return Heading(_unique(heading_id(term, markup), taken), base + head.start, 0)
    end, _, attributes = (
        heading_source(text, head) if markup.heading_attributes else (head.end, 0, None)
    )
    level = int(str(head.value["level"])[1:])
    if attributes is not None and attributes.id:
        taken.add(attributes.id)
        return Heading(attributes.id, base + head.start, level)
    if not markup.auto_heading_ids:
        return Heading("", base + head.start, level)
    shown = heading_text(events[1:], text, end, markup)
    if shown is None:
        return Heading("", base + head.start, level)
    return Heading(_unique(heading_id(shown, markup), taken), base + head.start, level)


def _unique(name: str, taken: set[str]) -> str:
    unique = name
    number = 0
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique


def heading_text(events: list[Event], text: str, end: int, markup: Markup) -> str | None:
    """What Hugo makes the id of; None for a heading that is one bare URL and has no id."""
    parts: list[tuple[str, bool]] = []
    autolink = False
    for event in events:
        if event.start >= end:
            break
        if event.kind == "Link" and event.value["link_type"] in ("Autolink", "Email"):
            autolink = True
        elif event.kind == "/Link":
            autolink = False
        elif event.kind == "Code":
            parts.append((event.value, True))
        elif event.kind in ("SoftBreak", "HardBreak"):
            parts.append((" ", True))
        elif event.kind == "InlineHtml" and _is_quoted(event, text, markup):
            parts.append((text[event.start + 1 : event.end - 1], False))
        elif event.kind == "Text" and not autolink:
            shown = event.value
            if event.end > end:
                shown = shown[: len(shown) - (event.end - end)]
            parts.append((_without_urls(shown, markup), False))
    words = "".join(part for part, _ in parts)
    if not words.strip() and events and _BARE_URL.search(text, events[0].start, end):
        return None
    return _shown(parts, markup)


def _is_quoted(event: Event, text: str, markup: Markup) -> bool:
    """`<<x>>`: guillemets to the typographer, which comes before HTML."""
    around = text[event.start - 1 : event.start] + text[event.end : event.end + 1]
    return markup.typographer and around == "<>"


def _without_urls(text: str, markup: Markup) -> str:
    if markup.linkify and ("://" in text or "www." in text or "@" in text):
        return _BARE_URL.sub("", text)
    return text


def _shown(parts: list[tuple[str, bool]], markup: Markup) -> str:
    """The parts, trimmed, and then without what the typographer replaces outside of code."""
    if parts:
        parts[0] = (parts[0][0].lstrip(), parts[0][1])
        parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    if not markup.typographer or markup.heading_ids == "blackfriday":
        return "".join(part for part, _ in parts)
    return "".join(part if code else _TYPOGRAPHER.sub("", part) for part, code in parts)


def _blackfriday(text: str) -> str:
    """Letters and digits stay, each run of others becomes one `-` between them."""
    parts: list[str] = []
    gap = False
    for char in text:
        if char.isalpha() or char.isdecimal():
            if gap and parts:
                parts.append("-")
            gap = False
            parts.append(char.lower())
        else:
            gap = True
    return "".join(parts)
