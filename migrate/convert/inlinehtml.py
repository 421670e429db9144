"""Inline HTML tags: what mystmd keeps stays, the rest becomes roles, links, images, words."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from migrate import myst
from migrate.convert.apart import is_glued
from migrate.convert.calls import Place
from migrate.convert.icons import is_wordless, words_of_icon
from migrate.convert.links import spelled_destination, spelled_image
from migrate.convert.phrasing import names_a_button
from migrate.convert.standing import indented, text_of
from migrate.convert.tags import Tag, attributes, tags
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

KEPT = frozenset(
    """b strong i em code del s u span sub sup kbd br hr img a q samp p div blockquote ul ol li
    table tr td th thead tbody tfoot iframe details summary pre h1 h2 h3 h4 h5 h6""".split()
)
"""Elements that mystmd shows as a browser does."""
WORDS_ONLY = frozenset(
    """font center big time cite address article aside section header footer main nav label data
    bdi bdo dfn nobr tt wbr picture source figure figcaption dl dt dd caption strike acronym rp rt
    ruby col colgroup small form input button fieldset legend select option textarea output
    meter progress object param embed video audio track canvas map area svg path g script style
    noscript template slot math base link meta title head body html abbr mark ins
    var""".split()
)
"""Other elements of HTML: no placeholders that someone typed."""
_FORMATS = frozenset("b strong i em u s del sub sup".split())
"""Elements that are nothing without text; an `<i>` without is an icon."""
ROLES = {"mark": "span .mark", "ins": "u", "small": "span .small", "strike": "del"}
_WHOLE = frozenset(
    "video audio iframe button svg object embed script style form select picture figure".split()
)
_AS_ROLES = {
    "u": "u",
    "s": "del",
    "del": "del",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "span": "span",
}
"""Elements that mystmd shows, as roles: those hold formulas."""
_value = entities.unescape
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_DROPPED = frozenset("font center big time cite nobr label".split())
_ID = re.compile(r"""(?<!\s)(?<!\s)\s+id\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
_BLOCK_TAG = re.compile(r"<(?:h[1-6]|div|p|ul|ol|table|figure|blockquote)[\s>]", re.I)
_MARKUP = re.compile(r"[*_`\[~]")
_BUTTON_TEXT = re.compile(r"[^`<>{}\[\]*_\\]{1,200}")
"""Words that a role can hold as they are."""
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w.:|-]*>\Z")
"""`<name>`, with nothing else in it."""


def inline(event: Event, walk: Walk) -> Iterator[Edit]:
    """One tag in running text."""
    source = walk.masked[event.start : event.end]
    if source.startswith(("<!", "<?")):
        yield from _comment(event, source, walk)
        return
    if walk.inside("Image"):
        return
    if event.start in walk.closing:
        yield Edit(event.start, event.end, walk.closing.pop(event.start))
        return
    if not walk.ctx.plan.site.markup.unsafe:
        walk.ctx.report("HM403", event.start)
        yield Edit(event.start, event.end, "")
        return
    found = tags(walk.masked, event.start, event.end)
    if len(found) == 1 and not found[0].closing:
        yield from _element(found[0], event, walk)


def _comment(event: Event, source: str, walk: Walk) -> Iterator[Edit]:
    """mystmd takes a comment in a line only as HTML 4 did: without `--` in it."""
    if source == "<!--more-->":
        yield Edit(event.start, event.end, "\n\n" + walk.prefix(event.start).rstrip(" "))
    elif source.startswith("<!--"):
        inner = source[4:-3]
        if "--" in inner or inner.startswith((">", "->")) or inner.endswith("-") or len(source) < 7:
            words = " ".join(inner.strip(" -<>").replace("--", "- -").split())
            yield Edit(event.start, event.end, f"<!-- {words} -->" if words else "")


def _element(tag: Tag, event: Event, walk: Walk) -> Iterator[Edit]:
    """An opening or empty tag, with the closing tag that belongs to it."""
    name = tag.name
    if name == "img":
        yield from _image(tag, walk)
        return
    if name == "span" and is_glued(tag, walk.masked):
        yield Edit(tag.start, tag.start, " ")
    if name == "input" and attributes(tag).get("type", "").lower() == "checkbox":
        yield _box(tag, walk)
        return
    plain, label = _identity(tag, walk)
    if label:
        yield Edit(tag.start, tag.start, f'<span id="{label}"></span>')
    if tag.empty and name in KEPT and name != "a":
        return
    close = None if tag.empty else _closing_tag(tag, walk)
    if close is not None and name in _FORMATS and tag.end == close.start:
        if icon := words_of_icon(walk.masked[tag.start : tag.end]):
            walk.ctx.report("HM304", tag.start, name=icon)
        yield _nothing(tag.start, close.end, walk)
    elif name in _WHOLE:
        yield from _whole(tag, close, walk)
    elif name == "a":
        yield from _anchor(tag, close, walk)
    elif close is not None and (found := list(_formatted(tag, close, walk))):
        yield from found
    elif (
        close is None
        and name not in KEPT | WORDS_ONLY
        and _PLACEHOLDER.match(walk.masked[tag.start : tag.end])
    ):
        walk.ctx.report("HM405", event.start, name=walk.masked[tag.start + 1 : tag.end - 1])
        yield Edit(tag.start, tag.start, "\\")
    elif label:
        yield Edit(tag.start, tag.end, plain)
    elif name in ("span", "div") and (own := _value(attributes(tag).get("id", ""))):
        yield from _relabelled(tag, own, walk)


def _box(tag: Tag, walk: Walk) -> Edit:
    """`<input type="checkbox">`: a task's box where it begins an item, else the sign of one."""
    checked = "checked" in attributes(tag)
    holder = walk.holder()
    item = len(walk.stack) > 1 and walk.stack[-2].kind == "Item"
    if item and holder is not None and holder.start == tag.start:
        blank = "" if walk.text[tag.end : tag.end + 1].isspace() else " "
        return Edit(tag.start, tag.end, ("[x]" if checked else "[ ]") + blank)
    return Edit(tag.start, tag.end, "☑" if checked else "☐")


def _formatted(tag: Tag, close: Tag, walk: Walk) -> Iterator[Edit]:
    """An element that is only a look of its text, in MyST's form; nothing where it stays HTML."""
    name = tag.name
    if name in ROLES and "class" not in attributes(tag):
        yield from _role(tag, close, ROLES[name], walk)
    elif name == "abbr":
        yield from _abbreviation(tag, close, walk)
    elif name == "var":
        walk.closing[close.start] = "*"
        yield Edit(tag.start, tag.end, "*")
    elif name in _DROPPED:
        walk.closing[close.start] = ""
        yield Edit(tag.start, tag.end, "")
    elif name in ("b", "strong", "i", "em") and _needs_markdown(tag, close, walk):
        mark = "**" if name in ("b", "strong") else "*"
        walk.closing[close.start] = mark
        yield Edit(tag.start, tag.end, mark)
    elif name in _AS_ROLES and _needs_markdown(tag, close, walk):
        names = _value(attributes(tag).get("class", "")).split() if name == "span" else []
        role = " ".join([_AS_ROLES[name], *(f".{cls}" for cls in names)])
        yield from _role(tag, close, role, walk)


def _identity(tag: Tag, walk: Walk) -> tuple[str, str]:
    """(the tag without its id, the label for it): mystmd knows only ids of `span` and `div`.

    The label is empty where nothing links to the element, or another way writes it.
    """
    found = attributes(tag)
    name = _value(found.get("id", ""))
    if not name or tag.name in ("span", "div") or (tag.name == "a" and "href" not in found):
        return "", ""
    label = walk.ctx.label(name)
    source = walk.masked[tag.start : tag.end]
    return (_ID.sub("", source, count=1), label) if label else ("", "")


def _relabelled(tag: Tag, name: str, walk: Walk) -> Iterator[Edit]:
    """An element that mystmd takes for a target, under the label that links have for it."""
    label = walk.ctx.label(name)
    if label is not None and label != name:
        new = _ID.sub(f' id="{label}"', walk.masked[tag.start : tag.end], count=1)
        yield Edit(tag.start, tag.end, new)


def _closing_tag(tag: Tag, walk: Walk) -> Tag | None:
    """The tag that closes `tag` in the same paragraph, heading or cell."""
    holder = walk.holder()
    if holder is None:
        return None
    if walk.pairs[0] != holder.start:
        walk.pairs = (holder.start, _pairs(holder, walk))
    return walk.pairs[1].get(tag.start)


def _pairs(holder: Event, walk: Walk) -> dict[int, Tag]:
    """Start of each opening tag from here to the end of `holder` -> its closing tag."""
    found: dict[int, Tag] = {}
    waiting: dict[str, list[int]] = {}
    for number in range(walk.index, len(walk.events)):
        event = walk.events[number]
        if event.start >= holder.end:
            break
        if event.kind != "InlineHtml":
            continue
        for tag in tags(walk.masked, event.start, event.end):
            if tag.closing and waiting.get(tag.name):
                found[waiting[tag.name].pop()] = tag
            elif not tag.closing and not tag.empty:
                waiting.setdefault(tag.name, []).append(tag.start)
    return found


def _needs_markdown(tag: Tag, close: Tag, walk: Walk) -> bool:
    """Between tags mystmd loses footnotes and formulas."""
    if walk.atoms_in(tag.end, close.start):
        return True
    return "[^" in walk.masked[tag.end : close.start]


def _role(tag: Tag, close: Tag, name: str, walk: Walk) -> Iterator[Edit]:
    """`<mark>x</mark>` as a role; with backticks enough for what is in it."""
    inner = walk.masked[tag.end : close.start]
    longest = max((len(run) for run in re.findall(r"`+", inner)), default=0)
    nested = bool(walk.atoms_in(tag.end, close.start)) or "~~" in inner or "<" in inner
    ticks = "`" * (longest + 1 + (2 if nested else 0))
    pad = " " if inner[:1] == "`" or inner[-1:] == "`" else ""
    opening, closing = f"{{{name}}}{ticks}{pad}", pad + ticks
    at = tag.end
    start, end = tag.start, tag.end
    for note in _FOOTNOTE.finditer(walk.masked, tag.end, close.start):
        # mystmd finds no footnotes in a role: they stand between two.
        words = walk.masked[at : note.start()].strip()
        yield Edit(start, end, opening if words else "")
        if words:
            yield Edit(note.start(), note.start(), closing)
        at = start = end = note.end()
    words = walk.masked[at : close.start].strip()
    walk.closing[close.start] = closing if words else ""
    yield Edit(start, end, opening if words else "")


def _abbreviation(tag: Tag, close: Tag, walk: Walk) -> Iterator[Edit]:
    title = _value(attributes(tag).get("title", ""))
    inner = walk.masked[tag.end : close.start]
    if not title or "`" in inner or "<" in inner or "`" in title:
        walk.closing[close.start] = ""
        yield Edit(tag.start, tag.end, "")
        return
    walk.closing[close.start] = f" ({title})`"
    yield Edit(tag.start, tag.end, "{abbr}`")


def _anchor(tag: Tag, close: Tag | None, walk: Walk) -> Iterator[Edit]:
    """`<a href>` is a Markdown link, `<a id>` a target."""
    found = attributes(tag)
    href = found.get("href")
    if href is None:
        name = found.get("id") or found.get("name") or ""
        yield from _target(tag, close, _value(name), walk)
        return
    destination = _value(_called(href, tag, walk))
    if not destination.strip() or destination == "#":
        if close is not None:
            walk.closing[close.start] = ""
        yield Edit(tag.start, tag.end, "")
        return
    if close is None:
        yield from _unclosed_link(tag, destination, walk)
        return
    new = walk.ctx.link(destination, tag.start)
    inner = walk.masked[tag.end : close.start]
    holder = walk.holder()
    alone = holder is not None and _is_all(tag.start, close.end, holder, walk)
    if alone and "<" in inner and _BLOCK_TAG.search(inner) and not _MARKUP.search(inner):
        yield from _whole(tag, close, walk)
        return
    if name := words_of_icon(inner) if "<" in inner and is_wordless(inner) else "":
        walk.skip_until = close.end
        yield Edit(tag.start, close.end, f"[{name}]({spelled_destination(new)})")
        return
    if names_a_button(_value(found.get("class", "")).split()) and _BUTTON_TEXT.fullmatch(
        inner.strip()
    ):
        walk.skip_until = close.end
        yield Edit(tag.start, close.end, f"{{button}}`{inner.strip()} <{new}>`")
        return
    if not inner.strip():
        walk.closing[close.start] = ""
        yield Edit(tag.start, tag.end, "")
        return
    title = _value(found.get("title", "")).replace('"', '\\"')
    tail = f' "{title}"' if title else ""
    walk.closing[close.start] = f"]({spelled_destination(new)}{tail})"
    yield Edit(tag.start, tag.end, "[")


def _unclosed_link(tag: Tag, destination: str, walk: Walk) -> Iterator[Edit]:
    """A browser ends the link with its paragraph; with nothing in it the tag goes."""
    holder = walk.holder()
    rest = walk.masked[tag.end : holder.end].rstrip() if holder else ""
    if not rest.strip() or "[" in rest or "<" in rest or "`" in rest:
        yield Edit(tag.start, tag.end, "")
        return
    end = tag.end + len(rest)
    yield Edit(tag.start, tag.end, "[")
    yield Edit(end, end, f"]({spelled_destination(walk.ctx.link(destination, tag.start))})")


def _target(tag: Tag, close: Tag | None, name: str, walk: Walk) -> Iterator[Edit]:
    """A named anchor: `(name)=` before the block at whose start it stands, else a span."""
    holder = walk.holder()
    label = walk.ctx.label(name) if name else None
    inner = walk.masked[tag.end : close.start] if close else ""
    if close is not None:
        walk.closing[close.start] = ""
    words = inner.strip() and "`" not in inner and not walk.inside("Heading")
    if label is not None and close is not None and words:
        walk.closing[close.start] = "`"
        yield Edit(tag.start, tag.end, f"{{span #{label}}}`")
        return
    yield Edit(tag.start, tag.end, "")
    if label is not None and holder is not None and holder.kind != "TableCell":
        alone = close is not None and _is_all(tag.start, close.end, holder, walk)
        after = "" if alone else f"\n{walk.prefix(holder.start)}"
        yield Edit(holder.start, holder.start, myst.target(label) + after)


def _nothing(start: int, end: int, walk: Walk) -> Edit:
    """Leave a span out, with the blank after it where one is before it or a text begins."""
    walk.skip_until = end
    blank = walk.masked[end : end + 1] == " " and walk.masked[max(0, start - 1) : start] in "[ \n"
    return Edit(start, end + blank, "")


def _is_all(start: int, end: int, holder: Event, walk: Walk) -> bool:
    """Whether a paragraph holds nothing but this span."""
    text = walk.text[holder.start : holder.end].strip()
    return holder.kind == "Paragraph" and text == walk.text[start:end]


def _image(tag: Tag, walk: Walk) -> Iterator[Edit]:
    """`<img src alt>` is a Markdown image; with a size or class the tag stays."""
    found = attributes(tag)
    source = _value(_called(found.get("src", ""), tag, walk))
    if not source:
        yield Edit(tag.start, tag.end, "")
        return
    new = walk.ctx.image(source, tag.start)
    if found.keys() & {"width", "height", "class", "style"}:
        if new != source:
            at = walk.masked.find(found["src"], tag.start)
            yield Edit(at, at + len(found["src"]), entities.escape(new))
        return
    alt = re.sub(r"([\[\]])", r"\\\1", _value(found.get("alt", "")))
    yield Edit(tag.start, tag.end, spelled_image(alt, new, _value(found.get("title", ""))))


def _whole(tag: Tag, close: Tag | None, walk: Walk) -> Iterator[Edit]:
    """An element that only the HTML converter knows, with all that is in it."""
    end = close.end if close is not None else tag.end
    holder = walk.holder()
    alone = holder is not None and _is_all(tag.start, end, holder, walk)
    converted = walk.ctx.html(walk.text[tag.start : end], tag.start, inline=not alone).strip("\n")
    if alone:
        converted = indented(converted, walk.prefix(tag.start))
    walk.skip_until = end
    if converted != walk.text[tag.start : end]:
        yield Edit(tag.start, end, converted)


def _called(value: str, tag: Tag, walk: Walk) -> str:
    """An attribute's value with the shortcodes in it replaced."""
    atoms = walk.atoms_in(tag.start, tag.end)
    if not atoms or "X" not in value:
        return value
    first = walk.masked.find(value, tag.start)
    parts: list[str] = []
    at = first
    for atom in atoms:
        if first <= atom.start and atom.end <= first + len(value):
            parts += walk.text[at : atom.start], text_of(atom, walk, Place.ATTRIBUTE)
            at = atom.end
    parts.append(walk.text[at : first + len(value)])
    return "".join(parts)
