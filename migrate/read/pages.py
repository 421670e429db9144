"""Pages from content files: front matter, cascade, what is published, URL, title, aliases."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from sys import intern
from typing import Any

from migrate.diagnostics import diagnostic, from_row, to_row
from migrate.memory import Memory
from migrate.model import Diagnostic, Kind, Page, Value
from migrate.options import Options
from migrate.read import cascade, dates, document, permalinks
from migrate.read.cascade import Cascades
from migrate.read.disk import MAX_TEXT, Unreadable, decode, read_bytes
from migrate.read.document import Document
from migrate.read.settings import Settings, mapping, number, strings, text, truth
from migrate.read.tree import Entry, logical

_NOT_RENDERED = ("never", "link", "false")


@dataclass(frozen=True, slots=True)
class Draft:
    """A page with what is needed to order it and to place its files."""

    page: Page
    date: datetime | None
    link_title: str
    home: str
    """The URL of the folder under which its resources are published, with a final slash."""


@dataclass(slots=True)
class Language:
    """Makes the pages of one language."""

    settings: Settings
    entries: Mapping[str, Entry]
    options: Options
    now: datetime
    memory: Memory
    problems: list[Diagnostic] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    cascades: Cascades = field(default_factory=Cascades)
    shared: set[str] = field(default_factory=set)
    """Files that are a page of an earlier language too (content folders that overlap)."""
    dropped: set[str] = field(default_factory=set)
    """Logical paths of the pages that are drafts, in the future or expired."""
    withheld: list[tuple[PurePosixPath, str]] = field(default_factory=list)
    """Their files, each with the reason."""
    turns: list[datetime] = field(default_factory=list)
    """Moments to come at which a page appears or goes."""
    slugs: dict[str, str] = field(default_factory=dict)
    """Logical path of a section -> the `slug` that moves it."""

    def read(self, seen: dict[str, Document]) -> None:
        """Read all files; `seen` spares reading a file again for another language."""
        for path, entry in self.entries.items():
            name = str(entry.file.source)
            found = seen.get(name)
            if found is None:
                found = seen[name] = _read(entry, self.memory)
                self.problems.extend(found.diagnostics)
            else:
                self.shared.add(name)
            self.documents[path] = found
        sections = {
            path: cascade.parse(self.documents[path].front["cascade"])
            for path, entry in self.entries.items()
            if entry.role == "branch" and "cascade" in self.documents[path].front
        }
        self.cascades = Cascades(
            cascade.parse(list(self.settings.cascade)),
            sections,
            self.settings.language.code,
            self.options.environment,
        )

    def pages(self) -> Iterator[Draft]:
        """The pages that Hugo publishes, in no order."""
        ready = []
        for path, entry in self.entries.items():
            kind = self.kind(entry)
            front = self.cascades.apply(self.documents[path].front, path, kind)
            if entry.role == "branch" and path != "/" and text(front.get("slug")):
                self.slugs[path] = text(front["slug"])
            ready.append((entry, kind, front))
        for entry, kind, front in ready:
            if kind in self.settings.disabled_kinds:
                continue
            found = self._dates(entry, front)
            if reason := self._withheld(front, found):
                self.dropped.add(entry.logical)
                self.withheld.append((entry.file.source, reason))
            elif _rendered(front):
                yield self._page(entry, kind, front, found)

    def kind(self, entry: Entry) -> Kind:
        """The kind of a file's page."""
        if entry.role != "branch":
            return "page"
        path = entry.logical
        if path == "/":
            return "home"
        for plural in self.settings.taxonomies:
            root = logical(plural)
            if path == root:
                return "taxonomy"
            if path.startswith(root + "/"):
                return "term"
        return "section"

    def folder_url(self, folder: str) -> str:
        """The path of a content folder in URLs, `""` at the root: slugs of sections count."""
        if not folder:
            return ""
        parent = posixpath.dirname(folder)
        rules = self.settings.rules
        slug = self.slugs.get(logical(folder))
        name = rules.slug(slug) if slug else rules.path(posixpath.basename(folder))
        name = permalinks.clean(name).strip("/") if ".." in name else name
        return f"{self.folder_url(parent)}/{name}"

    def _dates(self, entry: Entry, front: Mapping[str, Value]) -> dates.Dates:
        name = entry.name if entry.role != "branch" else ""
        return dates.page_dates(front, name, self.settings.date_keys, self.settings.zone)

    def _withheld(self, front: Mapping[str, Value], found: dates.Dates) -> str:
        """Why Hugo doesn't publish the page: `draft`, `future`, `expired`; empty: it does."""
        values, options = self.settings.values, self.options
        if truth(front.get("draft")) and not (options.drafts or truth(values.get("builddrafts"))):
            return "draft"
        publish, expiry = found.publish, found.expiry
        self.turns.extend(moment for moment in (publish, expiry) if moment and moment > self.now)
        if publish and publish > self.now:
            return "" if options.future or truth(values.get("buildfuture")) else "future"
        if expiry and expiry.year > 1 and expiry <= self.now:
            return "" if options.expired or truth(values.get("buildexpired")) else "expired"
        return ""

    def _page(
        self, entry: Entry, kind: Kind, front: Mapping[str, Value], found: dates.Dates
    ) -> Draft:
        path = entry.logical
        source = self.documents[path]
        title = text(front.get("title"))
        settings = self.settings
        url, home = self._url(entry, kind, front, found)
        url = permalinks.encode(url)
        if found.unclear:
            name = str(entry.file.source)
            self.problems.append(diagnostic("HM110", name, 1, value=found.unclear[:80]))
        page = Page(
            identity=self._identity(entry),
            source=entry.file.source,
            kind=kind,
            url=url,
            title=title,
            language=settings.language.code,
            front=front,
            body=source.body,
            body_line=source.body_line,
            format=_format(entry, front),
            date=dates.day(found.date),
            aliases=self._aliases(entry, kind, front, url),
            section=self._section(entry),
            logical=path,
            bundle=entry.role != "page",
            weight=number(front.get("weight")),
            translation_key=text(front.get("translationkey")) or path,
        )  # fmt: skip
        link = text(front.get("linktitle")) or title
        return Draft(page, found.date, link, permalinks.encode(home))

    def _identity(self, entry: Entry) -> str:
        """The source path; with the language where the file is a page in another one too."""
        name = intern(str(entry.file.source))
        return f"{name}#{self.settings.language.code}" if name in self.shared else name

    def _section(self, entry: Entry) -> str:
        folder = entry.folder if entry.role != "leaf" else posixpath.dirname(entry.folder)
        return logical(folder.partition("/")[0])[1:]

    def _aliases(
        self, entry: Entry, kind: Kind, front: Mapping[str, Value], url: str
    ) -> tuple[str, ...]:
        prefix, ugly = self.settings.language.prefix, self.settings.is_ugly(self._section(entry))
        found = [
            permalinks.encode(permalinks.resolve_alias(alias, url, prefix, ugly=ugly))
            for alias in strings(front.get("aliases"))
        ]
        return (*found, *self.settings.home_aliases) if kind == "home" else tuple(found)

    def _url(
        self, entry: Entry, kind: Kind, front: Mapping[str, Value], found: dates.Dates
    ) -> tuple[str, str]:
        """The page's path and that of the folder of its resources."""
        rules = self.settings.rules
        url = text(front.get("url")).strip()
        folder = posixpath.dirname(entry.path)
        slug = text(front.get("slug")) or found.slug
        prefix = self.settings.language.prefix
        if url and "://" not in url:
            path = permalinks.resolve_url(url, self._names(entry, front, found, slug), rules)
            if not url.startswith("/"):  # with a slash it is meant from the site's root
                path = prefix + path
            return path, path if path.endswith("/") else posixpath.splitext(path)[0] + "/"
        if entry.role == "branch":
            home = self.folder_url(entry.path) + "/"
        else:
            name = rules.slug(slug) if slug.strip() else rules.path(entry.name)
            home = f"{self.folder_url(folder)}/{name}/"
            if ".." in name:
                home = permalinks.clean(home).rstrip("/") + "/"
        pattern = self._pattern(entry, kind)
        path = home
        if pattern is not None:
            names = self._names(entry, front, found, slug)
            path = permalinks.clean("/" + permalinks.expand(pattern, names, rules)).rstrip("/")
            path += "/"
            home = path if entry.role == "leaf" or kind == "term" else home
        if kind in ("page", "term") and self.settings.is_ugly(self._section(entry)) and path != "/":
            path = path.rstrip("/") + ".html"
        return prefix + path, prefix + home

    def _pattern(self, entry: Entry, kind: Kind) -> str | None:
        patterns = self.settings.permalinks.get(kind)
        if not patterns:
            return None
        if kind in ("taxonomy", "term"):
            return patterns.get(logical(entry.path)[1:].partition("/")[0])
        folder = entry.path if entry.role == "branch" else posixpath.dirname(entry.path)
        section = folder.partition("/")[0].lower()
        return patterns.get(section or "/")

    def _names(
        self, entry: Entry, front: Mapping[str, Value], found: dates.Dates, slug: str
    ) -> permalinks.Names:
        folder = entry.folder if entry.role != "leaf" else posixpath.dirname(entry.folder)
        sections, rules = self._sections(folder), self.settings.rules
        return permalinks.Names(
            date=None if found.unclear else found.date,
            title=text(front.get("title")),
            slug=slug,
            filename=entry.name,
            content_base=entry.name,
            section=rules.path(logical(folder.partition("/")[0])[1:]),
            sections=[rules.path(posixpath.basename(logical(part))) for part in sections],
            section_slugs=[posixpath.basename(self.folder_url(part)) for part in sections],
        )

    def _sections(self, folder: str) -> Sequence[str]:
        """The folders down to the nearest one that is a section."""
        parts = folder.split("/") if folder else []
        while len(parts) > 1:
            entry = self.entries.get(logical("/".join(parts)))
            if entry is not None and entry.role == "branch":
                break
            parts.pop()
        return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def _rendered(front: Mapping[str, Value]) -> bool:
    """Whether a page is written: headless bundles and others have only resources."""
    render = mapping(front.get("build") or front.get("_build")).get("render")
    return not truth(front.get("headless")) and text(render).lower() not in _NOT_RENDERED


def _format(entry: Entry, front: Mapping[str, Value]):  # type: ignore[no-untyped-def]
    markup = text(front.get("markup")).lower()
    return _MARKUPS.get(markup, entry.format)


_MARKUPS = {
    "md": "markdown", "markdown": "markdown", "goldmark": "markdown", "blackfriday": "markdown",
    "html": "html", "org": "org", "asciidocext": "asciidoc", "asciidoc": "asciidoc", "rst": "rst",
    "pandoc": "pandoc",
}  # fmt: skip


def _read(entry: Entry, memory: Memory) -> Document:
    name = str(entry.file.source)
    try:
        data = read_bytes(entry.file.path, MAX_TEXT)
    except Unreadable as error:
        return Document({}, "", 1, (diagnostic("HM101", name, reason=str(error)),))
    found = decode(data)

    def split() -> list[Any]:
        made = document.split(found.text, name, org=entry.format == "org")
        said = [to_row(one) for one in made.diagnostics]
        return [made.front, len(found.text) - len(made.body), made.body_line, said]

    front, start, line, said = memory.recall(split, "document", name, entry.format, data)
    problems = tuple(from_row(row) for row in said)
    if found.encoding:
        problems = (diagnostic("HM103", name, encoding=found.encoding), *problems)
    return Document(front, found.text[start:], line, problems)
