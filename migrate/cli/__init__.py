"""The command line: the only package that prints, asks and sets exit codes.

Everything heavy is imported inside the command that needs it, so that `--help` is instant.
"""

try:
    from migrate.cli.commands import main
except KeyboardInterrupt:  # Ctrl-C before there is a command that could say anything
    raise SystemExit(130) from None

__all__ = ["main"]
