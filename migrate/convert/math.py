"""Mathematics: where it stands, and how MyST spells it.

Two kinds of sites show formulas. Goldmark's passthrough extension keeps the text between the
delimiters of the configuration raw. On the others the theme's script (KaTeX, MathJax) reads the
text that Goldmark made, so a backslash escape is gone before TeX sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from migrate import myst
from migrate.context import Context
from migrate.convert import equations
from migrate.convert.walk import Atom
from migrate.read.markdown import Event, Parsed

_ESCAPE = re.compile(
    r"(?<!\\)\\\\(?=\s|\Z|\[-?[\d.]{1,6}(?:em|ex|pt|mm|cm|in|px|mu)\])|\\([!-/:-@\[-`{-~])"
)
"""What Goldmark takes away before a script reads a formula. That breaks the end of a row, a
percent and a number sign: these are meant as they are typed."""
_TEX = re.compile(r"[\\^_=]")
_VERBATIM = re.compile(r"<(?:pre|code|script|style|svg)\b", re.IGNORECASE)
_HOLDERS = ("Paragraph", "Heading", "TableCell", "DefinitionListTitle")
ENVIRONMENT = re.compile(
    r"\\begin\{(?:equation|multline|gather|align|alignat|flalign|[pbBvV]?matrix|eqnarray)\*?\}"
)
"""What mystmd takes for a formula at the beginning of a line."""
_LABEL_LIKE = re.compile(r"[ \t]*(\([^)$\r\n]+\)[ \t]*)(?=\r?\n|\Z)")
_WORDS = re.compile(r"[^\s>*+\-\d.)]")
_REST = re.compile(r"[ \t]*(?=\r?\n|\Z)")


def formulas(text: str, masked: str, parsed: Parsed, ctx: Context) -> list[Atom]:
    """The formulas of a text, each with its spelling in MyST, in order."""
    delimiters = _delimiters(ctx)
    environments = "\\begin{" in masked and is_read(ctx)
    refers = "ref{" in masked
    if not environments and not refers and not any(one.opening in masked for one in delimiters):
        return []
    found: list[Atom] = []
    for holder, code in _inline_blocks(parsed.events):
        inside = list(_in_block(text, masked, holder, code, delimiters, ctx))
        if environments and holder.kind == "Paragraph":
            inside += _environments(text, masked, holder, inside, ctx)
        if refers:
            taken = [(one.start, one.end) for one in inside] + [(e.start, e.end) for e in code]
            inside += [
                atom
                for atom in equations.references(masked, holder.start, holder.end, ctx)
                if not any(start < atom.end and atom.start < end for start, end in taken)
            ]
        found += sorted(inside, key=lambda atom: atom.start)
    return found


def is_read(ctx: Context) -> bool:
    """MathJax or KaTeX reads this page: an environment of LaTeX on it is meant as math."""
    markup, body = ctx.plan.site.markup, ctx.page.body
    if ctx.page.identity in ctx.plan.math_pages or "\\\\(" in body or "\\\\[" in body:
        return True
    return bool(markup.passthrough_block or markup.passthrough_inline)


def _environments(
    text: str, masked: str, holder: Event, taken: list[Atom], ctx: Context
) -> Iterator[Atom]:
    """`\\begin{align}` to `\\end{align}` on lines of its own, which mystmd takes as it stands:
    without the backslashes that Markdown asked for."""
    at = holder.start
    for found in ENVIRONMENT.finditer(masked, holder.start, holder.end):
        closer = f"\\end{found[0][6:]}"
        if found.start() < at or not _starts_line(text, found.start()):
            continue
        end = masked.find(closer, found.end(), holder.end) + len(closer)
        if end < len(closer):
            return
        at = end
        if not any(one.start < end and found.start() < one.end for one in taken):
            tex = _ESCAPE.sub(_unescaped, text[found.start() : end])
            yield Atom(found.start(), end, text=equations.labelled(tex, ctx), inline=True)


def in_html(html: str, pieces: dict[str, str], ctx: Context) -> str:
    """Raw HTML whose formulas are placeholders; scripts read them there too.

    The spelling of each goes into `pieces` under the number in its placeholder.
    """
    delimiters = _delimiters(ctx)
    if not any(one.opening in html for one in delimiters) or _VERBATIM.search(html):
        return html
    parts: list[str] = []
    at = 0
    for atom in _in_block(html, html, Event("HtmlBlock", 0, len(html)), (), delimiters, ctx):
        if "<" not in html[atom.start : atom.end]:
            parts += html[at : atom.start], f"hugopiece{len(pieces)}x"
            pieces[str(len(pieces))] = atom.text
            at = atom.end
    parts.append(html[at:])
    return "".join(parts)


class _Pair(NamedTuple):
    opening: str
    closing: str
    display: bool
    raw: bool = False
    """Goldmark's passthrough: it leaves what stands between them alone."""


def _delimiters(ctx: Context) -> list[_Pair]:
    """All that a formula may stand between, the longer ones first."""
    markup = ctx.plan.site.markup
    found = [_Pair(opening, closing, True, True) for opening, closing in markup.passthrough_block]
    found += [_Pair(*pair, False, True) for pair in markup.passthrough_inline]
    if not found:
        found = [_DISPLAY]
        if ctx.page.identity in ctx.plan.math_pages:
            found.append(_Pair("$", "$", False))
    return sorted([*found, *_ALWAYS], key=lambda pair: -len(pair.opening))


_ALWAYS = (_Pair("\\\\[", "\\\\]", True), _Pair("\\\\(", "\\\\)", False))
"""An escaped backslash before a bracket: nobody types it but for MathJax or KaTeX to find it."""
_DISPLAY = _Pair("$$", "$$", True)


def _inline_blocks(events: list[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Each element that holds running text, with the code, tags and autolinks in it."""
    holder: Event | None = None
    opaque: list[Event] = []
    for event in events:
        if event.kind in _HOLDERS:
            holder, opaque = event, []
        elif event.kind[0] == "/" and holder is not None and event.kind[1:] == holder.kind:
            yield holder, opaque
            holder = None
        elif event.kind in ("Code", "InlineHtml") or (
            event.kind == "Link" and event.value["link_type"] in ("Autolink", "Email")
        ):
            opaque.append(event)


def _in_block(
    text: str,
    masked: str,
    holder: Event,
    opaque: Iterable[Event],
    delimiters: list[_Pair],
    ctx: Context,
) -> Iterator[Atom]:
    at, end = holder.start, holder.end
    code = [(event.start, event.end) for event in opaque]
    while at < end:
        starts = [
            (found, pair)
            for pair in delimiters
            if (found := masked.find(pair.opening, at, end)) >= 0
        ]
        if not starts:
            return
        start, (opening, closing, display, raw) = min(
            starts, key=lambda item: (item[0], -len(item[1].opening))
        )
        inside = next((stop for first, stop in code if first <= start < stop), None)
        if inside is not None:
            at = inside
            continue
        if _escaped(masked, start, holder.start):
            at = start + 1
            continue
        stop = _closing(masked, start + len(opening), end, closing)
        if stop < 0 or not masked[start + len(opening) : stop].strip():
            at = start + len(opening)
            continue
        if not raw and any(start < first < stop for first, _ in code):
            at = start + len(opening)  # a script reads no formula across an element
            continue
        content = text[start + len(opening) : stop]
        if opening == "$$" and not raw and not _meant(content, ctx):
            at = stop + len(closing)
            continue
        at = stop + len(closing)
        yield _formula(text, start, at, content, display, raw, holder, ctx)


def _meant(content: str, ctx: Context) -> bool:
    """MathJax reads `$$` without being told: where a formula stands in it, it is one."""
    return ctx.page.identity in ctx.plan.math_pages or _TEX.search(content) is not None


def _closing(text: str, at: int, end: int, closing: str) -> int:
    while (found := text.find(closing, at, end)) >= 0:
        if closing[0] == "\\" or not _escaped(text, found, at):
            return found
        at = found + 1
    return -1


def _escaped(text: str, at: int, first: int) -> bool:
    count = 0
    while at - count > first and text[at - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _formula(
    text: str,
    start: int,
    end: int,
    content: str,
    display: bool,
    raw: bool,
    holder: Event,
    ctx: Context,
) -> Atom:
    source = text[start:end]
    if source.startswith("\\begin{"):
        content = source  # a delimiter that is a part of the formula
    tex = content if raw else _ESCAPE.sub(_unescaped, content)
    tex = equations.labelled(equations.without_definitions(tex), ctx)
    if content.strip() and not tex.strip():
        return Atom(start, end, text="", inline=not display)
    if shown := equations.sole_reference(tex, ctx):
        return Atom(start, end, text=shown)
    if display and holder.kind in ("Paragraph", "HtmlBlock") and _fills_lines(text, start, end):
        quoted = ">" in text[text.rfind("\n", 0, start) + 1 : start]
        shown = _display(source, content, tex, ctx, quoted=quoted)
        alone = not text[holder.start : start].strip() and not text[end : holder.end].strip()
        return Atom(start, end, text=shown, inline=alone or ctx.plan.math)
    if display and start == holder.start and (after := _LABEL_LIKE.match(text, end)):
        # `$$ x $$ (one)` names the equation in mystmd.
        return Atom(start, after.start(1), text=_display(source, content, tex, ctx) + "\n\n")
    tex = equations.in_line(tex)
    if ctx.plan.math:
        if source.startswith("$") and not source.startswith("$$") and tex == content:
            return Atom(start, end, text=source)
        return Atom(start, end, text=f"${tex.strip()}$")
    return Atom(start, end, text=myst.role("math", " ".join(tex.split())))


def _unescaped(found: re.Match[str]) -> str:
    return found[0] if found[1] in (None, "%", "#") else found[1]


def _fills_lines(text: str, start: int, end: int) -> bool:
    """Whether nothing but marks of quotes and items stands before, and nothing after."""
    return _starts_line(text, start) and _REST.match(text, end) is not None


def _starts_line(text: str, at: int) -> bool:
    return not _WORDS.search(text[text.rfind("\n", 0, at) + 1 : at])


def _display(source: str, content: str, tex: str, ctx: Context, *, quoted: bool = False) -> str:
    """A formula on lines of its own; mystmd takes the `>` of a quote's lines into one of `$$`."""
    if source == content and ENVIRONMENT.match(tex):
        return tex  # mystmd knows it without delimiters
    if directive := equations.numbered(tex, ctx):
        return directive
    if quoted and ctx.plan.math:
        shown = _dedented(tex)
        return f"$${shown}$$" if "\n" not in shown else f"```{{math}}\n{shown}\n```"
    if ctx.plan.math and source.startswith("$$"):
        if tex == content:
            return source
        if "\n" not in source:
            return f"$${tex}$$"
    if ctx.plan.math:
        return f"$$\n{_dedented(tex)}\n$$"
    return f"```{{math}}\n{_dedented(tex)}\n```"


def _dedented(tex: str) -> str:
    return "\n".join(
        line.strip(" \t>\r") for line in tex.strip().split("\n") if line.strip(" \t>\r")
    )
