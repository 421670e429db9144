"""The rules of Markdown, in one table.

A rule runs at the events it names, on texts that hold one of its `needs` (any text, where it
names none), if the site's settings ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from migrate.context import Context
from migrate.convert import headings, inline, lines, links, rawhtml, standing
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

RULES = (
    Entry(standing.atoms_in_text, ("Text",), ("{{", "$", "\\", "<<")),
    Entry(standing.atoms_in_code, ("Code",), ("{{",)),
    Entry(inline.mentions, ("Text",), ("@",)),
    Entry(inline.dollars, ("Text",), ("$",), lambda ctx: ctx.plan.math and not is_math_page(ctx)),
    Entry(inline.hosts, ("Text",), (".",)),
    Entry(inline.dashes, ("Text",), ("--", "...", "<<", ">>"), lambda ctx: ctx.plan.site.markup.typographer),
    Entry(inline.emoji, ("Text",), (":",), lambda ctx: ctx.plan.site.markup.emoji),
    Entry(inline.marked, ("Text",), ("++", "=="), lambda ctx: ctx.plan.site.markup.insert or ctx.plan.site.markup.mark),
    Entry(inline.bare_urls, ("Text",), ("://",), lambda ctx: bool(ctx.plan.site.hosts)),
    Entry(inline.struck, ("/Strikethrough", "/Subscript", "/Superscript"), ("~", "^")),
    Entry(inline.braces, ("Code",), ("}`",)),
    Entry(inline.hard_wraps, ("SoftBreak",), (), lambda ctx: ctx.plan.site.markup.hard_wraps),
    Entry(lines.line_start, _LINE_STARTS, lines.STARTS),
    Entry(links.link, ("/Link",), ("](", "<", "][", "[")),
    Entry(inline.shortcut_mention, ("/Link",), ("@",)),
    Entry(links.image, ("/Image",), ("![",)),
    Entry(headings.heading, ("/Heading",)),
    Entry(rawhtml.block, ("HtmlBlock",), ("<",)),
    Entry(rawhtml.inline, ("InlineHtml",), ("<",)),
)  # fmt: skip


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
