"""`--fetch-assets`: the files that a feed's pages show, from the site's own hosts.

They are kept in the record's folder, so that a run that was cut off goes on where it was and the
next one fetches only what is new.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from migrate.convert.batch import convert_all
from migrate.diagnostics import diagnostic
from migrate.engines.fetch import Fetcher, Refused
from migrate.links import PROCESSED
from migrate.model import Asset, Diagnostic, Site
from migrate.plan import Plan

LARGEST = 100_000_000
"""Bytes of one file."""
MOST = 5_000
"""Files of one run."""
TOGETHER = 6
"""Requests at a time."""

_PAGES = ("", ".html", ".htm", ".php", ".xml", ".md")
"""Endings of addresses that are pages and no files to fetch."""
_ORIGINALS = (".png", ".jpg", ".jpeg", ".webp", ".gif")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched, or was already there."""

    assets: tuple[Asset, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def fetch_assets(plan: Plan, folder: Path, progress: Progress) -> Fetched:
    """Fetch into `folder` what the pages of `plan` show and link to on the site's own hosts."""
    wanted = dict(sorted(_wanted(plan).items()))
    said: list[Diagnostic] = []
    if len(wanted) > MOST:
        said.append(diagnostic("HM611", "feed", count=len(wanted), most=MOST))
    folder.mkdir(parents=True, exist_ok=True)
    fetcher = Fetcher(_typed(plan), frozenset(plan.site.hosts), LARGEST)
    jobs = list(wanted.items())[:MOST]
    assets: list[Asset] = []
    with ThreadPoolExecutor(TOGETHER) as pool:
        results = pool.map(lambda job: _fetch_one(job[0], folder, fetcher), jobs)
        for number, ((url, page), result) in enumerate(zip(jobs, results, strict=True), 1):
            progress("fetch", number, len(jobs))
            if isinstance(result, str):
                said.append(diagnostic("HM610", page, url=url, reason=result))
            else:
                assets.append(result)
    return Fetched(tuple(assets), tuple(said))


def with_assets(site: Site, fetched: Fetched) -> Site:
    """The site that has the fetched files."""
    return replace(site, assets=(*site.assets, *fetched.assets))


def _typed(plan: Plan) -> frozenset[str]:
    """Hosts that the person named; these may be on a private network."""
    urls = (*plan.options.site_urls, plan.options.typed_source)
    return frozenset((urlsplit(u if "//" in u else f"//{u}").hostname or "").lower() for u in urls)


def _wanted(plan: Plan) -> dict[str, str]:
    """Address -> page that shows it, of all files on the site's hosts."""
    found: dict[str, str] = {}
    for page, converted in convert_all(plan.site.pages, plan):
        for way, _, _, answer in converted.asked:
            if not answer.startswith(("http://", "https://")):
                continue
            parts = urlsplit(answer)
            ending = posixpath.splitext(parts.path)[1].lower()
            if (parts.hostname or "").lower() in plan.site.hosts and (
                way == "image" or ending not in _PAGES
            ):
                found.setdefault(parts._replace(fragment="").geturl(), page.name)
    return found


def _fetch_one(url: str, folder: Path, fetcher: Fetcher) -> Asset | str:
    """The file, or why it isn't there."""
    reason = ""
    for address in _candidates(url):
        ending = PurePosixPath(unquote(urlsplit(address).path)).suffix[:10]
        ending = ending if re.fullmatch(r"\.\w+", ending) else ""
        file = folder / (hashlib.blake2b(address.encode(), digest_size=16).hexdigest() + ending)
        try:
            if not file.exists():
                part = file.with_suffix(".part")
                part.write_bytes(fetcher.get(address))
                part.replace(file)
        except Refused as error:
            reason = str(error)
            continue
        except OSError as error:
            return f"it can't be kept: {error.strerror}"
        path = unquote(urlsplit(address).path)
        return Asset(PurePosixPath(file.parent.name, file.name), file, path)
    return reason


def _candidates(url: str) -> Iterator[str]:
    """Of a resized image the original, which Hugo publishes beside it, comes first."""
    path = urlsplit(url).path
    plain, cut = PROCESSED.subn("", path)
    if cut:
        stem = posixpath.splitext(plain)[0]
        names: Iterable[str] = dict.fromkeys((plain, *(stem + ending for ending in _ORIGINALS)))
        yield from (urlsplit(url)._replace(path=name, query="").geturl() for name in names)
    yield url
