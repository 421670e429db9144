"""Pages whose body is HTML: `.html` content, feed items, and what Hugo rendered of Org and others.

Shortcodes run in `.html` content. They are taken out before the HTML is read and what they become
is put back, so that MyST never passes through the HTML parser.
"""

from __future__ import annotations

import re

from migrate.context import Context
from migrate.convert.calls import Place, convert_call
from migrate.model import Shortcode
from migrate.read.lexer import lex

_TOKEN = re.compile(r"hugocall(\d+)x")
_ALONE = re.compile(r"^[ \t]*hugocall(\d+)x[ \t]*$", re.M)


def html_page(text: str, ctx: Context) -> str:
    """The MyST of a page whose body is the HTML `text`."""
    lexed = lex(text, ctx.plan.closers)
    if not lexed.calls and not lexed.escapes:
        return ctx.convert_html(text, ctx)
    for offset, message in lexed.errors:
        ctx.report("HM302", offset, message=message)
    pieces: list[str] = []
    calls: list[Shortcode] = []
    end = 0
    spans: list[tuple[int, int, Shortcode | str]] = [(c.start, c.end, c) for c in lexed.calls]
    spans += lexed.escapes
    for start, stop, found in sorted(spans, key=lambda span: span[0]):
        if start < end:
            continue
        pieces.append(text[end:start])
        if isinstance(found, str):
            pieces.append(found.replace("<", "&lt;"))
        elif _in_tag(text, start):
            pieces.append(_attribute(found, text, ctx))
        else:
            pieces.append(f"hugocall{len(calls)}x")
            calls.append(found)
        end = stop
    pieces.append(text[end:])
    myst = ctx.convert_html("".join(pieces), ctx)
    myst = _ALONE.sub(lambda m: convert_call(calls[int(m[1])], text, ctx, Place.BLOCK), myst)
    return _TOKEN.sub(lambda m: convert_call(calls[int(m[1])], text, ctx, Place.INLINE), myst)


def _in_tag(text: str, at: int) -> bool:
    return text.rfind("<", max(0, at - 2000), at) > text.rfind(">", max(0, at - 2000), at)


def _attribute(call: Shortcode, text: str, ctx: Context) -> str:
    """In an attribute the URL that Hugo prints: the HTML converter resolves it like any other."""
    if call.name.lower() in ("ref", "relref"):
        path = str(call.args[0] if call.args else call.kwargs.get("path", ""))
        target = ctx.plan.links.ref(path, ctx.page, str(call.kwargs.get("lang", "")))
        if target.page is not None:
            return target.page.url + (f"#{target.fragment}" if target.fragment else "")
    return convert_call(call, text, ctx, Place.ATTRIBUTE)
