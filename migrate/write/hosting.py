"""What the site tells its host: `_redirects`, `netlify.toml`, `vercel.json` and others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate.destinations import address
from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic
from migrate.plan import Plan
from migrate.read.disk import Unreadable, read_bytes

_FILES = (
    "netlify.toml",
    "vercel.json",
    "firebase.json",
    "wrangler.toml",
    "static.json",
    "now.json",
)
"""Settings of hosts beside a site's sources; they name the command that builds the site."""
_PLAIN = re.compile(r"/[^*:?\s]*")
_COMMENT = re.compile(r"(?:^|\s)#")
_MOVED = ("301", "302", "308")
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The redirects that the site has told its host."""

    text: str = ""
    """`_redirects` as it is."""
    url: str = "/_redirects"
    rules: tuple[tuple[str, str], ...] = ()
    """(old path, new path or whole URL), new ones as the MyST site has them. Patterns and
    conditions are not among them."""


def own_rules(plan: Plan) -> OwnRules:
    """The site's redirects, from `static/_redirects` and `netlify.toml`."""
    asset = plan.links.by_url("/_redirects")
    text = _read(asset.file) if asset is not None else ""
    rules = dict(_lines(text))
    if plan.site.source is not None:
        for old, new in _toml(_read(plan.site.source / "netlify.toml")):
            rules.setdefault(old, new)
    return OwnRules(text, rules=tuple((old, _today(new, plan)) for old, new in rules.items()))


def notes(plan: Plan) -> Iterator[Diagnostic]:
    """Files of hosts that a person has to look at: they build the site with Hugo."""
    source = plan.site.source
    for name in _FILES if source is not None else ():
        if source is not None and (source / name).is_file():
            yield diagnostic("HM711", name, file=name)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        words = _COMMENT.split(line, maxsplit=1)[0].split()
        moved = len(words) == 2 or (len(words) == 3 and words[2].rstrip("!") in _MOVED)
        if moved and _PLAIN.fullmatch(words[0]) and _is_new(words[1]):
            yield words[0], words[1]


def _toml(text: str) -> Iterator[tuple[str, str]]:
    try:
        rules: Any = tomllib.loads(text).get("redirects")
    except tomllib.TOMLDecodeError:
        return
    for rule in rules if isinstance(rules, list) else ():
        old, new = (rule.get("from"), rule.get("to")) if isinstance(rule, dict) else (None, None)
        if not isinstance(old, str) or not isinstance(new, str) or "conditions" in rule:
            continue
        if str(rule.get("status", 301)) in _MOVED and _PLAIN.fullmatch(old) and _is_new(new):
            yield old, new


def _is_new(new: str) -> bool:
    return new.startswith(("/", "http://", "https://")) and not re.search(r"[*]|/:|[\s\"<>]", new)


def _today(new: str, plan: Plan) -> str:
    """Where the redirect leads in the MyST site."""
    pages = plan.site.pages
    target = plan.links.resolve(new, pages[0]) if pages else None
    if target is None or target.page is None:
        return new
    place = address(target.page, plan)
    if not target.fragment:
        return place
    label = plan.labels.get(target.page.identity, {}).get(target.fragment)
    return f"{place}#{label or target.fragment}"


def _read(path: Path) -> str:
    """The text of a small file; empty where there is none."""
    try:
        return read_bytes(path, _MOST_BYTES).decode("utf-8", "replace")
    except Unreadable:
        return ""
