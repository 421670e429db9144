"""What the plan asks of each page's text, gathered in one look at it.

The plan is made from faces, so that a re-run makes it without looking at texts that it knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from migrate import labels, mathematics
from migrate.memory import Memory
from migrate.model import Page
from migrate.read import blocks, lexer


class Face(NamedTuple):
    """One page's text as the rest of the site sees it."""

    closers: list[str]
    """Names in lower case of the shortcodes that it closes."""
    calls: list[str]
    """Names in lower case of all shortcodes that it has."""
    destinations: list[str]
    """Link destinations with a `#`."""
    refs: list[str]
    """Paths with a fragment of `ref` calls that have the fragment behind them."""
    slugs: Mapping[str, int]
    """Name of a heading, as mystmd makes it -> how often; rather too often."""
    given: list[tuple[str, bool]]
    """Ids that its author gave to headings; see `labels.given_ids`."""
    dollars: list[str]
    """What stands between dollars; see `mathematics.dollars`."""
    equations: list[str]
    """Names of its equations, each once."""


def face(page: Page, memory: Memory) -> Face:
    """The page's face."""
    return Face(*memory.recall(lambda: _look(page), "face", page.format, page.front, page.body))


def _look(page: Page) -> list[Any]:
    closers: set[str] = set()
    calls: set[str] = set()
    for _, text in blocks.with_calls([page]):
        closers |= lexer.closers(text)
        calls |= lexer.names(text)
    destinations, refs = labels.destinations(page)
    return [
        sorted(closers),
        sorted(calls),
        destinations,
        refs,
        labels.slugs(page.body),
        labels.given_ids(page),
        mathematics.dollars(page.body),
        mathematics.equations(page.body),
    ]
