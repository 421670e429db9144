"""URLs that Hugo makes beside pages and files: feeds, other formats of lists, pagers, site maps.

The rules are those of Hugo 0.168, checked against its own output (`tests/test_ledger.py`). A
theme may print fewer than are named here, never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from migrate.model import Page, Site
from migrate.plan import Plan

LISTS = ("home", "section", "taxonomy", "term")
_PAGER_SIZE = 10

What = Literal["feed", "format", "pager", "sitemap", "robots"]

_FILES = {
    "calendar": "index.ics",
    "csv": "index.csv",
    "css": "styles.css",
    "json": "index.json",
    "markdown": "index.md",
    "robots": "robots.txt",
    "webappmanifest": "manifest.webmanifest",
    # Hugo Blox defines these in its modules, which a checkout doesn't hold.
    "backlinks": "backlinks.json",
    "headers": "_headers",
    "redirects": "_redirects",
}
"""What Hugo, and a theme, call the file of an output format that the site doesn't define."""


class Made(NamedTuple):
    """One URL that Hugo makes."""

    url: str
    what: What
    page: Page | None
    """The page that it belongs to."""


def generated(plan: Plan) -> Iterator[Made]:
    """All such URLs of the site."""
    site = plan.site if plan.part.own_host else plan.whole
    if site.source is None:
        return
    below = _below(site, plan)
    for page in site.pages:
        folder = re.sub(r"\.html?$", "", page.url).rstrip("/") + "/"
        yield from (Made(folder + name, what, page) for name, what in _formats(page, site))
        if page.kind in LISTS:
            size = _pager_size(site)
            for number in range(1, max(1, -(-below.get(page.identity, 0) // size)) + 1):
                yield Made(f"{folder}page/{number}{_ending(page)}", "pager", page)
    yield Made("/sitemap.xml", "sitemap", None)
    if len(site.languages) > 1:
        yield from (Made(f"/{one.code}/sitemap.xml", "sitemap", None) for one in site.languages)
    if site.config.get("enablerobotstxt"):
        yield Made("/robots.txt", "robots", None)


def _ending(page: Page) -> str:
    """Pagers of a site with `uglyURLs` are files."""
    return "/" if page.url.endswith("/") else ".html"


def _below(site: Site, plan: Plan) -> dict[str, int]:
    """Identity of a list page -> how many pages it may list: its own, or all below it."""
    counts = {identity: len(pages) for identity, pages in plan.children.items()}
    regular: dict[tuple[str, str], int] = {}
    for page in site.pages:
        folder = page.logical if page.kind == "page" else ""
        while folder not in ("", "/"):
            folder = folder.rpartition("/")[0] or "/"
            regular[page.language, folder] = regular.get((page.language, folder), 0) + 1
    for page in site.pages:
        if page.kind in ("home", "section"):
            every = regular.get((page.language, page.logical), 0)
            counts[page.identity] = max(counts.get(page.identity, 0), every)
    return counts


def _formats(page: Page, site: Site) -> Iterator[tuple[str, What]]:
    """Names of the files of a page's other output formats; lists have RSS by default."""
    outputs = page.front.get("outputs") or _mapping(site.config.get("outputs")).get(page.kind)
    if not isinstance(outputs, list):
        outputs = ["rss"] if page.kind in LISTS else []
    names = [str(name).lower() for name in outputs]
    disabled = [str(k).lower() for k in site.config.get("disablekinds") or []]
    for name in dict.fromkeys(names):
        if name in ("html", "amp") or name in disabled:
            continue
        if file := _file(name, site):
            feed = any(word in name for word in ("rss", "atom", "feed"))
            yield file, "feed" if feed and file.endswith(".xml") else "format"


def _file(name: str, site: Site) -> str:
    """The file of an output format; empty where neither the site nor Hugo says."""
    own = _mapping(_mapping(site.config.get("outputformats")).get(name))
    media = str(own.get("mediatype") or ("application/rss+xml" if name == "rss" else ""))
    if not own and name != "rss":
        return _FILES.get(name, "")
    if not media and name in _FILES:
        default, _, suffix = _FILES[name].rpartition(".")
        return f"{own.get('basename') or default}.{suffix}"
    base = str(own.get("basename") or "index")
    types = _mapping(site.config.get("mediatypes"))
    if media.lower() not in types:
        return f"{base}.{_suffix(media)}"
    kind = _mapping(types[media.lower()])
    suffixes = kind.get("suffixes")
    suffix = str(suffixes[0]) if isinstance(suffixes, list) and suffixes else ""
    return f"{base}{kind.get('delimiter', '.')}{suffix}" if suffix else base


def _suffix(media: str) -> str:
    """The ending of Hugo's own media types."""
    known = {"text/plain": "txt", "text/calendar": "ics", "text/markdown": "md"}
    last = media.partition("/")[2]
    return known.get(media) or ("xml" if last.endswith(("rss+xml", "+xml")) else last)


def _pager_size(site: Site) -> int:
    size = _mapping(site.config.get("pagination")).get("pagersize") or site.config.get("paginate")
    return size if isinstance(size, int) and size > 0 else _PAGER_SIZE


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
