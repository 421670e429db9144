"""Pages that Hugo makes itself: home, sections without a file, taxonomies and their terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from migrate.diagnostics import diagnostic
from migrate.model import Kind, Page, Value
from migrate.read import permalinks, titles
from migrate.read.pages import Draft, Language
from migrate.read.settings import mapping, text
from migrate.read.tree import logical

_VALUE = re.compile(r":(?:slug(?:or\w+)?|title|filename|contentbasename)\b")


_MOST_TERMS = 2000
"""Terms of one page in one taxonomy that get pages; each page of a term takes its time."""


def complete(language: Language, drafts: Sequence[Draft]) -> list[Draft]:
    """The pages of the files with those that Hugo adds; terms are entered on their pages."""
    found = list(drafts)
    paths = {draft.page.logical for draft in found} | set(language.entries)
    settings = language.settings
    if "/" not in paths:
        found += _made(language, "home", "", settings.language.title)
    for folder in _sections(language, paths):
        title = titles.section_title(
            folder, pluralize=settings.pluralize, capitalize=settings.capitalize
        )
        found += _made(language, "section", folder, title)
    return _with_terms(language, found, paths)


def _sections(language: Language, paths: set[str]) -> list[str]:
    """First-level folders that hold pages and have no page of their own."""
    found: dict[str, str] = {}
    for path, entry in language.entries.items():
        if path.count("/") > 1:
            folder = entry.path.partition("/")[0]
            if logical(folder) not in paths:
                found.setdefault(logical(folder), folder)
    taxonomies = {logical(plural) for plural in language.settings.taxonomies}
    return [folder for path, folder in found.items() if path not in taxonomies]


def _with_terms(language: Language, drafts: list[Draft], paths: set[str]) -> list[Draft]:
    settings = language.settings
    by_path = {draft.page.logical: draft for draft in drafts}
    # A term's title is its spelling on the first page in the tree's order.
    in_order = sorted(drafts, key=lambda draft: draft.page.logical)
    terms: dict[str, dict[str, tuple[str, ...]]] = {}
    made: list[Draft] = []
    for plural in settings.taxonomies:
        root = logical(plural)
        if "taxonomy" not in settings.disabled_kinds and root not in paths:
            title = titles.term_title(plural, capitalize=settings.capitalize)
            made += _made(language, "taxonomy", plural, title)
        if "term" in settings.disabled_kinds:
            continue
        urls: dict[str, str] = {}
        for draft in in_order:
            values = _terms(draft.page.front, plural)
            if len(values) > _MOST_TERMS:
                source = str(draft.page.source or draft.page.url)
                language.problems.append(
                    diagnostic(
                        "HM111", source, taxonomy=plural, count=len(values), limit=_MOST_TERMS
                    )
                )
                del values[_MOST_TERMS:]
            for value in values:
                path = f"{root}{logical(value)}"
                if path not in urls and path in by_path:
                    urls[path] = by_path[path].page.url
                elif path not in urls and path not in paths:
                    title = titles.term_title(value, capitalize=settings.capitalize)
                    new = _made(language, "term", f"{plural}/{value}", title)
                    made += new
                    urls[path] = new[0].page.url if new else ""
            if values:
                mine = [urls.get(f"{root}{logical(value)}", "") for value in values]
                page_terms = terms.setdefault(draft.page.identity, {})
                page_terms[plural] = tuple(dict.fromkeys(url for url in mine if url))
    return [_entered(draft, terms) for draft in drafts] + made


def _entered(draft: Draft, terms: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Draft:
    mine = terms.get(draft.page.identity)
    return replace(draft, page=replace(draft.page, terms=mine)) if mine else draft


def _terms(front: Mapping[str, Value], plural: str) -> list[str]:
    value = front.get(plural)
    if value is None:
        value = mapping(front.get("params")).get(plural)
    items = value if isinstance(value, list) else [value]
    return [text(item).strip() for item in items if text(item).strip()]


def _made(language: Language, kind: Kind, path: str, title: str) -> list[Draft]:
    """A page without a file, unless its kind is off or a cascade hides it."""
    settings = language.settings
    if kind in settings.disabled_kinds:
        return []
    place = logical(path)
    front = language.cascades.apply({}, place, kind)
    render = text(mapping(front.get("build")).get("render")).lower()
    if render in ("never", "link", "false"):
        return []
    own = "/" + settings.rules.path(path) + "/" if path else "/"
    parts = path.partition("/")
    if kind == "section":
        own = language.folder_url(path) + "/"
    pattern = settings.permalinks.get(kind, {}).get(parts[0].lower())
    if pattern and kind != "home":
        own = _by_pattern(language, pattern, parts[0], parts[2] if kind == "term" else path)
    if kind == "term" and settings.is_ugly(parts[0]):
        own = own.rstrip("/") + ".html"
    url = settings.language.prefix + permalinks.encode(own)
    page = Page(
        identity=url,
        source=None,
        kind=kind,
        url=url,
        title=text(front.get("title")) or title,
        language=settings.language.code,
        front=front,
        aliases=settings.home_aliases if kind == "home" else (),
        section=place[1:].partition("/")[0],
        logical=place,
        bundle=kind in ("home", "section"),
        translation_key=place,
    )
    return [Draft(page, None, page.title, url)]


def _by_pattern(language: Language, pattern: str, root: str, value: str) -> str:
    """The path by a `permalinks` pattern; a slash in a term makes folders."""
    rules = language.settings.rules
    if "/" in value:
        filled = "/".join(rules.token(part) for part in value.split("/"))
        pattern = _VALUE.sub(lambda _: filled, pattern)
    names = permalinks.Names(None, value, "", value, value, root, [root], [root])
    path = permalinks.clean("/" + permalinks.expand(pattern, names, rules))
    return path.rstrip("/") + "/"
