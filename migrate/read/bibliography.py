"""The works that a site's pages may cite: entries of its BibTeX files and of its CSL JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from migrate.model import Asset, Site, Value
from migrate.read.csl import entry
from migrate.read.disk import Unreadable, decode, read_bytes

_LARGEST = 20_000_000
"""Bytes of one file: libraries of reference managers are large."""
_ENTRY = re.compile(r"@(\w+)[ \t]*[{(]\s*([\w:.+/&*!-]+)\s*,")
"""An entry's kind and its key, if MyST can say the key."""
_NO_ENTRIES = frozenset(("comment", "preamble", "string"))
_CSL_NAME = re.compile(r"bib|cit(?:e|ation)|csl|librar|refs?\b|reference|zotero", re.I)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Where each work stands that pages may cite."""

    files: Mapping[str, Asset] = field(default_factory=dict)
    """Key of an entry -> the BibTeX file that has it."""
    made: Mapping[str, str] = field(default_factory=dict)
    """Key -> an entry in BibTeX, of works that the site has in CSL JSON only."""

    def __contains__(self, key: object) -> bool:
        return key in self.files or key in self.made

    def keys_of(self, file: Asset | None) -> list[str]:
        """The keys of one file's entries; of CSL JSON without a file."""
        if file is None:
            return list(self.made)
        return [key for key, held in self.files.items() if held.url == file.url]


NOTHING_TO_CITE = Bibliography()


def read(site: Site) -> Bibliography:
    """The works of a site. Where two files have one key, that of the whole site comes before a
    page's own, for mystmd knows a key once in a project."""
    owned = [asset for page in site.pages for asset in page.resources]
    files: dict[str, Asset] = {}
    for asset in (*_sorted(site.assets, ".bib"), *_sorted(owned, ".bib")):
        for kind, key in _ENTRY.findall(_text(asset)):
            if kind.lower() not in _NO_ENTRIES:
                files.setdefault(key, asset)
    made: dict[str, str] = {}
    for item in _items(site, owned):
        key = str(item.get("id") or "")
        if key and key not in files and (text := entry(item)):
            made.setdefault(key, text)
    return Bibliography(files, made)


def _sorted(assets: Iterable[Asset], suffix: str) -> list[Asset]:
    found = (asset for asset in assets if asset.source.suffix.lower() == suffix)
    return sorted(found, key=lambda asset: (not asset.published, asset.url))


def _text(asset: Asset) -> str:
    try:
        return decode(read_bytes(asset.file, _LARGEST)).text
    except Unreadable:
        return ""


def _items(site: Site, owned: Iterable[Asset]) -> Iterator[Mapping[str, Value]]:
    """Items of CSL JSON, in `data/` and in files that are named for it."""
    for value in site.data.values():
        yield from _works(value)
    for asset in _sorted((*site.assets, *owned), ".json"):
        if _CSL_NAME.search(asset.source.stem):
            try:
                yield from _works(json.loads(_text(asset)))
            except (ValueError, RecursionError):
                continue


def _works(value: Value) -> Iterator[Mapping[str, Value]]:
    if isinstance(value, Mapping):
        value = value.get("items") or value.get("references")
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping) and "id" in item and "title" in item and "type" in item:
            yield item
