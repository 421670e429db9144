"""One conversion against one destination: what is converted again, and all files that come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from migrate import rendering
from migrate.convert.batch import convert_all
from migrate.dependencies import Keys, still_true
from migrate.model import Asset, Converted, Diagnostic, Output, Page, Severity
from migrate.plan import Plan
from migrate.write import items, ledger, records
from migrate.write.manifest import PageRecord
from migrate.write.merge import Action
from migrate.write.tree import Tree, Written

Progress = Callable[[str, int, int], None]
"""Told of the stage's name, what is done and what there is to do."""


def silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""
    del stage, done, total


@dataclass(frozen=True, slots=True)
class Result:
    """What a conversion did."""

    pages: int
    assets: int
    links: int
    calls: Mapping[tuple[str, str], int]
    """(shortcode name, outcome) -> how often."""
    urls: Mapping[str, int]
    """Fate (`same`, `redirected`, `gone`) -> URLs of the old site."""
    diagnostics: tuple[Diagnostic, ...]
    written: Written
    title: str = ""
    sources: Mapping[PurePosixPath, Path] = field(default_factory=dict)
    """File of a page in the project -> its file in the source."""

    def summary(self) -> dict[str, Any]:
        """The same as a JSON object; `.hugo2myst/report.json` holds it, too."""
        return records.summary(
            self.title, self.pages, self.diagnostics, self.calls, self.links, self.urls
        )

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something is missing or unsafe, 3 hand edits clash with the source."""
        if self.written.conflicts:
            return 3
        return int(any(d.severity is Severity.ERROR for d in self.diagnostics))

    @property
    def is_settled(self) -> bool:
        """The same run again would change nothing."""
        calm = {Action.CREATE, Action.UPDATE, Action.UNCHANGED}
        moved = any(change.moved_from for change in self.written.changes)
        wrote = any(change.written for change in self.written.changes)
        return not wrote or (not moved and all(Action(a) in calm for a in self.written.counts))

    def to_json(self) -> dict[str, Any]:
        """For `from_json`: this result as the same run again would give it."""
        counts = Counter[str]()
        for action, count in self.written.counts.items():
            again = Action.UNCHANGED if action in (Action.CREATE, Action.UPDATE) else action
            counts[str(again)] += count
        return {
            "pages": self.pages,
            "assets": self.assets,
            "links": self.links,
            "title": self.title,
            "urls": dict(self.urls),
            "calls": [[name, outcome, count] for (name, outcome), count in self.calls.items()],
            "diagnostics": [records.diagnostic_row(d) for d in self.diagnostics],
            "counts": dict(counts),
            "idle": [[str(c.path), str(c.action)] for c in self.written.changes if not c.written],
        }

    @classmethod
    def from_json(cls, noted: Mapping[str, Any]) -> Result:
        """The result of a run that had nothing to do."""
        idle = tuple(Done(PurePosixPath(path), Action(a)) for path, a in noted["idle"])
        return cls(
            noted["pages"],
            noted["assets"],
            noted["links"],
            {(name, outcome): count for name, outcome, count in noted["calls"]},
            noted["urls"],
            tuple(records.diagnostic_of(row) for row in noted["diagnostics"]),
            Written(idle, (), noted["counts"]),
            noted["title"],
        )


@dataclass(slots=True)
class Run:
    """One conversion against one destination, as its outputs are asked for."""

    plan: Plan
    tree: Tree | None
    workers: int = 0
    progress: Progress = silent
    answers: rendering.Answers = rendering.NONE
    keys: Keys = field(init=False)
    kept: set[str] = field(default_factory=set)
    """Identities of pages that need no new conversion."""
    pages: dict[str, PageRecord] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    links: int = 0
    urls: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = Keys(self.plan)

    def outputs(self) -> Iterator[Output]:
        """Every file of the project: pages that changed as they are converted, then the rest."""
        for page, converted in self._converted():
            self._add(page, converted)
            if page.identity not in self.kept:
                yield converted.output
        site = self.plan.site
        if self.plan.options.all_assets:
            every = (*site.assets, *(a for page in site.pages for a in page.resources))
            self.assets |= {asset.url: asset for asset in every if asset.published}
        made = records.around(self.plan, self.assets, self._former())
        self.assets |= {asset.url: asset for asset in made.assets}
        self.diagnostics += [*site.diagnostics, *self.answers.diagnostics, *made.diagnostics]
        self.urls = ledger.counts(made.ledger)
        for url, asset in sorted(self.assets.items()):
            yield Output(self.plan.asset_places[url], asset.file, f"asset:{asset.source}")
        yield from made.outputs
        if site.source is None:
            yield records.record_file(items.NAME, items.as_json(site))
        if self.answers.kept:
            yield records.record_file(rendering.NAME, self.answers.kept)
        yield records.report(
            site.title, len(site.pages), self.diagnostics, self.calls, self.links, self.urls)

    def _converted(self) -> Iterator[tuple[Page, Converted]]:
        waiting: list[Page] = []
        for page in self.plan.site.pages:
            known = self._known(page)
            if known is None:
                waiting.append(page)
            else:
                self.kept.add(page.identity)
                yield page, known
        for number, (page, converted) in enumerate(convert_all(waiting, self.plan, self.workers), 1):
            yield page, converted
            self.progress("convert", number, len(waiting))

    def _known(self, page: Page) -> Converted | None:
        """What the last run noted of the page, if it would come out the same."""
        if self.tree is None:
            return None
        key = self.keys.of(page)
        note = self.tree.note(page.identity, key)
        known = records.from_note(note, page, self.plan) if note else None
        if known is None or note["others"] != self.keys.others(known.wide):
            return None
        return known if still_true(known.asked, page, self.plan) else None

    def _add(self, page: Page, converted: Converted) -> None:
        self.diagnostics += converted.diagnostics
        self.calls.update(converted.calls)
        self.links += converted.links
        self.assets |= {asset.url: asset for asset in converted.assets}
        places = (self.plan.asset_places[asset.url] for asset in converted.assets)
        if page.identity not in self.kept:
            files = tuple(str(place) for place in (converted.output.path, *places))
            key = self.keys.of(page)
            self.pages[page.identity] = PageRecord(key, page.url, files=files)
            self.notes[page.identity] = records.to_note(converted, self.keys.others(converted.wide))

    def _former(self) -> dict[str, str]:
        """URLs that pages had in earlier runs -> identity."""
        if self.tree is None:
            return {}
        return {
            url: page.identity
            for page in self.plan.site.pages
            for url in self.tree.manifest.former_urls(page.identity, page.url)
        }

    def result(self, written: Written) -> Result:
        """The run's result, once its outputs are written."""
        site = self.plan.site
        sources = {
            self.plan.places[page.identity]: site.source / page.source
            for page in site.pages
            if page.source is not None and site.source is not None
        }
        return Result(
            len(site.pages),
            len(self.assets),
            self.links,
            self.calls,
            self.urls,
            (*self.diagnostics, *written.diagnostics),
            written,
            site.title,
            sources,
        )
