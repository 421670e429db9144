"""`shortcodes` and `init`: what is known of one, and a hugo2myst.yml to start from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from one_of_everything import ROOT, SITE, accepted, on_terminal, write
from test_cli import run

from migrate import pipeline
from migrate.inspect import Inspection, known
from migrate.inspect.schema import schema
from migrate.inspect.settings import settings_file
from migrate.options import Options, load


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("inspect") / "site", SITE)


@pytest.fixture(scope="module")
def found(site: Path) -> Inspection:
    return pipeline.inspect(site)


def test_lists_what_is_known() -> None:
    names = json.loads(run("shortcodes", "--json").stdout)
    assert "hugo" in names["figure"] and "docsy" in names["alert"]
    assert re.search(r"^alert +.*docsy", run("shortcodes").stdout, re.M)


def test_tells_what_becomes_of_one(site: Path) -> None:
    shown = run("shortcodes", "details").stdout
    assert "details of hugo\n" in shown
    assert ':::{dropdown} [[title|summary|"Details"]]' in shown
    assert "gives\n    :::{dropdown} Title\n    Some *text*.\n    :::" in shown
    here = json.loads(run("shortcodes", "OWN", "--site", site, "--json").stdout)
    assert here["site"]["defined"] == "layouts/shortcodes/own.html"
    assert "template of the site" in here["site"]["why"]
    assert "No page of the site calls" in run("shortcodes", "tabs", "--site", site).stdout


def test_a_typing_mistake_is_answered_with_the_nearest_names() -> None:
    done = run("shortcodes", "calout")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: no shortcode `calout` is known; did you mean `callout`")


def explained() -> Iterator[tuple[str, known.Explained]]:
    for name in known.names():
        for one in known.explain(name):
            yield name, one


def test_every_known_shortcode_is_explained_by_a_call_that_works() -> None:
    total = shown = 0
    for name, one in explained():
        total += 1
        assert one.target and one.theme, name
        assert one.source.startswith("{{< " + name), name
        if one.result:
            shown += 1
            assert "{{<" not in one.result and "hugo2myst HM" not in one.result, (name, one)
    assert shown / total > 0.7


def test_init_writes_a_file_that_changes_nothing_yet(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    done = run("init", site)
    assert done.returncode == 0, done.stderr
    file = site / "hugo2myst.yml"
    assert load(file) == Options()
    text = file.read_text()
    for key in (*schema()["properties"],):
        if key not in ("config", "environment"):
            assert re.search(rf"^# {key}:", text, re.M), key
    again = run("init", site)
    assert again.returncode == 1 and "left as it is" in again.stderr
    assert file.read_text() == text
    file.write_text("drafts: true\n")
    assert run("init", site, "--force").returncode == 0
    assert "# drafts: true" not in file.read_text()  # the drafts are converted already
    assert run("init", site, "-o", "-").stdout.startswith("# How hugo2myst converts Example")


def test_every_commented_line_of_it_is_valid(found: Inspection, tmp_path: Path) -> None:
    text = settings_file(found, ())
    keys = "|".join(schema()["properties"])
    blocks = re.findall(rf"^(# (?:{keys}):.*\n(?:#   .*\n)*)", text, re.M)
    assert len(blocks) == len(schema()["properties"]) - 2
    whole = "".join(re.sub(r"^# ?", "", block, flags=re.M) for block in blocks)
    options = accepted(whole, tmp_path)
    assert options.drafts and set(options.mapping) == {"shortcodes", "html", "frontmatter"}


def test_chosen_lines_are_in_force(found: Inspection, tmp_path: Path) -> None:
    everything = [one.question for one in found.decisions]
    options = accepted(settings_file(found, everything), tmp_path)
    assert options.drafts and options.future and options.redirects == ("netlify",)
    assert list(options.mapping["shortcodes"]) == ["riddle", "plaque"]


def test_init_asks_on_a_terminal(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    shown = on_terminal("init", site, answers="y\nn\n\n\n\n")
    assert "Convert pages that are drafts" in shown
    options = load(site / "hugo2myst.yml")
    assert (options.drafts, options.future) == (True, False)
    assert options.redirects == ("netlify",)  # the default is the likely answer
    assert not options.all_assets
    assert options.site_urls == ("deploy-preview-1--example.netlify.app",)


def readme_blocks() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## A shortcode of your own\n", 1)[1].partition("\n## ")[0]
    return re.findall(r"```\w+\n(.*?)```", section, re.S)


def test_a_person_maps_a_shortcode_by_the_readme_alone(tmp_path: Path) -> None:
    before, mapping, after = readme_blocks()
    site = write(tmp_path / "site", {
        "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Example"\n',
        "content/story.md": f"---\ntitle: Story\n---\n{before}",
    })  # fmt: skip
    project = tmp_path / "project"
    assert run("convert", site, project, "--no-hugo").returncode == 0
    page = project / "story.md"
    assert "hugo2myst HM301" in page.read_text()
    (site / "hugo2myst.yml").write_text(mapping)
    done = run("convert", site, project, "--no-hugo")
    assert done.returncode == 0, done.stderr
    assert page.read_text() == f"---\ntitle: Story\n---\n\n{after}"


def test_init_for_a_feed_needs_a_place(tmp_path: Path) -> None:
    feed = ROOT / "fixtures/feeds/2i2c-author/feed.xml"
    assert "-o" in run("init", feed, cwd=ROOT).stderr
    assert run("init", feed, "-o", tmp_path / "hugo2myst.yml").returncode == 0
    assert "# fetch_assets: true" in (tmp_path / "hugo2myst.yml").read_text()
