"""Dates in front matter: which key counts, what Hugo understands, what a file's name says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from migrate.model import Value

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?[ ]?(Z|z|UTC|GMT|[-+]\d\d:?\d\d)?"
    r"(?: [A-Z][A-Za-z]{2,4})?)?\Z",
    re.ASCII,
)
_LOOSE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[Tt ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:\s*(Z|[-+]\d\d:?\d\d|[A-Z]{3,4}))?\Z",
    re.ASCII,
)
_WORDS = ("%a, %d %b %Y %H:%M:%S %Z", "%a %b %d %H:%M:%S %Y", "%A, %d-%b-%y %H:%M:%S %Z")
_NAMED = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d. %B %Y", "%d. %b %Y")
_ZONE_NAME = re.compile(r"[A-Z]{3,4}\Z")
_FILE_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d[-_]?\d\d(?:[-_]?\d\d)?Z?)?[ _-]*(.*)\Z", re.S)

DEFAULT_KEYS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "lastmod": (":git", "lastmod", "modified", "date", "publishdate", "pubdate", "published"),
    "publishdate": ("publishdate", "pubdate", "published", "date"),
    "expirydate": ("expirydate", "unpublishdate"),
}


@dataclass(frozen=True, slots=True)
class Dates:
    """A page's dates; None where there is none."""

    date: datetime | None = None
    publish: datetime | None = None
    expiry: datetime | None = None
    slug: str = ""
    """What a file name leaves without its date, where the name's date was asked for."""
    unclear: str = ""
    """A value that Hugo does not understand as a date."""


def parse(value: Value, zone: tzinfo) -> datetime | None:
    """A date in one of the forms that Hugo takes; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    text = str(value).strip()
    if match := _ISO.match(text):
        return _made(match, _zone(match[8], zone))
    for form in _WORDS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return _mail_date(text) if "," in text[:12] or re.match(r"\d{1,2} \w{3} \d\d ", text) else None


def loose(value: Value, zone: tzinfo) -> datetime | None:
    """A date that a person understands although Hugo doesn't: `2024-1-2`, `2024/01/02`."""
    text = str(value).strip()
    if match := _LOOSE.match(text):
        return _made(match, _zone(match[7], zone))
    for form in _NAMED:
        try:
            return datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def file_name(name: str) -> tuple[str, str] | None:
    """Date and rest of `2024-05-06-name`; None if the name begins with no date."""
    match = _FILE_NAME.match(name)
    return (match[1], match[2]) if match else None


def page_dates(
    front: Mapping[str, Value], name: str, keys: Mapping[str, Sequence[str]], zone: tzinfo
) -> Dates:
    """The dates of a page; `name` is its file's or bundle folder's name without extension."""
    unclear: list[str] = []
    slug: list[str] = []

    def find(kind: str) -> datetime | None:
        for key in keys[kind]:
            if key == ":filename":
                named = file_name(name)
                if named is not None:
                    slug.append(named[1])
                    return parse(named[0], zone)
            value = front.get(key)
            if value is None or value == "":
                continue
            found = parse(value, zone)
            if found is None:
                unclear.append(str(value))
                # Hugo's date is none then; the page's reader still wants the one that was meant.
                return loose(value, zone) if kind == "date" else None
            return found
        return None

    date, publish, expiry = find("date"), find("publishdate"), find("expirydate")
    return Dates(date, publish, expiry, slug[0] if slug else "", unclear[0] if unclear else "")


def configured_keys(frontmatter: Value) -> Mapping[str, tuple[str, ...]]:
    """Which keys count for which date, by the site's `frontmatter` setting."""
    keys = dict(DEFAULT_KEYS)
    if not isinstance(frontmatter, dict):
        return keys
    for kind in keys:
        wanted = frontmatter.get(kind)
        if wanted is None:
            continue
        found: list[str] = []
        for key in wanted if isinstance(wanted, list) else [wanted]:
            lowered = str(key).lower()
            found.extend(DEFAULT_KEYS[kind] if lowered == ":default" else [lowered])
        keys[kind] = tuple(found)
    return keys


def day(date: datetime | None) -> str:
    """`YYYY-MM-DD`; empty for no date and for Hugo's year 1."""
    return date.strftime("%Y-%m-%d") if date is not None and date.year > 1 else ""


def _made(match: re.Match[str], zone: tzinfo) -> datetime | None:
    numbers = [int(match[group] or 0) for group in range(1, 7)]
    try:
        return datetime(*numbers, tzinfo=zone)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    if not text:
        return default
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(days=1) else UTC


def _mail_date(text: str) -> datetime | None:
    try:
        # Hugo knows no zone by name: EST, MST and all others are UTC.
        found = parsedate_to_datetime(_ZONE_NAME.sub("GMT", text))
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
