"""Blocks of raw HTML: as Hugo's `unsafe` says, in MyST's own forms, with the Markdown in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.convert.calls import Place
from migrate.convert.math import in_html
from migrate.convert.nesting import PLACEHOLDER, fill
from migrate.convert.standing import indented, removed, strip_prefix, text_of
from migrate.convert.tags import regions, tags
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event, rendered

_COMMENT = re.compile(r"\s*<!--.*?-->\s*\Z", re.DOTALL)
_MORE = re.compile(r"<!--more-->[ \t]*(?:\r?\n)?(?:[ \t]*(?:\r?\n|\Z))?")
_MORE_THAN_HTML = re.compile(r"\[\^|\$|\\[(\[]|^[ \t>]*:[ \t]|^[ \t>]*>[ \t]*\[!", re.MULTILINE)
_HOLDERS = frozenset(("Item", "BlockQuote", "FootnoteDefinition", "DefinitionListDefinition"))
_FIGURE = re.compile(r"((?<!:):{3,}\{figure\})\n([ \t]*)!\[([^\[\]\n]*)\]\(([^\s()]+)\)\n[ \t]*\n")


def block(event: Event, walk: Walk) -> Iterator[Edit]:
    """An HTML block, alone or the first of those that belong together."""
    html = walk.text[event.start : event.end]
    if html.startswith("<!--more-->"):
        found = _MORE.match(walk.text, event.start)
        end = found.end() if found else event.end
        apart = _line_above(event.start, walk) and walk.text[end : end + 1].strip()
        yield Edit(event.start, end, "\n" if apart else "")
        return
    if _COMMENT.match(html):
        return
    if not walk.ctx.plan.site.markup.unsafe:
        yield from _omitted(event, walk)
        return
    if walk.regions is None:
        walk.regions = regions(walk.masked, walk.events)
    end = walk.regions.get(event.start, event.end)
    if end < 0:
        return
    if end > event.end:
        walk.open_regions[end] = event
    else:
        yield from _region(event.start, event.end, [event], walk)


def block_end(event: Event, walk: Walk) -> Iterator[Edit]:
    """The last of the HTML blocks that belong together: all of them become one piece of MyST."""
    first = walk.open_regions.pop(event.end, None)
    if first is not None:
        part = -1 - first.start
        known = walk.regions or {}
        blocks = [
            other if other.kind == "HtmlBlock" else Event("HtmlBlock", other.start, event.end)
            for other in walk.events[: walk.index]
            if other is first
            or (other.kind in ("HtmlBlock", "InlineHtml") and known.get(other.start) == part)
        ]
        yield from _region(first.start, event.end, blocks, walk)


def _omitted(event: Event, walk: Walk) -> Iterator[Edit]:
    """Without `unsafe` Hugo drops a block of HTML with its text; a paragraph's break stays."""
    walk.ctx.report("HM403", event.start)
    end = event.start + len(walk.text[event.start : event.end].rstrip())
    yield removed(event.start, end, True, walk)


def _region(start: int, end: int, blocks: list[Event], walk: Walk) -> Iterator[Edit]:
    """The HTML of a span through the HTML converter, its Markdown and calls put back after."""
    prefix = walk.prefix(start)
    if not prefix.strip() and not _is_held(walk):
        start, prefix = start - len(prefix), ""  # the author's indentation of the HTML
    end = start + len(walk.text[start:end].rstrip())
    pieces: dict[str, str] = {}
    parts: list[str] = []
    inside = list(walk.edits)
    at = start
    for html in blocks:
        markdown = walk.take(at, html.start).strip("\r\n")
        if markdown.strip(" \t\r\n>"):
            key = str(len(pieces))
            pieces[key] = strip_prefix("\n" + markdown, prefix).strip("\n")
            parts.append(f"\n\n<p>hugopiece{key}x</p>\n\n")
        walk.take(html.start, min(html.end, end))
        parts.append(_with_calls(html, min(html.end, end), pieces, walk))
        at = html.end
    source = strip_prefix("".join(parts), prefix)
    converted = fill(walk.ctx.html(source, start).strip("\n"), PLACEHOLDER, pieces)
    if converted is None:
        plain = _plain_html(start, end, blocks, walk)
        if plain is None:
            walk.edits[:] = inside
            walk.ctx.report("HM404", start)
            return
        converted = walk.ctx.html(plain, start).strip("\n")
    if "{figure}\n" in converted:
        converted = _FIGURE.sub(_shown, converted)
    if not converted.strip():
        yield removed(start, end, not _line_above(start, walk), walk)
    elif converted != walk.text[start:end]:
        yield Edit(start, end, _set_apart(indented(converted, prefix), start, end, prefix, walk))


def _is_held(walk: Walk) -> bool:
    """The block stands in a list, a quote or a note."""
    return any(event.kind in _HOLDERS for event in walk.stack)


def _plain_html(start: int, end: int, blocks: list[Event], walk: Walk) -> str | None:
    """The HTML of a span and of the Markdown in it, for what MyST has in HTML alone: the cells of
    a table with spans. None where the Markdown holds more than CommonMark."""
    if walk.atoms_in(start, end):
        return None
    prefix = walk.prefix(start)
    parts: list[str] = []
    at = start
    lines = walk.ctx.record.definitions.split("\n")
    references = "\n".join(line for line in lines if not line.startswith("[^"))
    for block in [*blocks, None]:
        markdown = walk.text[at : block.start if block else end].strip("\r\n")
        if _MORE_THAN_HTML.search(markdown):
            return None
        if markdown.strip(" \t\r\n>"):
            inner = strip_prefix("\n" + markdown, prefix).strip("\n")
            parts.append(rendered(f"{inner}\n\n{references}", walk.ctx.plan.site.markup))
        if block is not None:
            parts.append(strip_prefix("\n" + walk.text[block.start : min(block.end, end)], prefix))
            at = block.end
    return "".join(parts)


def _shown(found: re.Match[str]) -> str:
    """The head of a figure whose image came from a call or from Markdown in it."""
    alt = f"{found[2]}:alt: {found[3]}\n\n" if found[3] else ""
    return f"{found[1]} {found[4]}\n{alt}"


def _line_above(start: int, walk: Walk) -> str:
    """What the line above the one of `start` says."""
    line = walk.text.rfind("\n", 0, start)
    above = walk.text[walk.text.rfind("\n", 0, max(line, 0)) + 1 : line] if line >= 0 else ""
    return above.strip(" \t>\r")


def _set_apart(text: str, start: int, end: int, prefix: str, walk: Walk) -> str:
    """Blank lines around, where HTML needed none and text would run into text."""
    line = walk.text.rfind("\n", 0, start)
    first = not walk.text[line + 1 : start].strip(" \t>")
    if first and _line_above(start, walk):
        text = f"\n{prefix}{text}" if not prefix.strip() else text
    after = walk.text[end:].split("\n", 2)
    if len(after) > 1 and after[1].strip(" \t>\r") and not after[0].strip():
        text += "\n" + prefix.rstrip()
    return text


def _with_calls(html: Event, end: int, pieces: dict[str, str], walk: Walk) -> str:
    """The source of an HTML block; calls in attributes are replaced, others get a placeholder."""
    atoms = walk.atoms_in(html.start, end)
    if not atoms:
        return in_html(walk.text[html.start : end], pieces, walk.ctx)
    spans = [(tag.start, tag.end) for tag in tags(walk.masked, html.start, end)]
    parts: list[str] = []
    at = html.start
    for atom in atoms:
        parts.append(walk.text[at : atom.start])
        at = atom.end
        if atom.call is None:
            parts.append(atom.text)
        elif any(start < atom.start < stop for start, stop in spans):
            parts.append(text_of(atom, walk, Place.ATTRIBUTE))
        else:
            key = str(len(pieces))
            line = walk.text[walk.text.rfind("\n", 0, atom.start) + 1 : atom.start]
            rest = walk.text[atom.end : walk.text.find("\n", atom.end) % (len(walk.text) + 1)]
            alone = not line.strip() and not rest.strip()
            pieces[key] = text_of(atom, walk, Place.BLOCK if alone else Place.INLINE)
            parts.append(f"<p>hugopiece{key}x</p>" if alone else f"hugopiece{key}x")
    parts.append(walk.text[at:end])
    return "".join(parts)
