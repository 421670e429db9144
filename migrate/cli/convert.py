"""`convert` and `undo`: the commands that write."""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import click

from migrate.cli.output import ProgressBar, print_summary
from migrate.cli.settings import (
    dest_argument,
    json_option,
    read_options,
    source_argument,
    source_options,
)


@click.command()
@source_argument
@dest_argument
@source_options
@click.option("--force", is_flag=True, help="Write into a folder that isn't empty and isn't ours.")
@click.option(
    "--on-conflict",
    type=click.Choice(["stop", "keep", "incoming", "markers"]),
    default="stop",
    show_default=True,
    help="Where hand edits and the source clash: leave the file and put the new text "
    "beside the record, keep the file for good, take the new text, or mark both.",
)
@click.option("--prune", is_flag=True, help="Remove files whose source is gone, if unedited.")
@click.option(
    "--restore",
    multiple=True,
    metavar="PATH",
    help="Write again a file or folder that was deleted by hand (repeatable).",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done, as `status` does.")
@click.option(
    "--git",
    "with_git",
    is_flag=True,
    help="Commit the result in two commits, moves first, so that history follows.",
)
@click.option(
    "--verify",
    "proven",
    is_flag=True,
    help="Then compare each page with Hugo's rendering; 1 if one can't be proved.",
)
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    help="Processes to convert in (default: one for each processor).",
)
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="List every diagnostic.")
@click.pass_context
def convert(
    ctx: click.Context, /, source: str, dest: Path, *, force: bool, on_conflict: Any, prune: bool,
    restore: tuple[str, ...], dry_run: bool, with_git: bool, proven: bool, workers: int,
    as_json: bool, quiet: bool, verbose: bool, **given: Any,
) -> None:  # fmt: skip
    """Convert SOURCE, a Hugo site's folder or a feed's file or URL, to the MyST project DEST.

    On a project that exists only what changed is converted, and hand edits are kept.

    \b
    hugo2myst convert . ../my-myst-site
    hugo2myst convert feed.xml blog --site-url https://example.org

    Exit code: 0 clean, 1 converted with errors, 2 bad usage, 3 hand edits clash with the source.
    """
    from migrate import pipeline

    if dry_run:
        from migrate.cli.compare import status

        ctx.invoke(status, source=source, dest=dest, prune=prune, as_json=as_json, **given)
    options = read_options(source, dest, **given)
    policy = pipeline.Policy(on_conflict, prune, tuple(PurePosixPath(path) for path in restore))
    with ProgressBar(show=not (quiet or as_json)) as progress:
        result = pipeline.convert(
            source, dest, options, policy, adopt=force, workers=workers, progress=progress
        )
    if with_git:
        _commit(result, dest, quiet=quiet or as_json)
    found = None
    if proven:
        from migrate.cli.prove import verified

        found = verified(source, dest, options, sample=0)
    if as_json:
        summary = result.summary() | ({"verified": found.as_json()} if found else {})
        click.echo(json.dumps(summary, indent=2, ensure_ascii=False))
    else:
        print_summary(result, dest, quiet=quiet, verbose=verbose)
        if found and not quiet:
            from migrate.cli.prove import print_verified

            print_verified(found, verbose=verbose)
    sys.exit(result.exit_code or int(found is not None and bool(found.unproved)))


def _commit(result: Any, dest: Path, *, quiet: bool) -> None:
    from migrate.write.history import commit_run

    made = commit_run(dest, result.written.changes, result.sources)
    if not quiet:
        for name, commit in (("moves", made.moves), ("edits", made.edits)):
            if commit:
                click.echo(f"committed {name}: {commit[:12]}")


@click.command()
@dest_argument
def undo(dest: Path) -> None:
    """Bring the project DEST back to the state before the last run.

    Files that were changed by hand since that run are left as they are.
    """
    from migrate.write.undo import undo as take_back

    undone = take_back(dest)
    for path in undone.left:
        click.echo(f"left: {path} (changed since)")
    click.echo(f"{len(undone.restored)} files restored, {len(undone.left)} left")
    sys.exit(1 if undone.left else 0)
