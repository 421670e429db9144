"""`report`: pages on disk in which a person looks through a migration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from migrate.cli.output import ProgressBar
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
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write it (default: `report` beside DEST).",
)
@source_options
@json_option
def report(source: str, dest: Path, *, folder: Path | None, as_json: bool, **given: Any) -> None:
    """Write a browsable report on the conversion of SOURCE to DEST.

    Each page as Hugo shows it beside what mystmd understood, with their differences, both
    sources and all diagnostics; ticks for what was reviewed. Open its index.html in a browser:
    it needs no server and no network. Without Hugo or mystmd it says what it can't show.
    """
    from migrate import pipeline
    from migrate.report.folder import write_report

    options = read_options(source, dest, **given)
    folder = folder or dest.absolute().parent / "report"
    with ProgressBar(show=not as_json) as progress:
        written = write_report(pipeline.load(source, options, dest), dest, folder, progress)
    if as_json:
        told = {"index": str(written.index), "pages": written.trust, "notes": written.notes}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for note in written.notes:
        click.echo(note)
    counts = written.trust
    click.echo(
        f"{counts['safe']} pages are safe, {counts['changed']} need a look, "
        f"{counts['by hand']} need a person"
    )
    click.echo(click.format_filename(written.index))
