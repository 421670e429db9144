"""Blocks that list pages: collections, portfolios, tag clouds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from migrate.convert import blockparts as parts
from migrate.convert import cards
from migrate.convert.blockparts import Fields, join
from migrate.model import Page, Value
from migrate.read.blocks import Block
from migrate.read.people import mentions, slug

if TYPE_CHECKING:
    from migrate.context import Context

_CARDS = 12
_LISTS = frozenset(
    ("citation", "list", "compact", "date-title", "date-title-summary", "1", "4", "5")
)
"""Views that are lines of text; the others show pictures. Academic numbered them."""

_TYPES = {
    "post": ("post", "posts", "blog", "news"),
    "publication": ("publication", "publications"),
    "event": ("event", "events", "talk", "talks"),
    "talk": ("talk", "talks", "event", "events"),
    "project": ("project", "projects"),
}
"""What `page_type` meant before `filters.folders` -> the folders of such pages."""


def collection(block: Block, ctx: Context) -> str:
    """Pages that the block's filters choose, newest first, as the block shows them."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    pages = select(block.content, ctx)
    view = str(block.design.get("view") or block.content.get("view") or "")
    if view in _LISTS:
        shown = "\n".join(cards.line(page, ctx, dated=True) for page in pages)
    else:
        dated = block.design.get("show_date") is not False
        shown = (
            cards.grid(cards.card(page, ctx, date=dated) for page in pages[:_CARDS])
            if pages
            else ""
        )
        lines = [cards.line(page, ctx, dated=dated) for page in pages[_CARDS:]]
        shown = join(shown, "\n".join(lines))
    return join(head, shown, parts.buttons(fields), parts.rest(fields))


def select(content: Mapping[str, Value], ctx: Context) -> list[Page]:
    """The pages that `filters`, `count`, `offset` and `order` choose."""
    filters = content.get("filters")
    filters = filters if isinstance(filters, Mapping) else {}
    kinds = _strings(filters.get("kinds")) or ["page"]
    folders = _strings(filters.get("folders"))
    if not folders and (kind := content.get("page_type")):
        folders = list(_TYPES.get(str(kind), (str(kind),)))
    own = ctx.page
    if not folders and own.kind == "section" and not _is_filtered(filters):
        folders = [own.logical.strip("/")]
    chosen = [
        page
        for page in ctx.pages()
        if page.kind in kinds
        and page.language == own.language
        and page.identity != own.identity
        and (not folders or _in_folder(page, folders))
        and _passes(page, filters)
    ]
    ascending = content.get("order") == "asc" or content.get("sort_ascending") is True
    chosen.sort(key=lambda page: page.date or "0001", reverse=not ascending)
    offset, count = content.get("offset"), content.get("count")
    chosen = chosen[offset if isinstance(offset, int) else 0 :]
    return chosen[:count] if isinstance(count, int) and count > 0 else chosen


def _in_folder(page: Page, folders: list[str]) -> bool:
    return any(page.logical.startswith(f"/{folder.strip('/').lower()}/") for folder in folders)


def _is_filtered(filters: Mapping[str, Value]) -> bool:
    return any(
        _strings(filters.get(key)) for key in ("tag", "tags", "category", "categories", "author")
    )


def _passes(page: Page, filters: Mapping[str, Value]) -> bool:
    featured = page.front.get("featured") is True
    if filters.get("featured_only") is True and not featured:
        return False
    if filters.get("exclude_featured") is True and featured:
        return False
    wanted = _slugs(filters.get("tag")) | _slugs(filters.get("tags"))
    if wanted and not wanted & _slugs(page.front.get("tags")):
        return False
    wanted = _slugs(filters.get("category")) | _slugs(filters.get("categories"))
    if wanted and not wanted & _slugs(page.front.get("categories")):
        return False
    wanted = _slugs(filters.get("publication_type"))
    if wanted and not wanted & _slugs(page.front.get("publication_types")):
        return False
    wanted = _slugs(filters.get("author"))
    return not wanted or bool(wanted & {slug(mention.name) for mention in mentions(page.front)})


def tag_cloud(block: Block, ctx: Context) -> str:
    """The terms of a taxonomy with links to their pages."""
    fields = Fields(block.content, ctx)
    taxonomy = str(block.content.get("taxonomy") or "tags")
    terms = sorted(
        {
            term.identity: term
            for page in ctx.pages()
            if page.kind == "taxonomy" and page.logical.strip("/") == taxonomy
            for term in ctx.plan.children.get(page.identity, ())
        }.values(),
        key=lambda page: page.title.casefold(),
    )
    line = " · ".join(cards.link(term, ctx) for term in terms)
    return join(parts.opening(fields), line, parts.rest(fields))


def _strings(value: Value) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [str(item) for item in value if item] if isinstance(value, list) else []


def _slugs(value: Value) -> set[str]:
    return {slug(item) for item in _strings(value)}
