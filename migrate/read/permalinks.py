"""Hugo's URL rules: file paths, slugs, `url`, `permalinks` patterns, aliases.

URLs are made as IRIs: letters of any script stay as they are, and only what a URL's path can't
hold (white space, `#`, `?`, `%`, quotes) is percent-encoded.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from migrate.model import natural

_UNSAFE = re.compile(r'[\s#?"<>\\^`{|}\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})')
_HEX = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NAME = re.compile(r"\\:|:(\w+)(\[[^\[\]/]*\])?", re.ASCII)
_NO_DATE = datetime(1, 1, 1)
_LAYOUT = re.compile(
    r"2006|January|Jan|Monday|Mon|MST|-0700|-07:00|Z0700|Z07:00|002|15|PM|pm|01|02|03|04|05|06|_2"
)
_DIRECTIVES = {
    "2006": "%Y", "January": "%B", "Jan": "%b", "Monday": "%A", "Mon": "%a", "MST": "%Z",
    "-0700": "%z", "002": "%j", "15": "%H", "PM": "%p", "01": "%m", "02": "%d", "03": "%I",
    "04": "%M", "05": "%S", "06": "%y", "_2": "%e",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that change how a name becomes part of a URL."""

    lower: bool = True
    """False under `disablePathToLower`."""
    strip_accents: bool = False
    """True under `removePathAccents`."""

    def path(self, text: str) -> str:
        """A file path, or a part of one, as part of a URL (not yet percent-encoded)."""
        return self._case(_sanitized(text.replace(" ", "-"), self.strip_accents))

    def slug(self, text: str) -> str:
        """A `slug`: white space collapses, hyphens at the ends go, `/` makes folders."""
        return self._case(_sanitized(text.strip(), self.strip_accents)).strip("-")

    def token(self, text: str) -> str:
        """A value that stands for a token of a `permalinks` pattern."""
        text = _sanitized(re.sub(r"[/\\]", "-", text), self.strip_accents)
        if "+" in text:  # read as an encoded space on the way
            text = _sanitized(text.replace("+", " "), False)
        return self._case(text).rstrip("#")

    def _case(self, text: str) -> str:
        return text.lower().replace("i̇", "i") if self.lower else text


def _sanitized(text: str, strip_accents: bool) -> str:
    """Keep what Hugo keeps in a path; white space between kept characters becomes one hyphen."""
    if text.isascii() and text.replace("-", "").replace("/", "").isalnum():
        return text
    if strip_accents and not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
        text = unicodedata.normalize("NFC", text)
    kept: list[str] = []
    pending = False
    for char in _HEX.sub("", text):
        if char in "./\\_-#+~@%" or unicodedata.category(char)[0] in "LM" or char.isdecimal():
            if pending and char != "-":
                kept.append("-")
            pending = False
            kept.append(char)
        elif char.isspace() and kept and kept[-1] != "-":
            pending = True
    return "".join(kept)


def encode(path: str) -> str:
    """A path as a URL: what it can't hold is percent-encoded; escapes in it stay."""
    if not _UNSAFE.search(path):
        return path
    return _UNSAFE.sub(_escaped, path)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Names:
    """What the tokens of a pattern stand for; sections as parts of a URL already."""

    date: datetime | None
    title: str
    slug: str
    filename: str
    content_base: str
    section: str
    sections: Sequence[str]
    section_slugs: Sequence[str]


def expand(pattern: str, names: Names, rules: Rules) -> str:
    """A `permalinks` pattern, or a `url` with tokens, filled in."""

    def fill(match: re.Match[str]) -> str:
        if match[0] == "\\:":
            return ":"
        value = _token(match[1], match[2] or "", names, rules)
        return match[0] if value is None else value

    return _NAME.sub(fill, pattern)


def _token(name: str, picked: str, names: Names, rules: Rules) -> str | None:
    if name in ("sections", "sectionslugs"):
        parts = names.sections if name == "sections" else names.section_slugs
        return "/".join(_picked(parts, picked))
    if name in _DATES:
        return _DATES[name](names.date or _NO_DATE) + picked
    if name[0].isdigit():
        return _dated(name, names.date) + picked
    values: Mapping[str, Callable[[], str]] = {
        "section": lambda: names.section,
        "sectionslug": lambda: names.section_slugs[-1] if names.section_slugs else "",
        "title": lambda: rules.token(names.title),
        "slug": lambda: rules.token(names.slug or names.title),
        "filename": lambda: rules.token(names.filename),
        "slugorfilename": lambda: rules.token(names.slug or names.filename),
        "contentbasename": lambda: rules.token(names.content_base),
        "slugorcontentbasename": lambda: rules.token(names.slug or names.content_base),
    }
    return values[name]() + picked if name in values else None


_DATES: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda date: str(date.year),
    "month": lambda date: f"{date.month:02}",
    "monthname": lambda date: date.strftime("%B"),
    "day": lambda date: f"{date.day:02}",
    "weekday": lambda date: str(date.isoweekday() % 7),
    "weekdayname": lambda date: date.strftime("%A"),
    "yearday": lambda date: str(date.timetuple().tm_yday),
}


def _dated(layout: str, date: datetime | None) -> str:
    filled = date or _NO_DATE
    return _LAYOUT.sub(lambda match: filled.strftime(_DIRECTIVES.get(match[0], "")), layout)


def _picked(parts: Sequence[str], picked: str) -> Sequence[str]:
    """`[1:]`, `[last]`, `[:last]`, `[0]` of the section's folders; all of them without."""
    if not picked:
        return parts
    low, colon, high = picked[1:-1].partition(":")
    bound = {"last": len(parts) - 1, "": None}

    def number(text: str) -> int | None:
        return bound[text] if text in bound else natural(text)

    if not colon:
        at = number(low)
        return parts[at : at + 1] if at is not None and at >= 0 else ()
    return parts[slice(number(low), number(high))]


def resolve_url(url: str, names: Names, rules: Rules) -> str:
    """The path of a page with the front matter key `url` (without language prefix)."""
    url = expand(url, names, rules) if ":" in url else url
    path = "/" + url.lstrip("/")
    safe = clean(path)
    if safe.endswith("/index.html"):
        return safe.removesuffix("index.html")
    if path.endswith("/") or "." not in safe:
        return safe.rstrip("/") + "/"
    return safe


def clean(path: str) -> str:
    """An absolute path without `.`, `..` and double slashes; it can't leave the root."""
    return "/" + posixpath.normpath("/" + path).lstrip("/")


def resolve_alias(alias: str, url: str, prefix: str, *, ugly: bool = False) -> str:
    """The path of an alias of the page at `url`, from the site's root; `ugly`: a file."""
    if alias.startswith("/"):
        path = prefix + alias
    else:
        parent = posixpath.dirname(url.rstrip("/"))
        path = f"{parent}/{alias}"
    safe = clean(path)
    if safe.endswith((".html", ".htm")):
        return safe.removesuffix("index.html") if safe.endswith("/index.html") else safe
    return safe.rstrip("/") + (".html" if ugly and safe.strip("/") else "/")
