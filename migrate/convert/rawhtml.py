"""Raw HTML: as Hugo's `unsafe` says, and in MyST's own forms where those are better."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event


def block(event: Event, walk: Walk) -> Iterator[Edit]:
    """An HTML block."""
    html = walk.text[event.start : event.end]
    if html.lstrip().startswith("<!--"):
        return
    body = html.rstrip("\r\n")
    new = walk.ctx.html(body, event.start)
    if new != body:
        yield Edit(event.start, event.start + len(body), new)


def inline(event: Event, walk: Walk) -> Iterator[Edit]:
    """An inline tag."""
    del event, walk
    return iter(())
