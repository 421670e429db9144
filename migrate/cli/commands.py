"""The group of commands, and the entry point of the console script."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

_COMMANDS = {
    "inspect": ("explain", "inspect_", "Say what SOURCE holds and what would become of it."),
    "init": ("explain", "init", "Write a hugo2myst.yml with comments for SOURCE."),
    "shortcodes": ("explain", "shortcodes", "List the shortcodes that are known, or one of them."),
    "convert": ("convert", "convert", "Convert SOURCE to the MyST project DEST, or update it."),
    "status": ("compare", "status", "Say what convert would do to each file of DEST."),
    "diff": ("compare", "diff", "Print what convert would change in DEST as a patch."),
    "port": ("compare", "port", "Print the patch for DEST of a change of the sources."),
    "check": ("prove", "check", "Build DEST with the real mystmd; say what it tells."),
    "verify": ("prove", "verify", "Compare each page with Hugo's rendering of it."),
    "report": ("report", "report", "Write a browsable report on the conversion."),
    "undo": ("convert", "undo", "Bring DEST back to the state before the last run."),
}
"""Name -> module of this package, function there, and the line that `--help` shows: a command is
loaded when it is called, so that no command waits for what another needs."""


class Commands(click.Group):
    """All commands; until `load` each is no more than its name and its line of help."""

    def load(self, *names: str) -> None:
        """Import the commands of these names; names that are none are passed over."""
        for name in names:
            if name in _COMMANDS:
                module, function, _ = _COMMANDS[name]
                self.add_command(getattr(import_module(f"migrate.cli.{module}"), function), name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called."""
        self.load(args[0])
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from migrate.cli.version import print_version

        print_version(ctx, param, wanted)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of hugo2myst and of the engines that are found.",
)
def cli() -> None:
    """Migrate a Hugo site, or its RSS feed, to a MyST project.

    \b
    hugo2myst inspect path/to/hugo-site
    hugo2myst convert path/to/hugo-site path/to/myst-project
    hugo2myst convert https://example.org/index.xml path/to/myst-project
    hugo2myst diff path/to/hugo-site path/to/myst-project
    """


for _name, (_, _, _words) in _COMMANDS.items():
    cli.add_command(click.Command(_name, short_help=_words))


def main() -> None:
    """Run the command line; an error that ends the run is one sentence, never a traceback."""
    from migrate.diagnostics import MigrateError

    # A site is hundreds of thousands of values that stay: looking through them again and again
    # for cycles takes a tenth of a conversion.
    gc.set_threshold(50_000, 20, 50)
    try:
        sys.exit(cli.main(standalone_mode=False))
    except (click.exceptions.Abort, KeyboardInterrupt):
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
    except OSError as error:  # a folder that can't be opened, a full disk: the machine's, not ours
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {place}{error.strerror or error}", err=True)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("HUGO2MYST_DEBUG"):
            raise
        click.echo(
            f"Error: this is a mistake of hugo2myst's ({type(error).__name__}: {error}).\n"
            "Please report it, with what HUGO2MYST_DEBUG=1 prints for the same command.",
            err=True,
        )
        sys.exit(70)
