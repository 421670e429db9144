"""Targets: make what a link or image means on a Hugo page comparable with mystmd's answer."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from migrate.mathematics import reads_dollars

if TYPE_CHECKING:
    from migrate.engines.mystmd import Build
    from migrate.model import Site
    from migrate.plan import Plan

_RESIZED = re.compile(r"_(?:hu[_0-9a-f]|\d+x\d+_)[\w-]{0,200}$")
"""What Hugo appends to a name when it processes an image: `_hu_1a2b…`, `_hu1a2b_0_300x0_…`."""
_HASHED = re.compile(r"-[0-9a-f]{32}$")
"""What mystmd appends to a name when it copies a file."""
_PLAIN = re.compile(r"[\W_]+")
_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/embed/|youtu\.be/|youtube\.com/watch\?v=)")
_SCHEME = re.compile(r"^\s*(?:https?:)?//")
_PAGE_SUFFIXES = ("", ".html", ".htm", ".md")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages of the site are, on both sides."""

    urls: Mapping[str, str] = field(default_factory=dict)
    """Hugo's URL (path from the site's root, without final slash) -> mystmd's."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """mystmd's URL, or what leads to another project's page, -> {Hugo's heading id: label
    written above the heading}."""
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """mystmd's URL -> the ids that Hugo's page has."""
    hosts: frozenset[str] = frozenset()
    """Hosts that are this site."""
    base_path: str = ""
    """Path of `baseURL` without final slash."""
    guesses: bool = False
    """Hugo guesses the language of a code block that names none (`guessSyntax` is on)."""
    dollars: frozenset[str] | None = None
    """Hugo's URLs of the pages on which a script or the configuration makes math of `$…$`; None:
    that isn't known."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Hugo's URL of a page that is in the project of another language -> what leads there."""

    def has_dollars(self, url: str) -> bool:
        """Whether `$…$` may be math on Hugo's page at this URL."""
        return self.dollars is None or trimmed(url) in self.dollars


def trimmed(url: str) -> str:
    """A page's URL as `Places` has it: decoded, without final slash or index.html."""
    path = unquote(url)
    path = path.removesuffix("index.html").rstrip("/")
    return path or "/"


def file_name(url: str) -> str:
    """A file's name without folder, hash and whatever the engines add; letters and digits only."""
    stem, suffix = posixpath.splitext(posixpath.basename(unquote(urlsplit(url).path)))
    stem = _RESIZED.sub("", _HASHED.sub("", stem))
    suffix = "" if suffix.lower() in (".webp", ".png", ".jpg", ".jpeg") else suffix
    return _PLAIN.sub("", stem).lower()[:40] + suffix.lower()


def leads_to_itself(node: Mapping[str, Any]) -> bool:
    """Whether a link of mystmd's shows nothing but an image, and leads to that image."""
    inside = list(node.get("children") or ())
    if len(inside) != 1 or inside[0].get("type") != "image":
        return False
    one, other = (str(n.get("urlSource") or n.get("url") or "") for n in (node, inside[0]))
    return file_name(one) == file_name(other)


def external(url: str) -> str:
    """A URL with host, without differences that lead to the same place."""
    parts = urlsplit(url)
    if video := _YOUTUBE.search(url):
        return "youtube:" + re.split(r"[?&#]", url[video.end() :])[0]
    path = unquote(parts.path).rstrip("/")
    asked = parts.query.replace("dnt=0", "").strip("&") if "dnt=0" in parts.query else parts.query
    query = f"?{unquote(asked)}" if asked else ""
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    host = parts.netloc.lower()
    scheme = "https" if host == "doi.org" else parts.scheme.lower()
    return f"{scheme}://{host}{path}{query}{fragment}"


def address_text(text: str, url: str) -> str | None:
    """One text for a link whose text is its address on GitHub, in full or shortened.

    mystmd and some themes write `org/name#12` and `a/b.py` there. None for any other text.
    """
    if "github.com/" not in url:
        return None
    bare = _SCHEME.sub("", url.replace("?#", "#")).rstrip("/#")  # `?` keeps mystmd from it
    parts = unquote(bare).split("/")
    short = bare.removeprefix("github.com/")
    if len(parts) == 5 and parts[3] in ("issues", "pull", "discussions"):
        short = f"{parts[1]}/{parts[2]}#{parts[4]}"
    elif len(parts) > 5 and parts[3] == "blob":
        short = "/".join(parts[5:])
    text = _SCHEME.sub("", text.strip().replace("\u200b", "")).rstrip("/")
    return short if text in (bare, short, bare.removeprefix("github.com/")) else None


def of_hugo(href: str, page: str, places: Places) -> tuple[str, str]:
    """(target, fragment) of a link on the page with URL `page` (from the site's root).

    The target is `page:URL of mystmd`, `file:name`, an external URL, or `?path` where the link
    leads to nothing that the site has.
    """
    href = href.strip()
    if "/mailto:" in href:
        href = href[href.index("mailto:") :]  # a page's URL got in front of it
    try:
        parts = urlsplit(href)
    except ValueError:
        return "?" + href, ""
    if parts.scheme and parts.scheme not in ("http", "https"):
        return unquote(href).casefold(), ""
    if parts.netloc and parts.netloc.lower() not in places.hosts:
        return external("https:" + href if href.startswith("//") else href), ""
    typed = parts.path or ("/" if parts.netloc else "")
    path = urljoin(places.base_path + page, typed) if typed else places.base_path + page
    if places.base_path and (path + "/").startswith(places.base_path + "/"):
        path = path[len(places.base_path) :]
    path = trimmed(path)
    found = places.urls.get(path) or places.urls.get(path.lower())
    if found is not None:
        return "page:" + found, unquote(parts.fragment)
    if link := places.elsewhere.get(path):
        fragment = unquote(parts.fragment)
        label = places.labels.get(link, {}).get(fragment, fragment)
        whole = f"{link}#{label}" if label else link
        return external(whole) if "://" in link else "?" + whole, ""
    if posixpath.splitext(path)[1].lower() not in _PAGE_SUFFIXES:
        return "file:" + file_name(path), ""
    return "?" + path, ""


def of_myst(url: str, here: str, fragment: str, *, internal: bool, static: bool) -> tuple[str, str]:
    """(target, fragment) of a link node of the page that mystmd serves at `here`."""
    if internal:
        return "page:" + (trimmed(url.split("#")[0]) if url else here), fragment
    if static:
        return "file:" + file_name(url), ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "?" + url, ""
    if parts.scheme and parts.scheme not in ("http", "https"):
        return unquote(url).casefold(), ""
    if parts.netloc:
        return external(url), ""
    if url.startswith("#"):
        return "page:" + here, unquote(url[1:])
    if posixpath.splitext(parts.path)[1].lower() not in _PAGE_SUFFIXES:
        return "file:" + file_name(url), ""
    return "?" + url, ""


def same_fragment(hugo: str, myst: str, target: str, places: Places) -> bool:
    """Whether a fragment of mystmd's page leads to what Hugo's fragment led to."""
    url = target.removeprefix("page:")
    ids = places.ids.get(url)
    if not hugo or (ids is not None and hugo not in ids):
        return True  # the page's top, or broken on Hugo's page
    label = places.labels.get(url, {}).get(hugo)
    if label is not None:
        return _PLAIN.sub("", label).lower() == _PLAIN.sub("", myst).lower()
    asked, given = _PLAIN.sub("", hugo).lower(), _PLAIN.sub("", myst).lower()
    return given.endswith(asked) if asked else True


def places_of(site: Site, plan: Plan, build: Build) -> Places:
    """Where the pages of a converted site are, for comparing links."""
    served = {
        page.identity: build.pages[str(plan.places[page.identity])].url
        for page in site.pages
        if page.identity in plan.places and str(plan.places[page.identity]) in build.pages
    }
    urls = {}
    for page in site.pages:
        if url := served.get(page.identity):
            urls.update(dict.fromkeys(map(trimmed, page.aliases), url))
    urls |= {trimmed(p.url): served[p.identity] for p in site.pages if p.identity in served}
    links = {**plan.part.links, **served}
    labels = {links[i]: ids for i, ids in plan.labels.items() if i in links}
    elsewhere = {
        trimmed(url): plan.part.links[page.identity]
        for page in (() if plan.part.own_host else plan.whole.pages)
        if page.identity in plan.part.links
        for url in (*page.aliases, page.url)
    }
    hosts = {host.lower() for host in (*site.hosts, urlsplit(site.base_url).netloc) if host}
    dollars = (
        page.url
        for page in site.pages
        if page.identity in plan.math_pages or reads_dollars(page, site)
    )
    return Places(
        urls, labels, {}, frozenset(hosts), site.base_path, _guesses(site),
        frozenset(map(trimmed, dollars)), elsewhere,
    )  # fmt: skip


def _guesses(site: Site) -> bool:
    value: object = site.config
    for key in ("markup", "highlight", "guesssyntax"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return str(value).lower() == "true"
