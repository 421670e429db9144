"""Headings: attributes, targets for linked headings, levels without gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate import myst
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.anchors import heading_id, heading_source, heading_text, named
from migrate.read.markdown import Event


def heading(_event: Event, walk: Walk) -> Iterator[Edit]:
    """`## Title {#setup .lead}`: `(setup)=` above, if something links there, and `## Title`."""
    opener = walk.opener
    if opener is None:
        return
    text = walk.masked
    level = int(opener.value["level"][1:])
    wanted = walk.ctx.record.levels.get(level, level)
    if wanted != level and text[opener.start] == "#":
        yield Edit(opener.start, opener.start + level - wanted, "")
    if walk.ctx.plan.site.markup.heading_attributes and "{" in text[opener.start : opener.end]:
        end, line_end, attributes = heading_source(text, opener)
        if attributes is not None:
            while text[end - 1] in " \t":
                end -= 1
            walk.take(end, line_end)
            yield Edit(end, line_end, "")
    if level == 2 and text[opener.start] != "#" and "|" in text[opener.start : opener.end]:
        yield from _no_table(opener, walk)
    label = _label(opener, walk)
    if label is not None:
        prefix = walk.prefix(opener.start)
        yield Edit(opener.start, opener.start, f"{myst.target(label)}\n{prefix}")


def _no_table(opener: Event, walk: Walk) -> Iterator[Edit]:
    """`| a |` above `--` is a heading; mystmd makes a table of one column of it."""
    first, _, rest = walk.text[opener.start : opener.end].partition("\n")
    if first.strip().strip("|").count("|") == 0 and rest.strip(" \t\r\n>-") == "":
        end = opener.start + len(first.rstrip())
        yield Edit(opener.start, opener.start, "## ")
        yield Edit(end, opener.start + len(first) + 1 + len(rest.rstrip()), "")


def _label(opener: Event, walk: Walk) -> str | None:
    """The label of the heading or term, if one is planned."""
    ctx = walk.ctx
    if not ctx.plan.labels.get(ctx.page.identity):
        return None
    record = ctx.record
    if record.headings is None:
        found = named(ctx.page.body, ctx.plan.site.markup, ctx.plan.closers)
        record.headings = {heading.start: heading.id for heading in found}
    name = record.headings.get(ctx.base + opener.start)
    if name is None and opener.kind == "Heading":
        name = _own_id(opener, walk)
    return ctx.label(name) if name else None


def _own_id(opener: Event, walk: Walk) -> str:
    """The id of a heading that isn't found by its place: in text that was unindented."""
    markup = walk.ctx.plan.site.markup
    end, _, attributes = heading_source(walk.masked, opener)
    if attributes is not None and attributes.id:
        return attributes.id
    inside = [e for e in walk.events[: walk.index] if e.start >= opener.start and e is not opener]
    shown = heading_text(inside, walk.masked, end, markup)
    return heading_id(shown, markup) if shown is not None else ""


def term(_event: Event, walk: Walk) -> Iterator[Edit]:
    """A term of a definition list that something links to: `` {span #id}`term` ``. MyST has no
    target before a term."""
    opener = walk.opener
    label = _label(opener, walk) if opener is not None else None
    if opener is not None and label is not None:
        start = opener.start
        end = start + len(walk.text[start : opener.end].rstrip())
        yield Edit(start, end, myst.role(f"span #{label}", walk.take(start, end)))


def levels(found: Iterable[int]) -> dict[int, int]:
    """Level -> level without gaps, five at most: mystmd makes it so anyway, with a warning."""
    ordered = sorted(set(found))
    return {level: ordered[0] + min(number, 4) for number, level in enumerate(ordered)}
