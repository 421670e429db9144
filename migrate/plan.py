"""Plan: where everything goes. Made once from the whole site, before any page is converted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from migrate import languages, links, listing, mathematics, places
from migrate.faces import Face, face
from migrate.labels import Anchors, fragments, ids_of, plan_labels
from migrate.labels import slugs as heading_slugs
from migrate.labels import targets as plan_targets
from migrate.languages import WHOLE, Part
from migrate.links import Links
from migrate.memory import NOTHING, Memory
from migrate.model import Page, Site, Target
from migrate.options import Options
from migrate.read import anchors, blocks, people
from migrate.read.bibliography import NOTHING_TO_CITE, Bibliography
from migrate.read.people import NOBODY, People
from migrate.themes import Theme


@dataclass(frozen=True, slots=True)
class Plan:
    """The decisions that one page's conversion needs to know of the whole site."""

    site: Site
    """What is converted: the whole site, or one language of it."""
    options: Options
    links: Links
    """Of the whole site, always."""
    part: Part = WHOLE
    """Which part of the whole site that is."""
    places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Page identity -> its file in the project."""
    asset_places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Asset URL -> its file in the project."""
    children: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """Identity of a list page (home, section, taxonomy, term) -> its pages in Hugo's order."""
    translations: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """Page identity -> the same page in other languages."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Page identity -> {id in Hugo: label to write there}, for linked headings and anchors."""
    math: bool = False
    """The project's dollar math is on; where it is off no `$` needs an escape."""
    math_pages: frozenset[str] = frozenset()
    """Identities of pages where `$…$` is math although no passthrough is configured (the theme
    runs KaTeX or MathJax there)."""
    shared_equations: frozenset[str] = frozenset()
    """Names that equations of several pages have (`\\label{eq:1}`)."""
    captions: str = ""
    """`title` or `alt` where the site's image hook shows that text below a Markdown image."""
    alerts: bool = False
    """The site's blockquote hook draws `> [!KIND]` as a box, whatever the kind."""
    themes: tuple[Theme, ...] = ()
    """Where shortcodes, classes and keys are looked up, first match wins: the user's mapping,
    the site's themes, Hugo's own."""
    closers: frozenset[str] = frozenset()
    """Names in lower case of shortcodes that some page of the site closes."""
    calls: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Page identity -> names in lower case of the shortcodes that it calls."""
    rendered: Mapping[str, str] = field(default_factory=dict)
    """`calls.key(call, page)` -> HTML that real Hugo made for it."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """`calls.key(call, page)` -> why real Hugo can't render the call, in its words."""
    lists: frozenset[str] = frozenset()
    """`calls.key(call, page)` of the calls whose rendering changes with other pages."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path from the site's root -> text of a file that a shortcode reads (`file="team.toml"`)."""
    bibliography: Bibliography = NOTHING_TO_CITE
    """The works that calls may cite; nothing where no page has such a call."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """A name or id as pages write it -> the id of that author in myst.yml."""
    people: People = NOBODY
    """Everyone whom the site names or presents."""

    @property
    def whole(self) -> Site:
        """The site with all its languages."""
        return self.links.site

    @property
    def needed(self) -> tuple[Page, ...]:
        """The pages whose conversion tells which files of the site are kept: a project that has
        others beside it, and the site's root, keeps files there for all of them."""
        return self.whole.pages if self.part.others and not self.part.folder else self.site.pages

    def calling(self, names: Mapping[str, object]) -> Iterator[Page]:
        """The pages that call one of the shortcodes `names` (in lower case)."""
        for page in self.needed:
            if not names.keys().isdisjoint(self.calls.get(page.identity, ())):
                yield page


def make_plan(
    site: Site, options: Options, themes: Iterable[Theme] = (), memory: Memory = NOTHING
) -> Plan:
    """Decide where every page and asset goes, and what links into each page."""
    language = languages.chosen(site, options.language) if options.language else None
    link_map = links.index(site, language)
    page_places = own_places = places.place_pages(site.pages)
    part = WHOLE
    if language is not None:
        options = replace(options, language=language.code)
        part, own_places = languages.divide(site, language, page_places)
    assets = (*site.assets, *(asset for page in site.pages for asset in page.resources))
    crew = people.authors(site)
    known = tuple(themes)
    closers: set[str] = set()
    equations: Counter[str] = Counter()
    calls: dict[str, Sequence[str]] = {}
    dollars: dict[str, Sequence[str]] = {}
    marks = _Marks(site, link_map)
    for page in site.pages:
        seen = face(page, memory)
        closers.update(seen.closers)
        marks.add(page, seen)
        if seen.calls:
            calls[page.identity] = seen.calls
        equations.update(seen.equations)
        if seen.dollars:
            dollars[page.identity] = seen.dollars
    paired = frozenset(closers)
    by_dollars = mathematics.pages_by_script(site, dollars)
    by_text = any("script" in held for held in dollars.values())
    return Plan(
        site=languages.narrowed(link_map.site, language) if language else site,
        options=options,
        links=link_map,
        part=part,
        places=own_places,
        asset_places=places.place_assets(assets, own_places.values(), part.folder),
        children=listing.children(site),
        translations=listing.translations(site),
        labels=marks.labels(page_places, paired, memory),
        math=bool(by_dollars)
        or by_text
        or any(mathematics.by_passthrough(page, site) for page in site.pages),
        math_pages=by_dollars,
        shared_equations=frozenset(name for name, count in equations.items() if count > 1),
        captions=_captions(site, known),
        alerts=_alerts(site, known),
        themes=known,
        closers=paired,
        calls=calls,
        authors=crew.ids,
        people=crew,
    )


def labels_with(
    plan: Plan, rendered: Mapping[str, str], memory: Memory = NOTHING
) -> Mapping[str, Mapping[str, str]]:
    """The plan's labels where the links and anchors of what Hugo rendered count, too."""
    site = plan.whole
    marks = _Marks(site, plan.links)
    for page in site.pages:
        marks.add(page, face(page, memory))
    marks.add_rendered(rendered)
    # Labels have the same names in the projects of all languages.
    named = places.place_pages(site.pages) if plan.part.language else plan.places
    return marks.labels(named, plan.closers, memory)


class _Marks:
    """The headings and anchors of all pages, and what leads to them."""

    def __init__(self, site: Site, link_map: Links) -> None:
        self._site = site
        self._links = link_map
        self._targets = [*_menu_targets(site, link_map)]
        self._slugs: Counter[str] = Counter()
        self._given: list[tuple[Page, list[tuple[str, bool]]]] = []
        self._rendered: dict[str, str] = {}
        """Page identity -> the HTML that Hugo made of its calls."""

    def add(self, page: Page, seen: Face) -> None:
        for name, count in seen.slugs.items():
            self._slugs[name] += count
        if seen.given:
            self._given.append((page, seen.given))
        if seen.destinations or seen.refs:
            self._targets += plan_targets(page, seen.destinations, seen.refs, self._links)

    def add_rendered(self, rendered: Mapping[str, str]) -> None:
        for page, html in _with_pages(self._site, rendered):
            self._targets += plan_targets(page, fragments(html), (), self._links)
            self._rendered[page.identity] = f"{self._rendered.get(page.identity, '')}\n{html}"
            self._slugs.update(heading_slugs(html))

    def labels(
        self, page_places: Mapping[str, PurePosixPath], closers: frozenset[str], memory: Memory
    ) -> dict[str, dict[str, str]]:
        def ids(page: Page) -> Anchors:
            html = self._rendered.get(page.identity, "")
            return _anchors(page, self._site, closers, memory, html)

        def own(page: Page) -> Mapping[str, int]:
            html = self._rendered.get(page.identity, "")
            return Counter(face(page, memory).slugs) + Counter(heading_slugs(html))

        return plan_labels(self._targets, _single(self._given), self._slugs, page_places, ids, own)


def _single(
    given: Iterable[tuple[Page, Iterable[tuple[str, bool]]]],
) -> list[tuple[Page, list[str]]]:
    """The ids of headings that are given once, where mystmd wouldn't make them by itself."""
    given = tuple(given)
    counts = Counter(name for _, names in given for name, _ in names)
    return [
        (page, [name for name, differs in names if differs and counts[name] == 1])
        for page, names in given
    ]


def _captions(site: Site, known: Iterable[Theme]) -> str:
    """What stands below images: as the hook on disk says, else as the theme's hook is known to."""
    said = site.markup.image_captions
    if said is not None:
        return said
    return next((theme.captions for theme in known if theme.captions), "")


def _alerts(site: Site, known: Iterable[Theme]) -> bool:
    """Whether quotes are alerts: as the hooks on disk say, else as the theme's is known to."""
    if site.markup.alert_hook:
        return True
    on_disk = any({"themes", "_vendor"} & set(path.parts) for path in site.templates.values())
    return not on_disk and any(theme.alerts for theme in known)


def _menu_targets(site: Site, link_map: Links) -> Iterator[Target]:
    """What the entries of all menus lead to, where they name a place on a page."""
    for page in site.pages:
        if page.kind != "home":
            continue
        menus = next((one.menus for one in site.languages if one.code == page.language), {})
        entries = [entry for menu in menus.values() for entry in menu]
        while entries:
            entry = entries.pop()
            entries.extend(entry.children)
            if "#" in entry.url:
                yield link_map.resolve(entry.url, page)
        for text in blocks.strings(blocks.parameters(page, site)):
            if _PLACE.fullmatch(text):  # a button of a front page that parameters make
                yield link_map.resolve(text, page)


_PLACE = re.compile(r"[^\s#<>(){}]*#[^\s#<>(){}]+")
_HTML_HEADING_ID = re.compile(r"""<h[1-6]\b[^<>]*?\sid\s*=\s*["']?([^\s"'>]+)""", re.I)


def _with_pages(site: Site, rendered: Mapping[str, str]) -> Iterator[tuple[Page, str]]:
    """What Hugo rendered, with the page that it is on."""
    pages = {page.identity: page for page in site.pages} if rendered else {}
    for key, html in rendered.items():
        if (page := pages.get(key.partition("\n")[0])) is not None:
            yield page, html


def _anchors(
    page: Page, site: Site, closers: frozenset[str], memory: Memory, rendered: str
) -> Anchors:
    def find() -> list[Any]:
        ids, twins = _HTML_HEADING_ID.findall(page.body), {}
        if page.format != "html":
            ids = [one.id for one in anchors.named(page.body, site.markup, closers)]
            twins = anchors.beside_headings(page.body, site.markup, closers)
        return [ids + ids_of(page.body), twins]

    about = ("anchors", page.format, site.markup, sorted(closers), page.body)
    ids, twins = memory.recall(find, *about)
    return [*blocks.ids(page), *ids, *ids_of(rendered)], twins
