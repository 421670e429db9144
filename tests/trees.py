"""Small projects for tests of writing: outputs from a mapping, trees read back as one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.model import Output
from migrate.write.change import Written
from migrate.write.policy import Policy
from migrate.write.tree import write

Content = str | bytes | Path


def outputs(
    files: Mapping[str, Content], identities: Mapping[str, str] | None = None
) -> list[Output]:
    """One output a file; its identity is `source of <path>` unless another is given."""
    named = identities or {}
    return [
        Output(
            PurePosixPath(path),
            data.encode() if isinstance(data, str) else data,
            named.get(path, f"source of {path}"),
        )
        for path, data in files.items()
    ]


def run(
    destination: Path,
    files: Mapping[str, Content],
    identities: Mapping[str, str] | None = None,
    adopt: bool = False,
    **policy: Any,
) -> Written:
    """A whole run."""
    return write(outputs(files, identities), destination, Policy(**policy), adopt=adopt, tool="1")


def tree(folder: Path, record: bool = False) -> dict[str, str]:
    """Every file below a folder; without `record` those that people see."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (record or not name.startswith(".hugo2myst/")):
            found[name] = path.read_bytes().decode("utf-8", "backslashreplace")
    return found


def actions(written: Written) -> dict[str, str]:
    """Path -> action, of files that are not unchanged."""
    return {str(done.path): str(done.action) for done in written.changes}


def codes(written: Written) -> list[str]:
    """The codes of all diagnostics, in order."""
    return [diagnostic.code for diagnostic in written.diagnostics]
