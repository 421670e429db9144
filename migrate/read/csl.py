"""A work in CSL JSON, as reference managers export it, to an entry in BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrate.model import Value

_TYPES = {
    "article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "entry-encyclopedia": "incollection", "entry-dictionary": "incollection",
    "paper-conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
    "manuscript": "unpublished",
}  # fmt: skip
_HOLDERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
"""What BibTeX calls the container of a work."""
_PUBLISHERS = {"phdthesis": "school", "techreport": "institution"}
_PLAIN = {
    "volume": "volume", "issue": "number", "edition": "edition", "publisher-place": "address",
    "collection-title": "series", "DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "URL": "url",
    "note": "note",
}  # fmt: skip
_KEY = re.compile(r"[\w:.+/&*!-]+")
_SPECIAL = re.compile(r"[#$%&_]")


def entry(item: Mapping[str, Value]) -> str:
    """The entry; empty where the work's id is no key."""
    key = str(item.get("id") or "")
    if not _KEY.fullmatch(key):
        return ""
    kind = _TYPES.get(str(item.get("type") or ""), "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(item, kind)]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _fields(item: Mapping[str, Value], kind: str) -> Iterator[tuple[str, str]]:
    for ours, theirs in (("author", "author"), ("editor", "editor")):
        if names := " and ".join(_names(item.get(theirs))):
            yield ours, names
    yield "title", _words(item.get("title"))
    if holder := _words(item.get("container-title")):
        yield _HOLDERS.get(kind, "howpublished"), holder
    if publisher := _words(item.get("publisher")):
        yield _PUBLISHERS.get(kind, "publisher"), publisher
    if year := _year(item.get("issued")):
        yield "year", year
    if pages := _words(item.get("page")):
        yield "pages", re.sub(r"(?<!\s)\s*+[-–—]++\s*+", "--", pages)
    for theirs, ours in _PLAIN.items():
        value = item.get(theirs)
        raw = ours in ("doi", "url")
        text = str(value).strip() if raw and isinstance(value, str) else _words(value)
        if text and not (raw and re.search(r"[\s{}]", text)):
            yield ours, text


def _names(value: Value) -> Iterator[str]:
    for name in value if isinstance(value, list) else ():
        if not isinstance(name, Mapping):
            continue
        given, family = _words(name.get("given")), _words(name.get("family"))
        before = _words(name.get("non-dropping-particle"))
        family = f"{before} {family}".strip()
        if family:
            yield f"{family}, {given}" if given else f"{{{family}}}"
        elif whole := _words(name.get("literal")):
            yield f"{{{whole}}}"


def _year(value: Value) -> str:
    """The year of `{"date-parts": [[2020, 5]]}`, or of a date written out."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        while isinstance(parts, list) and parts:
            parts = parts[0]
        value = parts or value.get("raw") or value.get("literal") or ""
    found = re.search(r"\d{4}", str(value))
    return found[0] if found else ""


def _words(value: Value) -> str:
    """A value as BibTeX takes it: no braces or backslashes, special characters escaped."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    text = re.sub(r"<[^<>]*>|[{}\\]", "", " ".join(str(value).split()))
    return _SPECIAL.sub(r"\\\g<0>", text)
