"""An RSS feed at the old feed's address, with the old GUIDs.

mystmd makes no feed. Subscribers' readers know posts by GUID, so that a feed with the same ones
announces nothing twice. Hugo's GUID is the post's permalink.
"""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree

from migrate.model import Page
from migrate.plan import Plan
from migrate.write.ledger import address

_NEWEST = 100
"""Items in the feed: what Hugo's own feed of a large site is limited to by most themes."""


def feed(plan: Plan) -> bytes | None:
    """RSS 2.0 of the newest dated pages; None for a site without a base URL or without posts."""
    site = plan.site
    posts = [page for page in site.pages if page.kind == "page" and page.date]
    if not site.base_url or not posts:
        return None
    posts.sort(key=lambda page: (page.date, page.url), reverse=True)
    base = site.base_url.rstrip("/")
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", site.title)
    _add(channel, "link", base + "/")
    _add(channel, "description", site.description or f"Recent content of {site.title}")
    for page in posts[:_NEWEST]:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", page.title)
        _add(item, "link", base + quote(address(plan.places[page.identity])))
        _add(item, "pubDate", _rfc822(page.date))
        _add(item, "guid", guid(page, base))
        description = page.front.get("description") or page.front.get("summary")
        if isinstance(description, str):
            _add(item, "description", description)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def guid(page: Page, base: str) -> str:
    """The GUID by which feed readers know the post: a feed item's own, else the permalink."""
    return page.identity if page.source is None else base + quote(page.url)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = "".join(c for c in text if c >= " " or c in "\n\t")


def _rfc822(date: str) -> str:
    moment = datetime.fromisoformat(date).replace(tzinfo=timezone.utc)
    return format_datetime(moment)
