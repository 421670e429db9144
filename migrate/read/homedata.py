"""Which files of `data/` the site's front page shows, by its template and the partials of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from migrate.read.mounts import File

_TEMPLATES = ("index.html", "home.html", "_default/home.html", "_default/index.html")
_SHOWN = re.compile(
    r"\bpartial(?:Cached)?\s+\"([\w./-]{1,120})\""
    r"|\b(?:[sS]ite|hugo)\.Data\.(\w[\w.]{0,80})"
    r"|\bindex\s+\(?\s*\.?(?:\$\.)?(?:[sS]ite|hugo)\.Data\s+\"(\w{1,60})\""
    r"|\$(\w{1,40})\.(\w[\w.]{0,80})"
)
_BY_LANGUAGE = re.compile(
    r"\$(\w{1,40})\s{0,9}:?=\s{0,9}\(?\s{0,9}index\s{1,9}\(?\.?(?:\$\.)?(?:[sS]ite|hugo)\.Data\s{1,9}"
    r"\(?\.?(?:\$\.)?[sS]ite\.Language(?:\.Lang|Code)?\b"
)
_COMMENT = re.compile(r"/\*(?:(?!/\*).)*?\*/|<!--(?:(?!<!--).)*?-->", re.S)
_FRAME = re.compile(
    r"(?:^|[/_-])(?:head|header|footer|foot|nav|navbar|navigation|menu|scripts?|css|styles?|social"
    r"|socials|meta|seo|analytics|favicon)(?:$|[._/-])", re.I
)  # fmt: skip
"""Partials and data that are on every page, or that nobody reads."""
_DEEPEST = 6
_LARGEST = 100_000
"""Bytes of a template that are read."""
LANGUAGE = "*"
"""The part of a path that stands for the page's language."""

Paths = tuple[tuple[str, ...], ...]


def read(layouts: Iterable[File]) -> Paths:
    """Paths of keys in the site's data, in lower case, in the order in which the front page shows
    them. Empty where the front page has no template on disk."""
    files: dict[str, File] = {}
    for file in layouts:
        files.setdefault(file.relative, file)
    first = next((files[name] for name in _TEMPLATES if name in files), None)
    return tuple(dict.fromkeys(_paths(first, files, set()))) if first is not None else ()


def _paths(file: File, files: Mapping[str, File], seen: set[str]) -> Iterator[tuple[str, ...]]:
    if file.relative in seen or len(seen) > 200:
        return
    seen.add(file.relative)
    try:
        with file.path.open("rb") as opened:
            text = _COMMENT.sub("", opened.read(_LARGEST).decode("utf-8", "replace"))
    except OSError:
        return
    variables = {found[1] for found in _BY_LANGUAGE.finditer(text)}
    for found in _SHOWN.finditer(text):
        if found[1]:
            inner = _partial(found[1], files)
            if inner is not None and not _FRAME.search(found[1]):
                yield from _paths(inner, files, seen)
            continue
        dotted = found[2] or found[3] or (found[5] if found[4] in variables else "")
        path = tuple(part.lower() for part in dotted.split(".") if part)[:_DEEPEST]
        if path and not any(_FRAME.search(part) for part in path):
            yield (LANGUAGE, *path) if found[4] else path


def _partial(name: str, files: Mapping[str, File]) -> File | None:
    for folder in ("partials/", "_partials/"):
        for ending in ("", ".html"):
            if (file := files.get(f"{folder}{name}{ending}")) is not None:
                return file
    return None
