"""How a person can be reached: links and handles in any theme's form to mystmd's author keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from migrate.model import Value

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[a-zA-Z]{2,}")
_HANDLE = re.compile(r"@?[A-Za-z0-9_.-]{1,60}")
_VALID = {
    "twitter": re.compile(r"[A-Za-z0-9_]{4,15}"),
    "bluesky": re.compile(r"[^/:@\s][^/:@\s.]*+\.[^@\s]*[^.\s]"),
    "mastodon": re.compile(r"@[A-Za-z0-9_]+@[^@\s]+\.[^@\s]*[^.\s]"),
    "linkedin": re.compile(r"https?://[^/]*linkedin\.com\S*", re.I),
    "url": re.compile(r"https?://\S+"),
}
"""What mystmd takes for these accounts without a message."""
_MASTODON = re.compile(r"@?[\w.-]+@[\w.-]+\.[a-z]{2,}")
_LINK_LISTS = ("social", "links", "socials", "profiles", "social_media", "contacts", "sociallinks")
_HANDLE_HOSTS = {
    "github.com": "github", "twitter.com": "twitter", "x.com": "twitter",
    "linkedin.com": "linkedin", "orcid.org": "orcid", "bsky.app": "bluesky",
}  # fmt: skip
_URL_KEYS = ("url", "website", "homepage", "link", "www", "web", "site", "blog")
_OWN_KEYS = frozenset(
    (*_URL_KEYS, "email", "mail", "orcid", "github", "twitter", "x", "bluesky", "mastodon",
     "linkedin", "gitlab", "scholar", "google_scholar")
)  # fmt: skip
"""Keys beside a person's name that hold a way to reach them."""
_HOME_ICONS = ("globe", "home", "house", "link", "website", "user", "earth", "blog", "web", "url")


def contacts(details: Mapping[str, Value]) -> dict[str, str]:
    """`email`, `orcid`, `github`, `twitter`, `bluesky`, `mastodon`, `linkedin`, `url` of a person.

    What mystmd would reject (a made-up ORCID, a handle with blanks) is left out.
    """
    found: dict[str, str] = {}
    for key, value in _pairs(details):
        for name, text in _contact(key, value):
            if name not in _VALID or _VALID[name].fullmatch(text):
                found.setdefault(name, text)
    return found


def links(details: Mapping[str, Value]) -> list[tuple[str, str]]:
    """(what it is, URL) of every link of a person or site, in order, each URL once."""
    found: dict[str, str] = {}
    for key, value in _pairs(details):
        url = _as_url(key, value)
        if url:
            found.setdefault(url, key)
    return [(key, url) for url, key in found.items()]


_FILE = re.compile(r"/?(?:[\w-]+/)*[\w.-]+\.(?:pdf|html?|bib|vcf)")
"""A file of the site; themes look from its root."""
_SERVICES = {
    "github": "GitHub", "gitlab": "GitLab", "twitter": "Twitter", "x": "X", "mastodon": "Mastodon",
    "bluesky": "Bluesky", "linkedin": "LinkedIn", "youtube": "YouTube", "facebook": "Facebook",
    "instagram": "Instagram", "slack": "Slack", "discord": "Discord", "orcid": "ORCID",
    "envelope": "Email", "email": "Email", "at-symbol": "Email", "mail": "Email", "rss": "RSS",
    "telegram": "Telegram", "matrix": "Matrix", "zulip": "Zulip", "discourse": "Discourse",
    "stackoverflow": "Stack Overflow", "stack-overflow": "Stack Overflow", "medium": "Medium",
    "reddit": "Reddit", "researchgate": "ResearchGate", "google-scholar": "Google Scholar",
    "globe": "Website", "home": "Website", "link": "Website", "url": "Website",
    "website": "Website", "www": "Website", "cv": "CV",
}  # fmt: skip
_ICON = re.compile(
    r"^(?:(?:fa[bsrl]?|fas|fab|brands|academicons|ai|bi|ti|hero|icon|custom)[-/ ]+)+(?:fa-)?|^fa-"
)


def service(url: str) -> str:
    """The service that a URL leads to, by its host; empty for any other."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return _SERVICES.get(_HANDLE_HOSTS.get(host, ""), "")


def label(kind: str, url: str) -> str:
    """What a link to an account says: its own name, else the service that its icon shows."""
    words = _ICON.sub("", kind.strip())
    known = words.lower().replace(" ", "-").removesuffix("-alt").removesuffix("-square")
    if _SERVICES.get(known) == "Website" and "/@" in url:
        return "Mastodon"
    if known in _SERVICES:
        return _SERVICES[known]
    if "scholar.google." in url:
        return "Google Scholar"
    return words or re.sub(r"^\w+:(?://)?", "", url)


def _pairs(details: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """(kind, value) of everything that may be a way to reach the person."""
    for key, value in details.items():
        if key in _LINK_LISTS:
            yield from _listed(value)
        elif key in _OWN_KEYS and isinstance(value, str) and value.strip():
            yield key, value.strip()


def _listed(value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, str) and item.strip():
                yield key, item.strip()
            elif isinstance(item, (list, Mapping)):
                yield from _listed(item)
        return
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, Mapping):
            continue
        target = item.get("link") or item.get("url") or item.get("href")
        if isinstance(target, str) and target.strip():
            kind = item.get("label") or item.get("name") or item.get("type") or item.get("icon")
            yield str(kind or "link"), target.strip()
        else:
            yield from _listed(item)


def _contact(key: str, value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("mailto:"):
        value, key = value.removeprefix("mailto:").partition("?")[0], "email"
    if key in ("email", "mail", "envelope"):
        if _EMAIL.fullmatch(value):
            yield "email", value
        return
    if orcid := _ORCID.search(value):
        if key == "orcid" or "orcid.org" in value:
            yield "orcid", orcid[0].upper()
        return
    if value.startswith(("http://", "https://", "//")):
        yield from _from_url(key, value)
    elif key in ("github", "twitter", "bluesky") and _HANDLE.fullmatch(value):
        yield key, value.removeprefix("@")
    elif key == "x" and _HANDLE.fullmatch(value):
        yield "twitter", value.removeprefix("@")
    elif key == "mastodon" and _MASTODON.fullmatch(value):
        yield key, value if value.startswith("@") else f"@{value}"
    elif key == "linkedin" and _HANDLE.fullmatch(value):
        yield key, f"https://www.linkedin.com/in/{value}"


def _from_url(key: str, value: str) -> Iterator[tuple[str, str]]:
    try:
        parts = urlsplit(value if not value.startswith("//") else f"https:{value}")
    except ValueError:
        return
    host = (parts.hostname or "").removeprefix("www.")
    path = [part for part in parts.path.split("/") if part]
    kind = _HANDLE_HOSTS.get(host)
    if kind == "linkedin":
        yield kind, value
    elif kind == "bluesky" and len(path) == 2 and path[0] == "profile":
        yield kind, path[1]
    elif kind in ("github", "twitter"):
        if len(path) == 1 and _HANDLE.fullmatch(path[0]):
            yield kind, path[0].removeprefix("@")
    elif len(path) == 1 and path[0].startswith("@") and ("mastodon" in key or not kind):
        yield "mastodon", f"{path[0]}@{host}"
    elif key in _URL_KEYS or any(icon in key.lower() for icon in _HOME_ICONS):
        yield "url", value


def _as_url(key: str, value: str) -> str:
    """A link that a reader can follow, also from a handle alone."""
    if value.startswith(("http://", "https://", "mailto:", "tel:")):
        return value
    if value.startswith("//"):
        return f"https:{value}"
    found = dict(_contact(key, value))
    if "email" in found:
        return f"mailto:{found['email']}"
    if "orcid" in found:
        return f"https://orcid.org/{found['orcid']}"
    if "github" in found:
        return f"https://github.com/{found['github']}"
    if "twitter" in found:
        return f"https://twitter.com/{found['twitter']}"
    if "bluesky" in found:
        return f"https://bsky.app/profile/{found['bluesky']}"
    if "mastodon" in found:
        _, user, host = found["mastodon"].split("@")
        return f"https://{host}/@{user}"
    if not found and _FILE.fullmatch(value):
        return value if value.startswith("/") else f"/{value}"
    return found.get("linkedin", "")
