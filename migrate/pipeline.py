"""One function per command, joining the stages. This is also the Python API.

    >>> from migrate.pipeline import convert
    >>> result = convert("path/to/hugo-site", "path/to/myst-project")
    >>> result.exit_code
    0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from migrate import __version__, rendering, themes
from migrate.dependencies import Keys, still_true
from migrate.model import Asset, Converted, Diagnostic, Output, Page, Severity, Site
from migrate.options import Options
from migrate.plan import Plan, make_plan
from migrate.read import read_site
from migrate.shortcodes.files import read_files
from migrate.write import ledger, records
from migrate.write.judge import Policy
from migrate.write.manifest import PageRecord
from migrate.write.paths import RECORD
from migrate.write.tree import Tree, Written, open_tree

Progress = Callable[[str, int, int], None]
"""Told of the stage's name, what is done and what there is to do."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a conversion did."""

    plan: Plan
    written: Written
    assets: int
    links: int
    calls: Mapping[tuple[str, str], int]
    """(shortcode name, outcome) -> how often."""
    urls: Mapping[str, int]
    """Fate (`same`, `redirected`, `gone`) -> URLs of the old site."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def pages(self) -> int:
        """Pages of the project."""
        return len(self.plan.site.pages)

    def summary(self) -> dict[str, Any]:
        """The same as a JSON object; `.hugo2myst/report.json` holds it, too."""
        return records.summary(self.plan, self.diagnostics, self.calls, self.links, self.urls)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something is missing or unsafe, 3 hand edits clash with the source."""
        if self.written.conflicts:
            return 3
        return int(any(d.severity is Severity.ERROR for d in self.diagnostics))


def _silent(stage: str, done: int, total: int) -> None:
    """No progress is shown."""
    del stage, done, total


def load(source: str, options: Options) -> Plan:
    """Read the site or feed and decide where everything goes."""
    site = read_site(source, options)
    plan = make_plan(site, options, themes.lookup(site, options))
    return replace(plan, files=read_files(plan))


def convert(
    source: str | Path,
    destination: str | Path,
    options: Options = Options(),
    policy: Policy = Policy(),
    *,
    adopt: bool = False,
    workers: int = 0,
    progress: Progress = _silent,
) -> Result:
    """Migrate `source`, a Hugo site's folder or a feed's file or URL, to the project `destination`.

    On a project that exists only what changed is converted again, and hand edits are kept.
    `adopt` takes a folder that isn't empty and isn't ours; `workers` are processes (0: one for
    each processor), which changes nothing of the result. Raises `MigrateError` where the run
    can't take place at all; what is wrong with single pages is in the result's diagnostics.
    """
    plan = load(str(source), options)
    answers = rendering.render(plan, rendering.read_answers(Path(destination) / RECORD))
    plan = rendering.with_answers(plan, answers)
    policy = replace(policy, partial=plan.site.source is None)
    with open_tree(Path(destination), policy, adopt=adopt, tool=__version__) as tree:
        run = Run(plan, tree, workers, progress, answers)
        written = tree.write(run.outputs(), run.kept, run.pages, run.notes, run.keys.settings)
    return run.result(written)


@dataclass(slots=True)
class Run:
    """One conversion against one destination, as its outputs are asked for."""

    plan: Plan
    tree: Tree | None
    workers: int = 0
    progress: Progress = _silent
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
        if self.answers.kept:
            yield records.record_file(rendering.NAME, self.answers.kept)
        yield records.report(self.plan, self.diagnostics, self.calls, self.links, self.urls)

    def _converted(self) -> Iterator[tuple[Page, Converted]]:
        waiting: list[Page] = []
        for page in self.plan.site.pages:
            known = self._known(page)
            if known is None:
                waiting.append(page)
            else:
                self.kept.add(page.identity)
                yield page, known
        from migrate.convert.batch import convert_all

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
        told = (*self.diagnostics, *written.diagnostics)
        return Result(self.plan, written, len(self.assets), self.links, self.calls, self.urls, told)
