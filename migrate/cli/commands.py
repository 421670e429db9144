"""The group of commands, and the entry point of the console script."""

from __future__ import annotations

import gc
import os
import sys

import click

from migrate.cli.compare import diff, port, status
from migrate.cli.convert import convert, undo
from migrate.cli.explain import init, inspect_, shortcodes
from migrate.cli.prove import check, verify
from migrate.cli.report import report
from migrate.cli.version import print_version


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
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


for _command in (
    inspect_, init, shortcodes, convert, status, diff, port, check, verify, report, undo,
):  # fmt: skip
    cli.add_command(_command)


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
