"""HTML to MyST: feed items, raw HTML in Markdown, HTML pages, and what real Hugo renders.

One tree, one walk (`elements`), rules first (`rule_table`). The result proves itself: words in
must be words out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migrate.context import Context
    from migrate.convert.elements import Converter

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"[<&]")
_BREAKS = re.compile(r"(?<![^\S\v\n])[^\S\v\n]*+[\v\n]\s*+")
_LOOKED_UP = 300
"""How many words that don't stand alone in the result are looked for inside longer ones."""


def html_to_myst(html: str, ctx: Context, *, inline: bool = False) -> str:
    """The HTML as MyST: blocks without a line break at their end, or with `inline` one line.

    Links and images are resolved by `ctx`, which also takes what is to be said of the page. Never
    raises for any input; nothing that runs (scripts, handlers, `javascript:`) reaches the output.
    """
    if not html.strip():
        return ""
    from migrate.convert.elements import Converter
    from migrate.convert.flat import flatten
    from migrate.convert.footnotes import known
    from migrate.convert.formulas import mark
    from migrate.convert.orgmode import show_tasks
    from migrate.convert.soup import TEXT, parse
    from migrate.mathematics import reads_dollars

    soup = parse(html)
    if "url(" in html:
        from migrate.convert import backgrounds

        backgrounds.show(soup)
    whole = ctx.depth == 0 and ctx.page.format == "html" and not inline
    converter = Converter(ctx, html, whole=whole, inline=inline)
    if soup.flattened:
        ctx.report("HM509", 0, count=soup.flattened)
    said = soup.get_text(" ", types=TEXT)
    dollars = "$" in html and (
        ctx.page.identity in ctx.plan.math_pages or reads_dollars(ctx.page, ctx.plan.site)
    )
    if dollars or "\\(" in html or "\\[" in html:
        mark(soup, dollars=dollars)
    if ctx.page.format == "org":
        show_tasks(soup)
    if "#" in html and ("<li" in html or "footnote-definition" in html):
        converter.footnotes = known(soup)
    flat = inline and flatten(soup)
    top = [node for root in soup.contents for node in _content(root)]
    if inline:
        text = _line(converter, top) if flat else converter.line(top)
    else:
        text = converter.blocks(top)
    lost = lost_words(said, text, converter.accounted)
    if lost:
        ctx.report("HM501", converter.place(lost[0]), words=" ".join(lost[:12]), count=len(lost))
    return text


def _line(converter: Converter, nodes: list[object]) -> str:
    """Flattened nodes on one line, the breaks between them as `<br>`."""
    text = converter.join(converter.strings(nodes, frozenset())).replace("\\\n", "\n")
    return converter.one_line(_BREAKS.sub("<br>", text.strip()))


def _content(node: object) -> list[object]:
    """The nodes of the page without `html`, `head` and `body` around them."""
    from bs4 import Tag

    if isinstance(node, Tag) and node.name in ("html", "body", "head"):
        return [inner for child in node.contents for inner in _content(child)]
    return [node]


def lost_words(before: str, after: str, accounted: list[str]) -> list[str]:
    """The words of `before` that neither `after` nor `accounted` hold as often."""
    wanted = Counter(_WORD.findall(before))
    wanted.subtract(_WORD.findall(after))
    for text in accounted:
        wanted.subtract(_WORD.findall(text))
    missing = [(word, count) for word, count in wanted.items() if count > 0]
    if not missing:
        return []
    held = after + " ".join(accounted)
    return [word for word, _ in missing[:_LOOKED_UP] if word not in held]
