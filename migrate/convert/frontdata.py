"""Pages whose content is data: front pages made from site parameters, lists in front matter.

Themes print such data by their layouts, so nothing of it stands in the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from migrate.convert import blockparts as parts
from migrate.convert.blockparts import Fields, join
from migrate.model import Page, Value
from migrate.read.blocks import (
    NAMES,
    data_lists,
    data_parts,
    heroes,
    is_short,
    is_told,
    parameters,
    strings,
)
from migrate.read.homedata import LANGUAGE

if TYPE_CHECKING:
    from migrate.context import Context

_WORD = re.compile(r"[^\W_]+")
_FRAME = frozenset(
    "navbar navbarlogo footer menu menus header fonts font images author authors social socials"
    " socialicons comments comment search analytics plausible google logo favicon editpost"
    " edittexts label assets schema cover fuseopts marketing appearance locale features_flags"
    " extensions security ui links mermaid katex banner page aesthetics giscus disqus versions"
    " homeinfoparams profilemode hero contact_form newsletter".split()
)
"""Parameters that are the frame of every page or settings of the theme."""


def opening(page: Page, ctx: Context) -> str:
    """The hero of a front page that site parameters make."""
    for value in heroes(page, ctx.plan.site):
        if shown := _hero(value, ctx):
            kind = "split-image" if "![" in shown else "centered"
            return f'+++ {{"kind": "{kind}"}}\n\n{shown}\n\n+++'
    return ""


def closing(page: Page, ctx: Context, body: str) -> str:
    """Lists of the page's front matter as cards, and the other parts of a front page.

    `body` is the page so far: a list that a shortcode of its shows isn't shown again.
    """
    said = _words(body)
    found = [
        parts.items(entries, ctx)
        for entries in data_lists(page).values()
        if not all(name and name in said for name in map(_name, entries))
    ]
    values = list(data_parts(page).values())
    if page.kind == "home":
        values += list(_home_data(page, ctx))
    found += [_part(value, ctx) for value in values if not _is_said(value, said)]
    params = parameters(page, ctx.plan.site) if page.kind == "home" else {}
    hero = params.get("hero")
    if isinstance(hero, Mapping) and hero.get("title"):
        found += [f"+++\n\n{text}" for value in _sections(params) if (text := _section(value, ctx))]
    return join(*found)


def _is_said(value: Value, said: str) -> bool:
    """All that there is to read of it, without files and URLs, stands on the page."""
    texts = [text for text in strings(value) if " " in text or "/" not in text]
    return all(_words(text) in said for text in texts)


def _home_data(page: Page, ctx: Context) -> Iterator[Value]:
    """What the front page's own template shows of the site's data."""
    texts: dict[tuple[str, ...], dict[str, Value]] = {}
    """Texts that the template names one by one, by what they are parts of."""
    for path in ctx.plan.site.home_data:
        value: Value = ctx.plan.site.data
        for part in path:
            key = (page.language if part == LANGUAGE else part).lower()
            value = _under(value, key) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and (entries := _files(value)):
            value = entries
        if isinstance(value, str) and len(path) > 1:
            known = texts.setdefault(path[:-1], {})
            known[path[-1]] = value
            if len(known) == 1:
                yield known
        elif is_told(value):
            yield value


def _under(value: Mapping[str, Value], key: str) -> Value:
    return next((inner for name, inner in value.items() if str(name).lower() == key), None)


def _files(value: Mapping[str, Value]) -> list[Mapping[str, Value]]:
    """The files of a folder that holds one entry in each, by weight and name."""
    entries = [entry for _, entry in sorted(value.items(), key=lambda item: str(item[0]))]
    if not entries or not all(isinstance(entry, Mapping) and _name(entry) for entry in entries):
        return []
    return sorted(entries, key=lambda entry: _weight(entry.get("weight")))


def _weight(value: Value) -> float:
    return value if isinstance(value, (int, float)) else 0


def _part(value: Value, ctx: Context) -> str:
    """A part of the front matter: a section, or a list of short texts."""
    if isinstance(value, Mapping):
        return _section(value, ctx)
    entries = [entry for entry in value if isinstance(entry, Mapping)]
    if is_told(entries) or not is_short(entries):
        return parts.items(entries, ctx)
    urls = [key for key in entries[0] if key in parts.LINKS]
    if len(urls) == 1 and len(entries[0]) == 2:
        return parts.buttons(Fields({"buttons": entries}, ctx))
    lines = []
    for entry in entries:
        texts = [parts.prose(text, ctx).replace("\n", " ") for text in entry.values()]
        lines.append(f"- **{texts[0]}**: {' · '.join(texts[1:])}")
    return "\n".join(lines)


def _name(entry: Mapping[str, Value]) -> str:
    """What an entry is called; blanks at both ends."""
    found = (entry.get(key) for key in NAMES)
    return _words(next((name for name in found if isinstance(name, str) and name), ""))


def _words(text: str) -> str:
    words = _WORD.findall(text)
    return f" {' '.join(words)} " if words else ""


def _hero(value: Mapping[str, Value], ctx: Context) -> str:
    fields = Fields(value, ctx)
    fields.taken.update(("enabled", "enable"))
    head = parts.opening(fields)
    url = fields.text("buttonlink", "button_link", "button_url")
    text = fields.text("buttontext", "button_text")
    own = parts.button(text, url, ctx) if text and url else ""
    name = fields.text("imagetitle", "imagealt")
    shown = parts.picture(fields, name)
    return join(head, own, parts.buttons(fields), shown, parts.rest(fields))


def _sections(params: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """The parameters that are parts of the page: those with lists, and a title before them."""
    title: Mapping[str, Value] | None = None
    for key, value in params.items():
        if key in _FRAME or not isinstance(value, Mapping) or value.get("enable") is False:
            continue
        listed = any(
            isinstance(item, list) and any(isinstance(entry, Mapping) for entry in item)
            for item in value.values()
        )
        if listed:
            yield from (value,) if title is None else (title, value)
            title = None
        elif value.keys() == {"title"}:
            title = value


def _section(value: Mapping[str, Value], ctx: Context) -> str:
    fields = Fields(value, ctx)
    return join(parts.opening(fields), parts.buttons(fields), parts.rest(fields))
