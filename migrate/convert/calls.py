"""One shortcode call to MyST: which way it goes, and the form for the place where it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.context import Context
    from migrate.model import Page, Shortcode


class Place(StrEnum):
    """Where a call stands, which decides the form of what it becomes."""

    BLOCK = "block"
    """Alone on its lines; the result is one or more blocks."""
    ITEM = "item"
    """Alone at the start of a list item or quote; blocks too."""
    INLINE = "inline"
    """In running text: one line of inline MyST."""
    HEADING = "heading"
    CELL = "cell"
    """In a pipe table's cell: inline, `|` escaped."""
    CODE = "code"
    """In a code span or block: plain text, nothing escaped."""
    DESTINATION = "destination"
    """In a link's or image's destination: plain text, blanks and brackets encoded."""
    ATTRIBUTE = "attribute"
    """In an HTML attribute: plain text."""


def key(call: Shortcode, text: str, page: Page) -> str:
    """The key of a call in `Plan.rendered`: page and source text, so that it is stable."""
    return f"{page.identity}\n{text[call.start : call.end]}"


def convert_call(call: Shortcode, text: str, ctx: Context, where: Place) -> str:
    """The MyST of `call`, whose spans index `text`; no line break at its ends.

    In BLOCK and ITEM the result is lines without indentation, to be set apart by blank lines;
    elsewhere it is one line. An empty result means that nothing is shown.
    """
    ctx.record.calls.append((call.name, "kept"))
    return text[call.start : call.end]


def render_text(text: str, ctx: Context) -> str:
    """A string of front matter with its calls replaced by their plain text."""
    return text
