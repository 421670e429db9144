"""Alerts and callouts of all themes, and folding text, to admonitions and dropdowns.

Which classes mean what is data: the tables below. A theme file's `html` rules come first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.soup import attribute, classes, content, is_blank, words
from migrate.convert.structure import HEADINGS, block

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

BOXES = frozenset(
    """alert callout admonition markdown-alert hint book-hint gblog-hint gdoc-hint notice notices
    note tip warning important caution danger bs-callout hextra-callout alert-box message
    dg-note infobox info-box td-alert pageinfo panel notification aside-note tipbox banner-note
    box-note box-warning box-info box-tip note-box tip-box warning-box callout-box""".split()
)
"""Classes that make an element a box set off from the text, together with a kind or alone."""

ALONE = frozenset(["note", "tip", "warning", "important", "caution", "danger", "hint", "panel",
                   "message", "banner", "notification", "pageinfo"])  # fmt: skip
"""Of these, words that themes also use for other things: only a block element whose class list is
short is taken for a box."""

KINDS = {
    "note": "note", "notes": "note", "info": "note", "information": "note", "primary": "note",
    "secondary": "note", "light": "note", "dark": "note", "default": "note", "question": "note",
    "faq": "note", "help": "note", "abstract": "note", "summary": "note", "tldr": "note",
    "example": "note", "quote": "note", "cite": "note", "todo": "note", "blue": "note",
    "tip": "tip", "success": "tip", "check": "tip", "done": "tip", "green": "tip",
    "hint": "hint", "idea": "tip", "activity": "note", "action": "important",
    "important": "important", "purple": "important",
    "attention": "attention", "caution": "caution", "warning": "warning", "warn": "warning",
    "yellow": "warning", "orange": "warning", "alert": "warning",
    "danger": "danger", "error": "error", "fail": "error", "failure": "error", "bug": "error",
    "critical": "danger", "red": "danger", "seealso": "seealso",
}  # fmt: skip
"""A theme's word for a kind -> mystmd's directive."""

TITLES = frozenset(
    """alert-heading alert-title callout-title callout__title admonition-title admonition-header
    markdown-alert-title hint-title notice-title note-title dg-note__heading message-header
    panel-heading panel-title callout-header box-title box-label title gdoc-hint__title
    gblog-hint__title notice-heading usa-alert__heading""".split()
)
"""Classes of the element that holds a box's title."""

_KIND = re.compile(
    r"(?:alert|callout|admonition|hint|notice|note|message|is|book-hint|bs-callout|markdown-alert"
    r"|dg-note-|type|bg|panel|usa-alert-|pageinfo|box|text-bg|td-alert|gdoc-hint|gblog-hint|alert-)"
    r"-+([a-z]+)$"
)
_NAMED = re.compile(r"[\w-]*[a-z]-(?:callout|admonition)(?:--?[a-z]+)?", re.ASCII)
"""A box by a name of the theme's own: `acme-callout`, `acme-callout--warning`."""
_NAMED_KIND = re.compile(r"[\w-]*(?:callout|admonition)--?([a-z]+)$", re.ASCII)
_NAMED_TITLE = re.compile(
    r"[\w-]*(?:callout|admonition|alert)(?:__|-)(?:title|heading|header)$", re.ASCII
)
_COLOUR = re.compile(r"(?:^|:)(?:bg|border)-(blue|green|purple|yellow|orange|red)-\d+$")
_RUNNING = ("a", "code", "em", "strong", "b", "i", "span")
_LEAD = re.compile(r"\*\*([A-Za-z]+)(?::\*\*|\*\*:)\s+")
"""Words in bold before a box's text that only name its kind."""
_ICONIC = re.compile(r"^[^\w]*$")
_DEFAULT_TITLES = {"seealso": "see also"}


def box(el: Tag, to: Converter, around: Tags) -> str | None:
    """A box of one of the classes above, as an admonition."""
    if el.name not in ("div", "aside", "blockquote", "section", "article", "p", "span"):
        return None
    if el.name == "span" or "a" in around:
        return None
    names = classes(el)
    if not BOXES.intersection(names):
        return None
    if len(names) > 4 and not BOXES.difference(ALONE).intersection(names):
        return None
    if "dismissible" in names or "card" in names:
        return None
    return admonition(el, to, around, _kind(el, names))


def named(el: Tag, to: Converter, around: Tags) -> str | None:
    """A box whose class ends in `callout` or `admonition`, of whatever theme."""
    names = classes(el)
    if el.name not in ("div", "aside", "section") or "a" in around or len(names) > 4:
        return None
    if not any(_NAMED.fullmatch(name) for name in names):
        return None
    return admonition(el, to, around, _kind(el, names))


def tinted(el: Tag, to: Converter, around: Tags) -> str | None:
    """A box that utility classes draw (hextra): a border, a tint, an icon, no name of its own."""
    names = classes(el)
    colours = [m[1] for name in names if (m := _COLOUR.search(name))]
    if el.name != "div" or len(colours) < 2 or el.find("svg") is None:
        return None
    if not any(name.endswith(":rounded-lg") or name.endswith("rounded-lg") for name in names):
        return None
    return admonition(el, to, around, KINDS[colours[0]])


def _without_bold(title: str) -> str:
    """A title that is bold as a whole without the marks: MyST's theme makes titles bold."""
    bold = len(title) > 4 and title.startswith("**") and title.endswith("**")
    return title[2:-2] if bold and "**" not in title[2:-2].replace("\\*", "") else title


def _kind(el: Tag, names: list[str]) -> str:
    """The directive that the element's classes or data ask for."""
    said = attribute(el, "data-callout") or attribute(el, "data-type") or attribute(el, "data-kind")
    if (known := KINDS.get(said.lower())) is not None:
        return known
    for name in names:
        found = _KIND.match(name) or _NAMED_KIND.match(name)
        if found and found[1] in KINDS:
            return KINDS[found[1]]
    for name in names:
        if name in KINDS and name not in ("alert", "hint", "light", "dark", "default"):
            return KINDS[name]
    return "hint" if names[:1] == ["hint"] and len(names) == 1 else "note"


def admonition(el: Tag, to: Converter, around: Tags, kind: str) -> str:
    """The element's content as the directive `kind`, its title as its argument.

    A title that only names the kind is left out: mystmd writes it.
    """
    title = named = ""
    holder = _title(el)
    if holder is not None:
        plain = words(holder)
        title = to.line(holder.children, around)
        title = _without_bold(title)
        holder.extract()
        said = plain.lower().rstrip(":").strip()
        if kind == "note" or KINDS.get(said) == said:
            kind = KINDS.get(said, kind)
        if said == _DEFAULT_TITLES.get(kind, kind):
            to.account(plain)
            named, title = title, ""
    body = _body(el, to, around)
    if named and body.startswith("#"):
        title = named  # else mystmd takes that heading for the title
    if not title and (lead := _LEAD.match(body)) and KINDS.get(lead[1].lower()) == lead[1].lower():
        said = lead[1].lower()
        if kind in ("note", said) and lead.end() < len(body):
            to.account(lead[1])  # mystmd writes it as the title
            kind, body = said, body[lead.end() :]
    if not body:
        title, body = "", title
    return block(myst.directive(kind, title, body=body)) if body else ""


def _body(el: Tag, to: Converter, around: Tags) -> str:
    """What the box says, without icons and without the theme's wrappers."""
    inner = el
    while True:
        inside = [node for node in content(inner) if not _is_icon(node)]
        only = inside[0] if len(inside) == 1 else None
        if not isinstance(only, Tag) or only.name != "div" or BOXES.intersection(classes(only)):
            break
        inner = only
    nodes = [node for node in inner.children if not _is_icon(node)]
    return to.blocks(_without_stray_paragraphs(nodes), around)


def _without_stray_paragraphs(nodes: list[Any]) -> list[Any]:
    """The nodes, where text runs into a `<p>` in mid-sentence with that `<p>`'s content instead.

    Some themes write `<div>please see the <p><a>page</a>.</p></div>` for one paragraph.
    """
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, Tag) and node.name == "p" and _breaks_off(result):
            result.append(NavigableString(" "))
            result.extend(node.children)
        else:
            result.append(node)
    return result


def _breaks_off(nodes: list[Any]) -> bool:
    """Whether the nodes end in running text, in the middle of a sentence of some words."""
    last = next((node for node in reversed(nodes) if not is_blank(node)), None)
    if last is None or (isinstance(last, Tag) and last.name not in _RUNNING):
        return False
    said = " ".join(node.get_text() for node in nodes).split()
    return len(said) > 3 and said[-1][-1] not in ".!?:…"


def _title(el: Tag) -> Tag | None:
    """The element that holds the box's title."""
    for node in el.find_all(True, limit=12):
        if any(name in TITLES or _NAMED_TITLE.match(name) for name in classes(node)):
            return node if words(node) else None
    inside = [node for node in content(el) if not _is_icon(node)]
    first = inside[0] if inside else None
    if isinstance(first, Tag) and len(inside) > 1:
        if first.name in HEADINGS:
            return first
        if first.name in ("strong", "b") and words(first) and _is_break(inside[1]):
            inside[1].extract()
            return first
        names = classes(first)
        bold = any(
            name.endswith(("font-medium", "font-bold", "fw-bold", "font-semibold", "label"))
            for name in names
        )
        if bold and first.name in ("p", "div", "span") and words(first):
            return first
    if isinstance(first, Tag) and first.name == "div" and len(inside) == 1:
        return _title(first)
    return None


def _is_break(node: object) -> bool:
    return isinstance(node, Tag) and node.name == "br" and not content(node)


def _is_icon(node: object) -> bool:
    """An element that only draws something: an svg, an `<i>`, an emoji beside the text."""
    if not isinstance(node, Tag):
        return False
    if node.name in ("svg", "i", "button"):
        return not words(node) or node.name == "button"
    if any("icon" in name for name in classes(node)) or (
        node.name in ("div", "span") and node.find(["svg", "i"]) is not None
    ):
        return _ICONIC.match(words(node)) is not None and node.find(["img", "p"]) is None
    return False


def details(el: Tag, to: Converter, around: Tags) -> str | None:
    """Folding text, as a dropdown."""
    if "li" not in around and ("td" in around or "th" in around):
        return None
    summary = el.find("summary", recursive=False)
    title = "Details"
    if isinstance(summary, Tag):
        title = to.line(summary.children, around) or title
        summary.extract()
    title = _without_bold(title)
    body = to.blocks(el.children, around)
    if not body:
        return block(title)  # mystmd wants a dropdown to have a body
    return block(myst.directive("dropdown", title, {"open": "open" in el.attrs}, body))


def aside(el: Tag, to: Converter, around: Tags) -> str | None:
    """A side note."""
    if "td" in around or "th" in around:
        return None
    body = to.blocks(el.children, around)
    return block(myst.directive("aside", body=body)) if body else ""
