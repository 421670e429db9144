"""`inspect`, `shortcodes` and `init`: what a site holds and what would become of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.output import ProgressBar
from migrate.cli.settings import json_option, read_options, source_argument, source_options

if TYPE_CHECKING:
    from migrate.inspect import Inspection


@click.command("inspect")
@source_argument
@source_options
@click.option("--all", "all_rows", is_flag=True, help="List all rows of every table.")
@json_option
def inspect_(source: str, *, all_rows: bool, as_json: bool, **given: Any) -> None:
    """Say what SOURCE holds and what each thing would become; nothing is written.

    \b
    hugo2myst inspect path/to/hugo-site
    hugo2myst inspect path/to/hugo-site --json | jq .estimate
    """
    from dataclasses import asdict

    found = _inspect(source, given, show=not as_json)
    if as_json:
        click.echo(json.dumps({"version": 1, **asdict(found)}, indent=1, ensure_ascii=False))
        return
    from migrate.cli.tables import print_inspection

    print_inspection(found, all_rows=all_rows)


def _inspect(source: str, given: dict[str, Any], *, show: bool) -> Inspection:
    from migrate import pipeline

    with ProgressBar(show=show) as progress:
        return pipeline.inspect(source, read_options(source, None, **given), progress=progress)


@click.command()
@click.argument("name", required=False)
@click.option("--site", metavar="SOURCE", help="Say what it becomes on this site.")
@json_option
def shortcodes(name: str | None, *, site: str | None, as_json: bool) -> None:
    """List the shortcodes that are known, or say what becomes of NAME, and why.

    \b
    hugo2myst shortcodes
    hugo2myst shortcodes callout
    hugo2myst shortcodes cta --site path/to/hugo-site
    """
    from dataclasses import asdict

    from migrate import pipeline
    from migrate.cli import tables
    from migrate.inspect import known
    from migrate.shortcodes.survey import survey

    plan = pipeline.load(site, read_options(site, None, None, no_hugo=False)) if site else None
    if name is None:
        names = known.names()
        if plan is not None:
            used = {use.name for use in survey(plan)}
            names = {one: names.get(one.lower(), []) for one in sorted(used)}
        if as_json:
            click.echo(json.dumps(names, indent=1, ensure_ascii=False))
        else:
            tables.print_names(names)
        return
    found = known.explain(name, plan)
    here = known.on_site(name, plan) if plan else None
    if as_json:
        told = {"name": name, "site": here and asdict(here), "mappings": [asdict(f) for f in found]}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    if site and here is None:
        click.echo(f"No page of the site calls `{name}`.")
    tables.print_explained(name, found, here)


@click.command()
@click.argument("source", required=False)
@source_options
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write this file instead of hugo2myst.yml in SOURCE; `-` is standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of hugo2myst.yml, for editors.")
def init(
    source: str | None, *, output: Path | None, force: bool, schema: bool, **given: Any
) -> None:
    """Inspect SOURCE and write a hugo2myst.yml with comments, to be edited.

    On a terminal it asks what there is to decide; elsewhere all decisions are left as comments,
    so that the file changes nothing by itself.

    \b
    hugo2myst init path/to/hugo-site
    hugo2myst init --schema > hugo2myst.schema.json
    """
    if schema:
        from migrate.inspect.schema import schema as made

        click.echo(json.dumps(made(), indent=2, ensure_ascii=False))
        return
    if source is None:
        raise click.UsageError("Missing argument 'SOURCE'.")
    from migrate import options
    from migrate.inspect.settings import settings_file

    if output is None and not Path(source).is_dir():
        raise click.UsageError("A feed has no folder: name the file in the project with -o.")
    path = output or Path(source, options.FILE)
    asks = sys.stdin.isatty() and sys.stdout.isatty() and str(path) != "-"
    if str(path) != "-" and not force:
        _check(path, asks=asks)
    found = _inspect(source, given, show=True)
    text = settings_file(found, _chosen(found) if asks else ())
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} can't be written: {error.strerror}") from None
    click.echo(f"{path} is written. Edit it, then: hugo2myst convert {source} DEST")


def _check(path: Path, *, asks: bool) -> None:
    """Never overwrite unasked."""
    if not path.exists():
        return
    if asks and click.confirm(f"{path} is there. Overwrite it?", default=False):
        return
    raise click.ClickException(f"{path} is there and left as it is; --force overwrites it")


def _chosen(found: Inspection) -> list[str]:
    """The decisions that the person takes; a mapping is for the editor, not for a question."""
    pages = f"{found.pages.total} pages, {found.estimate.clean} of them need nothing."
    click.echo(f"{found.title}: {pages}\nEnter takes the answer in capitals.\n")
    return [
        one.question
        for one in found.decisions
        if not one.lines.startswith("shortcodes:")
        and click.confirm(f"{one.question} ({one.why})", default=one.likely)
    ]
