"""The link map: what a destination means.

Relies on Hugo's rules (a browser resolves a typed link against the page's URL; `ref`, `relref`
and the embedded link hook look a page up by its path) and on mystmd's (it resolves files, says
nothing about URLs that lead nowhere, and takes labels project-wide).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote, urlsplit

from migrate.model import Asset, Language, Page, Site, Target

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")
_GLUED = re.compile(r"/((?:mailto|tel):[^/\s]+|https?://.+)$")
"""A whole URL typed without its scheme's meaning in view, glued to the page's own URL."""
PROCESSED = re.compile(r"_hu_?[0-9a-f]{6,64}+(?:_[0-9a-z_]{1,200}+)?(?=\.\w+$)")
"""What Hugo puts into the name of a resized image: `a_hu5599e6_195115_f1bc2f.webp`."""
_INDEX_NAME = re.compile(r"(^|/)_?index$")
_PAGER = re.compile(r"/page/\d+/?$")
_CONTENT_EXTENSIONS = (".md", ".markdown", ".mdown", ".html", ".htm", ".org", ".adoc", ".rst")
_INDEX = re.compile(r"/_?index(?:\.(?:md|markdown|mdown|html?|org|adoc|rst))?$")
_DEVELOPMENT = ("localhost:1313", "127.0.0.1:1313")
"""Where `hugo server` shows a site; its addresses are pasted into pages by mistake."""
_IMAGE_EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff", ".bmp")
_HUGO_OWN = ("index.xml", "sitemap.xml", "robots.txt", "feed.xml", "rss.xml", "index.json")
"""Files that Hugo makes and that are no pages or assets of the site."""


@dataclass(frozen=True, slots=True)
class Links:
    """Looks destinations up in a site. Made by `index`."""

    site: Site
    pages: Mapping[str, Page] = field(default_factory=dict)
    """URL key (see `_key`) -> page."""
    aliases: Mapping[str, Page] = field(default_factory=dict)
    logical: Mapping[tuple[str, str], Page] = field(default_factory=dict)
    """(language, logical path) -> page."""
    names: Mapping[tuple[str, str], Page | None] = field(default_factory=dict)
    """(language, last part of the logical path) -> page; None where several share it."""
    assets: Mapping[str, Asset] = field(default_factory=dict)
    """URL key -> asset."""

    def resolve(self, destination: str, page: Page) -> Target:
        """What `destination`, as typed in `page`, means for a reader who clicks on it."""
        return self._resolve(destination.strip(), page, files_first=False)

    def resolve_file(self, destination: str, page: Page) -> Target:
        """The same for a file that the page shows: images, videos."""
        return self._resolve(destination.strip(), page, files_first=True)

    def ref(self, path: str, page: Page, language: str = "") -> Target:
        """What Hugo's `ref` or `relref` of `path` finds."""
        logical, _, fragment = path.strip().partition("#")
        if _SCHEME.match(logical) or logical.startswith("//"):
            return self.resolve(path, page)
        if not logical:
            return Target("page", page, fragment=fragment)
        found = self._get_page(logical, page, language or page.language)
        if found is not None:
            return Target("page", found, fragment=fragment)
        target = self.resolve(path, page)
        return target if target.kind == "missing" else _repaired(target)

    def by_url(self, url: str) -> Asset | None:
        """The asset that Hugo publishes at `url`."""
        return self.assets.get(_spelled(url)) or self.assets.get(_key(url))

    def _resolve(self, destination: str, page: Page, *, files_first: bool) -> Target:
        own = _own_path(destination, self.site)
        if own is None:
            return Target("external", url=destination)
        if glued := _GLUED.search(own):
            return Target("external", url=glued[1], repaired=True)
        path, _, fragment = own.partition("#")
        path, _, query = path.partition("?")
        if not path:
            return Target("page", page, fragment=unquote(fragment))
        whole = _is_whole(destination)
        for candidate, repaired in self._readings(unquote(path), page, files_first, whole):
            target = self._look_up(candidate)
            if target is not None:
                return Target(
                    target.kind, target.page, target.asset, unquote(fragment), target.url, repaired
                )
        if self.site.source is None:
            return self._outside_feed(path, query, fragment, page)
        absolute = _absolute(unquote(path), page)
        if _PAGER.search(absolute) or absolute.rsplit("/", 1)[-1] in _HUGO_OWN:
            return Target("static", url=self.site.base_path + quote(absolute) + own[len(path) :])
        if whole:
            return Target("external", url=destination, elsewhere=True)
        return Target("missing", url=destination)

    def _readings(
        self, path: str, page: Page, files_first: bool, whole: bool
    ) -> Iterator[tuple[str | Page | Asset, bool]]:
        """What the path can mean, likeliest first, and whether that reading repairs it.

        Hooks leave a `whole` URL, with a host, as it is.
        """
        markup = self.site.markup
        hook = (markup.image_hook if files_first else markup.link_hook) and not whole
        if hook and (found := self._by_path(path, page)) is not None:
            yield found, False
        absolute = _absolute(path, page)
        yield absolute, False
        if not hook and (found := self._by_path(path, page)) is not None:
            yield found, True
        for other in self._near_misses(path, absolute, page):
            yield other, True

    def _near_misses(self, path: str, absolute: str, page: Page) -> Iterator[str]:
        """Places where an author may have meant the file or page to be."""
        if not path.startswith("/"):
            if page.source is not None and page.logical:
                folder = page.logical if page.bundle else posixpath.dirname(page.logical)
                yield posixpath.normpath(posixpath.join(folder, path))
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page.url.rstrip("/")), path))
            yield "/" + posixpath.normpath(path).lstrip("./")
        if path.startswith("/static/"):
            yield path.removeprefix("/static")
        if "/_index" in absolute or "/index" in absolute:
            yield _INDEX.sub("/", absolute)
        yield from (absolute[: -len(e)] for e in _CONTENT_EXTENSIONS if absolute.endswith(e))

    def _by_path(self, path: str, page: Page) -> Page | Asset | None:
        """As the embedded link hook looks it up: a page, a page resource, a file of `assets/`."""
        if path.endswith("/") and not path.startswith((".", "/")):
            path = path.rstrip("/")
        found = self._get_page(path, page, page.language)
        if found is not None:
            return found
        name = posixpath.normpath(path)
        for asset in page.resources:
            if asset.url.endswith("/" + name) and asset.source.as_posix().endswith("/" + name):
                return asset
        return None

    def _get_page(self, path: str, page: Page, language: str) -> Page | None:
        """Hugo's `GetPage`: from the page's folder, from the content root, by a unique name."""
        wanted = path.lower()
        for extension in _CONTENT_EXTENSIONS:
            if wanted.endswith(extension):
                wanted = wanted[: -len(extension)]
                break
        stem, _, suffix = wanted.rpartition(".")
        codes = [one.code for one in self.site.languages if one.code.lower() == suffix]
        if stem and codes:
            wanted, language = stem, codes[0]
        if wanted.endswith("index"):
            wanted = _INDEX_NAME.sub(r"\1", wanted)
        if not wanted and path:
            wanted = "."
        folders = [page.logical] if page.bundle else []
        folders.append(posixpath.dirname(page.logical or "/"))
        if wanted.startswith("/"):
            folders = ["/"]
        for folder in [*folders, "/"]:
            logical = _joined(folder, wanted.lstrip("/"))
            found = self._logical(logical, language)
            if found is not None:
                return found
        if wanted.startswith("/") or "/" in wanted.strip("/") or wanted in (".", ".."):
            return None
        return self.names.get((language, wanted.strip("/")))

    def _logical(self, logical: str, language: str) -> Page | None:
        found = self.logical.get((language, logical))
        default = self.site.languages[0].code
        return found or (self.logical.get((default, logical)) if language != default else None)

    def _look_up(self, candidate: str | Page | Asset) -> Target | None:
        if isinstance(candidate, Page):
            return Target("page", candidate)
        if isinstance(candidate, Asset):
            return Target("asset", asset=candidate)
        spelled = _spelled(candidate)
        key = spelled.lower()
        for name in (spelled, key) if spelled != key else (key,):
            if name in self.pages:
                return Target("page", self.pages[name])
            if name in self.assets:
                return Target("asset", asset=self.assets[name])
            if name in self.aliases:
                return Target("page", self.aliases[name])
        if "_hu" in key and (asset := self._original(key)):
            return Target("asset", asset=asset)
        return None

    def _original(self, key: str) -> Asset | None:
        """The file that Hugo made a resized image from."""
        stem, cut = PROCESSED.subn("", key)
        if not cut:
            return None
        base = stem.rpartition(".")[0]
        for name in (stem, *(base + extension for extension in _IMAGE_EXTENSIONS)):
            if name in self.assets:
                return self.assets[name]
        return None

    def _outside_feed(self, path: str, query: str, fragment: str, page: Page) -> Target:
        """A feed tells nothing of the site's other pages: such links stay absolute."""
        base = self.site.base_url.rstrip("/") or f"https://{next(iter(self.site.hosts), '')}"
        absolute = _absolute(unquote(path), page)
        absolute = re.sub(r"/_?index\.(md|html)$", "/", absolute)
        tail = (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
        return Target("external", url=base + quote(absolute, safe="/~@:+,;=!$&'()*") + tail)


def index(site: Site, language: Language | None = None) -> Links:
    """The link map of a site, for pages of one `language` where each has a host of its own: then
    the other pages are found by their names only, and their URLs are elsewhere."""
    logical: dict[tuple[str, str], Page] = {}
    names: dict[tuple[str, str], Page | None] = {}
    pages: dict[str, Page] = {}
    aliases: dict[str, Page] = {}
    here = site.pages
    if language is not None and language.base_url:
        here = tuple(page for page in site.pages if page.language == language.code)
        site = replace(site, hosts=_hosts_of(site, language))
    for page in here:
        pages[_spelled(page.url)] = page
        aliases.update((_spelled(alias), page) for alias in page.aliases)
    for page in here:
        pages.setdefault(_key(page.url), page)
        for alias in page.aliases:
            aliases.setdefault(_key(alias), page)
    for page in site.pages:
        if page.logical:
            key = (page.language, page.logical)
            logical.setdefault(key, page)
            name = (page.language, page.logical.rsplit("/", 1)[-1])
            names[name] = None if name in names else page
    assets: dict[str, Asset] = {}
    files = (*site.assets, *(asset for page in site.pages for asset in page.resources))
    for asset in files:
        assets.setdefault(_spelled(asset.url), asset)
    for asset in files:
        assets.setdefault(_key(asset.url), asset)
    return Links(site, pages, aliases, logical, names, assets)


def _hosts_of(site: Site, language: Language) -> tuple[str, ...]:
    """The hosts that are the site's without those of its other languages."""
    urls = [one.base_url for one in site.languages if one is not language]
    others = {urlsplit(url).hostname for url in urls} - {urlsplit(language.base_url).hostname}
    return tuple(host for host in site.hosts if host not in others)


def _own_path(destination: str, site: Site) -> str | None:
    """The destination without the site's host and base path; None where it leads elsewhere."""
    if _is_whole(destination):
        try:
            parts = urlsplit(destination)
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.hostname not in site.hosts and parts.netloc not in _DEVELOPMENT:
            return None
        host, _, destination = destination.split("//", 1)[1].partition("/")
        destination = f"/{destination}"
        if site.base_path and f"//{host}/" in site.base_url and not _is_below(destination, site):
            return None  # on the site's host, and beside the site
    if site.base_path and _is_below(destination, site):
        return "/" + destination[len(site.base_path) :].removeprefix("/")
    return destination


def _is_whole(destination: str) -> bool:
    return destination.startswith("//") or _SCHEME.match(destination) is not None


def _is_below(path: str, site: Site) -> bool:
    return path == site.base_path or path.startswith((f"{site.base_path}/", f"{site.base_path}#"))


def _absolute(path: str, page: Page) -> str:
    """As a browser resolves it against the page's URL."""
    folder = page.url if page.url.endswith("/") else posixpath.dirname(page.url)
    absolute = _joined(folder, path) if path[:1] != "/" else _joined("/", path.lstrip("/"))
    return absolute + "/" if path.endswith("/") and absolute != "/" else absolute


def _joined(folder: str, path: str) -> str:
    """The absolute path of `path`, which begins with no slash, below `folder`."""
    if folder[:1] == "/" and "." not in path and "//" not in path and "//" not in folder:
        joined = f"{folder}{path}" if folder[-1] == "/" else f"{folder}/{path}"
        return joined.rstrip("/") or "/"
    return "/" + posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _key(url: str) -> str:
    """URLs that one server answers alike have one key: no final slash, no `index.html`."""
    return _spelled(url).lower()


def _spelled(url: str) -> str:
    """The same with capitals as they are."""
    url = unquote(url) if "%" in url else url
    return url.removesuffix("index.html").strip("/")


def _repaired(target: Target) -> Target:
    return Target(target.kind, target.page, target.asset, target.fragment, target.url, True)
