"""Items that a feed showed once: `.hugo2myst/items.json`.

A feed shows its newest items only. What it showed in earlier runs stays a page of the project:
linked, listed and in the toc as if the feed still had it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.diagnostics import MigrateError
from migrate.model import Page, Site
from migrate.write.folder import Blocked, Folder
from migrate.write.paths import RECORD

NAME = "items.json"
_VERSION = 1
_TEXTS = ("identity", "kind", "url", "title", "language", "body", "date", "section")


def as_json(site: Site) -> dict[str, Any]:
    """The items of a feed, without the home page that we make ourselves."""
    items = [page for page in site.pages if page.identity != "/"]
    rows = [{**{key: getattr(page, key) for key in _TEXTS}, "front": page.front} for page in items]
    return {"version": _VERSION, "items": rows}


def with_earlier(site: Site, destination: Path) -> Site:
    """A feed's site with the items that it had in earlier runs and doesn't show now.

    Raises MigrateError if what is kept of them can't be read.
    """
    seen = {page.identity for page in site.pages} | {page.url for page in site.pages}
    earlier = [
        page for page in _load(destination) if page.identity not in seen and page.url not in seen
    ]
    return replace(site, pages=(*site.pages, *earlier)) if earlier else site


def _load(destination: Path) -> list[Page]:
    path = PurePosixPath(RECORD, NAME)
    if not destination.is_dir():
        return []
    folder = Folder(destination)
    try:
        data = folder.read(path)
    except Blocked:
        data = None
    finally:
        folder.close()
    if data is None:
        return []
    try:
        raw = json.loads(data)
        if raw["version"] != _VERSION:
            raise ValueError(f"its version is {raw['version']}")
        return [_page(row) for row in raw["items"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MigrateError(
            f"what earlier feeds showed can't be read ({error}); restore it from version control, "
            "or delete it to go on with what the feed shows now",
            str(path),
        ) from None


def _page(row: Any) -> Page:
    texts = {key: row[key] for key in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("a text is no text")
    if not isinstance(row["front"], dict):
        raise TypeError("front matter is no mapping")
    return Page(source=None, front=row["front"], format="html", bundle=True, **texts)
