"""`status`, `diff` and `port`: what a conversion would change, and nothing is written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.output import ProgressBar, print_diagnostics
from migrate.cli.settings import (
    dest_argument,
    json_option,
    read_options,
    source_argument,
    source_options,
)

if TYPE_CHECKING:
    from migrate.write.change import Change
    from migrate.write.patch import FilePatch
    from migrate.write.tree import Tree

_QUIET = ("unchanged", "gone")
_COLOURS = {"create": "green", "update": "yellow", "merge": "cyan", "conflict": "red",
            "remove": "red", "refused": "red"}  # fmt: skip


@click.command()
@source_argument
@dest_argument
@source_options
@click.option("--prune", is_flag=True, help="As `convert --prune` would do it.")
@json_option
def status(source: str, dest: Path, *, prune: bool, as_json: bool, **given: Any) -> None:
    """Say what `convert` would do to each file of DEST.

    Exit code: 0 nothing, 1 something would change, 3 hand edits clash with the source.
    """
    from migrate import pipeline

    rows: list[tuple[str, str, str]] = []

    def each(change: Change, _tree: Tree | None) -> None:
        moved = str(change.moved_from) if change.moved_from else ""
        if change.action not in _QUIET or moved:
            rows.append((str(change.action), str(change.path), moved))

    options = read_options(source, dest, **given)
    with ProgressBar(show=not as_json) as progress:
        pipeline.look(
            source, dest, options, pipeline.Policy(prune=prune), each=each, progress=progress
        )
    counts = Counter(action for action, _, _ in rows)
    if as_json:
        files = [{"action": a, "path": p, **({"from": m} if m else {})} for a, p, m in sorted(rows)]
        click.echo(json.dumps({"counts": dict(sorted(counts.items())), "files": files}, indent=1))
    else:
        for action, path, moved in sorted(rows, key=lambda row: row[1]):
            word = click.style(f"{action:9}", fg=_COLOURS.get(action))
            click.echo(f"{word} {path}" + (f"  (from {moved})" if moved else ""))
        told = ", ".join(f"{count} {action}" for action, count in sorted(counts.items()))
        click.echo(told or "nothing to do")
    idle = {"keep", "deleted", "orphan"}
    sys.exit(3 if counts["conflict"] else int(any(a not in idle or m for a, _, m in rows)))


@click.command()
@source_argument
@dest_argument
@click.argument("paths", nargs=-1)
@source_options
@click.option("--prune", is_flag=True, help="As `convert --prune` would do it.")
@click.option("--stat", "form", flag_value="stat", help="Lines changed in each file.")
@click.option("--name-status", "form", flag_value="names", help="A letter and a name a file.")
@click.option("--word", "form", flag_value="words", help="Mark words instead of lines.")
@click.option("--edits", is_flag=True, help="What was changed by hand since the last run, instead.")
@click.option(
    "--source",
    "beside",
    metavar="PAGE",
    help="One page's source and its conversion side by side, instead.",
)
@click.option(
    "--exit-code/--no-exit-code",
    default=True,
    show_default=True,
    help="Exit with 1 if there are differences or something can't be converted.",
)
def diff(
    source: str, dest: Path, paths: tuple[str, ...], *, prune: bool, form: str | None, edits: bool,
    beside: str | None, exit_code: bool, **given: Any,
) -> None:  # fmt: skip
    """Print what `convert` would change in DEST as a patch for `git apply` and `patch -p1`.

    \b
    hugo2myst diff . ../site blog/ | less
    hugo2myst diff . ../site --source content/blog/a.md
    """
    from migrate import pipeline
    from migrate.write.differences import patch_of, within

    if edits:
        found = pipeline.hand_edits(dest, paths)
        _show(found, form)
        sys.exit(int(exit_code and bool(found)))
    options = read_options(source, dest, **given)
    if beside:
        _beside(source, options, beside)
        return
    wanted = [PurePosixPath(path) for path in paths]
    found = []

    def each(change: Change, tree: Tree | None) -> None:
        if within(change.path, wanted) and (patch := patch_of(change, tree)):
            found.append(patch)

    result = pipeline.look(source, dest, options, pipeline.Policy(prune=prune), each=each)
    found.sort(key=lambda patch: patch.new)
    _show(found, form)
    unsolved = [d for d in result.diagnostics if d.severity != "info"]
    if unsolved and sys.stdout.isatty():
        print_diagnostics(unsolved, quiet=False, verbose=False)
    elif unsolved:
        click.echo(f"{len(unsolved)} places need a look: hugo2myst convert --dry-run", err=True)
    sys.exit(int(exit_code and bool(found or unsolved)))


def _show(patches: list[FilePatch], form: str | None) -> None:
    from migrate.write import patch, views

    if form == "stat":
        click.echo(views.stat(patches))
        return
    if form == "names":
        for one in patches:
            click.echo(views.name_status(one))
        return
    terminal = sys.stdout.isatty()
    if form == "words":
        texts = (views.words(one) for one in patches)
    elif terminal:
        texts = (
            "".join(_coloured(t) for t in part.decode("utf-8", "replace").splitlines(keepends=True))
            for part in patch.whole(patches)
        )
    else:
        out = sys.stdout.buffer
        for part in patch.whole(patches, binary=True):
            out.write(part)
        return
    if terminal:
        click.echo_via_pager(texts)
        return
    for text in texts:
        click.echo(text, nl=False)


def _coloured(text: str) -> str:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    bold = text.startswith(("diff ", "--- ", "+++ "))
    colour = None if bold else colours.get(text[:1])
    return click.style(text, fg=colour, bold=bold) if bold or colour else text


def _beside(source: str, options: Any, name: str) -> None:
    """Source and conversion of the page named by its source file, its URL or its output."""
    from migrate import pipeline
    from migrate.convert.batch import convert_one
    from migrate.diagnostics import MigrateError
    from migrate.write.views import side_by_side

    plan = pipeline.load(source, options)
    for page in plan.site.pages:
        names = (page.name, page.url, page.url.strip("/"), str(plan.places[page.identity]))
        if name in names:
            made = convert_one(page, plan).output.data
            text = made.decode() if isinstance(made, bytes) else ""
            width = shutil.get_terminal_size((160, 40)).columns
            for row in side_by_side(page.body, text, width):
                click.echo(row)
            return
    raise MigrateError("no page has this source, URL or file", name)


@click.command()
@click.argument("base")
@click.argument("head")
@dest_argument
@source_options
def port(base: str, head: str, dest: Path, **given: Any) -> None:
    """Print the patch for DEST that a change of the Hugo sources from BASE to HEAD amounts to.

    BASE and HEAD are folders, or revisions of the git repository that you are in. Work on the old
    site that is still open comes along:

    \b
    hugo2myst port main my-branch ../site | git -C ../site apply --3way
    """
    from migrate import pipeline
    from migrate.write import patch

    with _state(base) as old, _state(head) as new:
        options = read_options(str(new), dest, **given)
        ported = pipeline.port(old, new, dest, options)
    out = sys.stdout.buffer
    for part in patch.whole(ported.patches, binary=True):
        out.write(part)
    for path in ported.clashes:
        click.echo(f"{path}: edited by hand where the change is; use `git apply --3way`", err=True)
    for path in ported.absent:
        click.echo(f"{path}: isn't in the project", err=True)
    sys.exit(3 if ported.clashes or ported.absent else 0)


@contextmanager
def _state(name: str) -> Iterator[Path]:
    """A folder with a state of the sources: the folder itself, or a git revision written out."""
    import tarfile

    from migrate.diagnostics import MigrateError

    if Path(name).is_dir():
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        archive = Path(folder, "archive.tar")
        into = f"--output={archive}"
        command = ["git", "archive", "--format=tar", into, "--end-of-options", name]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "stderr", "") or str(error)
            message = f"is no folder and no git revision: {reason.strip()}"
            raise MigrateError(message, name) from None
        tree = Path(folder, "tree")
        with tarfile.open(archive) as tar:
            tar.extractall(tree, filter="data")
        yield tree
