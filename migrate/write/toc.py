"""The table of contents: every page once, in Hugo's order, sections around their pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Any

from migrate.listing import is_hidden, newest_dates, order
from migrate.model import Language, Page
from migrate.plan import Plan

_DEEPEST = 30
"""Levels of sections below which pages are listed flat."""


def tree(plan: Plan) -> list[dict[str, Any]]:
    """`project.toc`: the default language first, each other one as a titled group."""
    languages = plan.site.languages
    default = languages[0].code if languages else ""
    codes = {language.code for language in languages}
    entries = _language(
        plan, [p for p in plan.site.pages if p.language == default or p.language not in codes]
    )
    for language in languages[1:]:
        pages = [page for page in plan.site.pages if page.language == language.code]
        if pages:
            entries.append({"title": _name(language), "children": _language(plan, pages)})
    return entries


def _name(language: Language) -> str:
    return language.name or language.title or language.code


def _language(plan: Plan, pages: list[Page]) -> list[dict[str, Any]]:
    """The tree of one language. mystmd wants a page without children at its root."""
    parents = _parents(pages)
    below: dict[str, list[Page]] = {}
    for page in pages:
        below.setdefault(parents[page.identity], []).append(page)
    newest = newest_dates(pages)
    for members in below.values():
        members.sort(key=lambda page: (page.kind in ("taxonomy", "term"), order(page, newest)))
    roots = below.get("", [])
    roots.sort(
        key=lambda page: (
            page.kind != "home",
            page.kind in ("taxonomy", "term"),
            order(page, newest),
        )
    )
    entries: list[dict[str, Any]] = []
    for page in roots:
        children = below.get(page.identity, ())
        if page.kind == "home":
            entries.append(_entry(page, (), below, plan, 0))
            entries.extend(
                _entry(child, below.get(child.identity, ()), below, plan, 1) for child in children
            )
        else:
            entries.append(_entry(page, children, below, plan, 0))
    return entries


def _parents(pages: Iterable[Page]) -> dict[str, str]:
    """Identity of a page -> identity of the list page it stands under; empty at the root."""
    owners = {page.logical: page for page in pages if page.kind != "page" and page.logical}
    by_url = {posixpath.normpath(page.url): page for page in pages if page.kind == "taxonomy"}
    home = next((page.identity for page in pages if page.kind == "home"), "")
    parents: dict[str, str] = {}
    for page in pages:
        owner = None
        folder = page.logical
        while owner is None and folder not in ("", "/"):
            folder = posixpath.dirname(folder)
            owner = owners.get(folder)
        if owner is None and page.kind == "term":
            owner = by_url.get(posixpath.dirname(page.url.rstrip("/")))
        if page.kind == "home":
            parents[page.identity] = ""
        else:
            parents[page.identity] = owner.identity if owner is not None else home
    return parents


def _entry(
    page: Page, children: Iterable[Page], below: Mapping[str, list[Page]], plan: Plan, depth: int
) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": plan.places[page.identity].as_posix()}
    if is_hidden(page):
        entry["hidden"] = True
    nested = [
        _entry(
            child, below.get(child.identity, ()) if depth < _DEEPEST else (), below, plan, depth + 1
        )
        for child in children
    ]
    if nested:
        entry["children"] = nested
    return entry
