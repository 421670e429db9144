"""Which pages belong to a page: those that it lists, as Hugo's `.Pages`, and its translations."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from migrate.model import Page, Site, Value

_NONE: Mapping[str, str] = MappingProxyType({})


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
    newest = newest_dates(site.pages)
    return {
        identity: tuple(sorted(pages, key=lambda page: order(page, newest)))
        for identity, pages in found.items()
    }


def translations(site: Site) -> dict[str, tuple[Page, ...]]:
    """Identity of a page -> the same page in other languages, in the order of the languages.

    Pages of terms that only Hugo makes are none: nobody has translated them.
    """
    if len(site.languages) < 2:
        return {}
    ranks = {language.code: rank for rank, language in enumerate(site.languages)}
    groups: dict[tuple[str, str], list[Page]] = {}
    for page in site.pages:
        written = page.source is not None or page.kind in ("home", "section")
        if written and page.translation_key and page.language in ranks:
            groups.setdefault((page.kind, page.translation_key), []).append(page)
    found: dict[str, tuple[Page, ...]] = {}
    for pages in groups.values():
        pages.sort(key=lambda page: ranks[page.language])
        for page in pages:
            if others := tuple(one for one in pages if one.language != page.language):
                found[page.identity] = others
    return found


def newest_dates(pages: Iterable[Page]) -> dict[str, str]:
    """Identity of a section without a date -> the date of its newest page, by which Hugo ranks
    it among others."""
    newest: dict[tuple[str, str], str] = {}
    pages = tuple(pages)
    for page in pages:
        folder = page.logical
        while page.date and folder not in ("", "/"):
            folder = posixpath.dirname(folder)
            if newest.get((page.language, folder), "") >= page.date:
                break
            newest[page.language, folder] = page.date
    return {
        page.identity: newest[page.language, page.logical]
        for page in pages
        if page.kind == "section" and not page.date and (page.language, page.logical) in newest
    }


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


def order(page: Page, newest: Mapping[str, str] = _NONE) -> tuple[bool, int, tuple[int, ...]]:
    """Weight (0 last), then date, newest first. A stable sort leaves pages of one day as the
    reader has them: by time of day, then by link title."""
    day = page.date or newest.get(page.identity, "0001-01-01")
    return (page.weight == 0, page.weight, tuple(-ord(character) for character in day))


def is_hidden(page: Page) -> bool:
    """Pages that Hugo publishes but no list or menu of a theme shows."""
    if page.kind in ("taxonomy", "term"):
        return True
    front = page.front
    build = front.get("build") or front.get("_build")
    if isinstance(build, Mapping) and build.get("list") in ("never", False):
        return True
    return any(_true(front, key) for key in ("toc_hide", "bookhidden", "geekdochidden", "hidden"))


def _true(front: Mapping[str, Value], key: str) -> bool:
    params = front.get("params")
    return front.get(key) is True or (isinstance(params, Mapping) and params.get(key) is True)
