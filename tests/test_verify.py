"""`verify` with both real engines: verdicts, what can't be compared, who is to blame, base URLs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_site import PNG

from migrate.cli.commands import cli
from migrate.options import Options
from migrate.pipeline import convert, load
from migrate.verification import PageVerdict, Verified, verify

LINKS = """\
---
title: Links
---
[by file](../b.md) [by path]({base}b/) [with host](https://x.org{base}b/#second)
[relative](../b/) [ref]({{{{< ref "b" >}}}}) [relref]({{{{< relref "b#second" >}}}})
[file]({base}data.csv) ![picture](/img/a.png) ![again]({base}img/a.png) [top]({base})
"""
SITE = {
    "content/_index.md": "---\ntitle: Home\n---\nWelcome to [B](b.md).\n",
    "content/b.md": "---\ntitle: B\n---\n## First\n\nText.\n\n## Second\n\nMore.\n",
    "static/img/a.png": PNG,
    "static/data.csv": "a,b\n",
}
UNPROVED = {
    "content/stub.md": "---\ntitle: Stub\n---\nBefore {{< nobody-knows this >}} after.\n",
    "content/taken.md": "---\ntitle: Taken\n---\nThis file goes from the project.\n",
    "content/unlisted.md": "---\ntitle: Unlisted\n---\nThis one goes from its toc.\n",
    "content/damaged.md": "---\ntitle: Damaged\n---\nA word is taken from here.\n",
    "content/lost.md": "---\ntitle: Lost\n---\nBefore {{< say >}} after.\n",
    "layouts/shortcodes/say.html": "some words",
    "content/broken.md": "---\ntitle: Broken\n---\nThis [link](gone.md) is broken.\n",
}


def write(site: Path, base: str, more: dict[str, str]) -> Path:
    files = {**SITE, **more, "content/links/a.md": LINKS.format(base=base)}
    files["hugo.toml"] = f'title = "T"\nbaseURL = "https://x.org{base}"\n'
    for name, data in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return site


@pytest.mark.parametrize("base", ["/", "/docs/"])
def test_links_under_the_root_and_under_a_sub_path(base: str, tmp_path: Path) -> None:
    site = write(tmp_path / "site", base, {})
    result = convert(site, tmp_path / "out")
    assert result.exit_code == 0, result.diagnostics
    found = verify(load(site, Options()), tmp_path / "out")
    assert [(p.source, p.comparison.differences) for p in found.unproved] == []
    assert {page.source for page in found.pages} >= {"content/links/a.md", "content/b.md"}
    # A link that leads elsewhere is found under either base.
    page = tmp_path / "out/links/a.md"
    page.write_text(page.read_text().replace("[by path](../b.md)", "[by path](../index.md)"))
    again = verify(load(site, Options()), tmp_path / "out")
    told = [d for p in again.unproved for d in p.comparison.differences]
    assert [d.kind for d in told] == ["link"], told


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Verified]:
    folder = tmp_path_factory.mktemp("verify")
    site, project = write(folder / "site", "/", UNPROVED), folder / "out"
    # A mapping that leaves out what readers see: nothing but the comparison tells of it.
    convert(site, project, Options(mapping={"shortcodes": {"say": {"drop": True}}}))
    (project / "taken.md").unlink()
    damaged = project / "damaged.md"
    damaged.write_text(damaged.read_text().replace("A word is", "It is"))
    config = project / "myst.yml"
    text = config.read_text()
    assert text.count("    - file: unlisted.md\n") == 1
    config.write_text(text.replace("    - file: unlisted.md\n", ""))
    return site, project, verify(load(site, Options()), project)


def of(found: Verified, name: str) -> PageVerdict:
    return next(page for page in found.pages if page.source == f"content/{name}.md")


@pytest.mark.parametrize(
    ("name", "verdict", "blame"),
    [
        ("b", "identical", None),
        ("stub", "not comparable", "original"),
        ("taken", "missing", "edit"),
        ("unlisted", "missing", "engine"),
        ("damaged", "differs", "edit"),
        ("lost", "differs", "conversion"),
    ],
)
def test_each_page_has_its_verdict_and_who_is_to_blame(
    name: str, verdict: str, blame: str | None, found: tuple[Path, Path, Verified]
) -> None:
    page = of(found[2], name)
    assert (page.verdict, page.blame) == (verdict, blame), page.why


def test_pages_with_a_missing_template_do_not_count(found: tuple[Path, Path, Verified]) -> None:
    verified = found[2]
    stub = of(verified, "stub")
    assert stub.comparison.stubs == ("nobody-knows",)
    assert stub not in verified.compared
    told = verified.as_json()
    row = next(page for page in told["pages"] if page["source"] == "content/stub.md")
    assert (row["verdict"], row["templates_missing"]) == ("not comparable", ["nobody-knows"])
    same = sum(page.comparison.same_words for page in verified.compared)
    assert verified.same_words == 100 * same / (len(verified.pages) - 1)


def test_hugo_s_own_template_in_the_place_of_a_theme_s_proves_no_difference(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text(
        'title = "T"\nmodule = {imports = [{path = "HUGOBLOX"}]}\n'.replace(
            "HUGOBLOX", "github.com/HugoBlox/hugo-blox-builder/modules/blox-tailwind"
        )
    )
    page = '---\ntitle: A\n---\nText.\n\n{{< figure src="/a.png" title="Shown" >}}\n'
    (site / "content/a.md").write_text(page)
    (site / "content/b.md").write_text(page.replace("title=", "caption="))
    convert(site, tmp_path / "out")
    file = tmp_path / "out/a.md"
    file.write_text(file.read_text().replace("Text.", "Words."))
    found = {page.source: page for page in verify(load(site, Options()), tmp_path / "out").pages}
    assert found["content/a.md"].verdict == "not comparable"
    assert found["content/a.md"].comparison.stubs == ("figure",)
    assert found["content/b.md"].verdict == "identical"


def test_exit_codes(tmp_path: Path) -> None:
    known = write(tmp_path / "known", "/", {})
    unknown = write(tmp_path / "unknown", "/", {"content/stub.md": UNPROVED["content/stub.md"]})
    run = CliRunner().invoke
    proved = run(cli, ["convert", str(known), str(tmp_path / "a"), "--verify"])
    assert proved.exit_code == 0, proved.output
    assert "same words:  100.0 % of" in proved.output
    unproved = run(cli, ["convert", str(unknown), str(tmp_path / "b"), "--verify", "--json"])
    assert unproved.exit_code == 1
    assert json.loads(unproved.stdout)["verified"]["blames"] == {"original": 1}
    # What can't be compared neither helps nor harms the share.
    share = run(cli, ["verify", str(unknown), str(tmp_path / "b")])
    assert share.exit_code == 0, share.output
    assert "1 not comparable" in share.output
    assert "content/stub.md -> stub.md: not comparable" in share.output
    assert "to be mended in the original: no template of nobody-knows is here" in share.output


def test_nothing_to_compare_proves_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    kinds = 'disableKinds = ["home", "section", "taxonomy", "term"]'
    (site / "hugo.toml").write_text(f'title = "T"\n{kinds}\n')
    (site / "content/a.md").write_text("---\ntitle: A\n---\n{{< nobody-knows >}}\n")
    convert(site, tmp_path / "out")
    said = CliRunner().invoke(cli, ["verify", str(site), str(tmp_path / "out")])
    assert "nothing could be compared, so nothing is proved" in said.output
    assert said.exit_code == 1
