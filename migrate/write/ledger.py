"""The URL ledger: every URL that Hugo publishes, and what has become of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from urllib.parse import unquote

from migrate.destinations import address
from migrate.model import Page
from migrate.plan import Plan
from migrate.write.generated import Made, generated

Fate = Literal["same", "redirected", "gone"]


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
    copied: Container[str],
    feeds: Container[str] = (),
    former: Mapping[str, str] | None = None,
    own: Iterable[tuple[str, str]] = (),
) -> tuple[Entry, ...]:
    """All URLs of the site that its project answers for, each once, sorted.

    `copied` are URLs of the assets that are in the project, `feeds` of the feeds that we write,
    `former` URLs that pages had in earlier runs, with the page's identity, `own` the redirects
    that the site's host knows: old path, new path or URL.
    """
    pages = _pages(plan)
    occupied = {address(page, plan).rstrip("/") or "/" for page in pages}
    entries: dict[str, Entry] = {}
    moved = (Entry(old, "redirected", to, "the host's redirect") for old, to in own)
    for entry in chain(_all(pages, plan, copied, feeds, former or {}), moved):
        if not plan.part.owns(entry.url):
            continue
        if entry.fate == "redirected" and _bare(entry.url) in occupied:
            # A redirect would hide the page that is served there now.
            entry = Entry(entry.url, "gone", why="another page is served there")
        entries.setdefault(entry.url, entry)
    return tuple(entries[url] for url in sorted(entries))


def _bare(url: str) -> str:
    """The URL as `served` has it: a host answers to it with `index.html`, too."""
    return "/" + unquote(url).removesuffix("index.html").strip("/")


def _pages(plan: Plan) -> tuple[Page, ...]:
    """The pages that have URLs on the site's host: of every language, for a page may have its
    URL, or an alias, in the folder of another one."""
    return plan.site.pages if plan.part.own_host else plan.whole.pages


def _all(
    pages: Iterable[Page],
    plan: Plan,
    copied: Container[str],
    feeds: Container[str],
    former: Mapping[str, str],
) -> Iterator[Entry]:
    for page in pages:
        new = address(page, plan)
        if new.strip("/") == unquote(page.url).strip("/"):
            yield Entry(page.url, "same", why=page.kind)
        else:
            yield Entry(page.url, "redirected", new, page.kind)
    for asset in (*plan.whole.assets, *(a for page in plan.whole.pages for a in page.resources)):
        if asset.published:
            yield _file(asset.url, copied)
    for page in pages:
        new = address(page, plan)
        for alias in page.aliases:
            if alias == new:
                yield Entry(alias, "same", why="alias")
            elif alias.rstrip("/") != page.url.rstrip("/"):
                yield Entry(alias, "redirected", new, "alias")
    yield from (_made(made, plan, feeds) for made in generated(plan))
    known = {page.identity: address(page, plan) for page in plan.site.pages} if former else {}
    for url, identity in former.items():
        yield Entry(url, "redirected", known[identity], "moved")


def _file(url: str, copied: Container[str]) -> Entry:
    if url in copied:
        return Entry(url, "same", why="file")
    return Entry(url, "gone", why="no page uses this file (--all-assets keeps it)")


def _made(made: Made, plan: Plan, feeds: Container[str]) -> Entry:
    if made.what == "pager" and made.page is not None:
        return Entry(made.url, "redirected", address(made.page, plan), "pager")
    if made.what == "feed":
        if made.url in feeds:
            return Entry(made.url, "same", why="feed, with the old GUIDs")
        return Entry(made.url, "gone", why="a feed of no dated pages")
    if made.what == "sitemap" and made.url != f"{plan.part.folder}/sitemap.xml":
        return Entry(made.url, "gone", why="mystmd writes one site map for all languages")
    if made.what in ("sitemap", "robots"):
        return Entry(made.url, "same", why="mystmd writes one")
    return Entry(made.url, "gone", why="made by the theme for machines; mystmd makes no such file")


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many URLs met each fate."""
    found = Counter(entry.fate for entry in entries)
    return {fate: found[fate] for fate in ("same", "redirected", "gone")}


def as_json(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Entries as JSON objects without empty values."""
    return [
        {
            key: value
            for key, value in (("url", e.url), ("fate", e.fate), ("to", e.to), ("why", e.why))
            if value
        }
        for e in entries
    ]
