"""Arguments and options that several commands share, defined once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.options import REDIRECTS

if TYPE_CHECKING:
    from migrate.options import Options

Command = Callable[..., Any]

source_argument = click.argument("source")
dest_argument = click.argument("dest", type=click.Path(file_okay=False, path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def source_options(command: Command) -> Command:
    """The options of every command that reads a source."""
    for option in (
        click.option("--no-hugo", is_flag=True, help="Never start real Hugo."),
        click.option("--all-assets", is_flag=True, help="Copy files that no page uses, too."),
        click.option("--fetch-assets", is_flag=True,
                     help="Fetch what a feed's pages show, from the site's own hosts."),
        click.option("--redirects", multiple=True, type=click.Choice(REDIRECTS),
                     help="Form of the redirects from old URLs (repeatable; default: html)."),
        click.option("--language", metavar="CODE",
                     help="Convert this language only, with links to the others' projects."),
        click.option("--site-url", "site_urls", multiple=True, metavar="URL",
                     help="A further URL or host that is this site (repeatable)."),
        click.option("--config", multiple=True, metavar="FILE",
                     help="The site's configuration, where Hugo would not find it (repeatable)."),
        click.option("--settings", type=click.Path(exists=True, dir_okay=False, path_type=Path),
                     help="Read this file instead of hugo2myst.yml of SOURCE or DEST."),
        click.option("--expired", is_flag=True, help="Convert pages past their expiry date, too."),
        click.option("--future", is_flag=True, help="Convert pages dated in the future, too."),
        click.option("--drafts", is_flag=True, help="Convert drafts, too."),
    ):  # fmt: skip
        command = option(command)
    return command


def read_options(
    source: str, dest: Path | None, settings: Path | None, no_hugo: bool, **given: Any
) -> Options:
    """The settings file first, then what the command line says over it."""
    from dataclasses import replace

    from migrate import options as reading

    options = reading.Options()
    folders = [Path(source), *([dest] if dest else [])]
    found = [p for folder in folders if (p := folder / reading.FILE).is_file()]
    for path in [settings] if settings else found:
        options = reading.load(path, options)
    changes = {key: value for key, value in given.items() if value}
    if no_hugo:
        changes["hugo"] = False
    return replace(options, **changes)
