"""Plan: where everything goes. Made once from the whole site, before any page is converted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from migrate import links, listing, mathematics, places
from migrate.labels import plan_labels
from migrate.links import Links
from migrate.model import Page, Site, Target
from migrate.options import Options
from migrate.read import anchors, blocks, lexer, people
from migrate.read.people import NOBODY, People
from migrate.themes import Theme


@dataclass(frozen=True, slots=True)
class Plan:
    """The decisions that one page's conversion needs to know of the whole site."""

    site: Site
    options: Options
    links: Links
    places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Page identity -> its file in the project."""
    asset_places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Asset URL -> its file in the project."""
    children: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    """Identity of a list page (home, section, taxonomy, term) -> its pages in Hugo's order."""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Page identity -> {id in Hugo: label to write there}, for linked headings and anchors."""
    math: bool = False
    """The project's dollar math is on; where it is off no `$` needs an escape."""
    math_pages: frozenset[str] = frozenset()
    """Identities of pages where `$…$` is math although no passthrough is configured (the theme
    runs KaTeX or MathJax there)."""
    captions: str = ""
    """`title` or `alt` where the site's image hook shows that text below a Markdown image."""
    themes: tuple[Theme, ...] = ()
    """Where shortcodes, classes and keys are looked up, first match wins: the user's mapping,
    the site's themes, Hugo's own."""
    closers: frozenset[str] = frozenset()
    """Names in lower case of shortcodes that some page of the site closes."""
    rendered: Mapping[str, str] = field(default_factory=dict)
    """`calls.key(call, page)` -> HTML that real Hugo made for it."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """`calls.key(call, page)` -> why real Hugo can't render the call, in its words."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path from the site's root -> text of a file that a shortcode reads (`file="team.toml"`)."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """A name or id as pages write it -> the id of that author in myst.yml."""
    people: People = NOBODY
    """Everyone whom the site names or presents."""


def make_plan(site: Site, options: Options, themes: Iterable[Theme] = ()) -> Plan:
    """Decide where every page and asset goes, and what links into each page."""
    link_map = links.index(site)
    page_places = places.place_pages(site.pages)
    assets = (*site.assets, *(asset for page in site.pages for asset in page.resources))
    crew = people.authors(site)
    closers = frozenset(
        name for _, text in blocks.with_calls(site.pages) for name in lexer.closers(text)
    )
    known = tuple(themes)
    by_dollars = mathematics.pages_by_script(site)
    return Plan(
        site=site,
        options=options,
        links=link_map,
        places=page_places,
        asset_places=places.place_assets(assets, page_places.values()),
        children=listing.children(site),
        labels=plan_labels(
            site.pages,
            link_map,
            page_places,
            lambda page: _heading_ids(page, site, closers),
            _menu_targets(site, link_map),
            lambda page: anchors.beside_headings(page.body, site.markup, closers),
        ),
        math=bool(by_dollars)
        or any(
            mathematics.by_passthrough(page, site) or mathematics.by_text(page)
            for page in site.pages
        ),
        math_pages=by_dollars,
        captions=_captions(site, known),
        themes=known,
        closers=closers,
        authors=crew.ids,
        people=crew,
    )


def _captions(site: Site, known: Iterable[Theme]) -> str:
    """What stands below images: as the hook on disk says, else as the theme's hook is known to."""
    said = site.markup.image_captions
    if said is not None:
        return said
    return next((theme.captions for theme in known if theme.captions), "")


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


_HTML_HEADING_ID = re.compile(r"""<h[1-6]\b[^>]*?\sid\s*=\s*["']?([^\s"'>]+)""", re.I)


def _heading_ids(page: Page, site: Site, closers: frozenset[str]) -> list[str]:
    if page.format == "html":
        return _HTML_HEADING_ID.findall(page.body)
    return blocks.ids(page) + [
        heading.id for heading in anchors.headings(page.body, site.markup, closers)
    ]
