"""Plan: where everything goes. Made once from the whole site, before any page is converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from migrate.links import Links
from migrate.model import Page, Site
from migrate.options import Options
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
    """Page identity -> {heading id in Hugo: label to write above it}, for linked headings."""
    math: bool = False
    """The project's dollar math is on; where it is off no `$` needs an escape."""
    math_pages: frozenset[str] = frozenset()
    """Identities of pages where `$…$` is math although no passthrough is configured (the theme
    runs KaTeX or MathJax there)."""
    themes: tuple[Theme, ...] = ()
    """Where shortcodes, classes and keys are looked up, first match wins: the user's mapping,
    the site's themes, Hugo's own."""
    closers: frozenset[str] = frozenset()
    """Names in lower case of shortcodes that some page of the site closes."""
    rendered: Mapping[str, str] = field(default_factory=dict)
    """`calls.key(call, page)` -> HTML that real Hugo made for it."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """A name or id as pages write it -> the id of that author in myst.yml."""
