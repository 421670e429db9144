"""Where pages and assets go in the project, so that mystmd serves them under their old URLs.

mystmd (1.11, with `site.options.folders: true`) makes a page's URL from its file path alone;
`served` is that rule, found by building projects of odd names. Everything else here is our choice
of a path to suit it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import PurePosixPath
from urllib.parse import unquote

from anyascii import anyascii

from migrate.model import Asset, Page

_LONGEST = 50
"""mystmd cuts each part of a URL at this many characters."""

_OUTSIDE = re.compile(r"[^a-z0-9]+")
_LEADING = re.compile(r"^[0-9_.-]+")
_YEAR = re.compile(r"^(?:[12][0-9]{3}|[0-9]{5})")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\%#\s]+")
_UNSAFE_BUT_BLANK = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\%#]+|[^\S ]+")
_IMPOSSIBLE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\/]|[. ]$")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)]
)
"""File names that Windows keeps for devices, whatever their ending."""
_FOLDERS = frozenset(("_build", "node_modules"))
"""Folders that mystmd takes for its own."""
_OWN_FILES = frozenset(("myst.yml", "footer.md", "hugo2myst.yml"))
"""Files at the project's root that are no page's and no asset's."""
_UNSERVED = frozenset(("/constructor",))
"""mystmd counts names in a JavaScript object, and finds this one taken (`/constructor-NaN`)."""
_SHOWN = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .avif .bmp .tif .tiff .ico .mp4 .webm .mov .css".split()
)
"""Endings of files that pages show: mystmd finds none with white space in its path."""
IGNORABLE = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""Code points that HFS+ leaves out when it compares names: `.g\\u200cit` is `.git` there."""


def collision_key(path: PurePosixPath | str) -> str:
    """Equal for two paths that are one file on a file system that ignores case or normal forms."""
    text = str(path)
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    return IGNORABLE.sub("", folded)


@lru_cache(maxsize=10_000)
def served_part(part: str) -> str:
    """The part of a URL that mystmd makes from one folder or file name without its ending."""
    name = part if _YEAR.match(part) else _LEADING.sub("", part) or part
    return _OUTSIDE.sub("-", name.replace("&", "-and-").lower()).strip("-")[:_LONGEST]


@lru_cache(maxsize=10_000)
def served(place: PurePosixPath) -> str:
    """The URL at which mystmd serves a page file, from `/`, without a final slash."""
    parts = [served_part(part) for part in (*place.parts[:-1], place.stem)]
    if parts[-1] == "index":
        parts.pop()
    return "/" + "/".join(parts)


def address(place: PurePosixPath, folder: str = "") -> str:
    """The URL of a page file of a project that is served below `folder`, with the final slash
    that hosts add."""
    url = folder + served(place)
    return url if url.endswith("/") else url + "/"


def place_pages(pages: Iterable[Page], folder: str = "") -> dict[str, PurePosixPath]:
    """Page identity -> its file, from the root of the project, which is served below `folder`.

    Bundles and list pages become `…/index.md`, single pages `….md`. Of two pages that mystmd
    would serve at one URL the one whose old URL it is keeps it, else the first by URL; the other
    gets a number. The first home page is the project's: mystmd serves it at `/`, whatever its
    file, so that its file is `index.md`.
    """
    pages = tuple(pages)
    front = next((page for page in pages if page.kind == "home"), None)
    wanted = [
        (page, *(([], "index") if page is front else _wanted(page, folder))) for page in pages
    ]
    wanted.sort(
        key=lambda one: (
            one[0] is not front,
            not keeps_url(_path(one[1], one[2]), one[0].url, folder),
            one[0].url,
            one[0].identity,
        )
    )
    places: dict[str, PurePosixPath] = {}
    taken = set(_UNSERVED)
    for page, parts, name in wanted:
        place = next(p for p in _candidates(parts, name) if served(p) not in taken)
        taken.add(served(place))
        places[page.identity] = place
    return places


def keeps_url(place: PurePosixPath, url: str, folder: str = "") -> bool:
    """mystmd serves the page file of a project below `folder` at the path `url`; hosts answer
    with and without the slash."""
    return address(place, folder).strip("/") == unquote(url).strip("/")


def inside(url: str, folder: str) -> str:
    """The URL from the root of a project that is served below `folder`; as it is where it lies
    elsewhere."""
    below = folder and f"{url}/".startswith(f"{folder}/")
    return url[len(folder) :] or "/" if below else url


def _wanted(page: Page, folder: str) -> tuple[list[str], str]:
    url = re.sub(r"\.html?$", "", inside(page.url, folder))
    parts = [name for part in url.split("/") if (name := page_part(part))]
    if parts and parts[-1] == "index" and not page.url.endswith(url):
        parts.pop()
    own_folder = page.bundle or page.kind != "page" or page.source is None or not parts
    # `index.md` is its folder's page, wherever it lies.
    if own_folder or served_part(parts[-1]) == "index" or parts == ["footer"]:
        return parts, "index"
    return parts[:-1], parts[-1]


def _candidates(folder: list[str], name: str) -> Iterator[PurePosixPath]:
    """The path as wanted, then with numbers, which the cut must not take away."""
    yield _path(folder, name)
    for number in count(2):
        if name != "index":
            yield _path(folder, _numbered(name, number))
        else:
            last = folder[-1] if folder else "page"
            yield _path([*folder[:-1], _numbered(last, number)], name)


def _numbered(name: str, number: int) -> str:
    return f"{name[: _LONGEST - len(str(number)) - 1].rstrip('-_.')}-{number}"


def _path(folder: list[str], name: str) -> PurePosixPath:
    return PurePosixPath(*folder, f"{name}.md")


def page_part(part: str) -> str:
    """A readable ASCII file name for one part of a page's URL; empty for `.`, `..` and nothing."""
    text = unquote(part)
    if not text.isascii():
        small = text == text.lower()
        text = anyascii(text)
        text = text.lower() if small else text
    text = _UNSAFE.sub("-", text).replace("/", "-").strip("-. ")
    stem, dot, ending = text.partition(".")
    if stem.rstrip().lower() in _DEVICES:
        text = f"{stem.rstrip()}-page{dot}{ending}"
    if text in _FOLDERS:
        text = text.strip("_").replace("_", "-")
    if text and not served_part(text):
        text = f"page-{'-'.join(f'{ord(c):x}' for c in text[:8])}"
    return text[:120]


def place_assets(
    assets: Iterable[Asset], places: Iterable[PurePosixPath], folder: str = ""
) -> dict[str, PurePosixPath]:
    """Asset URL -> its file in the project, which is served below `folder`: the path of its URL,
    odd characters mended.

    mystmd finds no image whose path holds white space; links to other files may have it.
    """
    files = {collision_key(place) for place in places} | _OWN_FILES
    folders = {folder for file in files for folder in _folders(PurePosixPath(file))}
    result: dict[str, PurePosixPath] = {}
    rest = f"{folder}/"  # of two that want one place the one whose URL it is comes first
    for asset in sorted(
        assets, key=lambda one: (not one.published, not one.url.startswith(rest), one.url)
    ):
        if asset.url in result:
            continue
        place = wanted = _asset_path(inside(asset.url, folder))
        number = 1
        while (low := collision_key(place)) in files or low in folders or files & _folders(place):
            number += 1
            # A file may stand where this one needs a folder: then it lies beside that file.
            parent = wanted.parent if not files & _folders(wanted) else PurePosixPath()
            place = parent / f"{wanted.stem}-{number}{wanted.suffix}"
        files.add(collision_key(place))
        folders |= _folders(place)
        result[asset.url] = place
    return result


def _folders(place: PurePosixPath) -> set[str]:
    return {collision_key(folder) for folder in place.parents[:-1]}


def exact_path(url: str) -> PurePosixPath | None:
    """The path of a file that a host serves at `url`; None where no file can have it."""
    parts = unquote(url).strip("/").split("/")
    if any(part in ("", ".", "..") or _IMPOSSIBLE.search(part) for part in parts):
        return None
    return PurePosixPath(*parts)


def _asset_path(url: str) -> PurePosixPath:
    exact = exact_path(url)
    blanks = url.lower().endswith(tuple(_SHOWN))
    parts = [name for part in url.split("/") if (name := _asset_part(part, blanks))]
    if exact is not None and list(exact.parts) == parts:
        return exact
    return PurePosixPath(*parts or ["asset"])


def _asset_part(part: str, mend_blanks: bool) -> str:
    unsafe = _UNSAFE if mend_blanks else _UNSAFE_BUT_BLANK
    text = unsafe.sub("-", unquote(part)).replace("/", "-").strip(" ").rstrip(".")
    if set(text) <= {"."}:
        return ""
    text = "build" if text == "_build" else text
    stem = text.partition(".")[0]
    return f"_{text}" if stem.lower() in _DEVICES else text[:200]
