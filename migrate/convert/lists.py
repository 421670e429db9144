"""The generated part of list pages: what a section, a term, a taxonomy or the home page lists.

Hugo's templates make these lists at each build and MyST has no directive for them, so they are
written as Markdown and made anew by each run. They carry no marks of ours: a person's edits
around and inside a list are kept by the three-way merge that a re-run does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from migrate.convert import cards
from migrate.model import Page
from migrate.read.blocks import blocks

if TYPE_CHECKING:
    from migrate.context import Context

_CARDS = 12
"""How many of the newest pages are cards; those before them are lines."""

_LISTS_ITSELF = re.compile(
    r"\{\{[<%]\s*(?:children|list[-_]?\w*|pages?|sections?|section-index|subpages|blog|posts?|recent\S*"
    r"|cards?|hextra/feature-grid|toc-tree)\b",
    re.I,
)
_BULLET = re.compile(r"^-(?= )", re.M)
_BODY_ONLY = re.compile(
    r"hextra|hugo-?book|geekdoc|relearn|hugo-theme-learn|scientific-python|doks", re.I
)
"""Themes whose documentation sections show their own text alone; the sidebar lists the rest."""


def listing(page: Page, ctx: Context) -> str:
    """The list at the end of the page; empty where Hugo's themes list nothing."""
    if page.kind == "page" or blocks(page):
        return ""
    ctx.record.wide = True
    pages = [
        child
        for child in ctx.plan.children.get(page.identity, ())
        if _is_listed(child) and child.identity != page.identity
    ]
    if page.kind == "home":
        return _home(page, pages, ctx)
    if not pages or not _wants_list(page, pages, ctx):
        return ""
    if page.kind == "taxonomy":
        return _terms(pages, ctx)
    if page.kind == "term":
        return _posts_of(page, pages, ctx)
    return posts(pages, ctx) if is_blog(pages) else _index(pages, ctx)


def apart(listed: str, before: str) -> str:
    """The list with another bullet where the text before it ends with a list: two lists that
    follow each other are one in Markdown."""
    if not listed.startswith("- "):
        return listed
    last = re.split(r"\n[ \t]*\n(?=\S)", before)[-1]
    return _BULLET.sub("*", listed) if last.startswith("- ") else listed


def is_blog(pages: Iterable[Page]) -> bool:
    """Whether readers expect the pages by date: most have one, few have a weight."""
    own = [page for page in pages if page.kind == "page"]
    dated = sum(bool(page.date) and not page.date.startswith("0001") for page in own)
    weighted = sum(page.weight != 0 for page in own)
    return len(own) > 0 and 2 * dated > len(own) and 2 * weighted < len(own)


def posts(pages: Iterable[Page], ctx: Context) -> str:
    """Pages of a blog: the newest as cards, the others as lines; its sections last."""
    ordered = newest_first(page for page in pages if page.kind == "page")
    sections = [page for page in pages if page.kind != "page"]
    parts = [_cards_then_lines(ordered, ctx)]
    if sections:
        parts.append(_index(sections, ctx))
    return "\n\n".join(parts)


def _posts_of(term: Page, pages: Iterable[Page], ctx: Context) -> str:
    """The pages of a term: those first that a page's `tags_weight` puts there, as Hugo does."""
    key = f"{term.logical.strip('/').partition('/')[0]}_weight"
    ordered = newest_first(pages)
    ranks = {p.identity: w for p in ordered if isinstance(w := p.front.get(key), int) and w}
    ordered.sort(key=lambda page: ranks.get(page.identity, 1 << 40))
    if any(page.date > "0001-12" for page in ordered):
        return _cards_then_lines(ordered, ctx)
    return _index(ordered, ctx)


def _cards_then_lines(ordered: list[Page], ctx: Context) -> str:
    parts = [cards.grid(cards.card(page, ctx) for page in ordered[:_CARDS])]
    if rest := ordered[_CARDS:]:
        parts.append("\n".join(cards.line(page, ctx, dated=True) for page in rest))
    return "\n\n".join(parts)


def newest_first(pages: Iterable[Page]) -> list[Page]:
    """Pages by date, those without one last; pages of one day stay in Hugo's order."""
    return sorted(pages, key=lambda page: page.date or "0001", reverse=True)


def _index(pages: Iterable[Page], ctx: Context) -> str:
    return "\n".join(cards.line(page, ctx, dated=False) for page in pages)


def _terms(pages: Iterable[Page], ctx: Context) -> str:
    ordered = sorted(pages, key=lambda page: cards.name(page, ctx).casefold())
    lines = []
    for term in ordered:
        count = len(ctx.plan.children.get(term.identity, ()))
        lines.append(f"- {cards.link(term, ctx)}" + (f" ({count})" if count else ""))
    return "\n".join(lines)


def _home(page: Page, pages: list[Page], ctx: Context) -> str:
    """The newest posts of a blog, or the sections, where the home page has no text of its own."""
    if page.body.strip() or not pages:
        return ""
    for section in sorted(pages, key=lambda child: -_size(child, ctx)):
        entries = [p for p in ctx.plan.children.get(section.identity, ()) if _is_listed(p)]
        if section.kind == "section" and is_blog(entries):
            newest = newest_first(p for p in entries if p.kind == "page")[:_CARDS]
            return cards.grid(cards.card(p, ctx) for p in newest) + "\n\n" + _index(pages, ctx)
    return posts(pages, ctx) if is_blog(pages) else _index(pages, ctx)


def _size(page: Page, ctx: Context) -> int:
    return len(ctx.plan.children.get(page.identity, ()))


def _wants_list(page: Page, pages: list[Page], ctx: Context) -> bool:
    params = page.front.get("params")
    if page.front.get("no_list") is True or (
        isinstance(params, Mapping) and params.get("no_list") is True
    ):
        return False
    if page.kind != "section" or not page.body.strip():
        return True
    if _LISTS_ITSELF.search(page.body):
        return False
    return is_blog(pages) or not any(_BODY_ONLY.search(module) for module in ctx.plan.site.modules)


def _is_listed(page: Page) -> bool:
    build = page.front.get("build") or page.front.get("_build")
    hidden = isinstance(build, Mapping) and build.get("list") in ("never", False)
    return not hidden and page.kind != "taxonomy"
