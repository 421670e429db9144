"""One function per command, joining the stages. This is also the Python API.

    >>> from migrate.pipeline import convert
    >>> result = convert("path/to/hugo-site", "path/to/myst-project")
    >>> result.exit_code
    0

The stages are imported where they are needed: a run that has nothing to do needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from migrate import __version__
from migrate.options import Options
from migrate.result import Progress, Result, silent
from migrate.unchanged import State, tool
from migrate.write.change import Change, Written
from migrate.write.paths import RECORD, TEXTS
from migrate.write.policy import Action, Policy

if TYPE_CHECKING:
    from migrate.inspect import Inspection
    from migrate.model import Diagnostic, Output
    from migrate.plan import Plan
    from migrate.write.differences import Ported
    from migrate.write.patch import FilePatch
    from migrate.write.tree import Tree

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

Look = Callable[[Change, "Tree | None"], None]
"""Told of each change that a run would make."""


def load(source: str | Path, options: Options, destination: Path | None = None) -> Plan:
    """Read the site or feed and decide where everything goes. A feed's items that only the
    record of `destination` knows are part of the site."""
    from migrate import planning

    return planning.load(source, options, destination)


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

    from migrate import planning
    from migrate.memory import Memory
    from migrate.run import Run
    from migrate.write.tree import open_tree

    memory = Memory(Path(destination) / TEXTS, tool())
    plan, answers = planning.answered(source, destination, options, memory)
    partial = plan.site.source is None
    policy = replace(policy, partial=partial, roots=planning.roots(plan, destination))
    with open_tree(Path(destination), policy, adopt=adopt, tool=__version__) as tree:
        if options.fetch_assets and partial:
            plan, said = planning.fetched(plan, str(source), Path(destination), progress)
            answers = replace(answers, diagnostics=(*answers.diagnostics, *said))
        run = Run(plan, tree, workers, progress, answers, memory)
        written = tree.write(
            run.outputs(),
            run.kept,
            run.pages,
            run.notes,
            run.keys.settings,
            run.keys.links,
            plan.part.language,
            plan.site.base_path + plan.part.folder,
        )
        memory.save()
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

    from migrate import planning
    from migrate.memory import Memory
    from migrate.run import Run
    from migrate.write.tree import view_tree

    memory = Memory(Path(destination) / TEXTS, tool())
    plan, answers = planning.answered(source, destination, options, memory)
    policy = replace(policy, partial=plan.site.source is None)
    with view_tree(Path(destination), policy, adopt=True, tool=__version__) as tree:
        run = Run(plan, tree, 0, progress, answers, memory)
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
    from migrate import planning
    from migrate.run import Run

    plan, answers = planning.answered(source, None, options)
    return Run(plan, None, answers=answers).outputs()


def hand_edits(destination: str | Path, paths: tuple[str, ...] = ()) -> list[FilePatch]:
    """What people changed in the project since the last run."""
    from migrate.write.differences import edits
    from migrate.write.tree import view_tree

    with view_tree(Path(destination), tool=__version__) as tree:
        return list(edits(tree, [PurePosixPath(path) for path in paths])) if tree else []


def port(
    base: str | Path, head: str | Path, destination: str | Path, options: Options = Options()
) -> Ported:
    """What a change of the sources from `base` to `head` (two folders) is for the project."""
    from migrate.write import differences
    from migrate.write.tree import view_tree

    old, new = outputs(base, options), outputs(head, options)
    with view_tree(Path(destination), tool=__version__) as tree:
        return differences.port(old, new, tree)


def _creations(made: Iterator[Output]) -> Iterator[Change]:
    for output in made:
        yield Change(output.path, Action.CREATE, output.identity, data=output.data)
