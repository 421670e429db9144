"""Citations of works whose entries the site has, and the list of what a page cites."""

from __future__ import annotations

import re

from migrate import myst
from migrate.read.lexer import lex, walk
from migrate.shortcodes.call import Call, shown
from migrate.shortcodes.render import encode

_KEYS = ("key", "keys", "id", "ids", "bibkey", "cite", "ref", "citation")
_PAGES = ("pages", "locator", "loc", "suffix", "p")
_LIST = ("bibliography", "references")
_CITES = re.compile(r"cite|citation", re.I)
_NARRATIVE = re.compile(r"cite-?t\b|text-?cite|cite-?text|narrative", re.I)
_LOCATOR = re.compile(r"[\w .,:§–-]{1,60}")


def cite(call: Call) -> str | None:
    """`[@key]`, or a link where a page of the site is cited; None for a work that isn't there."""
    if page := call.get("page").strip():
        return f"[]({encode(call.ref(page))})"
    keys, locator = _cited(call)
    if not keys or call.place.is_plain:
        return None
    works = call.ctx.plan.bibliography
    for key in keys:
        if (file := works.files.get(key)) is not None:
            call.ctx.record.assets[file.url] = file
    if _NARRATIVE.search(call.name):
        return myst.role("cite:t", ",".join(keys))
    if locator:
        locator = f", {locator}" if not locator.isdigit() else f", p. {locator}"
    return f"[{'; '.join(f'@{key}' for key in keys)}{locator}]"


def _cited(call: Call) -> tuple[list[str], str]:
    """The keys that the call names, all of which the site has, and the place in the work."""
    works = call.ctx.plan.bibliography
    kwargs = {name.lower(): shown(value) for name, value in call.shortcode.kwargs.items()}
    named = [kwargs[name] for name in _KEYS if name in kwargs]
    keys: list[str] = []
    locator = next((kwargs[name] for name in _PAGES if name in kwargs), "")
    for text in (*named, *call.args):
        parts = [text.strip()] if text.strip() in works else re.split(r"[;,\s]+", text.strip())
        parts = [part.lstrip("@") for part in parts]
        if all(part in works for part in parts):
            keys += parts
            continue
        key, colon, place = text.strip().lstrip("@").rpartition(":")
        if colon and key in works and not keys:
            keys, locator = [key], place.strip()
        elif keys and not locator:
            locator = text.strip()
        else:
            return [], ""
    return (keys, locator) if not locator or _LOCATOR.fullmatch(locator) else ([], "")


def bibliography(call: Call) -> str | None:
    """MyST's list of what the page cites, where that is all that Hugo's list shows."""
    works = call.ctx.plan.bibliography
    cited = _on_page(call)
    if not call.place.is_block or not cited or not all(key in works for key in cited):
        return None
    only_cited = call.name.lower() in ("references", "citations") or "cited" in call.args
    every = {key for one in cited for key in works.keys_of(works.files.get(one))}
    return myst.directive("bibliography") if only_cited or every <= cited else None


def _on_page(call: Call) -> set[str]:
    """The keys that the page cites by calls."""
    found: set[str] = set()
    for one in walk(lex(call.ctx.page.body, call.ctx.plan.closers).calls):
        if _CITES.search(one.name) and one.name.lower() not in _LIST:
            values = [shown(value) for value in (*one.args, *one.kwargs.values())]
            works = call.ctx.plan.bibliography
            for text in values:
                parts = re.split(r"[;,\s]+", text)
                found.update(part.lstrip("@") for part in parts if part.lstrip("@") in works)
    return found
