"""Footnotes: Goldmark's, Asciidoctor's, pandoc's and GitHub's references and definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag

from migrate import myst
from migrate.convert.soup import attribute, classes, content, first, words
from migrate.convert.structure import HEADINGS, block, indent
from migrate.engines.pieces import NOTE

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_DEFINITION = re.compile(r"(?:^|[-:_])(?:fn|footnote|footnotedef|note)[-:_]?([\w-]{1,200})$")
_REFERENCE = re.compile(r"#(?:[^#]*[-:_])?(?:fn|footnote|footnotedef|note)[-:_]?([\w-]{1,200})$")
_BACK = frozenset(
    [
        "footnote-backref",
        "footnote-back",
        "reversefootnote",
        "footnote-return",
        "data-footnote-backref",
    ]
)
_MARKS = frozenset(["footnote-ref", "footnote-reference", "footnoteref", "footnote"])
_LABEL = re.compile(r"[^\[\]\s]{1,200}")
_ARROWS = re.compile(r"(?:(?<!\s)\s+)?[↩⏎↑^]\ufe0e?\s*$")


def known(soup: Tag) -> frozenset[str]:
    """The footnotes that the HTML both refers to and defines."""
    for entry in soup.find_all("div", class_="footnote-definition"):
        _as_item(entry)
    defined = {name for item in _items(soup) if (name := _defined(item))}
    if not defined:
        return frozenset()
    referred = {
        found[1]
        for link in soup.find_all("a", href=True)
        if is_reference(link) and (found := _REFERENCE.search(attribute(link, "href")))
    }
    return frozenset(defined & referred)


def _as_item(entry: Tag) -> None:
    """A definition of Hugo's Org, whose number in front leads back, as an item of a list."""
    number = entry.find("sup", id=True)
    link = number.find("a") if number is not None else None
    if number is None or link is None or entry.find("li", id=attribute(number, "id")) is not None:
        return
    entry.name, entry["id"] = "li", attribute(number, "id")
    link["class"] = "footnote-back"
    entry.append(link.extract())
    number.extract()


def is_reference(link: Tag) -> bool:
    """Whether the link leads to a footnote, by its class, its role or its place in a `<sup>`."""
    if not _REFERENCE.search(attribute(link, "href")) or _BACK.intersection(classes(link)):
        return False
    if _is_marked(link):
        return True
    in_sup = (link.parent is not None and link.parent.name == "sup") or link.find("sup") is not None
    return in_sup and re.fullmatch(r"\[?\w{1,4}\]?", words(link)) is not None


def _is_marked(link: Tag) -> bool:
    return (
        bool(_MARKS.intersection(classes(link)))
        or attribute(link, "role") == "doc-noteref"
        or "data-footnote-ref" in link.attrs
    )


def reference(el: Tag, to: Converter, around: Tags) -> str | None:
    """A link to a footnote: `[^1]`; where its text was cut off, its number alone."""
    elsewhere = attribute(el, NOTE)
    if elsewhere and _LABEL.fullmatch(elsewhere):
        to.account(words(el))
        return f"[^{elsewhere}]"
    if not is_reference(el):
        return None
    found = _REFERENCE.search(attribute(el, "href"))
    if found is None:
        return None
    if found[1] in to.footnotes:
        to.account(words(el))
        return f"[^{to.footnote_label(found[1])}]"
    if not _is_marked(el):
        return None
    to.report("HM510", attribute(el, "href"), name=found[1])
    return to.line(el.children, around)


def raised(el: Tag, to: Converter, around: Tags) -> str | None:
    """The `<sup>` around a reference, which needs none."""
    inside = content(el)
    if len(inside) == 1 and isinstance(inside[0], Tag) and inside[0].name == "a":
        text = reference(inside[0], to, around)
        return text if text is None or text.startswith("[^") else myst.role("sup", text)
    return None


def back(el: Tag, to: Converter, around: Tags) -> str | None:
    """The arrow from a footnote back to its reference: mystmd draws its own."""
    if not _is_back(el):
        return None
    to.account(el.get_text())
    return ""


def _is_back(el: Tag) -> bool:
    return bool(_BACK.intersection(classes(el))) or attribute(el, "role") == "doc-backlink"


def definitions(el: Tag, to: Converter, around: Tags) -> str | None:
    """The list of footnotes at the end of a page."""
    items = _items(el)
    if not items:
        return None
    if not any(_defined(item) in to.footnotes for item in items):
        return None
    own = {id(item) for item in items}
    around_items = {id(parent) for item in items for parent in item.parents}
    parts = []
    for node in _parts(el, own, around_items, to):
        if isinstance(node, list):
            parts.append(to.blocks(node, around))
            continue
        name = _defined(node)
        text = to.blocks(_without_arrows(node, to), around).rstrip("\xa0 ")
        if name in to.footnotes:
            parts.append(f"[^{to.footnote_label(name)}]: {indent(text, 4)}")
        else:
            parts.append(text)
    return block("\n\n".join(part for part in parts if part))


def _parts(el: Tag, items: set[int], parents: set[int], to: Converter) -> list[Tag | list[object]]:
    """The definitions in `el`, and runs of what stands between them. The rule above and the
    heading are left out: mystmd draws its own."""
    parts: list[Tag | list[object]] = []
    for node in el.contents:
        if id(node) in items and isinstance(node, Tag):
            parts.append(node)
        elif id(node) in parents and isinstance(node, Tag):
            parts += [*_parts(node, items, parents, to), []]
        elif isinstance(node, Tag) and (node.name == "hr" or _is_heading(node)):
            to.account(node.get_text())
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(node)
        else:
            parts.append([node])
    return parts


def _is_heading(node: Tag) -> bool:
    heading = node if node.name in HEADINGS else first(node, HEADINGS)
    return heading is not None and words(heading) == words(node)


def _without_arrows(item: Tag, to: Converter) -> list[object]:
    for link in item.find_all("a"):
        if _is_back(link):
            if (before := link.previous_sibling) is not None and not isinstance(before, Tag):
                before.replace_with(str(before).rstrip(" \xa0\n"))
            to.account(link.get_text())
            link.extract()
    return list(item.children)


def _items(el: Tag) -> list[Tag]:
    """The list items that define footnotes."""
    if el.find("li", id=True) is None:
        return []
    return [
        item
        for item in el.find_all("li", id=True)
        if _DEFINITION.search(attribute(item, "id"))
        and any(_is_back(link) for link in item.find_all("a"))
    ]


def _defined(item: Tag) -> str:
    found = _DEFINITION.search(attribute(item, "id"))
    return found[1] if found else ""
