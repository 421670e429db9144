"""What a page that lists others may show besides its own text.

Hugo's templates make lists and blocks; the HTML of a page's content is without them, and the MyST
page has them as text. So words that only the MyST page has are no difference where they come from
the pages it may show; all others are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from migrate.check.facts import plain, tokens
from migrate.model import Page, Value
from migrate.plan import Plan
from migrate.read.blocks import blocks, data_lists

_DATES = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_FILLED = frozenset(("archive", "archives", "glossary"))
"""Layouts that fill a page with other pages or data."""
_WORD = re.compile(r"[^\W\d]")


@dataclass(slots=True)
class Listings:
    """The words that listing pages of a site may show."""

    plan: Plan
    _everywhere: frozenset[str] = field(default=frozenset())

    def of(self, page: Page) -> frozenset[str] | None:
        """Words in lower case that the page may have more than Hugo's HTML; None: no listing.

        They stand in the configuration, in data files, in the front matter of any page, in
        the text of the pages that it lists, or in the templates of shortcodes that its blocks call.
        """
        archive = str(page.front.get("layout") or "").lower() in _FILLED
        if page.kind == "page" and not (archive or any(blocks(page)) or data_lists(page)):
            return None
        if not self._everywhere:
            site = self.plan.site
            values: list[Value] = [{"title": one.title, **one.front} for one in site.pages]
            values += [site.title, dict(site.config), dict(site.data), list(site.taxonomies)]
            self._everywhere = _DATES | frozenset(_words(values))
        listed = self.plan.children.get(page.identity, ())
        everything = archive or page.kind == "home" or any(blocks(page))
        shown = self.plan.site.pages if everything else listed
        return self._everywhere | frozenset(
            _words([*(one.body for one in shown), *self._templates(page)])
        )

    def _templates(self, page: Page) -> Iterator[str]:
        for name in self.plan.calls.get(page.identity, ()):
            if template := self.plan.site.templates.get(name):
                with suppress(OSError):
                    yield template.read_text("utf-8", "replace")


def may_be_listed(text: Sequence[str], words: frozenset[str]) -> bool:
    """Whether the tokens of a text are all of these words, but for one in ten: of a template."""
    said = [token.lower() for token in text if _WORD.match(token)]
    return sum(word not in words for word in said) <= len(said) // 10


def _words(values: list[Value]) -> Iterator[str]:
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            stack.extend(value.keys())
            stack.extend(value.values())
        elif isinstance(value, (list, tuple)):
            stack.extend(value)
        elif value is not None:
            yield from (token.lower() for token in tokens(plain(str(value))))
