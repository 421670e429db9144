"""What themes lay a page out with: cards, grids, tabs, buttons, badges, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import Tag

from migrate import myst
from migrate.convert.columns import named_columns
from migrate.convert.phrasing import is_button, is_unsafe
from migrate.convert.soup import attribute, classes, content, first, words
from migrate.convert.structure import HEADINGS, block

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

CARDS = frozenset(
    ["card", "sd-card", "hextra-card", "hb-card", "td-card", "book-card", "mdui-card"]
)
_TITLES = frozenset(
    ["card-title", "sd-card-title", "hextra-card-icon", "hb-card-title", "card-header"]
)

_BLOCKS = frozenset(["div", "p", "ul", "figure", *HEADINGS])


def card(el: Tag, to: Converter, around: Tags) -> str | None:
    """A card: title, link and text."""
    if "td" in around or "a" in around or el.name not in ("div", "a", "article", "section", "li"):
        return None
    if el.select_one("[data-toggle=collapse], [data-bs-toggle=collapse]") is not None:
        return fold(el, to, around)
    link = attribute(el, "href") if el.name == "a" else ""
    stretched = el.find("a", class_=["sd-stretched-link", "stretched-link"])
    wrapper = None if link else _only_link(el)
    if isinstance(stretched, Tag):
        link = attribute(stretched, "href")
        if not words(stretched):
            stretched.extract()
    elif wrapper is not None:
        link = attribute(wrapper, "href")
        wrapper.unwrap()
    title = _card_title(el)
    heading = ""
    if title is not None:
        heading = to.line(_unlinked(title, link), around)
        title.extract()
    body = to.blocks(el.children, around)
    if link and is_unsafe(link):
        link = ""
    if not heading and not body:
        return ""
    if not heading and not link:
        return block(body)
    if not body:
        heading, body = "", myst.escape_line_start(heading)  # mystmd wants a card to have a body
    options = {"link": to.link(link) if link else None}
    return block(myst.directive("card", heading, options, body))


_FOLDS = (
    "accordion-header", "card-header", "accordion-title", "accordion-button", "accordion__title",
)  # fmt: skip
_FOLDED = (
    "accordion-collapse", "accordion-body", "accordion-content", "collapse", "accordion__content",
)  # fmt: skip


def fold(el: Tag, to: Converter, around: Tags) -> str | None:
    """An item of Bootstrap's accordion, which a script opens: a dropdown."""
    if "td" in around or "a" in around or "li" in around or el.name != "div":
        return None
    head = next((found for name in _FOLDS if (found := el.find(class_=name)) is not None), None)
    body = next((found for name in _FOLDED if (found := el.find(class_=name)) is not None), None)
    if not isinstance(head, Tag) or not isinstance(body, Tag) or body.find(True) is head:
        return None
    if head in body.descendants or not words(head) or not words(body):
        return None
    title = to.line([_innermost(head)], around)
    shown = {"open": "show" in classes(body) or "open" in classes(el)}
    head.extract()
    return block(myst.directive("dropdown", title, shown, to.blocks(el.children, around)))


def _innermost(head: Tag) -> Tag:
    """What holds the words of a fold's title: not the heading and the button around them."""
    inner = head
    while (inside := content(inner)) and len(inside) == 1 and isinstance(inside[0], Tag):
        if inside[0].name not in (*HEADINGS, "button", "div", "span", "a", "p"):
            break
        inner = inside[0]
    inner.name, inner.attrs = "span", {}
    return inner


def _card_title(el: Tag) -> Tag | None:
    """The card's title: by its class, else its first heading."""
    for node in el.find_all(True, limit=30):
        if _TITLES.intersection(classes(node)) and words(node):
            return node
        if node.name in HEADINGS and words(node):
            return node
    return None


def _unlinked(title: Tag, link: str) -> list[object]:
    """The title's content without a link that the whole card has anyway."""
    for node in title.find_all("a"):
        if attribute(node, "href") == link:
            node.unwrap()
    return list(title.children)


def _only_link(el: Tag) -> Tag | None:
    """The link that holds all of the card."""
    node = el
    for _ in range(4):
        inside = content(node)
        if len(inside) != 1 or not isinstance(inside[0], Tag):
            return None
        node = inside[0]
        if node.name == "a":
            return node if attribute(node, "href") else None
    return None


def grid(el: Tag, to: Converter, around: Tags) -> str | None:
    """A row of cards or figures, or of short columns that can be cards; columns of anything else
    are read one after the other."""
    if "td" in around or "a" in around or el.name not in ("div", "section", "ul"):
        return None
    if (figures := _figures(el)) is not None:
        shown = "\n\n".join(to.blocks([node], around).strip("\n") for node in figures)
        columns = min(len(figures), 4)
        return block(myst.directive("grid", f"1 {min(columns, 2)} {columns} {columns}", body=shown))
    cards = [found for node in content(el) if (found := _as_card(node)) is not None]
    if len(cards) < 2 or len(cards) != len(content(el)):
        return named_columns(el, to, around)
    written = []
    for node in cards:
        text = card(node, to, around)
        if text is None:
            return None
        if text and not text.lstrip("\n").startswith(":::"):
            text = block(myst.directive("card", body=text.strip("\n")))
        if text:
            written.append(text.strip("\n"))
    return block(myst.directive("grid", "1 2 2 3", body="\n".join(written)))


def _figures(el: Tag) -> list[Tag] | None:
    """The figures with captions that are the cells of a row; None where anything else is."""
    found = []
    for node in content(el):
        while isinstance(node, Tag) and node.name == "div" and len(content(node)) == 1:
            node = content(node)[0]
        if not isinstance(node, Tag) or node.name != "figure" or node.find("figcaption") is None:
            return None
        found.append(node)
    return found if len(found) > 1 else None


def _as_card(node: object) -> Tag | None:
    """The card that a grid's cell is, or holds alone."""
    for _ in range(4):
        if not isinstance(node, Tag):
            return None
        if CARDS.intersection(classes(node)):
            return node
        inside = content(node)
        if len(inside) != 1:
            return None
        node = inside[0]
    return None


def block_link(el: Tag, to: Converter, around: Tags) -> str | None:
    """A link around whole blocks: a card that leads there, or a heading that is a link."""
    if "href" not in el.attrs or first(el, _BLOCKS) is None:
        return None
    if "td" in around or "th" in around or "a" in around or attribute(el, "href").startswith("#"):
        return None
    if el.find_parent(sorted(HEADINGS)) is not None or not words(el):
        return None
    inside = content(el)
    if len(inside) == 1 and isinstance(inside[0], Tag) and inside[0].name in HEADINGS:
        return _linked_heading(el, inside[0], to, around)
    return card(el, to, around)


def _linked_heading(el: Tag, heading: Tag, to: Converter, around: Tags) -> str:
    """A link around nothing but a heading: a heading that is a link."""
    el.name, heading.name = heading.name, el.name
    heading.attrs, el.attrs = {"href": attribute(el, "href")}, heading.attrs
    return to.process_tag(el, around)


def tabs(el: Tag, to: Converter, around: Tags) -> str | None:
    """Tabs and their panels, matched by id or by order."""
    if "td" in around:
        return None
    labels = list(el.find_all(role="tab", limit=60))
    panels = list(el.find_all(role="tabpanel", limit=60))
    if not labels:
        labels = list(el.find_all(class_=["nav-link", "hextra-tabs-toggle", "tab-link"], limit=60))
        panels = panels or list(el.find_all(class_=["tab-pane", "hextra-tabs-panel"], limit=60))
    panels = [panel for panel in panels if words(panel) or panel.find("img") is not None]
    if not labels or len(labels) != len(panels):
        return None
    items = []
    for label, panel in zip(labels, panels, strict=True):
        title = words(label)
        to.account(title)
        body = to.blocks(panel.children, around)
        items.append(myst.directive("tab-item", title, body=body))
    for node in (*labels, *panels):
        node.extract()
    rest = to.blocks(el.children, around)
    text = myst.directive("tab-set", body="\n".join(items))
    return block("\n\n".join(part for part in (rest, text) if part))


def tab_list(el: Tag, to: Converter, around: Tags) -> str | None:
    """Labels that name their panels by id, in themselves or after them, of whatever theme."""
    if "td" in around or (el.name != "ul" and attribute(el, "role") != "tablist"):
        return None
    if el.parent is None or (el.name == "ul" and "#" not in str(el.find(["a", "button"]))):
        return None
    labels = el.find_all(role="tab", limit=60) or el.find_all("a", limit=60)
    where = el.parent
    panels = [where.find(["div", "section"], id=_panel(label) or True) for label in labels]
    found = [panel for panel in panels if isinstance(panel, Tag)]
    if not found or [_panel(one) for one in labels] != [attribute(one, "id") for one in found]:
        return None
    if len({id(panel) for panel in found}) < len(found):
        return None
    if any(panel.parent is not found[0].parent for panel in found):
        return None
    if el.name == "ul" and any(panel.find(["h1", "h2"]) is not None for panel in found):
        return None  # a table of contents above a page's sections
    said = "".join(el.get_text().split())
    if el.name == "ul" and said != "".join("".join(one.get_text().split()) for one in labels):
        return None
    items = []
    for label, panel in zip(labels, found, strict=True):
        title = words(label)
        to.account(title)
        items.append(myst.directive("tab-item", title, body=to.blocks(panel.children, around)))
    for node in (*labels, *found):
        node.extract()
    text = myst.directive("tab-set", body="\n".join(items))
    rest = to.blocks(el.children, around) if el.name != "ul" else ""
    return block("\n\n".join(part for part in (rest, text) if part))


def chosen_by_radio(el: Tag, to: Converter, around: Tags) -> str | None:
    """Tabs without a script: radio buttons, a label for each, and as many panels.

    A panel follows its label, or all of them stand in one element after the labels.
    """
    if "td" in around or "th" in around:
        return None
    inside = content(el)
    names = [
        attribute(node, "id")
        for node in inside
        if isinstance(node, Tag)
        and node.name == "input"
        and attribute(node, "type").lower() == "radio"
    ]
    if len(names) < 1 or not all(names):
        return None
    rest = [n for n in inside if not (isinstance(n, Tag) and n.name in ("input", "style"))]
    labels = [
        node
        for node in rest
        if isinstance(node, Tag) and node.name == "label" and attribute(node, "for") in names
    ]
    panels = [node for node in rest if node not in labels]
    if len(panels) == 1 != len(labels) and isinstance(panels[0], Tag):
        panels = content(panels[0])
    return _tab_set(labels, panels, to, around)


def named_panels(el: Tag, to: Converter, around: Tags) -> str | None:
    """Panels that each begin with their name: xaringanExtra's `panelset` of R's blogs."""
    if el.name != "div" or "td" in around or "th" in around:
        return None
    panels = content(el)
    labels = []
    for panel in panels:
        if not isinstance(panel, Tag) or "panel" not in classes(panel):
            return None
        named = panel.find(class_="panel-name")
        if not isinstance(named, Tag):
            return None
        labels.append(named.extract())
    return _tab_set(labels, panels, to, around)


def _tab_set(labels: list[Tag], panels: list[Any], to: Converter, around: Tags) -> str | None:
    """Tabs of as many panels as labels; None where they don't match."""
    if not labels or len(labels) != len(panels) or not all(isinstance(p, Tag) for p in panels):
        return None
    items = []
    for label, panel in zip(labels, panels, strict=True):
        title = to.line(label.children, around)
        items.append(myst.directive("tab-item", title, body=to.blocks(panel.children, around)))
    return block(myst.directive("tab-set", body="\n".join(items)))


def _panel(label: Tag) -> str:
    """The id of the panel that a label opens."""
    for name in ("aria-controls", "data-bs-target", "data-target", "href"):
        if said := attribute(label, name).removeprefix("#"):
            return said
    return ""


def button_group(el: Tag, to: Converter, around: Tags) -> str | None:
    """A list of nothing but buttons: the buttons, without the list."""
    found = first(el, ("a", "p"))
    if found is None or found.name != "a" or not is_button(found):
        return None
    links = el.find_all("a", href=True)
    if not links or not all(is_button(link) for link in links):
        return None
    if "".join(el.get_text().split()) != "".join("".join(a.get_text().split()) for a in links):
        return None
    return block(" ".join(text for link in links if (text := to.line([link], around))))


def copy_button(el: Tag, to: Converter, around: Tags) -> str | None:
    """A button that copies code, closes a box or opens a menu: nothing to read."""
    names = " ".join(classes(el)).lower() + attribute(el, "aria-label").lower()
    if any(word in names for word in ("copy", "close", "clipboard", "toggle")):
        to.account(el.get_text(" "))
        return ""
    return None
