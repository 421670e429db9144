"""`verify`: page by page, what Hugo rendered compared with what mystmd understood."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from migrate import __version__
from migrate.check.blame import Blame, Told, blame_page, read_told
from migrate.check.fidelity import Comparison, Difference, compare_page
from migrate.check.listing import Listings
from migrate.check.originals import Originals, places_beside, read_originals
from migrate.diagnostics import MigrateError
from migrate.engines import mystmd
from migrate.model import Page
from migrate.plan import Plan
from migrate.write.paths import RECORD
from migrate.write.tree import Tree, view_tree


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """One page, compared."""

    comparison: Comparison
    source: str
    file: str
    """In the project."""
    reason: str = ""
    """Why Hugo can't render the page; then there is nothing to compare."""
    blame: Blame | None = None
    """Who is to mend it, if the page isn't proved to be the same."""
    why: str = ""
    """What tells so."""

    @property
    def verdict(self) -> str:
        """The comparison's verdict, or `not rendered`."""
        return "not rendered" if self.reason else self.comparison.verdict

    @property
    def compared(self) -> bool:
        """Whether both sides have all that is to be compared."""
        return self.verdict not in ("not rendered", "not comparable")


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
        """Pages of which both sides have all that is to be compared."""
        return tuple(page for page in self.pages if page.compared)

    @property
    def unproved(self) -> tuple[PageVerdict, ...]:
        """Pages that can't be called done: anything of them differs, or can't be compared."""
        return tuple(page for page in self.pages if page.verdict != "identical")

    @property
    def same_words(self) -> float:
        """Share of the compared pages, in per cent, whose visible text is the same.

        0 if there is nothing that could be compared: then nothing is proved.
        """
        pages = self.compared
        same = sum(page.comparison.same_words for page in pages)
        return 100.0 * same / len(pages) if pages else 0.0

    def verdicts(self) -> Counter[str]:
        """Verdict -> pages."""
        return Counter(page.verdict for page in self.pages)

    def kinds(self) -> Counter[str]:
        """Kind of difference -> how many there are on pages that could be compared."""
        return Counter(d.kind for page in self.compared for d in page.comparison.differences)

    def blames(self) -> Counter[str]:
        """Who is to blame -> pages that aren't proved."""
        return Counter(page.blame for page in self.unproved if page.blame)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "version": __version__,
            "verdicts": dict(self.verdicts()),
            "same_words": round(self.same_words, 2),
            "differences": dict(self.kinds()),
            "blames": dict(self.blames()),
            "messages": [str(message) for message in self.messages],
            "stubs": list(self.stubs),
            "lost": dict(self.lost),
            "sampled": self.sampled,
            "pages": [
                {
                    "url": page.comparison.url,
                    "source": page.source,
                    "file": page.file,
                    "verdict": page.verdict,
                    "blame": page.blame or "",
                    "why": page.why,
                    "templates_missing": list(page.comparison.stubs),
                    "same_words": page.comparison.same_words,
                    "differences": [asdict(d) for d in page.comparison.differences],
                }
                for page in self.pages
            ],
        }


def verify(plan: Plan, destination: Path, *, sample: int = 0) -> Verified:
    """Compare every page of the plan with its file in the project.

    `sample`: only so many pages, spread evenly. Raises MigrateError where an engine is missing or
    can't build at all.
    """
    originals, told = read_originals(plan), read_told(destination / RECORD / "report.json")
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
    verdicts = list(_verdicts(drawn, plan, built, originals, whole=drawn is pages))
    with view_tree(destination, adopt=True) as tree:
        verdicts = [_blamed(one, told, built, destination, tree) for one in verdicts]
    return Verified(
        tuple(verdicts),
        built.ours,
        originals.stubs,
        originals.lost,
        0 if drawn is pages else len(drawn),
    )


def _verdicts(
    pages: Sequence[Page], plan: Plan, built: mystmd.Build, originals: Originals, *,
    whole: bool,
) -> Iterator[PageVerdict]:  # fmt: skip
    places, listings = places_beside(plan, built, originals), Listings(plan)
    for page in pages:
        told = originals.of(page)
        assert told is not None
        file = str(plan.places[page.identity])
        comparison = compare_page(
            told.html, built.pages.get(file), page.url, places, told.title,
            listing=listings.of(page), stubs=told.stubs, stand_ins=told.stand_ins,
        )  # fmt: skip
        if not whole:
            rest = tuple(d for d in comparison.differences if not _to_other_page(d))
            same = comparison.verdict == "differs" and not rest
            verdict = "identical" if same else comparison.verdict
            comparison = replace(comparison, differences=rest, verdict=verdict)
        reason = f"Hugo can't render it: {told.error}" if told.error else ""
        yield PageVerdict(comparison, page.name, file, reason)


def _blamed(
    page: PageVerdict, told: Told, built: mystmd.Build, destination: Path, tree: Tree | None
) -> PageVerdict:
    """The verdict with who is to blame for it, if somebody is."""
    if page.verdict == "identical":
        return page
    if page.reason:
        return replace(page, blame="original", why=page.reason)
    messages = [message for message in built.ours if message.file == page.file]
    blame, why = blame_page(
        page.comparison, page.source, told, messages,
        there=(destination / page.file).is_file(),
        edited=tree is not None and tree.is_edited(PurePosixPath(page.file)),
    )  # fmt: skip
    return replace(page, blame=blame, why=why)


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
