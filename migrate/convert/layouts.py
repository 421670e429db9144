"""Pages whose content is what their `layout` makes: archives of all posts, glossaries of data."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from migrate import myst
from migrate.convert import cards
from migrate.convert.lists import newest_first
from migrate.model import Page
from migrate.shortcodes.values import terms

if TYPE_CHECKING:
    from migrate.context import Context

_ARCHIVES = ("archives", "archive")


def made_by_layout(page: Page, ctx: Context) -> str:
    """What the layout of the page shows below the page's own text; empty for other layouts."""
    layout = str(page.front.get("layout") or "").lower()
    if page.kind not in ("page", "section") or (layout not in _ARCHIVES and layout != "glossary"):
        return ""
    return _glossary(page, ctx) if layout == "glossary" else _archive(page, ctx)


def _archive(page: Page, ctx: Context) -> str:
    """The posts of the site, newest first, under their years."""
    dated = [
        other
        for other in ctx.pages()
        if other.kind == "page"
        and other.language == page.language
        and other.identity != page.identity
        and other.date > "0001-12"
    ]
    main = _main_sections(dated, ctx)
    posts = newest_first(other for other in dated if other.section in main)
    parts = []
    for year, found in groupby(posts, key=lambda other: other.date[:4]):
        lines = "\n".join(cards.line(other, ctx, dated=True) for other in found)
        parts.append(f"## {year}\n\n{lines}")
    return "\n\n".join(parts)


def _main_sections(pages: list[Page], ctx: Context) -> set[str]:
    """The sections that the site calls its main ones, else the one with the most pages."""
    named = ctx.plan.site.params.get("mainsections") or ctx.plan.site.config.get("mainsections")
    if isinstance(named, list) and named:
        return {str(name).lower() for name in named}
    counts = Counter(page.section for page in pages if page.section)
    return {section for section, _ in counts.most_common(1)}


def _glossary(page: Page, ctx: Context) -> str:
    """The terms of `data/<language>/termbase`, each with its abbreviation and definition."""
    entries = []
    for term in terms(ctx.plan.site.data, page.language):
        name, short = str(term.get("term") or ""), str(term.get("abbr") or "")
        definition = term.get("definition")
        if not name or not isinstance(definition, str) or not definition.strip():
            continue
        same = not short or short.casefold() == name.casefold()
        shown = (short or name) if same else f"{name} ({short})"
        text = " ".join(ctx.markdown(definition, inline=True).split())
        entries.append((name.casefold(), f"{cards.words(shown, ctx)}\n: {text}"))
    body = "\n\n".join(text for _, text in sorted(entries))
    # A glossary's words have labels, which two languages can't both have.
    several = len(ctx.plan.site.languages) > 1
    return body if several or not body else myst.directive("glossary", body=body)
