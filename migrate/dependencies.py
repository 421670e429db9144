"""What a page's conversion depends on, so that a re-run converts only what could have changed.

A page has a key: the hash of its source, of its place, and of all settings of the site. What it
asked of the link map is noted with the answers and asked again. List pages, landing pages and
others that show other pages depend on all of them. Keys hold nothing of the machine, so that a
record in git changes only with the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from migrate import __version__
from migrate.context import ask
from migrate.destinations import written
from migrate.memory import digest
from migrate.model import Page, Target
from migrate.plan import Plan
from migrate.themes import fingerprint

_FIELDS = [field.name for field in fields(Page) if field.name not in ("resources", "body")]


class Keys:
    """The keys of all pages of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._keys: dict[str, str] = {}
        self.settings = digest(*_settings(plan))
        """Hash of what every page depends on."""
        self._site = digest(
            *(
                (p.url, p.title, p.date, p.weight, p.front, plan.places[p.identity])
                for p in plan.site.pages
            ),
            *plan.part.addresses.items(),
        )
        self.links = digest(*_link_map(plan))
        """Hash of what answers about links depend on besides the page and the settings."""
        self._rendered: dict[str, str] = {}
        for key, html in sorted((*plan.rendered.items(), *plan.refused.items())):
            identity = key.partition("\n")[0]
            self._rendered[identity] = digest(self._rendered.get(identity, ""), key, html)

    def of(self, page: Page) -> str:
        """Hash of the page and its settings, and of the whole site where it lists other pages."""
        known = self._keys.get(page.identity)
        if known is None:
            known = self._keys[page.identity] = self._make(page)
        return known

    def _make(self, page: Page) -> str:
        plan = self._plan
        lists = page.kind != "page" or "sections" in page.front
        about = (
            self.settings,
            self._site if lists else "",
            [getattr(page, name) for name in _FIELDS],
            [asset.url for asset in page.resources],
            plan.places[page.identity],
            sorted(plan.labels.get(page.identity, {}).items()),
            page.identity in plan.math_pages,
            sorted(name for name in plan.shared_equations if name in page.body),
            self._rendered.get(page.identity, ""),
        )
        others = plan.translations.get(page.identity, ())
        languages = [(p.language, written(Target("page", p), page, plan)) for p in others]
        return digest(about, page.body, *languages)

    def others(self, wide: bool) -> str:
        """What a page that was found to show other pages depends on besides."""
        return self._site if wide else ""


def _link_map(plan: Plan) -> Iterator[object]:
    yield (__version__, plan.site.source is None)
    for page in plan.whole.pages:
        labels = sorted(plan.labels.get(page.identity, {}).items())
        names = (page.identity, page.url, page.aliases, page.logical, page.language, page.bundle)
        place = plan.places.get(page.identity) or plan.part.links[page.identity]
        yield (*names, str(place), labels)
    for asset in (*plan.whole.assets, *(a for page in plan.whole.pages for a in page.resources)):
        yield (asset.url, str(asset.source), str(plan.asset_places[asset.url]), asset.published)


def _settings(plan: Plan) -> Iterator[object]:
    site = plan.site
    yield from (__version__, replace(plan.options, mapping_file="", typed_source="", now=None))
    yield from (site.base_url, sorted(site.hosts), site.config, site.markup, plan.whole.languages)
    # Which of the package's themes, and what they say; all of the user's own.
    own = [(t.shortcodes, t.html, t.frontmatter) for t in plan.themes if t.name == "user"]
    yield from ([t.name for t in plan.themes], fingerprint(), own)
    yield from (site.data, site.taxonomies, plan.math, sorted(plan.closers))
    yield from (sorted(plan.authors.items()), sorted(plan.files.items()))
    works = plan.bibliography
    yield from (sorted((k, a.url) for k, a in works.files.items()), sorted(works.made.items()))


def answers(asked: Iterable[Sequence[str]], page: Page, plan: Plan) -> Iterator[str]:
    """What is written in the page for each destination that it asked for: way, destination,
    language."""
    for way, destination, language in asked:
        yield ask(way, destination, language, page, plan)[1]
