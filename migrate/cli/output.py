"""What commands print: the summary, single diagnostics, the progress bar."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.model import Diagnostic, Severity
from migrate.trust import trust

if TYPE_CHECKING:
    from migrate.result import Result

_SHOWN = 20
"""Diagnostics that the summary lists before it says that there are more."""
_REFRESH = 0.1
"""Seconds between two pictures of the progress bar."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def line(d: Diagnostic) -> str:
    """A diagnostic in one line: place, severity, code, words."""
    place = f"{d.source}:{d.line}" if d.line else d.source
    severity = click.style(str(d.severity), fg=_COLOURS[d.severity])
    return f"{place}: {severity} {d.code}: {d.message}"


def print_diagnostics(told: Iterable[Diagnostic], *, quiet: bool, verbose: bool) -> None:
    """Errors all, warnings the first ones, then how many of each code there are."""
    told = sorted(told, key=lambda d: (_ORDER[d.severity], d.source, d.line, d.code))
    errors = [d for d in told if d.severity is Severity.ERROR]
    others = [d for d in told if d.severity is not Severity.ERROR]
    if quiet:
        others = []
    elif not verbose:
        warnings = [d for d in others if d.severity is Severity.WARNING]
        others = warnings[: max(0, _SHOWN - len(errors))]
    for d in (*errors, *others):
        click.echo(line(d), err=d.severity is Severity.ERROR)
    if quiet or not told:
        return
    click.echo("")
    counts = Counter((_ORDER[d.severity], d.code) for d in told)
    by_code = {d.code: d for d in told}
    for (_, code), count in sorted(counts.items()):
        hint = f" ({by_code[code].hint})" if by_code[code].hint else ""
        d = by_code[code]
        click.echo(f"{count:6} {d.severity:8} {code} {trust(d, None):8}{hint}")
    if len(errors) + len(others) < len(told):
        click.echo("       all of them with places: .hugo2myst/report.json, or --verbose")


def print_summary(result: Result, dest: Path, *, quiet: bool, verbose: bool) -> None:
    """What a conversion did, in a screenful; the fate of the old URLs first."""
    urls = ", ".join(f"{count} {fate}" for fate, count in result.urls.items() if count)
    if not quiet:
        click.echo(f"old URLs:   {urls}\n")
    print_diagnostics(result.diagnostics, quiet=quiet, verbose=verbose)
    if quiet:
        return
    done = ", ".join(f"{n} {action}" for action, n in sorted(result.written.counts.items()))
    calls: Counter[str] = Counter()
    for (_, outcome), count in result.calls.items():
        calls[outcome] += count
    if result.diagnostics:
        click.echo("")
    if calls:
        told = ", ".join(f"{n} {outcome}" for outcome, n in calls.most_common())
        click.echo(f"shortcodes: {told}")
    if done:
        click.echo(f"files:      {done}")
    click.echo(
        f"{result.pages} pages, {result.assets} assets, {result.links} links rewritten"
        f" -> {click.format_filename(dest)}"
    )


class ProgressBar:
    """A progress bar on a terminal, nothing in a pipe; a context that gives what to tell."""

    def __init__(self, *, show: bool) -> None:
        self._show = show and sys.stderr.isatty()
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._shown = 0.0

    def __enter__(self) -> Callable[[str, int, int], None]:
        if self._show:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bar = Progress(
                TextColumn("{task.description:>10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                auto_refresh=False,  # no thread: worker processes are forked meanwhile
            )
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
