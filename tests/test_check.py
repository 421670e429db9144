"""`check`: planted mistakes are found, each at its place in the project and in the old site."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.checking import Finding, check
from migrate.pipeline import convert

LINES = [f"Line {number} of the page." for number in range(1, 41)]
FRONT = ["---", "title: Page", "weight: 3", "slug: page", "---"]

MISTAKES = {
    2: "See [that](missing.md).",
    5: "![A picture](missing.png)",
    8: "See [there](#no-such-label).",
    11: "(twice)=\n\n(twice)=",
    14: ":::{nodirective}\nText.\n:::",
    17: "Use {norole}`this`.",
    20: "A {{< leftover >}} call.",
    23: ":::{note}\n:nooption: yes\n\nText.\n:::",
    26: "Cited by @nobody2024.",
    29: "[](https://example.org)",
}
"""Paragraph of the page -> what somebody wrote in its place."""


KEY = "subtitel: Of it"
"""A mistake in the front matter."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Finding]]:
    folder = tmp_path_factory.mktemp("check")
    site, project = folder / "site", folder / "project"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('title = "T"\nbaseURL = "https://example.org/"\n')
    body = "\n\n".join(LINES)
    (site / "content/page.md").write_text("\n".join(FRONT) + "\n" + body + "\n")
    convert(site, project)
    page = project / "page.md"
    text = page.read_text()
    for number, mistake in MISTAKES.items():
        text = text.replace(f"Line {number} of the page.", mistake)
    page.write_text(text.replace("title: Page\n", f"title: Page\n{KEY}\n"))
    return site, page, check(project, site)


@pytest.mark.parametrize("number", MISTAKES)
def test_each_mistake_is_found_at_its_lines(
    number: int, found: tuple[Path, Path, list[Finding]]
) -> None:
    site, page, findings = found
    written = page.read_text().split("\n")
    first = next(n for n, line in enumerate(written, 1) if line == MISTAKES[number].split("\n")[0])
    lines = range(first, first + len(MISTAKES[number].split("\n")))
    (here,) = [f for f in findings if f.line in lines]
    source = (site / "content/page.md").read_text().split("\n")
    wanted = source.index(f"Line {number} of the page.") + 1
    assert (here.source, here.source_line, here.blame) == ("content/page.md", wanted, "edit")


def test_a_mistake_in_the_front_matter(found: tuple[Path, Path, list[Finding]]) -> None:
    _, page, findings = found
    line = page.read_text().split("\n").index(KEY) + 1
    (here,) = [f for f in findings if f.line == line or "subtitel" in f.text]
    assert (here.line, here.code, here.source, here.blame) == (
        line, "HM820", "content/page.md", "edit",
    )  # fmt: skip


def test_nothing_else_is_found(found: tuple[Path, Path, list[Finding]]) -> None:
    _, page, findings = found
    assert len(findings) == len(MISTAKES) + 1
    written = page.read_text().split("\n")
    planted = {KEY} | {
        line for mistake in MISTAKES.values() for line in mistake.split("\n") if line
    }
    elsewhere = [f for f in findings if written[f.line - 1] not in planted]
    assert not elsewhere, elsewhere
