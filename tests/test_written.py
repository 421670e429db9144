"""The static checks that run in `convert`: each finding has its line in the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.check.reading import misread
from migrate.check.scan import scan
from migrate.options import load
from migrate.pipeline import convert

MAPPING = """\
shortcodes:
  deadlink: {myst: "[there](nowhere.md)"}
  deadlabel: {myst: "[there](#nowhere)"}
  deadimage: {myst: "![Alt](nowhere.png)"}
  board: {myst: "Before <canvas> after"}
  note: {myst: "<div>A note[^1].</div>"}
"""
CALLS = {
    "deadlink": "HM810",
    "deadlabel": "HM811",
    "deadimage": "HM813",
    "board": "HM822",
    "note": "HM823",
}
BODY = "\n\n".join(f"Text about {name}.\n\n{{{{< {name} >}}}}" for name in CALLS)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('title = "T"\n')
    (site / "hugo2myst.yml").write_text(MAPPING)
    (site / "content/page.md").write_text(f"---\ntitle: Page\n---\n{BODY}\n\n[^1]: Text.\n")
    (site / "content/whole.md").write_text("---\ntitle: Whole\n---\nSee [it](page.md) $5 or $6.\n")
    return site


def test_findings_have_their_lines_in_the_source_and_stay_on_a_second_run(
    site: Path, tmp_path: Path
) -> None:
    source = (site / "content/page.md").read_text().split("\n")
    wanted = {
        (code, source.index(f"{{{{< {name} >}}}}") + 1) for name, code in CALLS.items()
    }  # fmt: skip
    options = load(site / "hugo2myst.yml")
    first = convert(site, tmp_path / "out", options)
    (site / "content/whole.md").write_text("---\ntitle: Whole\n---\nNow $5 or $6.\n")
    second = convert(site, tmp_path / "out", options)
    for result in (first, second):
        found = [d for d in result.diagnostics if d.code.startswith("HM8")]
        assert {(d.code, d.line) for d in found} == wanted
        assert {d.source for d in found} == {"content/page.md"}


def test_what_the_conversion_told_is_not_told_twice(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('title = "T"\n')
    (site / "content/page.md").write_text("See [this](gone.md), ![that](gone.png) {{< what >}}.\n")
    codes = {d.code for d in convert(site, tmp_path / "out").diagnostics}
    assert not {code for code in codes if code.startswith("HM8")}, codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ask @jane of us.", "@jane"),
        ("Text\n\n% of all people.", "% of all people."),
        ("It costs $5 and then $6 a month.", "$5 and then $"),
    ],
)
def test_text_that_becomes_syntax(text: str, said: str) -> None:
    found = [d.message.split("`")[1] for d in misread("a.md", text, scan(text), text, dollars=True)]
    assert found == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Ask \\@jane, [@jane](https://x.org/@jane), [the\n@jane][jane], a@jane.org, `a\n@jane`.",
        "<https://x.org/@jane> <a href='/@jane'>me</a>\n\n[jane]: https://x.org/@jane",
        "```\n@jane\n% x\n$5 and some $\n<form>\n```\n",
        "Text:\n\n    @jane <form>\n",
        "% hugo2myst HM301: nothing\n\n- a\n\n%\n\n- b",
        "The formula $5x + \\alpha$ and \\$5 or more, up to \\$6.",
        "Write `<form>` or \\<form>.",
    ],
)
def test_look_alikes(text: str) -> None:
    assert not [d.message for d in misread("a.md", text, scan(text), text, dollars=True)]


@pytest.mark.parametrize("piece", ["@a ", "[", "[@a", "$5 abc ", "<b>", "`@a", "% x\n", "<div>[^"])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * 20_000
    list(misread("a.md", text, scan(text), text, dollars=True))
