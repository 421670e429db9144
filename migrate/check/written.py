"""The static checks on each page as it is converted, in the process that converts it.

What they find is a mistake of ours, or stands in the original as it does here; what the
conversion has told of already isn't told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote

from migrate.check.lines import source_line
from migrate.check.page import Surroundings, check_page
from migrate.check.reading import misread
from migrate.check.scan import scan
from migrate.convert.batch import convert_one
from migrate.destinations import address
from migrate.model import Converted, Diagnostic, Page
from migrate.places import inside
from migrate.plan import Plan

_LEFT = frozenset(("HM120", "HM121", "HM301", "HM302", "HM401", "HM801"))
"""Codes that tell of a call, or of a whole page, that stays as it was."""
_MOST = 20
"""Findings of one page that are told."""


@dataclass(frozen=True)
class _Project:
    """What the project of a plan will hold; asked for once in each process."""

    plan: Plan

    @cached_property
    def pages(self) -> frozenset[str]:
        """Files of pages."""
        return frozenset(map(str, self.plan.places.values()))

    @cached_property
    def labels(self) -> frozenset[str]:
        """Labels that pages write, in lower case."""
        every = (of.values() for of in self.plan.labels.values())
        return frozenset(label.lower() for labels in every for label in labels)

    @cached_property
    def urls(self) -> frozenset[str]:
        """Where pages are served, and where they were: redirects lead on from there."""
        plan = self.plan
        old = (url for page in plan.whole.pages for url in (page.url, *page.aliases))
        now = (address(page, plan) for page in plan.whole.pages)
        there = (link.partition("#")[0] for link in plan.part.links.values())
        every = (*now, *old, *there, *self._feeds())
        return frozenset(url.rstrip("/") or "/" for url in every)

    def _feeds(self) -> Iterator[str]:
        """The feeds of lists that have dated pages."""
        pages, children = self.plan.whole.pages, self.plan.children
        dated = {page.language for page in pages if page.date and page.kind == "page"}
        for page in pages:
            home = page.kind == "home" and page.language in dated
            if home or any(one.date for one in children.get(page.identity, ())):
                yield f"{page.url.rstrip('/')}/index.xml"

    @cached_property
    def static(self) -> frozenset[str]:
        """First parts of the addresses of files that are served as they are."""
        every = self.plan.site.assets
        return frozenset(asset.url.strip("/").split("/")[0] for asset in every if asset.published)

    def served(self, address: str) -> bool:
        """Whether something is at an absolute path."""
        below = inside(address, self.plan.site.base_path)
        if address in self.urls or below in self.urls:
            return True
        return below.strip("/").split("/")[0] in self.static


@dataclass(frozen=True, slots=True)
class _Either:
    """The names of a whole project, and some of a page's own."""

    everywhere: frozenset[str]
    here: frozenset[str]

    def __contains__(self, name: object) -> bool:
        return name in self.everywhere or name in self.here


_project: _Project | None = None


def convert_checked(pages: Sequence[Page], plan: Plan) -> list[Converted]:
    """Convert these pages; what the checks find is among the diagnostics of each."""
    global _project
    if _project is None or _project.plan is not plan:
        _project = _Project(plan)
    return [_checked(page, convert_one(page, plan), _project) for page in pages]


def _checked(page: Page, made: Converted, project: _Project) -> Converted:
    data = made.output.data
    if not isinstance(data, bytes):
        return made
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    told = frozenset(_named(said.message) for said in made.diagnostics)
    left = any(said.code in _LEFT for said in made.diagnostics)
    found = [
        one
        for one in _findings(page, made, text, project)
        if unquote(_named(one.message)) not in told and not (left and one.code == "HM815")
    ]
    if not found:
        return made
    led_back = _led_back(page, text, found[:_MOST])
    return replace(made, diagnostics=tuple(dict.fromkeys((*made.diagnostics, *led_back))))


def _findings(page: Page, made: Converted, text: str, project: _Project) -> Iterator[Diagnostic]:
    name = str(made.output.path)
    read = scan(text)
    places = project.plan.asset_places
    around = Surroundings(
        _Either(project.pages, frozenset(str(places[asset.url]) for asset in made.assets)),
        _Either(project.labels, frozenset(label.lower() for label, _ in read.labels)),
        project.served,
        plugins=bool(project.plan.options.mapping),
    )
    yield from check_page(name, text, read, around)
    yield from misread(name, text, read, page.body, dollars=project.plan.math)


def _led_back(page: Page, text: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, each at its place in the source."""
    old, new = page.body.splitlines(), text.split("\n")
    for one in found:
        line = source_line(old, new, one.line)
        yield replace(one, source=page.name, line=line and page.body_line + line - 1)


def _named(message: str) -> str:
    """What a message puts between backticks first, decoded."""
    parts = message.split("`")
    return unquote(parts[1]) if len(parts) > 2 else ""
