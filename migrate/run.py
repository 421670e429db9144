"""One conversion against one destination: what is converted again, and all files that come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from migrate import rendering
from migrate.dependencies import Keys
from migrate.diagnostics import MigrateError
from migrate.languages import WHOLE
from migrate.memory import NOTHING, Memory
from migrate.model import Asset, Converted, Diagnostic, Output, Page
from migrate.plan import Plan
from migrate.result import Progress, Result, silent
from migrate.write import items, ledger, records
from migrate.write.change import Written
from migrate.write.manifest import PageRecord
from migrate.write.tree import Tree


@dataclass(slots=True)
class Run:
    """One conversion against one destination, as its outputs are asked for."""

    plan: Plan
    tree: Tree | None
    workers: int = 0
    progress: Progress = silent
    answers: rendering.Answers = rendering.NONE
    memory: Memory = NOTHING
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
        """Raise MigrateError where the destination is the project of another language."""
        self._refuse_other_language()
        self.keys = Keys(self.plan)

    def outputs(self) -> Iterator[Output]:
        """Every file of the project: pages that changed as they are converted, then the rest."""
        for page, converted in self._converted():
            self._add(page, converted)
            if page.identity not in self.kept:
                yield converted.output
        site = self.plan.site
        if self.plan.options.all_assets:
            whole, owns = self.plan.whole, self.plan.part.owns
            every = (*whole.assets, *(a for page in whole.pages for a in page.resources))
            self.assets |= {a.url: a for a in every if a.published and owns(a.url)}
        beside = {asset.url: asset for asset in self._beside()}
        made = records.around(self.plan, self.assets, beside, self._former())
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
            site.title, len(site.pages), self.diagnostics, self.calls, self.links, self.urls
        )

    def _refuse_other_language(self) -> None:
        """Pages of two languages have the same files. Those of the default language have theirs
        in a project of all languages, too: from there the others come and go."""
        if self.tree is None or not self.tree.manifest.pages:
            return
        held, asked = self.tree.manifest.language, self.plan.part.language
        default = self.plan.whole.languages[0].code
        if (held or default) != (asked or default):
            raise MigrateError(
                f"this run is for {_language(asked)}, and the project there holds "
                f"{_language(held)}: {_remedy(held)}, or choose another folder"
            )

    def _converted(self) -> Iterator[tuple[Page, Converted]]:
        waiting: list[Page] = []
        for page in self.plan.site.pages:
            known = self._known(page)
            if known is None:
                waiting.append(page)
            else:
                self.kept.add(page.identity)
                yield page, known
        if not waiting:
            return
        from migrate.check.written import convert_checked
        from migrate.convert.batch import in_batches

        number = 0
        for batch, made in in_batches(waiting, self.plan, convert_checked, self.workers):
            for page, converted in zip(batch, made, strict=True):
                number += 1
                yield page, converted
                self.progress("convert", number, len(waiting))

    def _beside(self) -> Iterator[Asset]:
        """Published files that pages of other projects need, as far as it is this project that
        keeps them at their addresses: those pages are converted for it, and thrown away."""
        plan = self.plan
        own = {page.identity for page in plan.site.pages}
        others = [page for page in plan.needed if page.identity not in own]
        if not others:
            return
        as_one = replace(
            plan, site=plan.whole, part=WHOLE, places={**plan.places, **plan.part.files}
        )
        keys = Keys(as_one)

        def find() -> list[str]:
            from migrate.convert.batch import convert_all

            made = convert_all(others, as_one, self.workers)
            return sorted({asset.url for _, page in made for asset in page.assets})

        about = ("beside", keys.links, keys.others(True), *(keys.of(page) for page in others))
        for url in self.memory.recall(find, *about):
            asset = plan.links.by_url(url)
            if asset is not None and asset.published:
                yield asset

    def _known(self, page: Page) -> Converted | None:
        """What the last run noted of the page, if it would come out the same."""
        if self.tree is None:
            return None
        note = self.tree.note(page.identity, self.keys.of(page))
        held = self.tree.manifest.files.get(str(self.plan.places[page.identity]))
        linked = self.tree.links == self.keys.links
        return records.from_note(note, page, self.plan, self.keys, held, linked=linked)

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


def _language(code: str) -> str:
    return f"the language `{code}`" if code else "all languages"


def _remedy(held: str) -> str:
    return f"say `--language {held}`" if held else "leave `--language` out"
