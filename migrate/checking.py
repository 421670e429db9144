"""`check`: what our own checks and the real mystmd say of a project, led back to the old site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from migrate.check.blame import Blame, Told, blame_finding, named, read_told
from migrate.check.lines import source_line
from migrate.check.static import check_project
from migrate.diagnostics import MigrateError
from migrate.engines import mystmd
from migrate.model import Severity
from migrate.read.disk import Unreadable, read_text
from migrate.write.manifest import Manifest
from migrate.write.paths import RECORD
from migrate.write.tree import Tree, view_tree

_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that mystmd or our own check has to say of a project."""

    file: str
    """In the project."""
    line: int
    severity: Severity
    text: str
    code: str = ""
    """Of our own checks; mystmd's messages have none."""
    source: str = ""
    """The page of the old site, where it is known."""
    source_line: int = 0
    blame: Blame = "conversion"


def check(destination: Path, source: Path | None = None, *, build: bool = True) -> list[Finding]:
    """Findings of our static checks and of mystmd's build, each with its place in the old site.

    `source` is the old site's folder, for lines of its files. Raises MigrateError where there is
    no project, or no mystmd though `build` is asked for.
    """
    with view_tree(destination, adopt=True) as tree:
        base = tree.manifest.root if tree else ""
    found = [
        Finding(d.source, d.line, d.severity, d.message, d.code)
        for d in check_project(destination, base)
    ]
    if build:
        found += [
            Finding(m.file, m.line, m.severity, m.text)
            for m in mystmd.build(destination).ours
            if not any(_says_the_same(ours, m) for ours in found)
        ]
    with view_tree(destination, adopt=True) as tree:
        if tree is None:
            return found
        told = read_told(destination / RECORD / "report.json")
        origins = _origins(tree.manifest)
        if tree.manifest.language:
            found = [one for one in found if not _to_other_project(one)]
        return [_led_back(f, destination, source, origins, told, _written(tree, f)) for f in found]


def _to_other_project(finding: Finding) -> bool:
    """How a project of one language leads to another one's where the site's host isn't known."""
    path = named(finding.text).partition("#")[0]
    return finding.code == "HM810" and path.startswith("/") and path.endswith("/index.html")


def _says_the_same(ours: Finding, message: mystmd.Message) -> bool:
    """A check of ours that has told of the place, or of the very file that mystmd misses."""
    if ours.file != message.file:
        return False
    if (message.line or -1) == ours.line:
        return True
    missed = _QUOTED.search(message.text)
    if missed and f"`{missed[1]}`" in ours.text:
        return True
    name = named(ours.text)
    whole = re.compile(rf"\b{re.escape(name)}\b")
    return bool(name and not message.line and whole.search(message.text))


def _written(tree: Tree, finding: Finding) -> frozenset[str] | None:
    """The lines of the finding's file as the conversion wrote them; None if nobody edited it."""
    if not tree.is_edited(PurePosixPath(finding.file)):
        return None
    try:
        base = tree.record.base(tree.manifest.files[finding.file].hash)
    except (OSError, MigrateError):
        return None
    return None if base is None else frozenset(base.decode("utf-8", "replace").splitlines())


def _origins(manifest: Manifest) -> dict[str, str]:
    """File in the project -> page of the old site."""
    return {
        path: file.identity
        for path, file in manifest.files.items()
        if file.identity in manifest.pages
    }


def _led_back(
    finding: Finding, destination: Path, source: Path | None, origins: Mapping[str, str],
    told: Told, written: frozenset[str] | None,
) -> Finding:  # fmt: skip
    origin = origins.get(finding.file, "")
    page = _lines(destination / finding.file)
    line = 0
    if origin and source is not None and finding.line:
        line = source_line(_lines(source / origin.partition("#")[0]), page, finding.line)
    by_hand = False
    if written is not None and 0 < finding.line <= len(page):
        by_hand = page[finding.line - 1] not in written
    blame = blame_finding(finding.text, origin, told, edited=by_hand)
    return replace(finding, source=origin, source_line=line, blame=blame)


def _lines(file: Path) -> list[str]:
    """The lines of a page; none where it can't be read."""
    try:
        return read_text(file).text.splitlines()
    except (OSError, Unreadable):
        return []
