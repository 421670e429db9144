"""RSS and Atom feeds: each item a page whose body is HTML.

The feed library's sanitising is off: it would take the classes that tell a callout from a quote.
The HTML converter's own keeps scripts, styles and handlers out of the project.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from migrate.diagnostics import MigrateError, diagnostic
from migrate.engines.fetch import FEED_SIZE, fetch
from migrate.model import Diagnostic, Language, Page, Site
from migrate.options import Options
from migrate.read.disk import Unreadable, read_bytes

_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_HOST = re.compile(r"https?://([a-zA-Z0-9.-]+)")
_TAGS = re.compile(r"<[^<>]*>")
_LONG = re.compile(r"<(?:h[1-6]|pre|figure|table|ul|ol|blockquote|img)[\s>]", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[&#8230;\]|Read more.?|Continue reading.{0,3})\s*$")
_ISO_DAY = re.compile(r"^(\d{4}-\d\d-\d\d)")
_PREVIEWS = (
    re.compile(r"^(?:[a-z0-9-]{1,80}--)([a-z0-9-]{1,80}\.netlify\.app)$"),
    re.compile(r"^[a-z0-9-]+\.([a-z0-9-]+\.pages\.dev)$"),
    re.compile(r"^www\.(.+)$"),
)
_SUMMARY_WORDS = 130
"""Hugo cuts summaries at about 70 words, at the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the feed's site is served."""

    url: str
    """The site's root, without a final slash, for links to pages that the feed doesn't hold."""
    base_path: str
    channel: str
    """The page that the feed belongs to."""
    hosts: tuple[str, ...]


def read_feed(source: str, options: Options) -> Site:
    """The site that a feed tells of. `source` is a file's path or an `http(s)` URL.

    Raises MigrateError for what can't be read or is no feed.
    """
    import feedparser

    data = fetch(source) if _ADDRESS.match(source) else _read_file(source)
    try:
        feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        # The library's own mistakes on bytes that are hardly XML: many, and none of them ours.
        raise MigrateError(f"can't be read as a feed: {_reason(error)}", source) from None
    if not feed.get("version") and not feed.entries:
        raise MigrateError(_no_feed(data), source)
    channel = feed.feed
    problems: list[Diagnostic] = []
    if feed.bozo and not isinstance(
        feed.get("bozo_exception"), feedparser.CharacterEncodingOverride
    ):
        problems.append(diagnostic("HM130", source, reason=_reason(feed.get("bozo_exception"))))
    bodies = [_body(entry) for entry in feed.entries]
    address = _address(channel, feed.entries, bodies, source, options)
    language = (str(channel.get("language") or "en").split("-")[0].lower()) or "en"
    pages = tuple(_pages(feed.entries, bodies, address, language))
    if not pages:
        problems.append(diagnostic("HM131", source))
    problems.extend(_summaries(source, pages))
    if _preview(urlsplit(address.url).hostname or "") and not options.site_urls:
        problems.append(diagnostic("HM133", source, host=urlsplit(address.url).hostname))
    title = _plain(channel.get("title", ""))
    if pages and all(page.url != "/" for page in pages):
        # A project serves its first page at its root; the items are listed there.
        pages = (Page("/", None, "home", "/", title, language=language), *pages)
    return Site(
        None,
        title,
        base_url=address.url + "/" if address.url else "",
        base_path=address.base_path,
        hosts=address.hosts,
        description=_description(channel),
        languages=(Language(language, title=title),),
        pages=pages,
        diagnostics=tuple(problems),
    )


def _read_file(source: str) -> bytes:
    try:
        return read_bytes(source, FEED_SIZE)
    except Unreadable as error:
        raise MigrateError(f"can't be read: {error}", source) from None


def _no_feed(data: bytes) -> str:
    """Why the bytes are no feed, in words for a person."""
    if b"<html" in data[:2000].lower():
        return (
            "is a web page, not a feed; Hugo's feeds are at `…/index.xml`"
            " and the page's source names them by `application/rss+xml`"
        )
    return "is neither RSS nor Atom" if data.strip() else "is empty"


def _reason(error: object) -> str:
    text = " ".join(str(error).split())
    return text[:160] or "unknown"


def _address(
    channel: Mapping[str, Any], entries: list[Any], bodies: list[str], source: str, options: Options
) -> Address:
    """The site's address: as the options say, else as the feed does."""
    links = [str(channel.get("link") or "")]
    links += [str(link.get("href", "")) for link in _each(channel, "links")]
    if not any(map(_host, links)) and _ADDRESS.match(source):
        links.append(source)
    items = Counter(_host(_link(entry)) for entry in entries)
    own = next((host for link in links if (host := _host(link))), "")
    usual = next((host for host, _ in items.most_common() if host), "")
    hosts = [host for host in (own, usual, *map(_host, links)) if host]
    named = [url if "//" in url else f"https://{url}" for url in options.site_urls]
    hosts += [host for url in named if (host := _host(url))]
    families = {_family(host) for host in hosts}
    found = {host.lower() for body in bodies for host in _HOST.findall(body)}
    hosts += sorted(host for host in found if _family(host) in families)
    channel_link = next((link for link in links if _host(link)), "")
    if named:
        parts = urlsplit(named[0])
        base_path = parts.path.rstrip("/")
        return Address(
            f"{parts.scheme}://{parts.netloc}{base_path}", base_path, channel_link,
            tuple(dict.fromkeys(hosts)),
        )  # fmt: skip
    root = _link_of_host(entries, usual) or channel_link
    parts = urlsplit(root)
    url = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return Address(url, "", channel_link, tuple(dict.fromkeys(hosts)))


def _link_of_host(entries: list[Any], host: str) -> str:
    return next((link for entry in entries if host and _host(link := _link(entry)) == host), "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def _family(host: str) -> str:
    """The host of which this one is a preview, or the host itself."""
    for pattern in _PREVIEWS:
        if found := pattern.match(host):
            return found[1]
    return host


def _preview(host: str) -> bool:
    return _family(host) != host and not host.startswith("www.")


def _pages(
    entries: list[Any], bodies: list[str], address: Address, language: str
) -> Iterator[Page]:
    """A page for each item; two of one GUID or one URL stay apart."""
    identities: set[str] = set()
    urls: set[str] = set()
    for number, (entry, body) in enumerate(zip(entries, bodies, strict=True), 1):
        title = _plain(entry.get("title", ""), entry.get("title_detail", {}).get("type", ""))
        link = _link(entry, address)
        url = _path(link, address, title or f"item-{number}")
        while url in urls:
            url = f"{url.rstrip('/')}-{number}/"
        urls.add(url)
        identity = str(entry.get("id") or link or url)
        while identity in identities:
            identity = f"{identity}#{number}"
        identities.add(identity)
        yield _page(entry, body, identity, url, title, link, address, language)


def _page(
    entry: Any, body: str, identity: str, url: str, title: str, link: str, address: Address,
    language: str,
) -> Page:  # fmt: skip
    day = _day(entry)
    is_channel = bool(link) and _same_page(link, address.channel)
    front: dict[str, Any] = {"title": title}
    if description := _summary(entry, body):
        front["description"] = description
    if day:
        front["date"] = day
    if authors := _authors(entry):
        front["authors"] = authors
    if tags := _tags(entry):
        front["tags"] = tags
    parts = [part for part in url.split("/") if part]
    return Page(
        identity,
        None,
        "term" if is_channel else "page",
        url,
        title,
        language=language,
        front=front,
        body=body,
        format="html",
        date=day,
        section=parts[0] if len(parts) > 1 else "",
        bundle=True,
    )


def _each(found: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The parts that the library lists under `key`; an element of that name is a string there."""
    parts = found.get(key)
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _same_page(one: str, other: str) -> bool:
    mine, theirs = _parts(one), _parts(other)
    return mine[1:3] == theirs[1:3] and mine.path.strip("/") != ""


def _link(entry: Any, address: Address | None = None) -> str:
    """The item's own page: its link; its GUID where the link leads to another site."""
    link, guid = str(entry.get("link") or ""), str(entry.get("id") or "")
    if address is None:
        return link or (guid if _ADDRESS.match(guid) else "")
    if _ADDRESS.match(guid) and _host(guid) in address.hosts and _host(link) not in address.hosts:
        return guid
    if not link and _ADDRESS.match(guid):
        return guid
    try:
        return urljoin(address.channel, link) if link else ""
    except ValueError:
        return ""


def _parts(url: str) -> SplitResult:
    """A URL's parts; none of one that can't be read (`http://[x`)."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _path(link: str, address: Address, title: str) -> str:
    """The page's URL from the site's root; of an item without link, made of its title."""
    path = _parts(link).path
    if address.base_path and path.startswith(address.base_path + "/"):
        path = path[len(address.base_path) :]
    if path.strip("/"):
        return path if path.startswith("/") else f"/{path}"
    slug = re.sub(r"\W+", "-", title.lower()).strip("-")[:50]
    return f"/{slug or 'item'}/" if not link or _parts(link).path.strip("/") else "/"


def _body(entry: Any) -> str:
    """The item's HTML: its full content, else its description; files it brings are linked."""
    parts = [part for part in _each(entry, "content") if str(part.get("value") or "").strip()]
    best = max(parts, key=lambda part: len(part["value"]), default=None)
    if best is None:
        detail = entry.get("summary_detail") or {}
        best = {"value": str(entry.get("summary") or ""), "type": detail.get("type", "")}
    text = str(best["value"])
    if best.get("type") == "text/plain":
        paragraphs = re.split(r"\n\s*\n", text.strip())
        text = "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)
    for file in _each(entry, "links"):
        if file.get("rel") != "enclosure":
            continue
        url, kind = str(file.get("href") or ""), str(file.get("type") or "")
        if _ADDRESS.match(url) and url not in text and not kind.startswith("image/"):
            name = html.escape(_parts(url).path.rsplit("/", 1)[-1] or url)
            text += f'\n<p><a href="{html.escape(url)}">{name}</a></p>'
    return text


def _summary(entry: Any, body: str) -> str:
    """The item's description as plain text, where it is not the body itself."""
    text = _plain(entry.get("summary", ""), "text/html")
    if not text or not entry.get("content") or len(text) > 600:
        return ""
    return "" if text == _plain(body, "text/html") else text


def _description(channel: Mapping[str, Any]) -> str:
    text = _plain(channel.get("subtitle") or "", "text/html")
    own = _plain(channel.get("title") or "")
    return "" if text.startswith("Recent content") or own.startswith(text) else text


def _plain(text: object, kind: str = "text/plain") -> str:
    """Text on one line; tags and entities of HTML are read."""
    plain = str(text or "")
    if kind != "text/plain" or "</" in plain:
        plain = html.unescape(_TAGS.sub("", plain))
    elif "&" in plain:
        plain = html.unescape(plain)
    return " ".join(plain.split())


def _day(entry: Any) -> str:
    """The day as the author's clock had it; none for Hugo's year 1, its sign for no date."""
    for key in ("published", "updated"):
        text = str(entry.get(key) or "").strip()
        if not text:
            continue
        if re.search(r"(?:^|\s)0001(?:\s|-|$)", text):
            return ""
        if iso := _ISO_DAY.match(text):
            return iso[1]
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            parsed = entry.get(f"{key}_parsed")
        if parsed:
            return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
    return ""


def _authors(entry: Any) -> list[str]:
    names = [_plain(author.get("name", "")) for author in _each(entry, "authors")]
    return list(dict.fromkeys(name for name in names if name))


def _tags(entry: Any) -> list[str]:
    terms = [_plain(tag.get("label") or tag.get("term") or "") for tag in _each(entry, "tags")]
    return list(dict.fromkeys(term for term in terms if term))


def _summaries(source: str, pages: tuple[Page, ...]) -> Iterator[Diagnostic]:
    """Say so where the feed carries summaries only, or some items have nothing."""
    posts = [page for page in pages if page.kind == "page"]
    empty = [page for page in posts if not page.body.strip()]
    short = [page for page in posts if _looks_cut(page.body)]
    if posts and len(short) == len(posts):
        longest = max(len(_plain(page.body, "text/html").split()) for page in posts)
        yield diagnostic("HM132", source, count=len(posts), longest=longest)
        return
    for page in empty:
        yield diagnostic("HM134", page.name)


def _looks_cut(body: str) -> bool:
    """No more than a summary: a few sentences without structure, or an ellipsis at the end."""
    text = _plain(body, "text/html")
    if _CUT.search(text):
        return len(text.split()) < 300
    return len(text.split()) <= _SUMMARY_WORDS and _LONG.search(body) is None
