"""Blocks where only one line fits: in bold text, a link's text, a heading, a cell of a table.

Hugo prints a shortcode's HTML there all the same. What it says is kept on the line, items and rows
apart by a line break; frames, levels and emphasis go.
"""

from __future__ import annotations

from bs4 import Tag

from migrate.convert.soup import attribute, first

_FRAMES = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header main nav ol p section summary table tbody td tfoot th thead ul"
    " caption".split()
)
_LINES = frozenset(("li", "tr"))
_FILMS = frozenset(("iframe", "video", "audio"))
_BLOCKS = _FRAMES - {"p", "div"} | {"pre", "hr"} | _LINES | _FILMS
_EMPHASIS = frozenset(("b", "strong", "em", "i"))


def flatten(soup: Tag) -> bool:
    """Make inline elements of all blocks in the tree; whether it had any."""
    if first(soup, _BLOCKS) is None:
        return False
    for el in soup.find_all(sorted(_LINES)):
        if el.find_previous_sibling(el.name) is not None:
            el.insert_before(Tag(name="br"))
    for el in soup.find_all(True):
        if el.name == "pre":
            said = " ".join(el.get_text().split())
            el.name = "code"
            el.attrs = {}
            el.string = said
        elif el.name in _FILMS:
            _link(el)
        elif el.name == "hr":
            el.replace_with(" ")
        elif (
            el.name in _FRAMES
            or el.name in _LINES
            or (el.name in _EMPHASIS and el.get_text(strip=True))
        ):
            _open(el)
    return True


def _link(el: Tag) -> None:
    """What is played or shown from elsewhere: a link to it."""
    inner = first(el, ("source",))
    source = attribute(el, "src") or (attribute(inner, "src") if inner else "")
    title = attribute(el, "title") or source
    el.attrs = {"href": source} if source else {}
    el.name = "a"
    el.string = title


def _open(el: Tag) -> None:
    if el.name not in _EMPHASIS:
        el.insert_before(" ")
        el.insert_after(" ")
    el.unwrap()
