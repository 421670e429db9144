"""The command line: the only package that prints, asks and sets exit codes.

Everything heavy is imported inside the command that needs it, so that `--help` is instant.
"""

from migrate.cli.commands import main

__all__ = ["main"]
