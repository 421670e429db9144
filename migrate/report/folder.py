"""The report's folder: one page, its scripts, and one data file for each page of the site.

Data are scripts, for a page opened from the disk may not fetch files.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from migrate import __version__
from migrate.diagnostics import MigrateError
from migrate.engines.mystmd import Message
from migrate.model import Diagnostic, Severity
from migrate.plan import Plan
from migrate.report import overview
from migrate.report.evidence import Evidence, Progress, gather
from migrate.report.pages import ENGINE, Gatherer, Row
from migrate.report.pictures import FOLDER as FILES
from migrate.report.pictures import Pictures

GENERATOR = '<meta name="generator" content="hugo2myst report">'
"""By this line we know a folder as a report of ours, which may be written again."""
RECORD = ".hugo2myst/report.json"
"""What the last conversion said, in the project."""
_PAGES = "pages"
_STATIC = ("style.css", "frame.css", "list.js", "page.js", "app.js")


@dataclass(frozen=True, slots=True)
class Written:
    """What a report tells in short."""

    index: Path
    """The page to open."""
    trust: dict[str, int]
    """Pages by how far they are to be trusted."""
    notes: tuple[str, ...]
    """What it can't show, and why."""


def write_report(plan: Plan, destination: Path, folder: Path, progress: Progress) -> Written:
    """Write the report on the project at `destination`, made of the site of `plan`.

    Raises MigrateError where there is no such project, or `folder` holds something else.
    """
    summary = _summary(destination)
    _prepare(folder)
    evidence = gather(plan, destination, progress)
    about = _About(plan, summary, evidence)
    pictures = Pictures(plan, destination, folder)
    gatherer = Gatherer(
        plan, destination, evidence, pictures, about.by_page(), about.messages_by_file()
    )
    rows = []
    for number, page in enumerate(plan.site.pages, 1):
        row, shown = gatherer.gather(page)
        write_page(folder, row, shown)
        rows.append(row)
        progress("report", number, len(plan.site.pages))
    write_index(folder, about.title(), rows, summary, evidence.notes, about.of_the_site())
    return Written(folder / "index.html", overview.tiles(rows), evidence.notes)


def write_page(folder: Path, row: Row, shown: dict[str, Any]) -> None:
    """The data file of one page."""
    (folder / _PAGES).mkdir(exist_ok=True)
    (folder / _PAGES / f"{row.id}.js").write_text(_script("page", shown), "utf-8")


def write_index(
    folder: Path,
    title: str,
    rows: Sequence[Row],
    summary: dict[str, Any],
    notes: Sequence[str] = (),
    site_wide: Sequence[Diagnostic] = (),
) -> None:
    """The page itself, its scripts and style, and the list of pages."""
    from jinja2 import Environment

    package = files("migrate.report")
    source = (package / "templates" / "index.html.j2").read_text("utf-8")
    page = (
        Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        .from_string(source)
        .render(
            title=title,
            version=__version__,
            generator=GENERATOR,
            charts=overview.charts(rows, summary),
            tiles=overview.tiles(rows),
            total=len(rows),
            notes=notes,
            site_wide=site_wide,
        )
    )
    (folder / "index.html").write_bytes(page.encode("utf-8", "replace"))
    for name in _STATIC[:1] + _STATIC[2:]:
        (folder / name).write_bytes((package / "static" / name).read_bytes())
    data = {
        "site": sha256(title.encode("utf-8", "replace")).hexdigest()[:10],
        "style": (package / "static" / "frame.css").read_text("utf-8"),
        "columns": [field.name for field in fields(Row)],
        "rows": [astuple(row) for row in rows],
    }
    (folder / "data.js").write_text(_script("index", data), "utf-8")


def _script(name: str, data: Any) -> str:
    """Data as a call of the report's own script; nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f'hugo2myst.take("{name}",{text});\n'


def _summary(destination: Path) -> dict[str, Any]:
    try:
        found = json.loads((destination / RECORD).read_bytes())
    except OSError as error:
        raise MigrateError(
            "no conversion is recorded here; run `hugo2myst convert` first", str(destination)
        ) from error
    except ValueError as error:
        raise MigrateError("the record can't be read; convert again", RECORD) from error
    if not isinstance(found, dict):
        raise MigrateError("the record can't be read; convert again", RECORD)
    return found


def _prepare(folder: Path) -> None:
    """Make the folder, or empty what we wrote there before."""
    index = folder / "index.html"
    try:
        if folder.exists() and not folder.is_dir():
            raise MigrateError("this is a file, and the report needs a folder", str(folder))
        if folder.is_dir() and any(folder.iterdir()):
            ours = index.is_file() and GENERATOR in index.read_text("utf-8", "replace")[:2000]
            if not ours:
                raise MigrateError("the folder isn't empty and holds no report", str(folder))
            for name in (_PAGES, FILES):
                if (folder / name).is_dir() and not (folder / name).is_symlink():
                    shutil.rmtree(folder / name)
        folder.mkdir(parents=True, exist_ok=True)
        # Known as ours from here on, whatever happens before the last file is written.
        index.write_text(f"<!doctype html>{GENERATOR}<title>Unfinished</title>", "utf-8")
    except OSError as error:
        raise MigrateError(f"it can't be written: {error.strerror}", str(folder)) from error


@dataclass(frozen=True, slots=True)
class _About:
    """What was said, sorted by what it is about."""

    plan: Plan
    summary: dict[str, Any]
    evidence: Evidence

    def title(self) -> str:
        return self.plan.site.title or self.plan.site.base_url or "A site without title"

    def by_page(self) -> dict[str, list[Diagnostic]]:
        return _grouped(self._diagnostics(), "source")

    def messages_by_file(self) -> dict[str, list[Message]]:
        return _grouped(self.evidence.build.ours if self.evidence.build else (), "file")

    def of_the_site(self) -> list[Diagnostic]:
        """What is about no page of the site."""
        names = {page.name for page in self.plan.site.pages}
        places = {str(place) for place in self.plan.places.values()}
        said = [one for one in self._diagnostics() if one.source not in names]
        said += [
            Diagnostic(ENGINE, one.severity, one.file or "myst.yml", one.line, one.text)
            for one in (self.evidence.build.ours if self.evidence.build else ())
            if one.file not in places
        ]
        return said

    def _diagnostics(self) -> Iterator[Diagnostic]:
        for one in self.summary.get("diagnostics") or ():
            yield Diagnostic(
                str(one["code"]), Severity(one["severity"]), str(one["source"]),
                int(one["line"]), str(one["message"]), str(one.get("hint") or ""),
            )  # fmt: skip


def _grouped(said: Iterable[Any], name: str) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in said:
        groups[getattr(one, name)].append(one)
    return groups
