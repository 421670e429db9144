"""A hostile case: files of a site, and what must come of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile input in a site of its class."""

    name: str
    files: Mapping[str, bytes | str]
    """From the site's root."""
    word: str = ""
    """A word of the page that must be found in the project; empty: none need be."""
    codes: tuple[str, ...] = ()
    """One of these must be said of one of the files; empty: nothing need be said."""


def page(name: str, front: object, body: str, word: str, *codes: str) -> Case:
    """A case of one page whose front matter is written as JSON, which can hold anything."""
    path = f"content/{name}.md"
    text = json.dumps(front) + f"\n\n{body}\n\n{word}\n"
    return Case(name, {path: text.encode("utf-8", "surrogatepass")}, word, codes)


def raw(name: str, data: bytes | str, word: str = "", *codes: str, suffix: str = "md") -> Case:
    """A case of one content file, given as it lies on disk."""
    return Case(name, {f"content/{name}.{suffix}": data}, word, codes)


def numbered(prefix: str, values: Iterable[object]) -> Iterable[tuple[str, str, object]]:
    """(name, word, value) of each value."""
    for number, value in enumerate(values):
        yield f"{prefix}{number}", f"{prefix}word{number}", value
