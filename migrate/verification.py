"""`check` and `verify`: what the real engines say of a project.

`check` asks mystmd and our own static checks, and leads each finding back to the page of the old
site. `verify` compares, page by page, what Hugo rendered with what mystmd understood.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from migrate import __version__
from migrate.check.fidelity import Comparison, Difference, compare_page
from migrate.check.lines import source_line
from migrate.check.originals import Originals, places_beside, read_originals
from migrate.check.static import check_project
from migrate.diagnostics import MigrateError
from migrate.engines import mystmd
from migrate.model import Page, Severity
from migrate.plan import Plan
from migrate.read.blocks import blocks
from migrate.read.disk import Unreadable, read_text
from migrate.write.manifest import Manifest
from migrate.write.paths import RECORD
from migrate.write.tree import view_tree

Blame = Literal["conversion", "original", "edit"]

_BLAMED_ON_ORIGINAL = re.compile(
    r"KaTeX|LaTeX|Unknown column|No such environment|Undefined control sequence|textEnv"
    r"|No footnoteDefinition|Footnote definition not found|Error in math|Cannot find image"
    r"|not found|does not exist|Unknown environment",
    re.I,
)
"""Messages about what the author typed: it is wrong in Hugo as well."""

_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that mystmd or our own check has to say of a project."""

    file: str
    """In the project."""
    line: int
    severity: Severity
    text: str
    code: str = ""
    """Of our own checks; mystmd's messages have none."""
    source: str = ""
    """The page of the old site, where it is known."""
    source_line: int = 0
    blame: Blame = "conversion"
    """Who is to mend it: we, the author of the old page, or whoever edited the new one."""


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """One page, compared."""

    comparison: Comparison
    source: str
    file: str
    """In the project."""
    reason: str = ""
    """Why the page could not be compared; then it has no verdict."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A site, compared."""

    pages: tuple[PageVerdict, ...] = ()
    messages: tuple[mystmd.Message, ...] = ()
    """What mystmd said that a better project would not make it say."""
    stubs: tuple[str, ...] = ()
    """Shortcodes that Hugo had no template for: what they show can't be compared."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """Files that had to be changed or left out so that Hugo could build."""
    sampled: int = 0
    """How many pages were drawn, 0: all were compared. Then links to other pages are not."""

    @property
    def compared(self) -> tuple[PageVerdict, ...]:
        """Pages with a verdict."""
        return tuple(page for page in self.pages if not page.reason)

    @property
    def same_words(self) -> float:
        """Share of the compared pages, in per cent, whose visible text is the same."""
        pages = self.compared
        same = sum(page.comparison.same_words for page in pages)
        return 100.0 * same / len(pages) if pages else 100.0

    def verdicts(self) -> Counter[str]:
        """Verdict -> pages."""
        found = Counter[str](page.comparison.verdict for page in self.compared)
        if skipped := len(self.pages) - len(self.compared):
            found["not compared"] = skipped
        return found

    def kinds(self) -> Counter[str]:
        """Kind of difference -> how many there are."""
        return Counter(d.kind for page in self.compared for d in page.comparison.differences)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "version": __version__,
            "verdicts": dict(self.verdicts()),
            "same_words": round(self.same_words, 2),
            "differences": dict(self.kinds()),
            "messages": [str(message) for message in self.messages],
            "stubs": list(self.stubs),
            "lost": dict(self.lost),
            "sampled": self.sampled,
            "pages": [
                {
                    "url": page.comparison.url,
                    "source": page.source,
                    "file": page.file,
                    "verdict": page.reason or page.comparison.verdict,
                    "same_words": page.comparison.same_words,
                    "differences": [asdict(d) for d in page.comparison.differences],
                }
                for page in self.pages
            ],
        }


def check(destination: Path, source: Path | None = None, *, build: bool = True) -> list[Finding]:
    """Findings of our static checks and of mystmd's build, each with its place in the old site.

    `source` is the old site's folder, for lines of its files. Raises MigrateError where there is
    no project, or no mystmd though `build` is asked for.
    """
    found = [
        Finding(d.source, d.line, d.severity, d.message, d.code) for d in check_project(destination)
    ]
    if build:
        found += [
            Finding(m.file, m.line, m.severity, m.text)
            for m in mystmd.build(destination).ours
            if not any(_says_the_same(ours, m) for ours in found)
        ]
    with view_tree(destination, adopt=True) as tree:
        if tree is None:
            return found
        origins = _origins(tree.manifest)
        edited = {
            path for path, file in tree.manifest.files.items()
            if path in origins and _digest(tree, path) not in ("", file.hash)
        }  # fmt: skip
    known = _told_already(destination)
    return [_led_back(f, destination, source, origins, edited, known) for f in found]


def _told_already(destination: Path) -> frozenset[tuple[str, str]]:
    """(page of the old site, destination) of the links that the conversion found broken there."""
    try:
        report = json.loads((destination / RECORD / "report.json").read_text(encoding="utf-8"))
        told = [d for d in report["diagnostics"] if d["code"] in ("HM601", "HM603")]
        return frozenset((d["source"], d["message"].split("`")[1]) for d in told)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return frozenset()


def _named(text: str) -> str:
    """What a message of ours puts between backticks first."""
    parts = text.split("`")
    return parts[1] if len(parts) > 2 else ""


def _says_the_same(ours: Finding, message: mystmd.Message) -> bool:
    """A check of ours that has told of the place, or of the very file that mystmd misses."""
    if ours.file != message.file:
        return False
    named = _QUOTED.search(message.text)
    return (message.line or -1) == ours.line or bool(named and f"`{named[1]}`" in ours.text)


def _digest(tree: Any, path: str) -> str:
    from pathlib import PurePosixPath

    try:
        return str(tree.record.digest(PurePosixPath(path)))
    except (OSError, MigrateError):
        return ""


def _origins(manifest: Manifest) -> dict[str, str]:
    """File in the project -> page of the old site."""
    return {
        path: file.identity
        for path, file in manifest.files.items()
        if file.identity in manifest.pages
    }


def _led_back(
    finding: Finding, destination: Path, source: Path | None, origins: Mapping[str, str],
    edited: set[str], known: frozenset[tuple[str, str]],
) -> Finding:  # fmt: skip
    origin = origins.get(finding.file, "")
    blame: Blame = "conversion"
    line = 0
    if origin and source is not None and finding.line:
        line = _line_in(source / origin.partition("#")[0], destination / finding.file, finding.line)
    if finding.file in edited and not line:
        blame = "edit"
    elif _BLAMED_ON_ORIGINAL.search(finding.text) or (origin, _named(finding.text)) in known:
        blame = "original"
    return replace(finding, source=origin, source_line=line, blame=blame)


def _line_in(source: Path, page: Path, line: int) -> int:
    """The line of the source that became a line of the page; 0 where the page has it new."""
    try:
        old = read_text(source).text.splitlines()
        new = page.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError, Unreadable):
        return 0
    return source_line(old, new, line)


def verify(plan: Plan, destination: Path, *, sample: int = 0) -> Verified:
    """Compare every page of the plan with its file in the project.

    `sample`: only so many pages, spread evenly. Raises MigrateError where an engine is missing or
    can't build at all.
    """
    originals = read_originals(plan)
    pages = [page for page in plan.site.pages if originals.of(page)]
    if not pages:
        raise MigrateError("nothing to compare: Hugo rendered none of these pages")
    drawn = pages[:: max(1, len(pages) // sample)][:sample] if sample else pages
    drawn = drawn if len(drawn) < len(pages) else pages
    if drawn is pages:
        built = mystmd.build(destination)
    else:
        with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
            part = Path(folder, "project")
            _copy_part(destination, part, [str(plan.places[p.identity]) for p in drawn])
            built = mystmd.build(part)
    verdicts = tuple(_verdicts(drawn, plan, built, originals, whole=drawn is pages))
    return Verified(
        verdicts,
        built.ours,
        originals.stubs,
        originals.lost,
        0 if drawn is pages else len(drawn),
    )


def _verdicts(
    pages: Sequence[Page], plan: Plan, built: mystmd.Build, originals: Originals, *,
    whole: bool,
) -> Iterator[PageVerdict]:  # fmt: skip
    places = places_beside(plan, built, originals)
    for page in pages:
        told = originals.of(page)
        assert told is not None
        file = str(plan.places[page.identity])
        comparison = compare_page(
            told.html, built.pages.get(file), page.url, places, told.title,
            listing=page.kind != "page" or bool(blocks(page)),
        )  # fmt: skip
        if not whole:
            rest = tuple(d for d in comparison.differences if not _to_other_page(d))
            verdict = comparison.verdict if rest or not built.pages.get(file) else "identical"
            comparison = replace(comparison, differences=rest, verdict=verdict)
        reason = f"Hugo can't render it: {told.error}" if told.error else ""
        yield PageVerdict(comparison, page.name, file, reason)


def _to_other_page(difference: Difference) -> bool:
    """A link inside the site: in a sample the other page isn't there."""
    return difference.kind == "link" and "](http" not in difference.hugo + difference.myst


def _copy_part(project: Path, part: Path, files: Sequence[str]) -> None:
    """The project with these pages alone, in a folder of its own."""
    from ruamel.yaml import YAML

    keep = {str((project / file).resolve()) for file in files}

    def ignored(folder: str, names: list[str]) -> set[str]:
        skip = {name for name in names if name in ("_build", ".hugo2myst", ".git", "redirects")}
        return skip | {
            name
            for name in names
            if name.endswith(".md") and str(Path(folder, name).resolve()) not in keep
        }

    shutil.copytree(project, part, ignore=ignored, symlinks=True)
    yaml = YAML()
    config = yaml.load((project / "myst.yml").read_text(encoding="utf-8"))
    config["project"]["toc"] = [{"file": file} for file in files]
    config["project"].pop("static_files", None)
    config.get("site", {}).pop("parts", None)
    with (part / "myst.yml").open("w", encoding="utf-8") as out:
        yaml.dump(config, out)
