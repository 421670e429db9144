"""Mistakes planted in a project are found without an engine, each at its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from migrate.check.scan import scan
from migrate.check.static import check_project
from migrate.diagnostics import MigrateError

CONFIG = """\
version: 1
project:
  static_files: [redirects/old, index.xml]
  toc:
    - file: index.md
    - file: docs/a
      children:
        - pattern: blog/2*.md
    - title: Group
      children: [{file: docs/b.md}, {file: docs/B_.md}, {file: gone.md}, {file: 日本.md}]
site:
  options: {folders: true}
"""
PAGES = {
    "index.md": "---\ntitle: Home\nlabel: home\n---\n\n"
    "[ok](docs/a.md) [ok](/docs/b.md#one) [](#home)\n"
    "[dead](docs/none.md) `[no](link)`\n"
    "![no](img/none.png) ![ok](img/a.png) [![ok](img/a.png)](https://x.org)\n"
    "[implicit](docs/a.md#head)\n[out](draft.md)\n"
    "[url](/docs/a/) [stub](/old/x/) [feed](/index.xml)\n",
    "docs/a.md": "(one)=\n## Head\n\n```\n[no](link) {{< x >}}\n```\n\nText {{< x >}}.\n\n"
    ":::{figure} ../img/no.png\n:label: fig\nCaption [wrapped\nover lines](../none.pdf)\n:::\n"
    "{button}`Go <nowhere.md>` {ref}`fig`\n",
    "docs/b.md": "% [commented](none.md)\n\n(ONE)=\n## Again\n\n{div .x #boxed}\n[ok](#boxed)\n",
    "docs/B_.md": "x\n",
    "blog/2024-01-01.md": "[ref]\n\n[ref]: ../docs/missing.md\n\n```{mermaid}\n[no](link)\n```\n",
    "draft.md": "[unbuilt](none.md)\n",
    "日本.md": "\\[x\\](#no) \\{ref}`no` ![a\\](no.png)\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "myst.yml").write_text(CONFIG)
    (tmp_path / "img").mkdir()
    (tmp_path / "img/a.png").write_bytes(b"png")
    for name, text in PAGES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_planted_mistakes(project: Path) -> None:
    found = [(d.source, d.line, d.code) for d in check_project(project)]
    assert found == [
        ("blog/2024-01-01.md", 3, "HM810"),
        ("docs/a.md", 8, "HM815"),
        ("docs/a.md", 10, "HM813"),
        ("docs/a.md", 13, "HM810"),
        ("docs/a.md", 15, "HM810"),
        ("docs/b.md", 0, "HM816"),
        ("docs/b.md", 3, "HM812"),
        ("index.md", 7, "HM810"),
        ("index.md", 8, "HM813"),
        ("index.md", 9, "HM811"),
        ("index.md", 10, "HM814"),
        ("myst.yml", 0, "HM818"),
        ("日本.md", 0, "HM817"),
    ]


def test_without_a_toc_every_page_counts(project: Path) -> None:
    (project / "myst.yml").write_text("version: 1\n")
    found = {(d.source, d.code) for d in check_project(project)}
    assert ("draft.md", "HM810") in found
    assert ("index.md", "HM814") not in found


@pytest.mark.parametrize("config", [None, "project: [\n"])
def test_no_project(tmp_path: Path, config: str | None) -> None:
    if config is not None:
        (tmp_path / "myst.yml").write_text(config)
    with pytest.raises(MigrateError):
        check_project(tmp_path)


@pytest.mark.parametrize(
    "piece",
    ["`a``b```c````d ", "[", "![a", "](", "{div ", "<div ", "`", "` ", "](<", "](a(", "(a)="],
)
def test_hostile_lines_take_no_time(piece: str) -> None:
    started = time.perf_counter()
    scan(piece * 100_000)
    assert time.perf_counter() - started < 2


def test_a_thousand_pages_a_second(tmp_path: Path) -> None:
    body = "---\ntitle: T\n---\n\n" + "Some [link](page-1.md) and `code`, text.\n\n" * 60
    (tmp_path / "myst.yml").write_text("version: 1\n")
    for number in range(300):
        (tmp_path / f"page-{number}.md").write_text(f"(l{number})=\n{body}")
    started = time.perf_counter()
    assert check_project(tmp_path) == ()
    assert time.perf_counter() - started < 3
