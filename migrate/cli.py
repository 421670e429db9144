"""The command line: the only module that prints, asks and sets exit codes.

Everything heavy is imported inside the command that needs it, so that `--help` is instant.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate import __version__

if TYPE_CHECKING:
    from migrate.options import Options
    from migrate.pipeline import Result


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hugo2myst")
def cli() -> None:
    """Migrate a Hugo site, or its RSS feed, to a MyST project.

    \b
    hugo2myst convert path/to/hugo-site path/to/myst-project
    hugo2myst convert https://example.org/index.xml path/to/myst-project
    """


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads a source."""
    for option in (
        click.option("--no-hugo", is_flag=True, help="Never start real Hugo for unknown shortcodes."),
        click.option("--all-assets", is_flag=True, help="Copy static files that no page uses, too."),
        click.option("--site-url", "site_urls", multiple=True, metavar="URL",
                     help="A further URL or host that is this site (repeatable)."),
        click.option("--config", "config", multiple=True, metavar="FILE",
                     help="The site's configuration file, where Hugo would not find it (repeatable)."),
        click.option("--settings", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                     help="Read this file instead of hugo2myst.yml of SOURCE or DEST."),
        click.option("--expired", is_flag=True, help="Convert pages past their expiry date, too."),
        click.option("--future", is_flag=True, help="Convert pages dated in the future, too."),
        click.option("--drafts", is_flag=True, help="Convert drafts, too."),
    ):  # fmt: skip
        command = option(command)
    return command


@cli.command()
@click.argument("source")
@click.argument("dest", type=click.Path(file_okay=False, path_type=Path))
@source_options
@click.option("--force", is_flag=True, help="Write into a folder that isn't empty and isn't ours.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="List every diagnostic, not only the first ones.")
def convert(
    source: str, dest: Path, *, force: bool, as_json: bool, quiet: bool, verbose: bool, **given: Any
) -> None:
    """Convert SOURCE, a Hugo site's folder or a feed's file or URL, to the MyST project DEST.

    \b
    hugo2myst convert . ../my-myst-site
    hugo2myst convert feed.xml blog --site-url https://example.org

    Exit code: 0 clean, 1 converted with errors, 2 bad usage.
    """
    from migrate import pipeline

    options = read_options(source, dest, **given)
    with progress_bar(show=not (quiet or as_json)) as progress:
        result = pipeline.convert(source, dest, options, adopt=force, progress=progress)
    if as_json:
        click.echo(json.dumps(result.summary(), indent=2, ensure_ascii=False))
    else:
        print_summary(result, dest, quiet=quiet, verbose=verbose)
    sys.exit(result.exit_code)


def read_options(source: str, dest: Path | None, settings: Path | None, no_hugo: bool, **given: Any) -> Options:
    """Settings file first, then what the command line says over it."""
    from dataclasses import replace

    from migrate import options as reading

    options = reading.Options()
    folders = [Path(source), *([dest] if dest else [])]
    found = [settings] if settings else [p for folder in folders if (p := folder / reading.FILE).is_file()]
    for path in found:
        options = reading.load(path, options)
    changes = {key: value for key, value in given.items() if value}
    if no_hugo:
        changes["hugo"] = False
    return replace(options, **changes)


_REFRESH = 0.1
"""Seconds between two pictures of the progress bar."""


class progress_bar:  # noqa: N801 - reads as a statement
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self, *, show: bool) -> None:
        self._show = show and sys.stderr.isatty()
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._shown = 0.0

    def __enter__(self) -> Callable[[str, int, int], None]:
        if self._show:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
            from rich.progress import TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(),
                TimeRemainingColumn(), console=Console(stderr=True), transient=True,
                auto_refresh=False,  # no thread: worker processes are forked meanwhile
            )  # fmt: skip
            self._bar.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)
        if done == total or time.monotonic() - self._shown > _REFRESH:
            self._shown = time.monotonic()
            self._bar.refresh()


_SHOWN = 20
"""Diagnostics that the summary lists before it says that there are more."""


def print_summary(result: Result, dest: Path, *, quiet: bool, verbose: bool) -> None:
    """What the conversion did, in a screenful."""
    from collections import Counter

    from migrate.model import Severity

    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    told = sorted(result.diagnostics, key=lambda d: (order[d.severity], d.source, d.line))
    shown = [d for d in told if d.severity is Severity.ERROR or (verbose and not quiet)]
    if not (quiet or verbose):
        shown += [d for d in told if d.severity is Severity.WARNING][: max(0, _SHOWN - len(shown))]
    for d in shown:
        place = f"{d.source}:{d.line}" if d.line else d.source
        click.echo(f"{place}: {d.severity} {d.code}: {d.message}", err=d.severity is Severity.ERROR)
    if quiet:
        return
    counts = Counter((d.severity, d.code) for d in told)
    if counts:
        click.echo("")
    hints = {d.code: d.hint for d in told}
    for (severity, code), count in sorted(counts.items(), key=lambda item: (order[item[0][0]], item[0][1])):
        hint = f" ({hints[code]})" if hints[code] else ""
        click.echo(f"{count:6} {severity:8} {code}{hint}")
    if len(shown) < len(told):
        click.echo("       all of them with places: .hugo2myst/report.json, or --verbose")
    click.echo(
        f"\n{result.pages} pages, {result.assets} assets, {result.links} links rewritten"
        f" -> {click.format_filename(dest)}"
    )


def main() -> None:
    """Entry point of the console script; an error that ends the run is one sentence."""
    from migrate.diagnostics import MigrateError

    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped. Run the same command again to finish.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MigrateError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(141)
