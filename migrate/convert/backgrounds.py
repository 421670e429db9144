"""Pictures that only CSS names: the background of an element, what a page's own style shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.convert.soup import BoundedSoup, attribute

if TYPE_CHECKING:
    from migrate.context import Context

BACKGROUND = re.compile(
    r"(?:^|;)\s*background(?:-image)?\s*:[^;]*?\burl\(\s*[\"']?([^\"')\s]+)", re.I
)
_NAMED = re.compile(r"url\(\s*[\"']?([^\"')\s]{1,500})", re.I)
_HOLDERS = (
    "div section header footer main article aside figure span a p li td th h1 h2 h3 h4 h5 h6"
).split()


def show(soup: BoundedSoup) -> None:
    """An element with a background in its `style` begins with that picture, as readers see it."""
    for el in soup.find_all(_HOLDERS, style=BACKGROUND):
        found = BACKGROUND.search(attribute(el, "style"))
        if found is None or found[1].startswith("data:"):
            continue
        name = found[1].rpartition("/")[2]
        shown = (attribute(image, "src").rpartition("/")[2] for image in el.find_all("img"))
        if name in shown:  # under another spelling of its URL too: galleries fill a frame with it
            continue
        alt = attribute(el, "aria-label") or attribute(el, "title")
        el.insert(0, soup.new_tag("img", attrs={"src": found[1], "alt": alt}))


def keep(style: str, ctx: Context) -> None:
    """Files that a dropped style sheet names go along, for whoever writes it anew."""
    for name in _NAMED.findall(style):
        target = ctx.plan.links.resolve_file(name, ctx.page)
        if target.asset is not None:
            ctx.record.assets[target.asset.url] = target.asset
