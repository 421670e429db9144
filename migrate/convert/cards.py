"""One page as another page lists it: a card, or a line of a list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.context import Record
from migrate.convert.calls import render_text
from migrate.convert.frontmatter import title
from migrate.convert.pictures import picture, use
from migrate.convert.plaintext import plain
from migrate.destinations import written
from migrate.model import Page, Target
from migrate.myst import directive, escape
from migrate.read import people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrate.context import Context

_CODE = re.compile(r"((?<!`)`++[^`]+`++)")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_MORE = re.compile(r"<!--\s*more\s*-->")
_NO_PROSE = re.compile(
    r"\s*(?:[#>|{!:`~=+-]|<(?!(?:a|b|em|strong|code|span|i)\b)|\d+[.)]|\[\^|\*\s|\(\S+\)=|%)"
)
_OTHER_BLOCK = re.compile(r"\n[ \t]*(?:```|~~~|[#>*+|-] )")
"""What ends a paragraph without a blank line."""
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_FENCED = re.compile(
    r"^[ \t>]*+(`{3,}|~{3,})[^\n]*+(?>(?:\n(?![ \t>]*+\1)[^\n]*+)*)(?:\n[^\n]*+|\Z)", re.M
)
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\{\{[<%]).)*?[>%]\}\}", re.S)
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>((?:(?!<p[\s>]).)*?)</p>", re.S | re.I)
_SUMMARY_WORDS = 30
EMPTY = "%"
"""A comment line: mystmd drops a card without a body, title and link too."""


def words(text: str, ctx: Context, *, in_link: bool = False) -> str:
    """Plain text as MyST shows it; what stands in backticks is code."""
    pieces = _CODE.split(text)
    for number in range(0, len(pieces), 2):
        piece = escape(pieces[number], dollar=ctx.plan.math)
        pieces[number] = _BRACKET.sub(r"\\\g<0>", piece) if in_link else piece
    return "".join(pieces)


def name(page: Page, ctx: Context, *, in_link: bool = False) -> str:
    """The title under which a list shows the page."""
    text = title(page, ctx) or _first_heading(page) or page.url
    return words(text, ctx, in_link=in_link)


def _first_heading(page: Page) -> str:
    return plain(page.body.lstrip("\ufeff\r\n").split("\n", 1)[0])


def path(page: Page, ctx: Context) -> str:
    """The destination of a link to the page."""
    ctx.record.wide = True
    ctx.record.links += 1
    return written(Target("page", page), ctx.page, ctx.plan)


def link(page: Page, ctx: Context) -> str:
    """A link to the page under its title."""
    return f"[{name(page, ctx, in_link=True)}]({_safe(path(page, ctx))})"


def _safe(destination: str) -> str:
    return f"<{destination}>" if re.search(r"[\s()]", destination) else destination


def card(page: Page, ctx: Context, *, date: bool = True) -> str:
    """The page as a card: picture, summary, and its date and authors at the foot."""
    body = []
    shown = picture(page, ctx)
    if shown is not None:
        alt = words(plain(shown.alt), ctx)
        body.append(f"![{alt}]({_safe(use(shown.target, ctx))})")
    if text := summary(page, ctx):
        body.append(escape(text, dollar=ctx.plan.math, line_start=True))
    foot = byline(page, ctx) if date else ""
    options = {"link": path(page, ctx), "footer": foot or None}
    return directive("card", name(page, ctx), options, "\n\n".join(body) or EMPTY)


def grid(cards: Iterable[str], columns: str = "1 2 3 3") -> str:
    """Cards side by side, up to three in a row."""
    return directive("grid", columns, None, "\n\n".join(cards))


def byline(page: Page, ctx: Context) -> str:
    """`2025-01-29 · Yuvi Panda`; empty for a page without date and authors."""
    day = page.date if not page.date.startswith("0001") else ""
    named = {author["id"]: str(author["name"]) for author in ctx.plan.people.authors}
    authors = []
    for mention in people.mentions(page.front):
        key = ctx.plan.authors.get(mention.name, mention.name)
        authors.append(escape(named.get(key, mention.name), dollar=ctx.plan.math))
    return " · ".join(part for part in (day[:10], ", ".join(dict.fromkeys(authors))) if part)


def _told(text: str, page: Page, ctx: Context | None) -> str:
    """What another page's front matter says of it, as plain text; its calls are run there."""
    if "{{" in text and ctx is not None:
        text = render_text(text, replace(ctx, page=page, record=Record()))
    return plain(text)


def summary(page: Page, ctx: Context | None = None) -> str:
    """What a theme shows of the page in a list: its own words for that, else how it begins."""
    params = page.front.get("params")
    for source in (params if isinstance(params, dict) else {}, page.front):
        for key in ("summary", "description", "excerpt", "lead", "deck"):
            if isinstance(value := source.get(key), str) and (text := _told(value, page, ctx)):
                return text
    if page.kind == "home":
        return ""
    body = page.body
    if page.format not in ("markdown", "html"):
        body = ctx.plan.rendered.get(page.identity, "") if ctx is not None else ""
    if page.format != "markdown":
        body = "\n\n".join(_PARAGRAPH.findall(body[:8000]))
    if more := _MORE.search(body):
        body = body[: more.start()]
    return _beginning(body)


def _beginning(body: str) -> str:
    """The first paragraph of running text, cut after some thirty words; a title is no such,
    where there is another."""
    few = ""
    body = body[:4000].replace("\r\n", "\n")
    if "```" in body or "~~~" in body:
        body = _FENCED.sub("", body)
    for block in re.split(r"\n[ \t]*\n", body):
        if not block.strip() or _NO_PROSE.match(block):
            continue
        block = _OTHER_BLOCK.split(block, maxsplit=1)[0]
        block = _SHORTCODE.sub("", block) if "{{" in block else block
        text = plain(_NOTE.sub("", block) if "[^" in block else block)
        if len(text.split()) < 4:
            few = few or text
            continue
        short = text.split()[:_SUMMARY_WORDS]
        return " ".join(short) + (" …" if len(text.split()) > len(short) else "")
    return few


def line(page: Page, ctx: Context, *, dated: bool) -> str:
    """The page as a list item: date first where the list is by date, else with what it is about."""
    day = page.date[:10] if page.date and not page.date.startswith("0001") else ""
    if dated and day:
        return f"- {day} · {link(page, ctx)}"
    about = page.front.get("description") or page.front.get("summary")
    text = _told(about, page, ctx) if isinstance(about, str) else ""
    return f"- {link(page, ctx)}" + (f": {escape(text, dollar=ctx.plan.math)}" if text else "")
