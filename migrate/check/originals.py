"""Originals: the pages of the old site as Hugo renders them, or as the feed has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from migrate.check.targets import Places, places_of, trimmed
from migrate.engines.hugo import render_site
from migrate.engines.mystmd import Build
from migrate.engines.overlay import BUILT_IN, STUB_MARK
from migrate.model import Page
from migrate.plan import Plan
from migrate.read.lexer import lex, walk
from migrate.themes import candidates

_STUB = re.compile(re.escape(STUB_MARK) + r"=(?:\"|&quot;|&#34;)([^\"&<>]+)")


@dataclass(frozen=True, slots=True)
class Original:
    """A page before its conversion."""

    html: str
    title: str
    ids: tuple[str, ...] = ()
    error: str = ""
    """Why Hugo couldn't render it."""
    source: str = ""
    """Its file from the site's root; empty for a page that Hugo made itself, and in a feed."""
    stand_ins: tuple[str, ...] = ()
    """Shortcodes on the page that Hugo's own template shows, though the theme has another one,
    which isn't here."""

    @property
    def stubs(self) -> tuple[str, ...]:
        """Shortcodes on the page that Hugo had no template for, each once."""
        return tuple(dict.fromkeys(_STUB.findall(self.html))) if STUB_MARK in self.html else ()


@dataclass(frozen=True, slots=True)
class Originals:
    """All pages of a site before their conversion."""

    pages: Mapping[str, Original] = field(default_factory=dict)
    """By URL of the page, as `trimmed` gives it."""
    stubs: tuple[str, ...] = ()
    """Shortcodes that Hugo had no template for, by name."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """Files that had to be changed or left out so that Hugo could build, and why."""

    def of(self, page: Page) -> Original | None:
        """The page before its conversion; none where Hugo publishes another at its URL."""
        found = self.pages.get(trimmed(page.url))
        if found is None or found.source == str(page.source or ""):
            return found
        return found if found.source and page.source else None


def read_originals(plan: Plan) -> Originals:
    """Ask real Hugo, or take a feed's own HTML.

    Raises MigrateError where Hugo is missing or can't build the site.
    """
    site = plan.site
    if site.source is None:
        return Originals(
            {
                trimmed(page.url): Original(page.body, page.title)
                for page in site.pages
                if page.format == "html" and page.body
            }
        )
    rendering = render_site(
        plan.whole, [plan.captions] * bool(plan.captions) + ["alerts"] * plan.alerts
    )
    stand_ins = _stand_ins(plan)
    pages = {
        url: Original(
            page.content, page.title, page.ids, page.error, page.source, stand_ins.get(url, ())
        )
        for page in rendering.pages.values()
        for url in (trimmed(page.url),)
    }
    return Originals(pages, tuple(sorted(rendering.stubs)), dict(sorted(rendering.lost.items())))


def _stand_ins(plan: Plan) -> dict[str, tuple[str, ...]]:
    """URL of a page -> shortcodes on it that a theme of the site, whose files aren't here, has
    under the name of one of Hugo's own."""
    known = {name: next(iter(candidates(plan.themes, name)), None) for name in BUILT_IN}
    theirs = {
        name
        for name, found in known.items()
        if name not in plan.site.templates
        and found is not None
        and not found[0].fallback
        and found[0].name not in ("user", "hugo")
    }
    if not theirs:
        return {}
    calls = ((page, _names(page, plan) & theirs) for page in plan.site.pages if "{{" in page.body)
    return {trimmed(page.url): tuple(sorted(names)) for page, names in calls if names}


def _names(page: Page, plan: Plan) -> set[str]:
    return {call.name.lower() for call in walk(lex(page.body, plan.closers).calls)}


def places_beside(plan: Plan, built: Build, originals: Originals) -> Places:
    """Where the pages are on both sides, with the ids that Hugo's pages have; a feed tells none."""
    places = places_of(plan.site, plan, built)
    if plan.site.source is None:
        return places
    ids = {
        served: frozenset(original.ids)
        for url, original in originals.pages.items()
        if (served := places.urls.get(url))
    }
    return replace(places, ids=ids)
