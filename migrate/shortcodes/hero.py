"""The head of a landing page that is written with shortcodes: a block of the book theme."""

from __future__ import annotations

import re

from migrate.read.blocks import is_landing
from migrate.shortcodes.call import Call
from migrate.shortcodes.media import find
from migrate.shortcodes.render import encode

_BREAK = re.compile(r"(?>(?:&nbsp;|\s){0,20})<br\b[^<>]*>\s*", re.I)
"""Where a title is parted on wide screens."""
_DECORATION = re.compile(r"</?(?:span|div)\b[^<>]*>", re.I)
_HERO = re.compile(r"\{\{[<%]\s*hextra/hero", re.I)
_NEXT = re.compile(r"\s*(?:\{\{[<%]\s*/?blocks/|\Z)", re.I)
_END = "+++"


def cover(call: Call) -> str | None:
    """Docsy's cover: a block of its own, which ends before whatever follows."""
    title, body = call.markdown(call.get("title").strip()), call.body()
    below = call.markdown(call.get("subtitle").strip())
    by = call.markdown(call.get("byline").strip())
    if not call.place.is_block:
        return " ".join(filter(None, (f"**{title}**" if title else "", below, body, by)))
    parts = (f"## {title}" if title else "", below, body.strip(), by)
    words = "\n\n".join(filter(None, parts))
    if not is_landing(call.ctx.page):
        return words
    kind = "split-image" if "![" in words or "{image}" in words else "centered"
    end = "" if _NEXT.match(call.text, call.shortcode.end) else f"\n\n{_END}"
    return f'+++ {{"kind": "{kind}"}}\n\n{words}{end}'


def section(call: Call) -> str | None:
    """A band of the page with a background of its own."""
    body = call.body()
    landing = call.place.is_block and is_landing(call.ctx.page)
    return f"{_END}\n\n{body}" if landing and body else body


def badge(call: Call) -> str | None:
    """Hextra's small words above the title, which may lead somewhere."""
    words, link = _inline(call), call.get("link").strip()
    shown = f"[{words}]({encode(call.link(link))})" if link and words else words
    return _begin(call, shown)


def headline(call: Call) -> str | None:
    """The title of a Hextra page."""
    words = _inline(call)
    return _begin(call, f"# {words}" if call.place.is_block else f"**{words}**")


def subtitle(call: Call) -> str | None:
    """What stands below the title."""
    return _begin(call, _inline(call))


def container(call: Call) -> str | None:
    """Hextra's head with a picture at its side."""
    body, picture = call.body(), call.get("image").strip()
    if not picture:
        return body
    shown = f"![{call.escape(call.get('imageTitle'))}]({encode(find(call, picture))})"
    if link := call.get("imageLink").strip():
        shown = f"[{shown}]({encode(call.link(link))})"
    return ("\n\n" if call.place.is_block else " ").join(filter(None, (body.rstrip(), shown)))


def features(call: Call) -> str | None:
    """The cards that end Hextra's head."""
    cards = "\n".join(call.children())
    if not call.place.is_block:
        return cards
    ends = is_landing(call.ctx.page) and _first_hero(call) >= 0
    grid = f"::::{{grid}} 1 1 2 {call.get('cols') or 3}\n{cards}\n::::"
    return f"{_END}\n\n{grid}" if ends else grid


def _inline(call: Call) -> str:
    inner = _DECORATION.sub("", _BREAK.sub(" ", call.inner().strip()))
    converted = call.ctx.markdown(inner, call.shortcode.inner_start, inline=True)
    return " ".join(converted.split())


def _begin(call: Call, words: str) -> str:
    """The words, after the block break where they are the first of the head."""
    at = call.ctx.base + call.shortcode.start
    first = call.place.is_block and is_landing(call.ctx.page) and at <= _first_hero(call)
    return f'+++ {{"kind": "centered"}}\n\n{words}' if first else words


def _first_hero(call: Call) -> int:
    found = _HERO.search(call.ctx.page.body)
    return found.start() if found else -1
