"""RSS feeds at the old feeds' addresses, with the old GUIDs.

mystmd makes no feed. Subscribers' readers know posts by GUID, so that a feed with the same ones
announces nothing twice. Hugo's GUID is the post's permalink, a feed item's is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree

from migrate.convert.cards import summary
from migrate.convert.plaintext import plain_title
from migrate.destinations import address
from migrate.model import Page, Site
from migrate.plan import Plan
from migrate.read import dates
from migrate.write.generated import generated

FRONT = "/index.xml"
"""The site's feed."""
_NEWEST = 100
"""Items in a feed where the site sets no limit: Hugo has none, readers look at the newest only."""
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SAFE = "/%:@!$&'()*+,;=~-._"

ElementTree.register_namespace("atom", _ATOM)


def feeds(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """(URL from the site's root, RSS 2.0) of the site's feed and of each list that had one.

    Lists without dated pages have none, and a site without a base URL: a feed's links are whole.
    """
    site = plan.site
    if not site.base_url:
        return
    made = {one.url: one.page for one in generated(plan) if one.what == "feed" and one.page}
    home = next((page for page in site.pages if page.kind == "home"), None)
    for url, page in {plan.part.folder + FRONT: home, **made}.items():
        if page is not None and page.identity not in plan.places:
            continue  # another project's
        posts = _posts(page, plan)
        if posts:
            yield url, _feed(url, page, posts, plan)


def guid(page: Page, site: Site) -> str:
    """The GUID by which feed readers know the post."""
    return page.identity if site.source is None else permalink(page.url, site)


def permalink(url: str, site: Site) -> str:
    """A URL as Hugo prints it whole."""
    return site.base_url.rstrip("/") + quote(url, safe=_SAFE)


def _posts(page: Page | None, plan: Plan) -> list[Page]:
    """Hugo's choice: all pages of the language for a home page, else those that the list lists."""
    if page is None or page.kind == "home":
        language = page.language if page else None
        found = [p for p in plan.site.pages if language in (None, p.language)]
    else:
        found = list(plan.children.get(page.identity, ()))
    posts = [p for p in found if p.kind == "page" and p.date and not p.date.startswith("0001")]
    return sorted(posts, key=lambda p: (p.date, p.url), reverse=True)[: _limit(plan.site)]


def _limit(site: Site) -> int:
    services = site.config.get("services")
    rss = services.get("rss") if isinstance(services, Mapping) else None
    limit = rss.get("limit") if isinstance(rss, Mapping) else None
    return limit if isinstance(limit, int) and 0 < limit < _NEWEST else _NEWEST


def _feed(url: str, page: Page | None, posts: list[Page], plan: Plan) -> bytes:
    site = plan.site
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    title = site.title if page is None or page.kind == "home" else f"{page.title} on {site.title}"
    _add(channel, "title", title or site.base_url)
    front = address(page, plan) if page else f"{plan.part.folder}/"
    _add(channel, "link", permalink(front, site))
    _add(channel, "description", site.description or f"Recent content of {site.title}")
    self = {"href": permalink(url, site), "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{_ATOM}}}link", self)
    for post in posts:
        item = ElementTree.SubElement(channel, "item")
        _add(item, "title", plain_title(post.title, markdown=False) or post.url)
        _add(item, "link", permalink(address(post, plan), site))
        _add(item, "pubDate", _rfc822(post))
        known = guid(post, site)
        whole = known.startswith(("http://", "https://"))
        _add(item, "guid", known, {} if whole else {"isPermaLink": "false"})
        if text := summary(post):
            _add(item, "description", text)
    ElementTree.indent(root)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _add(
    parent: ElementTree.Element, name: str, text: str, attributes: Mapping[str, str] | None = None
) -> None:
    element = ElementTree.SubElement(parent, name, dict(attributes or {}))
    element.text = re.sub(_NO_XML, "", text)


def _rfc822(page: Page) -> str:
    """The page's date with its time of day, where the front matter says it."""
    moment = dates.parse(page.front.get("date"), UTC)
    if moment is None or f"{moment:%Y-%m-%d}" != page.date[:10]:
        moment = datetime.fromisoformat(page.date[:10]).replace(tzinfo=UTC)
    return format_datetime(moment)
