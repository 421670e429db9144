"""Trust: how far a person may rely on a result without looking at it.

`safe`: proved to be the same as Hugo's page; `changed`: needs a look; `by hand`: needs a person,
for something is missing, unsafe or waits for a decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from migrate.model import Diagnostic, Severity

Trust = Literal["safe", "changed", "by hand"]
Verdict = Literal["identical", "differs", "missing", "not comparable"]
"""What a comparison of the two engines' pages says; `not comparable`: Hugo lacks templates of
shortcodes on the page, and so shows only a part of it."""

_BY_HAND = frozenset(
    ("HM107", "HM108", "HM122", "HM203", "HM301", "HM305", "HM306", "HM310", "HM503", "HM801")
)
"""Warnings about content that the project lacks, or has in a form no reader should see."""


def trust(diagnostic: Diagnostic, verdict: Verdict | None) -> Trust:
    """How far to trust what the diagnostic tells of, on a page with this verdict.

    None: the page was not compared.
    """
    if diagnostic.severity is Severity.ERROR or diagnostic.code in _BY_HAND:
        return "by hand"
    return "safe" if verdict == "identical" else "changed"


def page_trust(verdict: Verdict | None, diagnostics: Iterable[Diagnostic]) -> Trust:
    """How far to trust a whole page."""
    levels = {trust(diagnostic, verdict) for diagnostic in diagnostics}
    if verdict == "missing" or "by hand" in levels:
        return "by hand"
    return "safe" if verdict == "identical" else "changed"
