"""How much is left to do by hand: a rule of thumb, in the open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrate.inspect.findings import Estimate, ShortcodeFound
from migrate.model import Diagnostic, Page, Severity
from migrate.trust import trust

SHORTCODE_MINUTES = 10
"""To say in hugo2myst.yml what a shortcode becomes, and look at the result."""
ERROR_MINUTES = 5
"""To mend a place where content would be missing."""
PLACE_MINUTES = 1
"""To look at a place that is kept, and mend it if need be."""

_UNKNOWN = "HM301"
"""Counted by shortcode, not by call."""
BROKEN = ("HM601", "HM603")
"""Links that are broken in Hugo, too: no work of the migration."""


def estimate(
    pages: Sequence[Page], told: Iterable[Diagnostic], rows: Iterable[ShortcodeFound]
) -> Estimate:
    """The work that is left. The same message at several places of a file counts once."""
    names = {page.name for page in pages}
    look: set[str] = set()
    by_hand: set[str] = set()
    places: set[tuple[str, str, str]] = set()
    minutes = 0
    for said in told:
        if said.severity is Severity.INFO or said.code in BROKEN:
            continue
        (by_hand if trust(said, None) == "by hand" else look).add(said.source)
        place = (said.source, said.code, said.message)
        if said.code == _UNKNOWN or place in places:
            continue
        places.add(place)
        minutes += ERROR_MINUTES if said.severity is Severity.ERROR else PLACE_MINUTES
    unknown = sum(1 for row in rows if row.kept)
    look, by_hand = look & names, by_hand & names
    return Estimate(
        clean=len(pages) - len(look | by_hand),
        look=len(look - by_hand),
        by_hand=len(by_hand),
        shortcodes=unknown,
        minutes=minutes + SHORTCODE_MINUTES * unknown,
    )
