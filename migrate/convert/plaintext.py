"""Markdown of front matter to plain text, for the keys that MyST shows as they are."""

from __future__ import annotations

import html
import re

import pyromark

_MARKUP = re.compile(r"[*_`\[\]<>&\\~#!|\n]|\{\{|  ")
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\{\{[<%]).)*?[>%]\}\}", re.S)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INLINE_TAG = re.compile(
    r"</?(?:a|b|br|code|em|font|i|img|kbd|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>",
    re.I,
)
_BREAKS = re.compile(r"\s+")
_EMOJI = re.compile(r":([a-zA-Z0-9_+-]+):")
_OPTIONS = pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_TABLES


def plain(text: str) -> str:
    """The words of a piece of Markdown on one line: no markup, HTML, shortcodes or entities."""
    if _MARKUP.search(text) is None:
        return text.strip()
    text = _SHORTCODE.sub(" ", text) if "{{" in text else text
    parts: list[str] = []
    for event in pyromark.events(text, options=_OPTIONS):
        if isinstance(event, str):
            parts.append(" ")
            continue
        for kind, value in event.items():
            if kind in ("Text", "Code"):
                parts.append(str(value))
            elif kind in ("InlineHtml", "Html"):
                parts.append(_between(str(value)))
            elif kind == "End" and value not in _INLINE_ENDS:
                parts.append(" ")
    return _BREAKS.sub(" ", "".join(parts)).strip()


_INLINE_ENDS = ("Emphasis", "Strong", "Strikethrough", "Link", "Image")


def _between(markup: str) -> str:
    """The text of a piece of HTML; `<br>` and the ends of blocks are a space."""
    return html.unescape(_TAG.sub(" " if markup.lower().startswith("<br") else "", markup))


def with_emojis(text: str) -> str:
    """`:tada:` as the character that it names; other words between colons stay."""
    if _EMOJI.search(text) is None:
        return text
    from migrate.convert.emojis import character

    return _EMOJI.sub(lambda found: character(found[1]) or found[0], text)


def plain_title(title: str, *, markdown: bool) -> str:
    """A title as its readers see it; `markdown`: the theme renders titles as Markdown.

    Code keeps its backticks: MyST shows a title as plain text, and there they tell code apart.
    """
    title = _BREAKS.sub(" ", title).strip()
    if "<" in title:
        title = _BREAKS.sub(" ", _INLINE_TAG.sub("", re.sub(r"(?i)<br\s*/?>", " ", title))).strip()
    if "&" in title:
        title = html.unescape(title)
    if not markdown or _MARKUP.search(title) is None:
        return title
    pieces = re.split(r"((?<!`)`++[^`]+`++)", title)
    return "".join(
        piece if number % 2 else _keep_edges(piece) for number, piece in enumerate(pieces)
    ).strip()


def _keep_edges(piece: str) -> str:
    if not piece.strip() or re.match(r"\s*(?:[#>+-]|\d+[.)])", piece):
        return piece
    start = piece[: len(piece) - len(piece.lstrip())]
    end = piece[len(piece.rstrip()) :]
    return start + plain(piece) + end
