"""From a source to a plan whose every question is answered: read, planned, rendered, fetched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from migrate import rendering, themes
from migrate.memory import NOTHING, Memory
from migrate.model import Diagnostic
from migrate.options import Options
from migrate.plan import Plan, make_plan
from migrate.read import bibliography, read_site
from migrate.read.bibliography import NOTHING_TO_CITE
from migrate.result import Progress
from migrate.shortcodes.files import read_files
from migrate.write import items
from migrate.write.paths import FETCHED, RECORD


def load(
    source: str | Path,
    options: Options,
    destination: Path | None = None,
    memory: Memory = NOTHING,
) -> Plan:
    """Read the site or feed and decide where everything goes. A feed's items that only the
    record of `destination` knows are part of the site."""
    site = read_site(str(source), options, memory)
    if site.source is None and destination is not None:
        site = items.with_earlier(site, destination)
    plan = make_plan(site, options, themes.lookup(site, options, memory), memory)
    works = bibliography.read(site) if any(plan.calling(_citing(plan))) else NOTHING_TO_CITE
    return replace(plan, files=read_files(plan, memory), bibliography=works)


def _citing(plan: Plan) -> dict[str, str]:
    """Names of the shortcodes that cite works."""
    return {
        name: rule.function
        for theme in plan.themes
        for name, rules in theme.shortcodes.items()
        for rule in rules
        if rule.function.startswith("citations.")
    }


def answered(
    source: str | Path,
    destination: str | Path | None,
    options: Options,
    memory: Memory = NOTHING,
) -> tuple[Plan, rendering.Answers]:
    """The plan with what real Hugo says to it, where it is needed."""
    plan = load(source, options, Path(destination) if destination else None, memory)
    known = rendering.read_answers(Path(destination) / RECORD) if destination else rendering.Kept()
    answers = rendering.render(plan, known)
    return rendering.with_answers(plan, answers, memory), answers


def roots(plan: Plan, destination: str | Path) -> tuple[Path, ...]:
    """Folders that assets may be copied from: where the reader found them, and what we fetched.

    A file that turns into a link elsewhere between reading and copying is refused.
    """
    site = plan.site
    if site.source is None:
        return (Path(destination).resolve() / FETCHED,)
    root = site.source.resolve()
    every = (*site.assets, *(asset for page in plan.whole.pages for asset in page.resources))
    beside = {asset.file.parent for asset in every if not asset.file.is_relative_to(root)}
    return (root, *sorted(beside))


def fetched(
    plan: Plan, source: str, destination: Path, progress: Progress
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of the same site with the files that its pages show."""
    from migrate import fetching

    folder = destination / FETCHED
    asking = replace(plan, options=replace(plan.options, typed_source=source))
    found = fetching.fetch_assets(asking, folder, progress)
    site = fetching.with_assets(plan.site, found)
    return make_plan(site, plan.options, plan.themes), found.diagnostics
