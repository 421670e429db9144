"""The URL ledger: every URL that Hugo publishes, and what has become of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote

from migrate.places import keeps_url, served
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
    """All URLs of the site, each once, sorted.

    `copied` are URLs of the assets that are in the project, `feeds` of the feeds that we write,
    `former` URLs that pages had in earlier runs, with the page's identity, `own` the redirects
    that the site's host knows: old path, new path or URL.
    """
    occupied = {served(place) for place in plan.places.values()}
    entries: dict[str, Entry] = {}
    moved = (Entry(old, "redirected", to, "the host's redirect") for old, to in own)
    for entry in chain(_all(plan, copied, feeds, former or {}), moved):
        if entry.fate == "redirected" and _bare(entry.url) in occupied:
            # A redirect would hide the page that is served there now.
            entry = Entry(entry.url, "gone", why="another page is served there")
        entries.setdefault(entry.url, entry)
    return tuple(entries[url] for url in sorted(entries))


def _bare(url: str) -> str:
    """The URL as `served` has it: a host answers to it with `index.html`, too."""
    return "/" + unquote(url).removesuffix("index.html").strip("/")


def _all(
    plan: Plan, copied: Container[str], feeds: Container[str], former: Mapping[str, str]
) -> Iterator[Entry]:
    site = plan.site
    for page in site.pages:
        place = plan.places[page.identity]
        if keeps_url(place, page.url):
            yield Entry(page.url, "same", why=page.kind)
        else:
            yield Entry(page.url, "redirected", address(place), page.kind)
    for asset in (*site.assets, *(a for page in site.pages for a in page.resources)):
        if asset.published:
            yield _file(asset.url, copied)
    for page in site.pages:
        new = address(plan.places[page.identity])
        for alias in page.aliases:
            if alias.rstrip("/") != page.url.rstrip("/"):
                yield Entry(alias, "redirected", new, "alias")
    yield from (_made(made, plan, feeds) for made in generated(plan))
    for url, identity in former.items():
        yield Entry(url, "redirected", address(plan.places[identity]), "moved")


def _file(url: str, copied: Container[str]) -> Entry:
    if url in copied:
        return Entry(url, "same", why="file")
    return Entry(url, "gone", why="no page uses this file (--all-assets keeps it)")


def _made(made: Made, plan: Plan, feeds: Container[str]) -> Entry:
    if made.what == "pager" and made.page is not None:
        return Entry(made.url, "redirected", address(plan.places[made.page.identity]), "pager")
    if made.what == "feed":
        if made.url in feeds:
            return Entry(made.url, "same", why="feed, with the old GUIDs")
        return Entry(made.url, "gone", why="a feed of no dated pages")
    if made.what == "sitemap" and made.url != "/sitemap.xml":
        return Entry(made.url, "gone", why="mystmd writes one site map for all languages")
    if made.what in ("sitemap", "robots"):
        return Entry(made.url, "same", why="mystmd writes one")
    return Entry(made.url, "gone", why="made by the theme for machines; mystmd makes no such file")


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
    return [
        {
            key: value
            for key, value in (("url", e.url), ("fate", e.fate), ("to", e.to), ("why", e.why))
            if value
        }
        for e in entries
    ]
