"""What leaves nothing behind: scripts, styles, icons, the theme's navigation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.backgrounds import keep
from migrate.convert.icons import sign, words_of_icon
from migrate.convert.soup import attribute, classes, words
from migrate.convert.structure import HEADINGS

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_ANCHORS = frozenset(
    """header-anchor headerlink heading-anchor anchor-link anchorjs-link td-heading-self-link anchor
    heading-link headline-hash hanchor hash-link subheading-anchor heading__anchor permalink
    gblog-post__anchor gdoc-page__anchor direct-link post-heading__anchor""".split()
)
_ICON = re.compile(
    r"^(?:fa[srlbd]?|fa-.+|bi|bi-.+|icon|icon-.+|ti|ti-.+|material-icons.*|ai|ai-.+|ri-.+|las|lab|mdi|mdi-.+|octicon.*|glyphicon.*|iconfont|feather|emoji-icon|td-icon|ph|ph-.+)$"
)

_SHOWS_NOTHING = re.compile(r"header-attrs(?:-[\d.]+)?/header-attrs\.js$")
"""Scripts that change nothing to be seen: pandoc's mends attributes of headings."""


_SNIPPET = re.compile(
    r"(?:https?:)?//(?:gist\.github\.com/([\w-]+/\w+)|(gitlab\.com/(?:[\w.-]+/)*snippets/(\d+)))\.js"
)
"""Scripts that draw a piece of code which has a page of its own."""


def style(el: Tag, to: Converter, around: Tags) -> str:
    """A style sheet of the page's own: mystmd takes one for the whole project."""
    keep(el.get_text(), to.ctx)
    to.report("HM502", "<style", text=_excerpt(el))
    return ""


def linked(el: Tag, to: Converter, around: Tags) -> str:
    """What a page's head has by right; a style sheet is dropped like one written out, and goes
    along for whoever joins it with the project's."""
    href = attribute(el, "href")
    if href and "stylesheet" in attribute(el, "rel").lower():
        keep(f"url({href})", to.ctx)
        to.report("HM502", href, text=href)
    return ""


def script(el: Tag, to: Converter, around: Tags) -> str:
    """A script: never reaches the output."""
    source = attribute(el, "src")
    if snippet := _SNIPPET.match(source):
        name = f"Gist {snippet[1]}" if snippet[1] else f"GitLab snippet {snippet[3]}"
        place = f"gist.github.com/{snippet[1]}" if snippet[1] else snippet[2]
        return f"[{myst.escape(name)}](https://{place})"
    if not _SHOWS_NOTHING.search(source):
        to.report("HM503", source or "<script", what=source or _excerpt(el))
    return ""


def silent(el: Tag, to: Converter, around: Tags) -> str:
    """An element that a reader never sees."""
    to.account(el.get_text(" "))
    return ""


def no_script(el: Tag, to: Converter, around: Tags) -> str:
    """What a browser shows only without scripts: a copy of an image or a plea."""
    to.account(el.get_text(" "))
    if words(el):
        to.report("HM505", "<noscript", tag="noscript", what=f"dropped: “{words(el)[:60]}”")
    return ""


def _excerpt(el: Tag) -> str:
    return " ".join(el.get_text().split())[:60]


def heading_anchor(el: Tag, to: Converter, around: Tags) -> str | None:
    """The `#` or the icon beside a heading that links to itself."""
    href = attribute(el, "href")
    inside = el.contents
    if inside and type(inside[0]) is NavigableString and "#" not in href and inside[0].strip():
        return None
    text = words(el)
    wordless = not any(char.isalnum() for char in text)
    if _ANCHORS.intersection(classes(el)) and (wordless or not around & HEADINGS) and "#" in href:
        return ""
    if href.startswith("#") and (around & HEADINGS) and wordless and el.find("img") is None:
        return ""
    if (
        _ANCHORS.intersection(classes(el))
        and "#" in href
        and text.lower() in ("anchor", "link", "permalink")
    ):
        to.account(text)
        return ""
    if not text and el.find(["img", "picture", "video"]) is None and href:
        return None if words_of_icon(str(el)) and href[0] != "#" else ""
    return None


def icon(el: Tag, to: Converter, around: Tags) -> str | None:
    """An icon font's `<i>` or `<span>`: its letters, if any, name a glyph."""
    names = classes(el)
    if "td" in around and (said := sign(" ".join(names))) and not words(el):
        cell = el.find_parent("td")
        if cell is not None and not words(cell):
            return said  # all that the cell says
    if not names or not any(_ICON.match(name) for name in names):
        return None if words(el) or el.find(True) is not None or el.name != "i" else ""
    if el.find(True) is not None:
        return None
    text = words(el)
    if text and not any(name.startswith("material-icons") for name in names):
        return None
    to.account(text)
    return ""


def svg(el: Tag, to: Converter, around: Tags) -> str:
    """A drawing in the page: icons go in silence, anything larger is reported."""
    to.account(el.get_text(" "))
    if not _is_icon(el):
        title = el.find("title")
        name = words(title) if isinstance(title, Tag) else ""
        to.report("HM505", "<svg", tag="svg", what=f"a drawing is dropped {name}".strip())
    return ""


def _is_icon(el: Tag) -> bool:
    names = classes(el)
    if attribute(el, "aria-hidden") == "true" or any("icon" in name for name in names):
        return True
    if el.find("use") is not None or el.find(["text", "image"]) is not None:
        return el.find("use") is not None
    for name in ("width", "height"):
        size = re.match(r"\d+", attribute(el, name))
        if size and (int(size[0][:6]) > 48 and "em" not in attribute(el, name)):
            return False
    return len(el.find_all(True, limit=12)) < 12


def navigation(el: Tag, to: Converter, around: Tags) -> str | None:
    """A table of contents of the page: mystmd draws its own."""
    names = classes(el)
    is_toc = attribute(el, "id").lower() in ("tableofcontents", "toc") or any(
        name in ("toc", "table-of-contents", "td-toc", "book-toc") for name in names
    )
    links = el.find_all("a", href=True)
    if el.name == "nav" and links and not is_toc:
        is_toc = all(attribute(link, "href").startswith("#") for link in links)
    if not is_toc or any(not attribute(link, "href").startswith("#") for link in links):
        return None
    to.account(el.get_text(" "))
    to.report("HM507", "<nav", what="the page's table of contents")
    return ""
