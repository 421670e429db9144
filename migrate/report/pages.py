"""Pages: all that the report shows of one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from migrate.check.fidelity import Comparison, Difference
from migrate.diagnostics import MigrateError
from migrate.engines.mystmd import Message
from migrate.model import Diagnostic, Page
from migrate.plan import Plan
from migrate.report.evidence import Evidence
from migrate.report.marks import mark, renumber
from migrate.report.pictures import Pictures
from migrate.report.sanitise import clean
from migrate.report.treehtml import tree_html
from migrate.trust import Trust, Verdict, page_trust, trust

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENGINE = "mystmd"
"""Stands for a code in what mystmd said."""
_LONGEST = 2_000_000
"""Characters of a text or page that are shown."""
_MOST_LINES = 20_000
"""Lines up to which two texts are compared; longer ones are shown side by side from the top."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the list of pages has of a page."""

    id: str
    """The same in every report of the site."""
    title: str
    url: str
    section: str
    kind: str
    language: str
    source: str
    file: str
    """In the project."""
    trust: Trust
    verdict: Verdict | None
    """None where the page was not compared."""
    differences: int
    kinds: tuple[str, ...]
    """Kinds of differences, each once."""
    codes: tuple[str, ...]
    """Codes of diagnostics, each once."""
    hash: str
    """Of what was looked at: a tick holds as long as it stays the same."""


def page_id(page: Page) -> str:
    """The page's name in addresses and file names of the report."""
    return sha256(page.identity.encode("utf-8", "surrogatepass")).hexdigest()[:14]


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Gathers pages one by one."""

    plan: Plan
    destination: Path
    evidence: Evidence
    pictures: Pictures
    diagnostics: Mapping[str, Sequence[Diagnostic]]
    """By the page's name."""
    messages: Mapping[str, Sequence[Message]]
    """What mystmd said, by file."""

    def gather(self, page: Page) -> tuple[Row, dict[str, Any]]:
        """The page's row, and what is shown when a person opens it."""
        place = self.plan.places[page.identity]
        said = [*self.diagnostics.get(page.name, ()), *self._messages(place)]
        comparison = self.evidence.compare(page, self.plan)
        verdict = comparison.verdict if comparison else None
        source, converted = self._source(page), self._converted(place)
        row = _row(page, place, comparison, said, _hash(source, converted))
        shown = {
            **asdict(row),
            **self._sides(page, place, comparison),
            "diagnostics": [
                {**asdict(one), "trust": trust(one, verdict)}
                for one in sorted(said, key=lambda d: (d.line, d.code))
            ],
            "text": {
                "source": source,
                "converted": converted,
                "changes": changes(source, converted),
            },
        }
        return row, shown

    def _messages(self, place: PurePosixPath) -> list[Diagnostic]:
        return [
            Diagnostic(ENGINE, one.severity, one.file, one.line, one.text)
            for one in self.messages.get(str(place), ())
        ]

    def _sides(
        self, page: Page, place: PurePosixPath, comparison: Comparison | None
    ) -> dict[str, Any]:
        differences = comparison.differences if comparison else ()
        original, built = self.evidence.original(page), self.evidence.built(page, self.plan)
        hugo = myst = None
        if original and not original.error:
            html = original.html[:_LONGEST]
            hugo = clean(html, lambda src: self.pictures.of_hugo(src, page))
        if built:
            html = tree_html(built.tree)[:_LONGEST]
            myst = clean(html, lambda src: self.pictures.of_myst(src, place))
        found = _marked(differences, hugo, myst)
        return {
            "hugo": _text(hugo),
            "myst": _text(myst),
            "hugo_title": original.title if original else "",
            "myst_title": str(built.front.get("title") or "") if built else "",
            "why": [self._no_original(page), self._no_result(page)],
            "found": found,
        }

    def _no_original(self, page: Page) -> str:
        """Why there is nothing to show on Hugo's side; empty where there is."""
        original = self.evidence.original(page)
        if original is None:
            if self.evidence.originals.pages:
                return "Hugo publishes no page at this address, or makes it by a template."
            return "Hugo didn't run, so the original can't be shown."
        if original.error:
            return f"Hugo can't render this page: {original.error[:400]}"
        if not original.html.strip():
            return "The page has no text of its own; what Hugo shows here, its templates make."
        return ""

    def _no_result(self, page: Page) -> str:
        if self.evidence.build is None:
            return "mystmd didn't run, so the result can't be shown."
        if self.evidence.built(page, self.plan) is None:
            return "mystmd has no such page: its file is gone, or not in the table of contents."
        return ""

    def _source(self, page: Page) -> str:
        if self.plan.site.source is None or page.source is None:
            return page.body[:_LONGEST]
        return _read(self.plan.site.source / page.source) or page.body[:_LONGEST]

    def _converted(self, place: PurePosixPath) -> str:
        return _read(self.destination / place)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")[:_LONGEST]
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise MigrateError(f"it can't be read: {error.strerror}", str(file)) from error


def _row(
    page: Page,
    place: PurePosixPath,
    comparison: Comparison | None,
    said: Sequence[Diagnostic],
    digest: str,
) -> Row:
    verdict = comparison.verdict if comparison else None
    differences = comparison.differences if comparison else ()
    return Row(
        id=page_id(page),
        title=page.title or page.url,
        url=page.url,
        section=page.section,
        kind=page.kind,
        language=page.language,
        source=page.name,
        file=str(place),
        trust=page_trust(verdict, said),
        verdict=verdict,
        differences=len(differences),
        kinds=tuple(dict.fromkeys(one.kind for one in differences)),
        codes=tuple(sorted({one.code for one in said})),
        hash=digest,
    )


def _hash(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:14]


def _marked(
    differences: Sequence[Difference], hugo: HtmlElement | None, myst: HtmlElement | None
) -> list[dict[str, Any]]:
    """The differences in the order in which a reader meets them, marked by their number in it."""
    left = {} if hugo is None else mark(hugo, differences, "hugo")
    right = {} if myst is None else mark(myst, differences, "myst")
    order = sorted(range(len(differences)), key=lambda one: left.get(one, right.get(one, 1.0)))
    numbers = {old: new for new, old in enumerate(order)}
    for root in (hugo, myst):
        if root is not None:
            renumber(root, numbers)
    return [{**asdict(differences[old]), "marked": old in left or old in right} for old in order]


def _text(root: HtmlElement | None) -> str:
    from lxml import html as parser

    return "" if root is None else str(parser.tostring(root, encoding="unicode"))


def changes(source: str, converted: str) -> list[list[int]]:
    """[a, b, c, d] for each place where lines a to b of the source became lines c to d."""
    left, right = source.split("\n"), converted.split("\n")
    if max(len(left), len(right)) > _MOST_LINES:
        return [[0, len(left), 0, len(right)]]
    matcher = SequenceMatcher(None, left, right, autojunk=len(left) * len(right) > 1_000_000)
    return [[a, b, c, d] for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
