"""Which pages a list page lists, and in which order: Hugo's `.Pages`."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from migrate.model import Page, Site


def children(site: Site) -> dict[str, tuple[Page, ...]]:
    """Identity of a list page -> its pages in Hugo's default order.

    A section lists its own pages and its direct sections; a term the pages that have it; a
    taxonomy its terms; the home page the pages at the root and the first-level sections. A feed
    has no tree: its list pages list all its items.
    """
    if site.source is None:
        items = tuple(sorted((p for p in site.pages if p.kind == "page"), key=order))
        return {page.identity: items for page in site.pages if page.kind != "page"}
    owners: dict[tuple[str, str], Page] = {}
    by_url: dict[str, Page] = {}
    for page in site.pages:
        by_url[page.url] = page
        if page.kind in ("home", "section") and page.logical:
            owners[page.language, page.logical] = page
    found: dict[str, list[Page]] = {p.identity: [] for p in site.pages if p.kind != "page"}
    taxonomies = {
        (page.language, page.logical): page for page in site.pages if page.kind == "taxonomy"
    }
    for page in site.pages:
        owner = _owner(page, owners)
        if page.kind == "term":
            owner = _taxonomy(page, taxonomies)
        if owner is not None:
            found[owner.identity].append(page)
        for urls in page.terms.values():
            for url in urls:
                term = by_url.get(url)
                if term is not None and term.kind == "term":
                    found[term.identity].append(page)
    return {identity: tuple(sorted(pages, key=order)) for identity, pages in found.items()}


def _taxonomy(term: Page, taxonomies: Mapping[tuple[str, str], Page]) -> Page | None:
    """The taxonomy of a term; a term's path may have folders, and its URL is no guide to it."""
    folder = term.logical
    while folder not in ("", "/"):
        folder = posixpath.dirname(folder)
        if found := taxonomies.get((term.language, folder)):
            return found
    return None


def _owner(page: Page, owners: Mapping[tuple[str, str], Page]) -> Page | None:
    if page.kind not in ("page", "section") or not page.logical:
        return None
    folder = posixpath.dirname(page.logical)
    while True:
        owner = owners.get((page.language, folder))
        if owner is not None or folder == "/":
            return owner
        folder = posixpath.dirname(folder)


def order(page: Page) -> tuple[bool, int, tuple[int, ...], str]:
    """Weight (0 last), date (newest first), link title."""
    newest_first = tuple(-ord(character) for character in page.date or "0001-01-01")
    title = str(page.front.get("linktitle") or page.title)
    return (page.weight == 0, page.weight, newest_first, title)
