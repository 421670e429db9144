"""`--version`: ours and those of the engines that a run would use, where they are installed."""

from __future__ import annotations

import platform

import click

from migrate import __version__


def print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    """Print the versions and end, as `--version` does."""
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"hugo2myst {__version__}")
    click.echo(f"Python {platform.python_version()}")
    for line in _engines():
        click.echo(line)
    ctx.exit()


def _engines() -> list[str]:
    from migrate.diagnostics import MigrateError
    from migrate.engines import hugo, mystmd

    found = []
    try:
        found.append(f"Hugo {hugo.version()}")
    except MigrateError as error:
        found.append(str(error))
    try:
        myst, node = mystmd.versions()
        found += [f"mystmd {myst}", f"Node {node}"]
    except MigrateError as error:
        found.append(str(error))
    return found
