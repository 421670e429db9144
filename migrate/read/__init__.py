"""Reading: a Hugo site's folder, or a feed, to a Site."""

from __future__ import annotations

from pathlib import Path

from migrate.diagnostics import MigrateError
from migrate.memory import NOTHING, Memory
from migrate.model import Site
from migrate.options import Options


def read_site(source: str, options: Options, memory: Memory = NOTHING) -> Site:
    """Read `source`: the root folder of a Hugo site, or the file or URL of a feed.

    `memory` spares parsing again what an earlier run has parsed.

    Raises MigrateError where there is nothing that could be read.
    """
    path = Path(source)
    if path.is_dir():
        from migrate.read.hugo import read

        return read(path, options, memory)
    if not source.startswith(("http://", "https://")) and not path.exists():
        raise MigrateError("there is no such file or folder", source)
    from migrate.read.feed import read_feed

    return read_feed(source, options)
