"""What a site's own render hooks make of code fences and links, as real Hugo says.

A hook is a template that Hugo asks instead of its own HTML. One for a language of code fences
(`render-codeblock-chart.html`) shows whatever it likes; one for links or images may lead to places
that only it knows, such as an entry of a glossary. Both are asked of Hugo like shortcode calls:
fences in such a language, and links that lead nowhere by Hugo's own rules.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from migrate.context import Context
from migrate.convert.standing import indented
from migrate.convert.walk import Walk
from migrate.memory import digest
from migrate.model import Edit, Page
from migrate.plan import Plan
from migrate.read.markdown import Event

_FENCE = re.compile(
    r"^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([\w+#.-]+)[^\r\n]*$",
    re.MULTILINE,
)
_LINK = re.compile(
    r"!?\[[^\[\]\r\n]{0,500}\]\(([^()\s<>]{1,2000})(?:[ \t]+\"[^\"\r\n]{0,500}\")?\)"
)
_OUTSIDE = re.compile(r"https?:|mailto:|tel:|ftp:|data:|javascript:|//|#", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][\w+.-]*:")
"""One that only the site knows: `term:tide`."""
_ADDRESS = re.compile(r"<(?:a|img)\b[^<>]*?\s(?:href|src)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")


def questions(page: Page, plan: Plan) -> Iterator[tuple[str, str]]:
    """(key in `Plan.rendered`, Markdown) of all that the hooks on disk must be asked on a page."""
    markup = plan.site.markup
    if markup.code_hooks and ("```" in page.body or "~~~" in page.body):
        for found in _FENCE.finditer(page.body):
            if found[3].lower() in markup.code_hooks:
                text = _fence(page.body, found.start(2), _closed(page.body, found))
                yield _key(text, page), text
    if (markup.own_link_hook or markup.own_image_hook) and "](" in page.body:
        yield from _nowhere(page, plan)


def _nowhere(page: Page, plan: Plan) -> Iterator[tuple[str, str]]:
    """Links and images that lead nowhere by Hugo's own rules."""
    for found in _LINK.finditer(page.body):
        image = found[0].startswith("!")
        hook = plan.site.markup.own_image_hook if image else plan.site.markup.own_link_hook
        if not hook or _OUTSIDE.match(found[1]) or "{{" in found[0]:
            continue
        look_up = plan.links.resolve_file if image else plan.links.resolve
        if _SCHEME.match(found[1]) or look_up(found[1], page).kind == "missing":
            yield _key(found[0], page), found[0]


def destination(source: str, typed: str, ctx: Context) -> str:
    """Where the site's hook leads from the link `source`, if that is a place; else as typed."""
    found = ctx.plan.rendered.get(_key(source, ctx.page))
    address = _ADDRESS.search(found) if found else None
    if address is None:
        return typed
    led = html.unescape(next(value for value in address.groups() if value is not None))
    return typed if ctx.resolve(led).kind == "missing" else led


def fence(_event: Event, walk: Walk) -> Iterator[Edit]:
    """A fence in a language of the site's own: what its hook shows, as MyST."""
    opener = walk.opener
    if opener is None or opener.value == "Indented":
        return
    first = walk.text[opener.start : opener.end].partition("\n")[0]
    language = first.strip("`~ \t\r").partition(" ")[0]
    if language.lower() not in walk.ctx.plan.site.markup.code_hooks:
        return
    end = opener.start + len(walk.text[opener.start : opener.end].rstrip())
    source = _fence(walk.text, opener.start, end)
    rendered = walk.ctx.plan.rendered.get(_key(source, walk.ctx.page), "")
    text = walk.ctx.html(rendered, opener.start).strip("\n") if rendered else ""
    if text:
        walk.skip_until = end
        yield Edit(opener.start, end, indented(text, walk.prefix(opener.start)))
    else:
        walk.ctx.report("HM311", opener.start, language=language)


def _closed(text: str, opener: re.Match[str]) -> int:
    """Where the fence ends: at a line of as many marks, or with the text."""
    closer = re.compile(rf"^[ \t>]*{re.escape(opener[2])}{opener[2][0]}*[ \t]*\r?$", re.MULTILINE)
    found = closer.search(text, opener.end())
    return len(found[0].rstrip()) + found.start() if found else len(text.rstrip())


def _fence(text: str, start: int, end: int) -> str:
    """A fence without the margin that a list or a quote around it gives to its lines."""
    width = start - (text.rfind("\n", 0, start) + 1)
    first, *rest = text[start:end].split("\n")
    return "\n".join([first, *(_unindented(line, width) for line in rest)])


def _unindented(line: str, width: int) -> str:
    margin = len(line) - len(line.lstrip(" \t>"))
    return line[min(width, margin) :]


def _key(source: str, page: Page) -> str:
    return f"{page.identity}\nhook {digest(source)}"
