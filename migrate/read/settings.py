"""What the configuration says about content, typed, for each language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrate.model import Language, Value
from migrate.read import dates
from migrate.read.config import below
from migrate.read.permalinks import Rules

KINDS = ("home", "section", "page", "taxonomy", "term")
_OLD_KINDS = {"taxonomyterm": "taxonomy"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one language: the site's own under the language's."""

    language: Language
    default: bool
    values: Mapping[str, Value]
    """The language's whole configuration."""
    content_dir: str
    rules: Rules
    permalinks: Mapping[str, Mapping[str, str]]
    """Kind -> (section or plural name of a taxonomy -> pattern)."""
    taxonomies: Mapping[str, str]
    """Plural -> singular."""
    disabled_kinds: frozenset[str]
    zone: tzinfo
    date_keys: Mapping[str, Sequence[str]]
    ugly: bool | Mapping[str, bool] = False
    pluralize: bool = True
    capitalize: bool = True
    home_aliases: tuple[str, ...] = ()
    """Where Hugo redirects to the home page: `/en/` or `/`, in a site of several languages."""
    cascade: Sequence[Value] = field(default_factory=tuple)

    def is_ugly(self, section: str) -> bool:
        """Whether pages of the section are files (`/a.html`) and no folders."""
        return self.ugly if isinstance(self.ugly, bool) else bool(self.ugly.get(section.lower()))


def text(value: Value) -> str:
    """A scalar as Hugo casts it to a string; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return ""


def truth(value: Value) -> bool:
    """A value as Hugo casts it to a boolean: `"false"` is false."""
    if isinstance(value, str):
        return value.strip().lower() in ("true", "1", "t")
    return bool(value)


def strings(value: Value) -> list[str]:
    """A list of strings; one string is a list of one."""
    items = value if isinstance(value, list) else [value]
    return [text(item) for item in items if text(item)]


def mapping(value: Value) -> Mapping[str, Value]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def number(value: Value) -> int:
    """A value as Hugo casts it to an integer; 0 for what is none."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def base_path(config: Mapping[str, Value]) -> str:
    """The path of `baseURL` without a final slash."""
    try:
        path = unquote(urlsplit(text(config.get("baseurl"))).path)
    except ValueError:
        return ""
    return "/" + path.strip("/") if path.strip("./") else ""


def languages(config: Mapping[str, Value]) -> tuple[tuple[Settings, ...], frozenset[str]]:
    """The settings of each language, the default one first, and the codes that are off."""
    default = (text(config.get("defaultcontentlanguage")) or "en").lower()
    sections = {
        code: section
        for code, section in mapping(config.get("languages")).items()
        if isinstance(section, dict)
    }
    off = {code.lower() for code in strings(config.get("disablelanguages"))} - {default}
    off |= {code for code, section in sections.items() if truth(section.get("disabled"))}
    on = {code: section for code, section in sections.items() if code not in off}
    if not on:
        on = {default: {}}
    if default not in on:
        default = min(on, key=lambda code: (number(on[code].get("weight")) or 10**9, code))
    order = sorted(
        on, key=lambda code: (code != default, number(on[code].get("weight")) or 10**9, code)
    )
    several = len(on) > 1
    found = tuple(_settings(config, code, on[code], code == default, several) for code in order)
    return found, frozenset(off)


def _settings(
    config: Mapping[str, Value], code: str, own: Mapping[str, Value], default: bool, several: bool
) -> Settings:
    # A language's keys replace the site's whole; only its params are laid over the site's.
    merged = {key: value for key, value in config.items() if key != "languages"} | dict(own)
    merged["params"] = below(mapping(own.get("params")), mapping(config.get("params")))
    in_folder = not default or truth(config.get("defaultcontentlanguageinsubdir"))
    prefix = f"/{code}" if in_folder and not own.get("baseurl") else ""
    cascade = merged.get("cascade")
    return Settings(
        language=Language(
            code=code,
            name=text(own.get("label") or own.get("languagename") or own.get("languagecode")),
            title=text(merged.get("title")),
            prefix=prefix,
            base_url=_whole_url(text(own.get("baseurl"))) if several else "",
            weight=number(own.get("weight")),
            params=mapping(merged["params"]),
        ),
        default=default,
        values=merged,
        content_dir=text(merged.get("contentdir")) or "content",
        rules=Rules(
            lower=not truth(merged.get("disablepathtolower")),
            strip_accents=truth(merged.get("removepathaccents")),
        ),
        permalinks=_permalinks(merged.get("permalinks")),
        taxonomies=_taxonomies(merged.get("taxonomies")),
        disabled_kinds=frozenset(
            _OLD_KINDS.get(kind.lower(), kind.lower())
            for kind in strings(merged.get("disablekinds"))
        ),
        zone=_zone(text(merged.get("timezone"))),
        date_keys=dates.configured_keys(merged.get("frontmatter")),
        ugly=_ugly(merged.get("uglyurls")),
        pluralize=truth(merged.get("pluralizelisttitles", True)),
        capitalize=truth(merged.get("capitalizelisttitles", True)),
        home_aliases=_home_aliases(config, code, prefix) if default and (several or prefix) else (),
        cascade=cascade if isinstance(cascade, list) else [cascade] if cascade else [],
    )  # fmt: skip


def _whole_url(url: str) -> str:
    """The URL, if it has a host that can be read; else empty."""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _home_aliases(config: Mapping[str, Value], code: str, prefix: str) -> tuple[str, ...]:
    if truth(config.get("disabledefaultlanguageredirect")):
        return ()
    return ("/",) if prefix else (f"/{code}/",)


def _ugly(value: Value) -> bool | Mapping[str, bool]:
    if isinstance(value, dict):
        return {section: truth(item) for section, item in value.items()}
    return truth(value)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _taxonomies(value: Value) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {"tags": "tag", "categories": "category"}
    return {
        text(plural).lower(): singular
        for singular, plural in value.items()
        if text(plural) and singular != "_merge"
    }


def _permalinks(value: Value) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    if isinstance(value, list):  # the newer form: target and pattern
        for entry in value:
            target = mapping(mapping(entry).get("target"))
            pattern = text(mapping(entry).get("pattern"))
            section = re.sub(r"[{}*]", "", text(target.get("path"))).strip("/")
            for kind in strings(target.get("kind")) or ("page",):
                found.setdefault(kind, {})[section] = pattern
        return found
    for key, pattern in mapping(value).items():
        if isinstance(pattern, dict):
            found.setdefault(key, {}).update(
                {section: text(item) for section, item in pattern.items()}
            )
        elif text(pattern):
            found["page"].setdefault(key, text(pattern))
            found["term"].setdefault(key, text(pattern))
    return found
