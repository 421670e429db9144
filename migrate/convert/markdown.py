"""Hugo's Markdown to MyST by edits: mask, parse, collect, apply. Untouched text stays as it is."""

from __future__ import annotations

import re

from migrate.context import Context
from migrate.convert import headings, links
from migrate.convert.calls import key
from migrate.convert.inline import guillemets
from migrate.convert.math import formulas
from migrate.convert.rules import table
from migrate.convert.walk import Atom, OverlapError, Walk, apply
from migrate.read.lexer import lex
from migrate.read.markdown import Event, mask, parse

MAX_DEPTH = 40
"""Text nested deeper than this in shortcodes and HTML is left as it is."""

_DEFINITION = re.compile(r"^[ \t>]*\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
_HTML_HEADING = re.compile(r"<h([1-6])(?![^<>]*\b(?:title|header|heading)\b)[\s>]", re.I)
"""A heading of HTML that is no title of a card or a box."""
_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]", re.MULTILINE)


def markdown_to_myst(text: str, ctx: Context, *, inline: bool = False) -> str:
    """`text`, Hugo's Markdown on the page of `ctx`, as MyST that says the same.

    Text that means the same in both comes back equal. With `inline` the result is one
    paragraph's worth of text without line breaks at its ends. Pure; raises OverlapError only
    for a bug of ours.
    """
    if ctx.depth > MAX_DEPTH:
        ctx.report("HM402", 0)
        return text
    atoms = _atoms(text, ctx)
    masked = mask(text, [(atom.start, atom.end) for atom in atoms])
    if not ctx.depth:
        ctx.record.definitions = _definitions(masked)
    parsed = parse(masked, ctx.plan.site.markup, ctx.record.definitions if ctx.depth else "")
    found = formulas(text, masked, parsed, ctx)
    if "<<" in masked and ctx.plan.site.markup.typographer:
        found += guillemets(masked, parsed.events)
    found = _apart(atoms, found)
    if len(found) > len(atoms):
        atoms = found
        masked = mask(text, [(atom.start, atom.end) for atom in atoms])
        parsed = parse(masked, ctx.plan.site.markup, ctx.record.definitions if ctx.depth else "")
    if not ctx.depth:
        ctx.record.levels = headings.levels(_levels(parsed.events, atoms, text, ctx))
    walk = Walk(text, masked, parsed, atoms, ctx)
    walk.run(table(text, ctx))
    walk.edits.extend(links.definitions(walk))
    try:
        result = apply(text, walk.edits)
    except OverlapError as problem:
        ctx.report("HM401", 0, reason=problem)
        return text
    return result.strip() if inline else result


def _atoms(text: str, ctx: Context) -> list[Atom]:
    """The shortcodes of a text and what Hugo prints for escaped ones, in order."""
    if "{{" not in text:
        return []
    lexed = lex(text, ctx.plan.closers)
    for at, message in lexed.errors:
        ctx.report("HM302", at, message=message)
    atoms = [Atom(call.start, call.end, call) for call in lexed.calls]
    spans = [(call.start, call.end) for call in lexed.calls]
    atoms += [
        Atom(start, end, text=shown)
        for start, end, shown in lexed.escapes
        if not any(first <= start and end <= last for first, last in spans)
    ]
    return sorted(atoms, key=lambda atom: atom.start)


def _apart(atoms: list[Atom], more: list[Atom]) -> list[Atom]:
    """`atoms` and those of `more` that touch none before them, in order."""
    result: list[Atom] = []
    for atom in sorted([*more, *atoms], key=lambda atom: atom.start):
        if result and atom.start < result[-1].end:
            if atom.call is None or result[-1].call is not None:
                continue
            result.pop()
        result.append(atom)
    return result


def _definitions(text: str) -> str:
    """The reference and footnote definitions of a page, for the pieces that use them."""
    if "]:" not in text:
        return ""
    found = [match[0].strip() for match in _DEFINITION.finditer(text)]
    return "\n".join(found)


def _levels(events: list[Event], atoms: list[Atom], text: str, ctx: Context) -> set[int]:
    """The heading levels of a page, those in its HTML and its shortcodes too."""
    found = {int(event.value["level"][1:]) for event in events if event.kind == "Heading"}
    rendered = ctx.plan.rendered
    for event in events:
        if event.kind == "HtmlBlock" and ctx.plan.site.markup.unsafe:
            found |= {int(m[1]) for m in _HTML_HEADING.finditer(text, event.start, event.end)}
    for atom in atoms:
        if atom.call is None:
            continue
        if atom.call.paired:
            found |= {len(m[1]) for m in _HEADING.finditer(text, atom.start, atom.end)}
        if rendered and (html := rendered.get(key(atom.call, text, ctx.page))):
            found |= {int(m[1]) for m in _HTML_HEADING.finditer(html)}
    return found
