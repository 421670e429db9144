"""The rules of Markdown, in one table.

A rule runs at the events it names, on texts that hold one of its `needs` (any text, where it
names none), if the site's settings ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from migrate.context import Context
from migrate.convert import (
    alerts,
    blockattributes,
    code,
    headings,
    inline,
    inlinehtml,
    lines,
    links,
    rawhtml,
    standing,
)
from migrate.convert.walk import Rule


def _always(ctx: Context) -> bool:
    del ctx
    return True


class Entry(NamedTuple):
    """One row of the table."""

    rule: Rule
    kinds: tuple[str, ...]
    needs: tuple[str, ...] = ()
    when: Callable[[Context], bool] = _always


_LINE_STARTS = ("Paragraph", "Heading", "DefinitionListTitle", "SoftBreak", "HardBreak")
_BLOCK_ENDS = ("/Paragraph", "/List", "/BlockQuote")


def _setting(*names: str) -> Callable[[Context], bool]:
    """Whether one of these settings of the site's `markup` is on."""
    return lambda ctx: any(getattr(ctx.plan.site.markup, name) for name in names)


def _dollars_are_text(ctx: Context) -> bool:
    return ctx.plan.math and not is_math_page(ctx)


_EXTRAS = _setting("insert", "mark", "subscript", "superscript")

RULES = (
    Entry(standing.atoms_in_text, ("Text",), ("{{", "$", "\\", "<<")),
    Entry(standing.atoms_in_code, ("Code", "CodeText"), ("{{",)),
    Entry(inline.mentions, ("Text",), ("@",)),
    Entry(inline.dollars, ("Text",), ("$",), _dollars_are_text),
    Entry(inline.hosts, ("Text",), (".",)),
    Entry(inline.dashes, ("Text",), ("--", "...", "<<", ">>"), _setting("typographer")),
    Entry(inline.emoji, ("Text",), (":",), _setting("emoji")),
    Entry(inline.footnote_spelling, ("FootnoteReference",), ("[^",)),
    Entry(inline.bare_urls, ("Text",), ("://", "www.", "WWW.")),
    Entry(inline.emails, ("Text",), ("@",), _setting("linkify")),
    Entry(inline.marked, ("Text",), ("++", "==", "~", "^"), _EXTRAS),
    Entry(inline.struck, ("/Strikethrough",), ("~",)),
    Entry(inline.braces, ("Code",), ("}`",)),
    Entry(inline.hard_wraps, ("SoftBreak",), (), _setting("hard_wraps")),
    Entry(lines.line_start, _LINE_STARTS, lines.STARTS),
    Entry(lines.zero, ("List",), ("0. ", "0) ")),
    Entry(lines.bullets, ("List",), ("+ +",)),
    Entry(alerts.bold_note, ("Text", "Strong"), ("> **", "> __", ">**", ">__")),
    Entry(links.link, ("/Link",)),
    Entry(inline.shortcut_mention, ("/Link",), ("@",)),
    Entry(links.image, ("/Image",), ("![",)),
    Entry(headings.heading, ("/Heading",)),
    Entry(code.fence, ("/CodeBlock",), ("{",)),
    Entry(rawhtml.block, ("HtmlBlock",), ("<",)),
    Entry(rawhtml.block_end, ("/HtmlBlock",), ("<",)),
    Entry(inlinehtml.inline, ("InlineHtml",), ("<",)),
    Entry(blockattributes.attribute_line, _BLOCK_ENDS, ("}",), _setting("block_attributes")),
    Entry(blockattributes.table_attributes, ("/Table",), ("}",), _setting("block_attributes")),
    Entry(alerts.alert, ("/BlockQuote",), ("[!",), _setting("alert_hook")),
)


def is_math_page(ctx: Context) -> bool:
    """`$…$` is math on this page: the theme's script reads it in the browser."""
    return ctx.page.identity in ctx.plan.math_pages


def table(text: str, ctx: Context) -> dict[str, list[Rule]]:
    """Event kind -> the rules that a text of this page needs."""
    active: dict[str, list[Rule]] = {}
    for entry in RULES:
        if entry.needs and not any(sign in text for sign in entry.needs):
            continue
        if entry.when(ctx):
            for kind in entry.kinds:
                active.setdefault(kind, []).append(entry.rule)
    return active
