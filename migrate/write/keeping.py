"""Which published files stay although no page shows or links to them.

Others link to a site's files from outside: its papers, slides, data sets. What only the theme
needs (style, scripts, fonts) and pictures that no page shows go, unless the user wants all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from migrate.links import Links
from migrate.model import Asset

_MACHINERY = frozenset(
    ".css .scss .sass .less .js .mjs .ts .map .woff .woff2 .ttf .otf .eot .webmanifest .md "
    ".markdown .rmd .tmpl .gotmpl".split()
)
_PICTURES = frozenset(".png .jpg .jpeg .gif .webp .svg .avif .bmp .tif .tiff".split())
_PAGES = frozenset((".html", ".htm"))
_HOST = re.compile(
    r"/(?:CNAME|_headers|_redirects|\.nojekyll|robots\.txt|(?:app-)?ads\.txt|humans\.txt"
    r"|security\.txt|keybase\.txt|BingSiteAuth\.xml|\.well-known/.+)"
)
"""Files at the root that a host or a service looks for."""
_NAMED = re.compile(r"""url\(\s*["']?([^"')\s]+)|\b(?:src|href)\s*=\s*["']([^"'\s]+)""", re.I)
_MOST_BYTES = 1_000_000


def outside(assets: Iterable[Asset]) -> Iterator[Asset]:
    """Published files that somebody outside the site may want.

    A folder of static files with a page of its own (slides, a demo, generated documentation) is
    kept whole, for its page needs the rest.
    """
    found = [asset for asset in assets if asset.published]
    small_sites = tuple(
        {folder for asset in found if _suffix(asset) in _PAGES and (folder := _folder(asset))}
    )
    for asset in found:
        name = asset.url.rpartition("/")[2]
        download = "." in name.strip(".") and _suffix(asset) not in _MACHINERY | _PICTURES
        if download or _HOST.fullmatch(asset.url) or asset.url.startswith(small_sites):
            yield asset


def _suffix(asset: Asset) -> str:
    return asset.source.suffix.lower()


def _folder(asset: Asset) -> str:
    """The folder of a static file with its final slash; empty for the root."""
    return "" if asset.url.count("/") < 2 else asset.url.rpartition("/")[0] + "/"


def needed(assets: Iterable[Asset], links: Links) -> Iterator[Asset]:
    """Files that style sheets and pages among `assets` name, and what those name in turn."""
    waiting = list(assets)
    seen = {asset.url for asset in waiting}
    while waiting:
        asset = waiting.pop()
        if _suffix(asset) not in _PAGES | {".css"}:
            continue
        for name in _names(asset.file):
            base = asset.url.rpartition("/")[0] + "/"
            found = None if "//" in name else links.by_url(urljoin(base, re.split("[?#]", name)[0]))
            if found is not None and found.url not in seen:
                seen.add(found.url)
                waiting.append(found)
                yield found


def _names(file: Path) -> list[str]:
    """What a style sheet or a page loads, as typed; nothing for a file that can't be read."""
    try:
        with file.open("rb") as data:
            text = data.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return []
    return [first or second for first, second in _NAMED.findall(text)]
