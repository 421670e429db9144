"""The rules of Markdown, in one table.

A rule runs at the events it names, on texts that hold one of its `needs` (any text, where it
names none), if the site's settings ask for it. Both are there for speed: a rule would find nothing
elsewhere.
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
    hooked,
    inline,
    inlinehtml,
    lines,
    links,
    notes,
    rawhtml,
    standing,
    strikes,
    switchedoff,
    tablehead,
)
from migrate.convert.walk import Rule, Table


def _always(ctx: Context) -> bool:
    del ctx
    return True


class Entry(NamedTuple):
    """One row of the table."""

    rule: Rule
    kinds: tuple[str, ...]
    needs: tuple[str, ...] = ()
    when: Callable[[Context], bool] = _always
    here: tuple[str, ...] = ()
    """Of these the span of the event itself must hold one, too."""


_LINE_STARTS = ("Paragraph", "Heading", "DefinitionListTitle", "SoftBreak", "HardBreak")
_BLOCK_ENDS = ("/Paragraph", "/List", "/BlockQuote")


def _setting(*names: str) -> Callable[[Context], bool]:
    """Whether one of these settings of the site's `markup` is on."""
    return lambda ctx: any(getattr(ctx.plan.site.markup, name) for name in names)


def _dollars_count(ctx: Context) -> bool:
    return ctx.plan.math


def _off(name: str) -> Callable[[Context], bool]:
    """Whether this setting of the site's `markup` is off."""
    return lambda ctx: not getattr(ctx.plan.site.markup, name)


_TYPESET = ("--", "...", "<<", ">>")
_MATH = ("math", "katex", "latex", "tex")
_SIGNS = ("++", "==", "~", "^")
_TEXT_ENDS = ("/Paragraph", "/Heading", "/TableCell", "/DefinitionListTitle")
_signs = _setting("strikethrough", "delete", "insert", "mark", "subscript", "superscript")

RULES = (
    Entry(standing.atoms_in_text, ("Text",), ("{{", "$", "\\", "<<")),
    Entry(standing.atoms_in_code, ("Code", "CodeText"), ("{{",)),
    Entry(inline.mentions, ("Text",), ("@",), here=("@",)),
    Entry(inline.dollars, ("Text",), ("$",), _dollars_count, ("$",)),
    Entry(inline.hosts, ("Text",), (".",), here=(".",)),
    Entry(inline.dashes, ("Text",), _TYPESET, _setting("typographer"), _TYPESET),
    Entry(inline.emoji, ("Text",), (":",), _setting("emoji"), (":",)),
    Entry(notes.reference, ("FootnoteReference",), ("[^",)),
    Entry(notes.definition, ("FootnoteDefinition",), ("[^",)),
    Entry(inline.bare_urls, ("Text",), ("://", "www.", "WWW."), here=("://", "w.", "W.")),
    Entry(inline.emails, ("Text",), ("@",), _setting("linkify"), ("@",)),
    Entry(strikes.struck, ("/Strikethrough",), ("~",)),
    Entry(strikes.signs, _TEXT_ENDS, _SIGNS, _signs, _SIGNS),
    Entry(inline.braces, ("Code",), ("}`",)),
    Entry(inline.hard_wraps, ("SoftBreak",), (), _setting("hard_wraps")),
    Entry(lines.terms, ("SoftBreak", "HardBreak"), (":",), _setting("definition_lists")),
    Entry(switchedoff.footnotes, ("Text",), ("[^",), _off("footnotes"), ("[^",)),
    Entry(switchedoff.table, ("SoftBreak", "HardBreak"), ("|", ":-", "-:"), _off("tables")),
    Entry(switchedoff.task, ("Text",), ("[ ]", "[x]", "[X]"), _off("task_lists"), ("[",)),
    Entry(switchedoff.mail, ("Text",), ("@",), _off("linkify"), ("@",)),
    Entry(
        switchedoff.unspaced_task, ("Text",), ("[ ]", "[x]", "[X]"), _setting("task_lists"), ("[",)
    ),
    Entry(lines.uncovered, ("/Paragraph",), ("<", "{{")),
    Entry(lines.line_start, _LINE_STARTS, lines.STARTS),
    Entry(lines.rule, ("Rule",), (":",), _setting("definition_lists")),
    Entry(tablehead.short, ("SoftBreak",), ("-|", "- |", ":|", ": |"), _setting("tables")),
    Entry(lines.zero, ("List",), ("0. ", "0) ")),
    Entry(lines.bullets, ("List",), ("+ +",)),
    Entry(alerts.bold_note, ("Text", "Strong"), ("> **", "> __", ">**", ">__")),
    Entry(links.link, ("/Link",)),
    Entry(inline.shortcut_mention, ("/Link",), ("@",)),
    Entry(links.image, ("/Image",), ("![",)),
    Entry(headings.heading, ("/Heading",)),
    Entry(hooked.fence, ("/CodeBlock",), ("```", "~~~"), _setting("code_hooks")),
    Entry(headings.term, ("/DefinitionListTitle",), (), _setting("definition_ids")),
    Entry(code.fence, ("/CodeBlock",), ("{",)),
    Entry(code.math_fence, ("/CodeBlock",), _MATH, _setting("math_fences")),
    Entry(rawhtml.block, ("HtmlBlock",), ("<",)),
    Entry(rawhtml.block_end, ("/HtmlBlock", "/Paragraph"), ("<",)),
    Entry(inlinehtml.inline, ("InlineHtml",), ("<",)),
    Entry(blockattributes.attribute_line, _BLOCK_ENDS, ("}",), _setting("block_attributes")),
    Entry(tablehead.indented, ("TableRow",), ("\n    ",), _setting("tables")),
    Entry(blockattributes.table_attributes, ("/Table",), ("}",), _setting("block_attributes")),
    Entry(alerts.alert, ("/BlockQuote",), ("[!",)),
)


def table(text: str, ctx: Context) -> Table:
    """Event kind -> the rules that a text of this page needs."""
    active: Table = {}
    for rule, kinds, needs, when, here in RULES:
        if (not needs or _holds(text, needs)) and when(ctx):
            for kind in kinds:
                active.setdefault(kind, []).append((rule, here))
    return active


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - a generator takes three times as long
        if sign in text:
            return True
    return False
