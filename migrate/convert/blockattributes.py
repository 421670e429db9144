"""Goldmark's block attributes: `{.lead}` on the line after a block, where the site has them on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import myst
from migrate.convert.links import image_line
from migrate.convert.standing import indented, removed
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.attributes import Attributes, parse_attributes
from migrate.read.markdown import Event

_LINE = re.compile(r"\{[^{}\n]+\}[ \t]*")
_CLASS = re.compile(r"[a-zA-Z_][\w-]*")
"""Classes that mystmd reads in `{div .class}`."""


def attribute_line(event: Event, walk: Walk) -> Iterator[Edit]:
    """At the end of a paragraph, quote or list: the line of braces after it wraps it."""
    opener = walk.opener
    if opener is None:
        return
    if opener.start >= walk.skip_until and _alone(opener, walk):
        apart = (
            walk.text[max(0, opener.start - 9) : opener.start]
            .rstrip(" \t")
            .endswith(("\n\n", "\n\r\n"))
        )
        end = opener.start + len(_source(opener, walk))
        yield removed(opener.start, end, apart, walk)
        return
    found = _last_line(opener, walk)
    if found is None or not _belongs_to(opener, found[0], walk):
        return
    start, attributes = found
    end = opener.start + len(walk.text[opener.start : event.end].rstrip())
    inner_end = opener.start + len(walk.text[opener.start : start].rstrip(" \t>\r\n"))
    walk.take(inner_end, end)  # with the break before the line
    while (above := _last_line(opener._replace(end=inner_end), walk)) is not None:
        inner_end = opener.start + len(walk.text[opener.start : above[0]].rstrip(" \t>\r\n"))
    line = image_line(walk, opener.start, inner_end, attributes)
    if line is not None:
        yield Edit(opener.start, end, indented(line, walk.prefix(opener.start)))
        return
    wrapped = wrap(walk, opener.start, inner_end, attributes)
    yield Edit(opener.start, end, wrapped)


def _source(opener: Event, walk: Walk) -> str:
    return walk.masked[opener.start : opener.end].rstrip()


def _alone(opener: Event, walk: Walk) -> bool:
    """A paragraph of attributes only, which Goldmark doesn't show."""
    source = _source(opener, walk) if opener.kind == "Paragraph" else ""
    if not _LINE.fullmatch(source) or parse_attributes(source.rstrip()) is None:
        return False
    line = walk.text.rfind("\n", 0, opener.start) + 1
    return not walk.text[line : opener.start].strip()


def wrap(walk: Walk, start: int, end: int, attributes: Attributes, name: str = "div") -> str:
    """The converted text of a span in a directive that carries the classes and the id."""
    inner = walk.take(start, end)
    label = walk.ctx.label(attributes.id) if attributes.id else None
    marks = [f".{one}" for one in attributes.classes if _CLASS.fullmatch(one)]
    marks += [f"#{label}"] if label else []
    if not marks:
        return inner
    prefix = walk.prefix(start)
    fence = ":" * myst.fence_length(inner)
    return f"{fence}{{{name} {' '.join(marks)}}}\n{prefix}{inner}\n{prefix}{fence}"


def _last_line(opener: Event, walk: Walk) -> tuple[int, Attributes] | None:
    """Where the attribute line of an element begins, and what it says."""
    text = walk.masked
    body = text[opener.start : opener.end].rstrip()
    if not body.endswith("}"):
        return None
    line = body.rfind("\n") + 1
    if line == 0:
        return None
    rest = body[line:].lstrip(" \t>")
    if not _LINE.fullmatch(rest):
        return None
    attributes = parse_attributes(rest.rstrip())
    return None if attributes is None else (opener.start + len(body) - len(rest), attributes)


def _belongs_to(opener: Event, at: int, walk: Walk) -> bool:
    """Whether the line at `at` is outside all containers within `opener`, and inside its own."""
    text = walk.masked
    line = text[text.rfind("\n", 0, at) + 1 : at]
    marks, indent = line.count(">"), len(line.rpartition(">")[2].expandtabs(4))
    quotes = sum(event.kind == "BlockQuote" for event in walk.stack)
    if marks != quotes:
        return False
    item = next((event for event in walk.stack[::-1] if event.kind == "Item"), None)
    if item is not None and indent <= _column(item.start, text):
        return False
    if opener.kind in ("List", "BlockQuote"):
        return indent <= _column(opener.start, text)
    return True


def _column(at: int, text: str) -> int:
    """The column at which a block begins, inside its quotes."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return len(before.rpartition(">")[2].expandtabs(4))


def table_attributes(_event: Event, walk: Walk) -> Iterator[Edit]:
    """A table's last row that is `{.striped}`."""
    opener = walk.opener
    if opener is None:
        return
    found = _last_line(opener, walk)
    if found is None:
        return
    start, attributes = found
    end = opener.start + len(walk.text[opener.start : opener.end].rstrip())
    inner_end = opener.start + len(walk.text[opener.start : start].rstrip(" \t>\r\n"))
    walk.take(inner_end, end)  # with the break before the line
    inner = walk.take(opener.start, inner_end)
    if not attributes.classes:
        yield Edit(opener.start, end, inner)
        return
    prefix = walk.prefix(opener.start)
    head = [":::{table}", f":class: {' '.join(attributes.classes)}", ":enumerated: false", ""]
    text = "\n".join([head[0], *((prefix + line).rstrip() for line in head[1:]), prefix + inner])
    yield Edit(opener.start, end, f"{text}\n{prefix}:::")
