"""Who is to mend what a check or a comparison found, as far as it can be told.

`original`: the old site has it so, or lacks what it needs; `engine`: Hugo or mystmd failed on
it; `edit`: a hand edit brought it; `conversion`: we, in all other cases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from migrate.check.fidelity import Comparison
from migrate.engines.mystmd import Message
from migrate.model import Severity

Blame = Literal["conversion", "original", "edit", "engine"]

_TYPED = re.compile(
    r"KaTeX|LaTeX|Unknown column|No such environment|Undefined control sequence|textEnv"
    r"|No footnoteDefinition|Footnote definition not found|Error in math|Unknown environment",
    re.I,
)
"""mystmd's messages about what the author typed: it is wrong in Hugo as well."""
_BROKEN = ("HM201", "HM601", "HM603", "HM604", "HM610")
"""Codes of links and pictures that the old site has broken, or that lead out of it."""
_LACKING = ("HM122", "HM301", "HM302", "HM305", "HM306", "HM309", "HM801")
"""Codes of what the source lacks, or has in a form that even Hugo doesn't take."""
_TYPED_CALL = "HM312"
"""Code of Markdown that Hugo shows as it was typed."""
_QUOTED = re.compile(r"[\"`]([^\"`]+)[\"`]")
_DESTINATION = re.compile(r"\]\(([^()\s]*)\)")


@dataclass(frozen=True, slots=True)
class Told:
    """What the last conversion said of each page."""

    pages: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Page of the old site -> (code, message)."""

    def broken(self, page: str) -> frozenset[str]:
        """Destinations on the page that are broken in the old site too."""
        said = (message for code, message in self.pages.get(page, ()) if code in _BROKEN)
        return frozenset(filter(None, map(named, said)))

    def lacking(self, page: str) -> str:
        """The first message about something that the page's source lacks; else empty."""
        said = (message for code, message in self.pages.get(page, ()) if code in _LACKING)
        return next(said, "")


def read_told(file: Path) -> Told:
    """What a conversion said, by its `report.json`; nothing where that can't be read."""
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        pages: dict[str, list[tuple[str, str]]] = {}
        for one in report["diagnostics"]:
            said = (str(one["code"]), str(one["message"]))
            pages.setdefault(str(one["source"]), []).append(said)
    except (OSError, ValueError, KeyError, TypeError):
        return Told()
    return Told({page: tuple(said) for page, said in pages.items()})


def named(message: str) -> str:
    """What a message names first, between quotes or backticks, decoded."""
    found = _QUOTED.search(message)
    return unquote(found[1]) if found else ""


def blame_finding(message: str, page: str, told: Told, *, edited: bool) -> Blame:
    """Who is to mend what a check found; `edited`: on a line that the conversion didn't write."""
    broken = told.broken(page)
    name = named(message)
    if edited:
        return "edit"
    if _TYPED.search(message) or name in broken or f"#{name}" in broken:
        return "original"
    return "conversion"


def blame_page(
    compared: Comparison, page: str, told: Told, messages: Iterable[Message], *,
    there: bool, edited: bool,
) -> tuple[Blame, str]:  # fmt: skip
    """Who is to blame that a page isn't proved, and why, in words.

    `messages` are what mystmd said of the page's file, `there` whether the file exists, `edited`
    whether it isn't as the conversion wrote it.
    """
    errors = (m.text for m in messages if m.severity is Severity.ERROR)
    grave = next((text for text in errors if named(text) not in told.broken(page)), "")
    if compared.verdict == "not comparable":
        return "original", f"no template of {', '.join(compared.stubs)} is here"
    if compared.verdict == "missing":
        if there:
            return "engine", grave or "mystmd leaves the file out; it must be in the toc"
        return "edit", "the file isn't in the project any more"
    if edited:
        return "edit", "the file was edited by hand since the conversion"
    if lacking := told.lacking(page):
        return "original", lacking
    if any(code == _TYPED_CALL for code, _ in told.pages.get(page, ())):
        return "original", "Hugo shows Markdown in it as it was typed"
    if all(
        one.kind in ("link", "image") and _destinations(one.hugo, one.myst) & told.broken(page)
        for one in compared.differences
    ):
        return "original", "its links and pictures are broken in Hugo too"
    if grave and not _TYPED.search(grave):
        return "engine", grave
    return ("original", grave) if grave else ("conversion", "please report this page")


def _destinations(*excerpts: str) -> frozenset[str]:
    return frozenset(unquote(url) for text in excerpts for url in _DESTINATION.findall(text))
