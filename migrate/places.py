"""Where pages and assets go in the project, so that mystmd serves them under their old URLs.

mystmd (1.11, with `site.options.folders: true`) makes a page's URL from its file path alone;
`served` is that rule, found by building projects of odd names. Everything else here is our choice
of a path to suit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from anyascii import anyascii

from migrate.model import Asset, Page

_LONGEST = 50
"""mystmd cuts each part of a URL at this many characters."""

_OUTSIDE = re.compile(r"[^a-z0-9-]+")
_LEADING = re.compile(r"^[0-9_.-]+")
_YEAR = re.compile(r"^(?:[12]\d{3}|\d{5})")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\%#\s]+")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))]
)
"""File names that Windows keeps for devices, whatever their ending."""


def served_part(part: str) -> str:
    """The part of a URL that mystmd makes from one folder or file name without its ending."""
    slug = _OUTSIDE.sub("-", part.lower().replace("&", "and"))
    slug = re.sub("-{2,}", "-", slug)
    if not _YEAR.match(slug):
        slug = _LEADING.sub("", slug) or slug
    return slug.strip("-")[:_LONGEST]


def served(place: PurePosixPath) -> str:
    """The URL at which mystmd serves a page file, from `/`, without a final slash."""
    parts = list(place.with_suffix("").parts)
    if parts and parts[-1] in ("index", "_index"):
        parts.pop()
    return "/" + "/".join(served_part(part) for part in parts)


def place_pages(pages: Iterable[Page]) -> dict[str, PurePosixPath]:
    """Page identity -> its file, from the project's root.

    Bundles and list pages become `…/index.md`, single pages `….md`. Two pages that mystmd would
    serve at one URL get different names: the first by URL keeps it.
    """
    places: dict[str, PurePosixPath] = {}
    taken: set[str] = set()
    for page in sorted(pages, key=lambda page: (page.url, page.identity)):
        folder, name = _wanted(page)
        place, number = _path(folder, name), 1
        while served(place) in taken or str(place).lower() in taken:
            number += 1
            place = (
                _path(folder, f"{name}-{number}")
                if name != "index"
                else _path([*folder[:-1], f"{folder[-1] if folder else 'page'}-{number}"], name)
            )
        taken.update((served(place), str(place).lower()))
        places[page.identity] = place
    return places


def _wanted(page: Page) -> tuple[list[str], str]:
    url = re.sub(r"\.html?$", "", page.url)
    parts = [name for part in url.split("/") if (name := page_part(part))]
    if parts and parts[-1] == "index" and page.url.endswith((".html", ".htm")):
        parts.pop()
    own_folder = page.bundle or page.kind != "page" or page.source is None or not parts
    return (parts, "index") if own_folder else (parts[:-1], parts[-1])


def _path(folder: list[str], name: str) -> PurePosixPath:
    return PurePosixPath(*folder, f"{name}.md")


def page_part(part: str) -> str:
    """A readable ASCII file name for one part of a page's URL; empty for `.`, `..` and nothing."""
    text = unquote(part)
    if not text.isascii():
        text = anyascii(text)
    text = _UNSAFE.sub("-", text).strip("-. ")
    if text.lower() in _DEVICES:
        text = f"{text}-page"
    if text and not served_part(text):
        text = f"page-{'-'.join(f'{ord(c):x}' for c in text[:8])}"
    return text[:120]


def place_assets(assets: Iterable[Asset], places: Iterable[PurePosixPath]) -> dict[str, PurePosixPath]:
    """Asset URL -> its file in the project: the path of its URL, spaces and odd characters mended.

    mystmd finds no image whose path holds a space or a query, and shows none with `%20`.
    """
    taken = {str(place).lower() for place in places}
    result: dict[str, PurePosixPath] = {}
    for asset in sorted(assets, key=lambda asset: (not asset.published, asset.url)):
        if asset.url in result:
            continue
        parts = [name for part in asset.url.split("/") if (name := _asset_part(part))]
        place, number = PurePosixPath(*parts or ["asset"]), 1
        while str(place).lower() in taken:
            number += 1
            place = place.with_name(f"{PurePosixPath(parts[-1]).stem}-{number}{place.suffix}")
        taken.add(str(place).lower())
        result[asset.url] = place
    return result


def _asset_part(part: str) -> str:
    text = _UNSAFE.sub("-", unquote(part)).strip("- ").rstrip(".")
    if set(text) <= {"."}:
        return ""
    stem = text.partition(".")[0]
    return f"_{text}" if stem.lower() in _DEVICES else text[:200]
