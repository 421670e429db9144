"""What of Hugo's HTML no reader sees, or sees a second time: a theme's decoration, hidden parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.check.targets import file_name
from migrate.convert.backgrounds import BACKGROUND
from migrate.convert.icons import sign

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INVISIBLE = frozenset(
    "script style template noscript head title meta link svg canvas object".split()
)
"""Elements that show no words."""
WINDOWS = frozenset(("modal", "lightbox", "dialog"))
"""Classes of windows that open over the page, hidden until then."""
ICON_CLASS = re.compile(
    r"\b(?:material-(?:icons|symbols)[\w-]*|icon-link|visually-hidden|sr-only)\b"
)
_ICON_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
SIGNS = frozenset("ℹ⚠🚫")
"""What themes draw in a box for a note, a warning and an error (hextra)."""
BUTTON = re.compile(r"copy|close|clipboard|dismiss|toggle|expand", re.IGNORECASE)
"""In what a button is called whose words tell of a script and not of the page."""


CONTENTS = re.compile(r"(?:^|\s)(?:toc|table-of-contents|td-toc|book-toc)(?:\s|$)")
"""Classes of a page's table of contents, whose links all stay on the page."""


def left_out(element: HtmlElement, *, in_box: bool = False) -> bool:
    """Whether an element is a theme's decoration or can't be seen. In a box a sign of its kind is
    one: MyST draws its own."""
    if element.tag in INVISIBLE:
        return True
    if in_box and len(element) == 0 and (element.text or "").strip(" \n\ufe0f") in SIGNS:
        return True
    if (
        element.tag == "button"
        and element.get("role") != "tab"
        and BUTTON.search(" ".join(map(str, element.attrib.values())) + (element.text or ""))
    ):
        return True
    if element.tag == "details" and element.find(".//nav[@id='TableOfContents']") is not None:
        return True
    if element.tag == "span" and len(element) == 0 and _names_icon(element):
        return True
    classes = element.get("class") or ""
    if (element.get("id") == "TableOfContents" or CONTENTS.search(classes)) and all(
        link.get("href", "").startswith("#") for link in element.iter("a")
    ):
        return True  # mystmd draws a page's table of contents beside every page
    if element.tag == "input" and ("hidden" in classes.split() or _is_switch(element)):
        return True  # what folds and unfolds a box without a script
    if classes and ICON_CLASS.search(classes):
        return True
    if element.get("aria-hidden") == "true" and element.tag in ("a", "i", "span"):
        return True
    style = (element.get("style") or "").replace(" ", "")
    if "height:1em" in style and len(element) == 0:
        return True  # the name of an icon that the theme doesn't have
    return "display:none" in style and element.get("role") != "tabpanel"


def _is_switch(box: HtmlElement) -> bool:
    """A box to tick whose label stands beside it."""
    beside = (box.getnext(), box.getprevious())
    named = any(one is not None and one.get("for") == box.get("id") for one in beside)
    return named and bool(box.get("id")) and box.get("type") == "checkbox"


def shows_again(link: HtmlElement, href: str) -> bool:
    """Whether a link shows nothing but an image, and leads to that image by itself."""
    shown = {file_name(one.get("src") or "") for one in link.iter("img")}
    return shown == {file_name(href)}


def _names_icon(element: HtmlElement) -> bool:
    """Whether the word in a button is the name of its icon: what a screen reader says is the
    rest of its text."""
    name = (element.text or "").strip()
    button = next(element.iterancestors("a", "button"), None) if _ICON_NAME.match(name) else None
    label = button.get("aria-label") if button is not None else None
    if button is None or not label:
        return False
    said: list[str] = button.text_content().split()
    return said in ([name, *label.split()], [*label.split(), name])


def is_line_table(element: HtmlElement) -> bool:
    """A table in which a highlighter puts line numbers beside code."""
    blocks = element.findall(".//pre")
    if re.search(r"\b(?:lntable|highlighttable)\b", element.get("class") or ""):
        return bool(blocks)
    return len(blocks) == 2 and any(
        "highlight" in (above.get("class") or "").split() for above in element.iterancestors("div")
    )


def enlarges(element: HtmlElement, src: str) -> bool:
    """Whether an image is in a window that opens over the page, and on the page as well."""
    window = next(
        (
            above
            for above in element.iterancestors("div", "dialog")
            if above.tag == "dialog" or WINDOWS & set((above.get("class") or "").split())
        ),
        None,
    )
    if window is None or window.getparent() is None:
        return False
    beside = window.getparent().iter("img")
    return any(one is not element and one.get("src") == src for one in beside)


def background(element: HtmlElement) -> HtmlElement | None:
    """The picture that the element's own `style` sets behind it, as an image."""
    style = element.get("style") or ""
    found = BACKGROUND.search(style) if "url(" in style else None
    if found is None:
        return None
    if any(file_name(one.get("src") or "") == file_name(found[1]) for one in element.iter("img")):
        return None  # a gallery fills the frame of a picture with it
    alt = element.get("aria-label") or element.get("title") or ""
    picture: HtmlElement = element.makeelement("img", {"src": found[1], "alt": alt})
    return picture


def spelled(root: HtmlElement) -> HtmlElement:
    """The page with what a reader sees although it is no text: the marks of quotations, and yes
    or no in cells that hold nothing but an icon."""
    for quoted in root.iter("q"):
        quoted.text, quoted.tail = f'"{quoted.text or ""}', f'"{quoted.tail or ""}'
    for cell in root.iter("td"):
        if (icon := next(cell.iter("i"), None)) is not None and _is_blank(cell):
            icon.text = sign(icon.get("class") or "")
    return root


def _is_blank(cell: HtmlElement) -> bool:
    return not cell.text_content().strip() and cell.find(".//img") is None


def is_caption(element: HtmlElement) -> bool:
    """Whether an element says below an image what it shows, and its class says so."""
    if "caption" not in (element.get("class") or "") or element.tag not in _CAPTIONS:
        return False
    above = element.getparent()
    if above is None or above.tag not in ("div", "figure") or len(above) != 2:
        return False
    picture = above[0]
    return picture is not element and (picture.tag == "img" or picture.find(".//img") is not None)


_CAPTIONS = frozenset(("p", "div", "span", "small"))


def blank_before_icon(link: HtmlElement) -> None:
    """Take away the blank that a theme sets between a link's words and the sign behind them."""
    last = link[-1] if len(link) else None
    if last is None or (last.tail or "").strip() or last.text_content().strip():
        return
    if last.tag == "img" or last.find(".//img") is not None:
        return
    before = last.getprevious()
    if before is None:
        link.text = (link.text or "").rstrip("\xa0 ")
    else:
        before.tail = (before.tail or "").rstrip("\xa0 ")
