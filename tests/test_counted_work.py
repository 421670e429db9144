"""How much work runs do, counted: seconds can't be tested on machines that others use as well.

Bounds are what is needed plus a little; a change that makes one of these grow makes every run
slower, on large sites by seconds.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyromark
import pytest

from migrate.pipeline import convert
from migrate.write.paths import RECORD

PAGES = 60


@dataclass
class Work:
    """What one run did."""

    parsed: int = 0
    """Texts that were parsed as Markdown."""
    read: list[str] = field(default_factory=list)
    """Files of the source that were opened."""
    opened: list[str] = field(default_factory=list)
    """Files of the project that were opened, to read or to write."""
    hashed: int = 0
    """Bytes."""


_open: list[tuple[Work, str]] = []
"""The run that is being counted; an audit hook can't be taken away."""


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if event != "open" or not _open or isinstance(args[0], int):
        return
    (work, source), name = _open[0], str(args[0])
    if name.startswith(source):
        if work.read[-1:] != [name]:  # `open` with an opener is told twice
            work.read.append(name)
    elif not name.startswith("/"):  # the writer opens all by name in a folder that it holds
        work.opened.append(name)


sys.addaudithook(_hear)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, source: Path) -> Iterator[Work]:
    """Count what happens inside."""
    work = Work()
    events, blake2b = pyromark.events_with_range, hashlib.blake2b

    def parse(*args: Any, **options: Any) -> Any:
        work.parsed += 1
        return events(*args, **options)

    class Counted:
        def __init__(self, data: bytes = b"", **options: Any) -> None:
            self._digest = blake2b(data, **options)
            work.hashed += len(data)

        def update(self, data: bytes) -> None:
            work.hashed += len(data)
            self._digest.update(data)

        def hexdigest(self) -> str:
            return self._digest.hexdigest()

    with monkeypatch.context() as patch:
        patch.setattr(pyromark, "events_with_range", parse)
        patch.setattr(hashlib, "blake2b", Counted)
        _open.append((work, str(source)))
        try:
            yield work
        finally:
            _open.clear()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site of pages that link to each other, every third to a heading; and its project."""
    folder = tmp_path_factory.mktemp("counted")
    source = folder / "site"
    (source / "content/posts").mkdir(parents=True)
    (source / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "Counted"\n')
    for number in range(PAGES):
        other = (number * 7 + 1) % PAGES
        heading = "#a-heading" if number % 3 == 0 else ""
        (source / f"content/posts/p{number}.md").write_text(
            f"---\ntitle: Page {number}\ndate: 2024-01-{number % 28 + 1:02}\n---\n\n"
            f"Some words of page {number}, a [link](/posts/p{other}/{heading}).\n\n"
            f"## A heading\n\n- one\n- two\n"
        )
    (source / "static").mkdir()
    (source / "static/picture.png").write_bytes(b"\x89PNG" + bytes(5000))
    settle()
    return source, folder / "project"


def settle() -> None:
    """Wait until files are old enough for their times to be trusted."""
    time.sleep(0.12)


@pytest.fixture(scope="module")
def full(site: tuple[Path, Path]) -> Work:
    """The first conversion."""
    with pytest.MonkeyPatch.context() as patch, counted(patch, site[0]) as work:
        convert(*site, workers=1)
    return work


def test_full_run(full: Work) -> None:
    linked = -(-PAGES // 3)
    # Each page once; where a heading is linked once more to find its id, once to label it.
    assert PAGES <= full.parsed <= PAGES + 2 * linked
    assert len(full.read) == len(set(full.read)), "no file of the source is opened twice"
    assert len(full.read) <= PAGES + 2, "and hugo.toml and netlify.toml"
    # Each page and its base; lists, redirects, their folders and the record are the others.
    assert len(full.opened) <= 2 * PAGES + 175
    assert full.hashed < 500_000, "the themes once, then the pages"


def test_run_without_work(site: tuple[Path, Path], full: Work, monkeypatch: Any) -> None:
    del full
    settle()
    convert(*site, workers=1)  # notes that there is nothing to do, if the first run was too fresh
    with counted(monkeypatch, site[0]) as work:
        convert(*site, workers=1)
    assert (work.parsed, work.read, work.opened) == (0, [], [])
    assert work.hashed < 300 * (PAGES * 4 + 300), "names, sizes and times only"


def test_one_page_changed(site: tuple[Path, Path], full: Work, monkeypatch: Any) -> None:
    del full
    page = site[0] / "content/posts/p5.md"
    settle()
    page.write_text(page.read_text() + "\nOne more line.\n")
    settle()
    convert(*site, workers=1)  # files that were just written aren't trusted: they are read again
    settle()
    page.write_text(page.read_text() + "\nAnd one more.\n")
    settle()
    with counted(monkeypatch, site[0]) as work:
        result = convert(*site, workers=1)
    linked = -(-PAGES // 3)
    assert work.parsed <= 1 + linked
    assert len(work.read) <= PAGES + 2
    names = {Path(name).name for name in work.opened}
    written = [str(c.path) for c in result.written.changes if c.written]
    assert [n for n in written if not n.startswith(RECORD)] == ["posts/p5.md"]
    assert not names & {f"p{n}.md" for n in range(PAGES) if n != 5}, "no other page is opened"
    assert len(work.opened) <= 80
    assert work.hashed < 400_000, "the themes, what is remembered, names and times; few texts"


def test_one_page_added(site: tuple[Path, Path], full: Work, monkeypatch: Any) -> None:
    del full
    for name in ("new0", "new1"):  # the second time nothing is too fresh to be trusted
        settle()
        page = site[0] / f"content/posts/{name}.md"
        page.write_text(f"---\ntitle: {name}\ndate: 2024-03-01\n---\n\n[It](../p5/#a-heading).\n")
        settle()
        with counted(monkeypatch, site[0]) as work:
            result = convert(*site, workers=1)
    assert work.parsed <= 4, "itself, and the page that it links into"
    assert len(work.read) <= PAGES + 5
    names = {Path(name).name for name in work.opened}
    written = {str(c.path) for c in result.written.changes if c.written}
    own = {name for name in written if not name.startswith((RECORD, "feed/", "redirects/"))}
    assert own <= {"myst.yml", "index.md", "posts/index.md", "posts/new1.md", "posts/p5.md"}
    assert not names & {f"p{n}.md" for n in range(PAGES) if n != 5}, "no other page is opened"
    assert len(work.opened) <= 130
    assert work.hashed < 480_000, "as for one that changed, and the list that shows it"


def test_imports_of_help() -> None:
    """`--help` loads no command, let alone what one needs."""
    code = (
        "import sys; sys.argv = ['hugo2myst', '--help']\n"
        "from migrate.cli import main\n"
        "try: main()\n"
        "except SystemExit: print('LOADED', *sorted(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    root = Path(__file__).parent.parent
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout
    shown, _, loaded = said.partition("LOADED")
    assert "convert" in shown and "verify" in shown
    ours = [name for name in loaded.split() if name.partition(".")[0] == "migrate"]
    known = {"migrate", "migrate.cli", "migrate.cli.commands", "migrate.diagnostics"}
    assert set(ours) - {"migrate.model"} <= known
    assert not {"yaml", "rich", "pyromark", "lxml", "subprocess"} & set(loaded.split())


def test_imports_of_a_run_without_work(site: tuple[Path, Path], full: Work) -> None:
    """What a run that has nothing to do loads: not the readers, converters and their libraries."""
    del full
    convert(*site, workers=1)
    settle()
    convert(*site, workers=1)
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from migrate.pipeline import convert;"
            f"convert({str(site[0])!r}, {str(site[1])!r}); print(*sorted(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()
    heavy = {"yaml", "bs4", "lxml", "pyromark", "jinja2", "rich", "email", "migrate.read",
             "migrate.convert", "migrate.plan", "migrate.themes"}  # fmt: skip
    assert not heavy & set(loaded)
    assert sum(name.startswith("migrate.") for name in loaded) <= 12
