"""What stands in MyST for things that Hugo's page shows without a word of its own.

A script draws a chart or brings in a post, a player plays a file, a style colours a square: the
page's text knows nothing of it. MyST has the link, the script's data or the colour's name there.
Those are no words too many if Hugo's page holds them where no reader reads them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.check.facts import Facts, Item

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ADDRESSES = frozenset(("src", "cite", "data", "style"))
_NAME = re.compile(r"(?=[\w-]*\d)[\w-]{8,}\Z")
"""The last part of an address that tells one thing from all others."""
SHORTEST = 6
"""Characters of code or an address below which chance might have them in a script."""
_SPACE = re.compile(r"\s+")


def unread(root: HtmlElement) -> str:
    """What an HTML page holds for scripts and styles, without white space."""
    parts: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            parts.append(element.text or "")
        if element.tag != "img":
            parts += [
                str(value)
                for name, value in element.attrib.items()
                if name in _ADDRESSES or str(name).startswith("data-")
            ]
    return _SPACE.sub("", "\0".join(parts))


def stood_in(hugo: Facts, myst: Facts) -> Facts:
    """MyST's side without what stands for things that Hugo's page shows without words.

    A link to a file that Hugo's page plays is the player. One that leads where an icon leads in
    Hugo, and no link with a text does, has the icon's name: that is no word too many. A card
    that is a link as a whole has its words on Hugo's page too: it is no icon.
    """
    played = {item.value[0] for item in hugo.of("embed")}
    linked = {item.value[0] for item in hugo.of("link")}
    icons = {item.value[0] for item in hugo.of("icon link")} - linked
    said = " ".join(hugo.words[0]) if icons else ""
    read = {item.value for item in hugo.items if item.kind in ("code", "inline code")}
    styled = {item.value for item in hugo.of("styled")}
    text, items = myst.text, []
    for item in myst.items:
        where = item.value[0] if item.value else ""
        if item.kind == "link" and where in played - linked:
            text = _without(text, item)
            item = Item("embed", item.value[:1], item.shown, item.at)
        elif item.kind == "link" and where in icons:
            if item.value[2] not in said:
                text = _without(text, item)
            continue
        elif _is_held(item, hugo.unread) and where not in linked and item.value not in read:
            text = _without(text, item)
            continue
        if item.kind not in ("strong", "emphasis") or item.value not in styled:
            items.append(item)
    return replace(myst, text=text, items=tuple(items))


def _is_held(item: Item, unread: str) -> bool:
    """Whether a script, frame or style of Hugo's page has the code, or the link's address."""
    if item.kind in ("code", "inline code"):
        code = _SPACE.sub("", item.value[-1])
        return len(code) >= SHORTEST and code in unread
    return item.kind == "link" and _is_address(item.value[0], unread)


def _without(text: str, item: Item) -> str:
    return text[: item.at] + " " * item.length + text[item.at + item.length :]


def _is_address(target: str, unread: str) -> bool:
    """Whether a script or frame of Hugo's page has the address, or the name that it ends in."""
    path = target.partition(":")[2].removeprefix("//").rstrip("/")
    name = path.rpartition("/")[2]
    return len(name) >= SHORTEST and (
        path in unread or (bool(_NAME.match(name)) and name in unread)
    )
