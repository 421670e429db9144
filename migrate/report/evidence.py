"""Evidence: what both engines say of the site, as far as they are here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from migrate.check.fidelity import Comparison, compare_page
from migrate.check.listing import Listings
from migrate.check.originals import Original, Originals, places_beside, read_originals
from migrate.check.targets import Places
from migrate.diagnostics import MigrateError
from migrate.engines.mystmd import Build, Built, build
from migrate.model import Page
from migrate.plan import Plan

Progress = Callable[[str, int, int], None]
"""Told of the stage's name, what is done and what there is to do."""

_NO_ORIGINALS = "The originals are not shown and nothing is proved"
_MOST = 12
"""Names that a note lists."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the engines said."""

    listings: Listings
    """What pages that list others may show besides."""
    originals: Originals = field(default_factory=Originals)
    build: Build | None = None
    places: Places = field(default_factory=Places)
    notes: tuple[str, ...] = ()
    """What can't be shown, and why."""

    def original(self, page: Page) -> Original | None:
        """The page before its conversion."""
        return self.originals.of(page)

    def built(self, page: Page, plan: Plan) -> Built | None:
        """The page as mystmd understood it."""
        return self.build.pages.get(str(plan.places[page.identity])) if self.build else None

    def compare(self, page: Page, plan: Plan) -> Comparison | None:
        """The verdict on a page; None where one side can't be had."""
        original = self.original(page)
        if original is None or original.error or self.build is None:
            return None
        found = self.built(page, plan)
        return compare_page(
            original.html, found, page.url, self.places, original.title,
            listing=self.listings.of(page), stubs=original.stubs, stand_ins=original.stand_ins,
        )  # fmt: skip


def gather(plan: Plan, destination: Path, progress: Progress) -> Evidence:
    """Ask both engines; one that isn't here, or that fails, is told of in `notes`."""
    progress("Hugo", 0, 1)
    try:
        originals, notes = _originals(plan)
    except MigrateError as error:
        originals, notes = Originals(), [f"{_NO_ORIGINALS}: {error}."]
    progress("Hugo", 1, 1)
    progress("mystmd", 0, 1)
    try:
        built = build(destination)
    except MigrateError as error:
        built = None
        notes.append(f"mystmd's pages are not shown and nothing is proved: {error}.")
    progress("mystmd", 1, 1)
    places = places_beside(plan, built, originals) if built else Places()
    return Evidence(Listings(plan), originals, built, places, tuple(notes))


def _originals(plan: Plan) -> tuple[Originals, list[str]]:
    """The originals, and what is to be known of them."""
    if plan.site.source is not None and not plan.options.hugo:
        return Originals(), [f"{_NO_ORIGINALS}: Hugo was not asked."]
    found = read_originals(plan)
    notes = []
    if found.stubs:
        notes.append(
            "The originals lack what these shortcodes show, for their templates aren't here: "
            f"{_listed(found.stubs)}."
        )
    if found.lost:
        notes.append(
            "To let Hugo build the site, these files were changed or left out: "
            f"{_listed(tuple(found.lost))}."
        )
    return found, notes


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
