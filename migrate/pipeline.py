"""One function per command, joining the stages. This is also the Python API.

    >>> from migrate.pipeline import convert
    >>> result = convert("path/to/hugo-site", "path/to/myst-project")
    >>> result.exit_code
    0
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate import __version__, fetching, rendering, themes
from migrate.model import Diagnostic, Output
from migrate.options import Options
from migrate.plan import Plan, make_plan
from migrate.read import read_site
from migrate.run import Progress, Result, Run, silent
from migrate.shortcodes.files import read_files
from migrate.unchanged import State
from migrate.write import items
from migrate.write.change import Change
from migrate.write.differences import Ported, edits
from migrate.write.differences import port as _port
from migrate.write.judge import Policy
from migrate.write.merge import Action
from migrate.write.patch import FilePatch
from migrate.write.paths import RECORD
from migrate.write.tree import Tree, Written, open_tree, view_tree

if TYPE_CHECKING:
    from migrate.inspect import Inspection

__all__ = [
    "Options",
    "Policy",
    "Result",
    "convert",
    "hand_edits",
    "inspect",
    "load",
    "look",
    "outputs",
    "port",
]

Look = Callable[[Change, Tree | None], None]
"""Told of each change that a run would make."""


def load(source: str | Path, options: Options, destination: Path | None = None) -> Plan:
    """Read the site or feed and decide where everything goes. A feed's items that only the
    record of `destination` knows are part of the site."""
    site = read_site(str(source), options)
    if site.source is None and destination is not None:
        site = items.with_earlier(site, destination)
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
    progress: Progress = silent,
) -> Result:
    """Migrate `source`, a Hugo site's folder or a feed's file or URL, to the project `destination`.

    On a project that exists only what changed is converted again, and hand edits are kept.
    `adopt` takes a folder that isn't empty and isn't ours; `workers` are processes (0: one for
    each processor), which changes nothing of the result. Raises `MigrateError` where the run
    can't take place at all; what is wrong with single pages is in the result's diagnostics.
    """
    state = State.now(source, destination, options, policy)
    if state and not policy.restore and (last := state.last()):
        return Result.from_json(last)
    plan, answers = _plan(source, destination, options)
    policy = replace(policy, partial=plan.site.source is None, roots=_roots(plan, destination))
    with open_tree(Path(destination), policy, adopt=adopt, tool=__version__) as tree:
        if options.fetch_assets and plan.site.source is None:
            plan, said = _fetch(plan, str(source), Path(destination), progress)
            answers = replace(answers, diagnostics=(*answers.diagnostics, *said))
        run = Run(plan, tree, workers, progress, answers)
        written = tree.write(run.outputs(), run.kept, run.pages, run.notes, run.keys.settings)
    result = run.result(written)
    if state and result.is_settled:
        state.note(plan.site, result.to_json())
    return result


def look(
    source: str | Path,
    destination: str | Path,
    options: Options = Options(),
    policy: Policy = Policy(),
    *,
    each: Look,
    progress: Progress = silent,
) -> Result:
    """What `convert` would do, told change by change to `each`; nothing is written."""
    state = State.now(source, destination, options, policy)
    if state and (last := state.last()):
        result = Result.from_json(last)
        for done in result.written.changes:
            each(Change(done.path, done.action), None)
        return result
    plan, answers = _plan(source, destination, options)
    policy = replace(policy, partial=plan.site.source is None)
    with view_tree(Path(destination), policy, adopt=True, tool=__version__) as tree:
        run = Run(plan, tree, 0, progress, answers)
        changes = tree.decide(run.outputs(), run.kept) if tree else _creations(run.outputs())
        said: list[Diagnostic] = []
        for change in changes:
            said += change.diagnostics
            if change.path.parts[0] != RECORD:
                each(change, tree)
    return run.result(Written(diagnostics=tuple(said)))


def inspect(
    source: str | Path, options: Options = Options(), *, progress: Progress = silent
) -> Inspection:
    """What `source` holds and what each thing would become. Nothing is written."""
    from migrate.inspect import inspect as look_into

    return look_into(load(source, options), progress=progress)


def outputs(source: str | Path, options: Options = Options()) -> Iterator[Output]:
    """Every file of the project that `source` would become, without a destination."""
    plan, answers = _plan(source, None, options)
    return Run(plan, None, answers=answers).outputs()


def hand_edits(destination: str | Path, paths: tuple[str, ...] = ()) -> list[FilePatch]:
    """What people changed in the project since the last run."""
    from pathlib import PurePosixPath

    with view_tree(Path(destination), tool=__version__) as tree:
        return list(edits(tree, [PurePosixPath(path) for path in paths])) if tree else []


def port(
    base: str | Path, head: str | Path, destination: str | Path, options: Options = Options()
) -> Ported:
    """What a change of the sources from `base` to `head` (two folders) is for the project."""
    old, new = outputs(base, options), outputs(head, options)
    with view_tree(Path(destination), tool=__version__) as tree:
        return _port(old, new, tree)


def _plan(
    source: str | Path, destination: str | Path | None, options: Options
) -> tuple[Plan, rendering.Answers]:
    plan = load(source, options, Path(destination) if destination else None)
    known = rendering.read_answers(Path(destination) / RECORD) if destination else {}
    answers = rendering.render(plan, known)
    return rendering.with_answers(plan, answers), answers


def _roots(plan: Plan, destination: str | Path) -> tuple[Path, ...]:
    """Folders that assets may be copied from: where the reader found them, and what we fetched.

    A file that turns into a link elsewhere between reading and copying is refused.
    """
    site = plan.site
    if site.source is None:
        return (Path(destination).resolve() / RECORD / fetching.FOLDER,)
    root = site.source.resolve()
    every = (*site.assets, *(asset for page in site.pages for asset in page.resources))
    beside = {asset.file.parent for asset in every if not asset.file.is_relative_to(root)}
    return (root, *sorted(beside))


def _fetch(
    plan: Plan, source: str, destination: Path, progress: Progress
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan of the same site with the files that its pages show."""
    folder = destination / RECORD / fetching.FOLDER
    asking = replace(plan, options=replace(plan.options, typed_source=source))
    fetched = fetching.fetch_assets(asking, folder, progress)
    site = fetching.with_assets(plan.site, fetched)
    return make_plan(site, plan.options, plan.themes), fetched.diagnostics


def _creations(made: Iterator[Output]) -> Iterator[Change]:
    for output in made:
        yield Change(output.path, Action.CREATE, output.identity, data=output.data)
