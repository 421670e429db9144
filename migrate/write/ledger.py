"""The URL ledger: every URL that Hugo publishes, and what has become of it.

Hugo's rules for what it publishes beside pages (feeds of list pages, pagers, aliases, the site
map) are those of 0.168; a theme may print fewer pagers and feeds than are listed here, never more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from migrate.model import Page, Site
from migrate.places import served
from migrate.plan import Plan

Fate = Literal["same", "redirected", "gone"]

_PAGER_SIZE = 10
_LISTS = ("home", "section", "taxonomy", "term")


@dataclass(frozen=True, slots=True)
class Entry:
    """One URL of the old site, as a path from its root."""

    url: str
    fate: Fate
    to: str = ""
    """Where a redirect leads: a path from the new site's root."""
    why: str = ""
    """What the URL was, or why it is gone."""


def ledger(
    plan: Plan,
    copied: Iterable[str],
    feeds: Iterable[str] = (),
    former: Mapping[str, str] | None = None,
) -> tuple[Entry, ...]:
    """All URLs of the site, each once, sorted.

    `copied` are URLs of the assets that are in the project, `feeds` of the feeds that we write,
    `former` URLs that pages had in earlier runs, with the page's identity.
    """
    entries: dict[str, Entry] = {}
    for entry in _all(plan, frozenset(copied), frozenset(feeds)):
        entries.setdefault(entry.url, entry)
    for url, identity in (former or {}).items():
        entries.setdefault(url, Entry(url, "redirected", address(plan.places[identity]), "moved"))
    return tuple(entries[url] for url in sorted(entries))


def _all(plan: Plan, copied: frozenset[str], feeds: frozenset[str]) -> Iterator[Entry]:
    site = plan.site
    for page in site.pages:
        yield _page(page, plan)
    for asset in (*site.assets, *(a for page in site.pages for a in page.resources)):
        if asset.url in copied:
            yield Entry(asset.url, "same", why="file")
        elif asset.published:
            yield Entry(asset.url, "gone", why="no page uses this file (--all-assets keeps it)")
    for page in site.pages:
        new = address(plan.places[page.identity])
        for alias in page.aliases:
            if alias.rstrip("/") != page.url.rstrip("/"):
                yield Entry(alias, "redirected", new, "alias")
        if page.kind in _LISTS and site.source is not None:
            yield from _list_extras(page, plan, new, feeds)
    if site.source is not None:
        yield Entry("/sitemap.xml", "same", why="mystmd writes one")
        if site.config.get("enablerobotstxt"):
            yield Entry("/robots.txt", "same", why="mystmd writes one")


def _page(page: Page, plan: Plan) -> Entry:
    place = plan.places[page.identity]
    if served(place).rstrip("/") == page.url.rstrip("/"):
        return Entry(page.url, "same", why=page.kind)
    return Entry(page.url, "redirected", address(place), page.kind)


def _list_extras(page: Page, plan: Plan, new: str, feeds: frozenset[str]) -> Iterator[Entry]:
    folder = page.url if page.url.endswith("/") else page.url + "/"
    for name in _formats(page, plan.site):
        feed = folder + name
        if feed in feeds:
            yield Entry(feed, "same", why="feed, with the old GUIDs")
        elif feeds and name.endswith(".xml"):
            yield Entry(feed, "redirected", min(feeds, key=len), "feed of a list")
        else:
            yield Entry(feed, "gone", why="mystmd makes no such file")
    pages = len(plan.children.get(page.identity, ()))
    for number in range(1, -(-pages // _pager_size(plan.site)) + 1):
        if pages > _pager_size(plan.site):
            yield Entry(f"{folder}page/{number}/", "redirected", new, "pager")


def _formats(page: Page, site: Site) -> Iterator[str]:
    """File names of the list page's other output formats; RSS is on by default."""
    outputs = page.front.get("outputs") or _mapping(site.config.get("outputs")).get(page.kind)
    names = [str(n).lower() for n in outputs] if isinstance(outputs, list) else ["html", "rss"]
    formats = _mapping(site.config.get("outputformats"))
    disabled = [str(k).lower() for k in site.config.get("disablekinds") or []]
    for name in names:
        if name in ("html", "amp") or name in disabled:
            continue
        base = str(_mapping(formats.get(name)).get("basename") or "index")
        yield f"{base}.{'xml' if name == 'rss' else 'json' if name == 'json' else name}"


def _pager_size(site: Site) -> int:
    size = _mapping(site.config.get("pagination")).get("pagersize") or site.config.get("paginate")
    return size if isinstance(size, int) and size > 0 else _PAGER_SIZE


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def address(place: PurePosixPath) -> str:
    """The URL of a page file in the new site, with the final slash that hosts add."""
    url = served(place)
    return url if url == "/" else url + "/"


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many URLs met each fate."""
    found = Counter(entry.fate for entry in entries)
    return {fate: found[fate] for fate in ("same", "redirected", "gone")}


def as_json(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Entries as JSON objects without empty values."""
    return [{key: value for key, value in asdict(e).items() if value} for e in entries]
