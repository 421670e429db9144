"""Goldmark's Markdown as a list of events with spans, read by pulldown-cmark (pyromark).

Shortcodes are masked before parsing, as Hugo puts a placeholder word in their place, so the
structure is Hugo's and every span indexes the text as typed. What pulldown-cmark splits is put
together again: a `Text` event is a whole run of text as typed, escapes and entities included,
and the text of a tight list item stands in a `Paragraph` like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyromark
from pyromark import Options

from migrate.model import Markup


class Event(NamedTuple):
    """One event. `kind` is pulldown-cmark's name (`Paragraph`, `Text`, …), `/` before it at an end.

    The span of a start or an end is that of the whole element. Text in code blocks is `CodeText`.
    """

    kind: str
    start: int
    end: int
    value: Any = None
    """What pulldown-cmark tells of it: a heading's level, a link's type and destination, the
    text of code, the info string of a fence."""


class Definition(NamedTuple):
    """A link reference definition: `[label]: destination "title"`."""

    label: str
    start: int
    end: int
    destination: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text."""

    events: list[Event]
    definitions: tuple[Definition, ...] = ()


_BASE = Options(0)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NO_DEFINITION = re.compile(r"^([ \t>]*):(?=[^\s\-])", re.MULTILINE)
_ALIGNED = re.compile(r"^([ \t>]*):(?=-+:?[ \t]*\|)", re.MULTILINE)
_FLAGS = (
    ("tables", Options.ENABLE_TABLES),
    ("footnotes", Options.ENABLE_FOOTNOTES),
    ("strikethrough", Options.ENABLE_STRIKETHROUGH),
    ("delete", Options.ENABLE_STRIKETHROUGH),
    ("task_lists", Options.ENABLE_TASKLISTS),
    ("definition_lists", Options.ENABLE_DEFINITION_LIST),
)
_INLINE = frozenset(
    "Text Code InlineHtml SoftBreak HardBreak FootnoteReference TaskListMarker Emphasis Strong "
    "Strikethrough Link Image".split()
)
_INLINE_ENDS = frozenset(f"/{kind}" for kind in _INLINE)
_HOLDERS = frozenset(
    ("Paragraph", "Heading", "TableCell", "DefinitionListTitle", "HtmlBlock", "CodeBlock")
)


def options(markup: Markup) -> Options:
    """pulldown-cmark's options for a site's `markup` settings."""
    chosen = _BASE
    for name, flag in _FLAGS:
        if getattr(markup, name):
            chosen |= flag
    return chosen


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with each span, in order and apart, replaced by as many `X`."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += text[at:start], "X" * (end - start)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def parse(text: str, markup: Markup, context: str = "") -> Parsed:
    """The events of `text`, in order.

    `context` is Markdown that is read after it, for definitions that stand elsewhere on the
    page; what comes of it is not in the result.
    """
    source = f"{text}\n\n{context}" if context else text
    if markup.definition_lists and ":" in text:
        # Goldmark wants a blank after the colon of a definition, pulldown-cmark doesn't.
        # The colon of `:--` may align a column.
        source = _NO_DEFINITION.sub(r"\1X", source)
        source = _ALIGNED.sub(r"\1-", source) if ":-" in text else source
    flags = options(markup)
    size = len(text)
    chars = _Offsets(source)
    raw = pyromark.events_with_range(source, options=flags)
    events = _paragraphs(_runs(source, _events(raw, chars, size)))
    definitions: tuple[Definition, ...] = ()
    if "]:" in text:
        found = pyromark.reference_definitions(source, options=flags)
        inside = [
            Definition(label, start, chars(item["span"]["end"]), item["dest"])
            for label, item in found.items()
            if (start := chars(item["span"]["start"])) < size
        ]
        definitions = tuple(sorted(inside, key=lambda definition: definition.start))
    return Parsed(events, definitions)


def rendered(text: str, markup: Markup) -> str:
    """The HTML of `text`."""
    flags = options(markup)
    if markup.typographer:
        flags |= Options.ENABLE_SMART_PUNCTUATION
    return str(pyromark.html(text, options=flags))


class _Offsets:
    """Byte offsets of the UTF-8 form of a text to offsets in the text."""

    def __init__(self, text: str) -> None:
        self._table: list[int] | None = None
        if not text.isascii():
            table: list[int] = []
            done = 0
            for found in _NOT_ASCII.finditer(text):
                at = found.start()
                table.extend(range(done, at))
                table += (at,) * (
                    2 if (char := found[0]) < "\u0800" else 3 if char < "\U00010000" else 4
                )
                done = at + 1
            table.extend(range(done, len(text) + 1))
            self._table = table

    def __call__(self, offset: int) -> int:
        return offset if self._table is None else self._table[offset]


def heading_events(text: str, markup: Markup) -> list[Event]:
    """Of what `parse` gives, the events of headings and of what is in them; much faster.

    Where terms of definition lists have ids, theirs too.
    """
    raw = pyromark.events_with_range(text, options=options(markup))
    named = _inside_headings(raw, terms=markup.definition_ids)
    return _runs(text, _events(named, _Offsets(text), len(text)))


def _inside_headings(raw: Iterable[Any], *, terms: bool) -> Iterator[Any]:
    inside = False
    for pair in raw:
        item = pair[0]
        if item.__class__ is dict:
            tag = item.get("Start")
            starts = tag is not None
            if not starts:
                tag = item.get("End")
            if "Heading" in tag if tag.__class__ is dict else terms and tag == _TERM:
                inside = starts
                if not starts:
                    yield pair
        if inside:
            yield pair


_TERM = "DefinitionListTitle"
_new = tuple.__new__
"""Makes an event twice as fast as its class does; there are hundreds on each page."""


def _events(raw: Iterable[Any], chars: _Offsets, size: int) -> list[Event]:
    """pyromark's events in our form, without those of the context after `size`."""
    table = chars._table
    events: list[Event] = []
    append = events.append
    for item, span in raw:
        start, end = span["start"], span["end"]
        if table is not None:
            start, end = table[start], table[end]
        if start >= size and start < end:
            break
        if item.__class__ is str:
            append(_new(Event, (item, start, end, None)))
            continue
        kind, value = item.popitem()
        if kind == "Start":
            kind, value = (value, None) if value.__class__ is str else value.popitem()
        elif kind == "End":
            kind, value = (value, None) if value.__class__ is str else value.popitem()
            kind = "/" + kind
        append(_new(Event, (kind, start, end if end < size else size, value)))
    return events


def _runs(source: str, events: list[Event]) -> list[Event]:
    """Join texts that touch or are parted by the backslash of an escape only."""
    joined: list[Event] = []
    inside = 0
    for event in events:
        kind = event.kind
        if kind == "Text" and not inside:
            start = event.start
            if joined and joined[-1].kind == "Text" and joined[-1].end >= start - 1:
                last = joined[-1]
                if last.end == start or source[last.end] == "\\":
                    joined[-1] = Event("Text", last.start, event.end, last.value + event.value)
                    continue
            elif start and source[start - 1] == "\\" and _is_escape(joined, start):
                event = Event("Text", start - 1, event.end, event.value)
        elif kind == "Text":
            event = Event("CodeText", event.start, event.end, event.value)
        elif kind in ("CodeBlock", "HtmlBlock"):
            inside += 1
        elif kind in ("/CodeBlock", "/HtmlBlock"):
            inside -= 1
        joined.append(event)
    return joined


def _is_escape(before: list[Event], start: int) -> bool:
    """Whether the backslash before `start` belongs to no event and so escapes a character."""
    if not before:
        return True
    last = before[-1]
    if last.kind[0] == "/" or last.kind in ("Code", "InlineHtml", "HardBreak", "SoftBreak"):
        return last.end < start
    return True


def _paragraphs(events: list[Event]) -> list[Event]:
    """Put the inline content of tight items and definitions into paragraphs."""
    result: list[Event] = []
    stack: list[str] = []
    first = -1
    for event in events:
        kind = event.kind
        if kind in _INLINE:
            if first < 0 and not (stack and stack[-1] in _HOLDERS):
                first = len(result)
            result.append(event)
            continue
        if kind in _INLINE_ENDS:
            result.append(event)
            continue
        if first >= 0:
            first = _close_paragraph(result, first)
        if kind[0] == "/":
            name = kind[1:]
            while stack and stack.pop() != name:
                pass
        elif kind not in ("Rule", "Html", "CodeText"):
            stack.append(kind)
        result.append(event)
    if first >= 0:
        _close_paragraph(result, first)
    return result


def _close_paragraph(result: list[Event], first: int) -> int:
    start, end = result[first].start, max(event.end for event in result[first:])
    result.insert(first, Event("Paragraph", start, end))
    result.append(Event("/Paragraph", start, end))
    return -1
