"""`inspect`: what it finds in a site with one of everything, and what it prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from one_of_everything import ROOT, SITE, accepted, on_terminal, write
from test_cli import run

from migrate import pipeline
from migrate.inspect import Inspection
from migrate.inspect.markup import becomes
from migrate.options import Options
from migrate.shortcodes.survey import Use, stanza


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("inspect") / "site", SITE)


@pytest.fixture(scope="module")
def found(site: Path) -> Inspection:
    return pipeline.inspect(site)


def test_counts_pages(found: Inspection) -> None:
    pages = found.pages
    assert pages.total == sum(pages.by_kind.values()) == sum(pages.by_section.values())
    assert (pages.by_kind["home"], pages.by_kind["page"], pages.by_kind["term"]) == (1, 3, 1)
    assert (pages.by_section["blog"], pages.by_section["more"]) == (3, 2)
    assert pages.by_format == {"markdown": 3, "html": 1}
    assert pages.by_language == {"en": pages.total}
    assert pages.withheld == {"draft": 1, "future": 1}


def test_tells_where_a_shortcode_is_defined_and_what_it_becomes(found: Inspection) -> None:
    rows = {s.name: (s.calls, s.defined, s.way, s.becomes, s.kept) for s in found.shortcodes}
    unknown = "kept as it is: map it"
    template = "what real Hugo renders"
    assert rows == {
        "riddle": (2, "nowhere here", "kept", unknown, 2),
        "plaque": (1, "nowhere here", "kept", unknown, 1),
        "own": (1, "layouts/shortcodes/own.html", "rendered", template, 0),
        "themed": (1, "themes/here/layouts/shortcodes/themed.html", "rendered", template, 0),
        "youtube": (1, "Hugo", "hugo", "{iframe}", 0),
        "figure": (1, "Hugo", "hugo", "image", 0),
        "company": (1, "nowhere here", "value", "`ACME`", 0),
    }
    riddle = next(one for one in found.shortcodes if one.name == "riddle")
    assert riddle.params == {"0": "The *end*", "1": "2"}
    assert riddle.place == "content/blog/a/index.md:10"
    assert riddle.example.startswith('{{< riddle "The *end*" 2 >}}')


def test_without_hugo_its_calls_are_left_to_map(site: Path) -> None:
    rows = {s.name: s for s in pipeline.inspect(site, Options(hugo=False)).shortcodes}
    assert "hugo2myst[hugo]" in rows["own"].becomes
    assert rows["own"].kept == 1


def test_counts_raw_html_and_what_stays(found: Inspection) -> None:
    rows = {e.name: (e.count, e.left, e.becomes) for e in found.html}
    assert rows["details"] == (1, 0, "`{dropdown}`")
    assert rows["summary"] == (1, 0, "part of `<details>`")
    assert rows["script"] == (1, 0, "dropped and reported")
    assert rows["p"][:2] == rows["b"][:2] == (1, 0)


def test_tells_what_becomes_of_front_matter(found: Inspection) -> None:
    rows = {k.name: k.becomes for k in found.frontmatter}
    assert rows["title"]["`title`"] == 4
    assert rows["topics"] == {"`tags`": 1}
    assert rows["slug"] == {"the page's place and URL": 1}
    assert rows["show_share"] == {"dropped: steers the theme": 1}
    assert rows["custom_key"] == {"kept: `options.custom_key`": 1}
    assert rows["image"] == {"`thumbnail` or `banner`": 1}


def test_names_links_that_are_broken_already(found: Inspection) -> None:
    assert [(p.source, p.line) for p in found.broken_links] == [
        ("content/blog/a/index.md", 16),
        ("content/blog/a/index.md", 17),
    ]
    assert "`../nowhere/`" in found.broken_links[0].what


def test_weighs_files(found: Inspection) -> None:
    files = found.files
    assert (files.used, files.used_size) == (1, 10)
    assert files.size - files.used_size == 3000 + len("made from")
    assert files.largest_unused[0] == ("content/blog/a/unused.zip", 3000)
    assert list(files.by_suffix) == [".zip", ".png", ".rmd"]


def test_names_what_comes_from_elsewhere(found: Inspection) -> None:
    rows = {(e.kind, e.where): e.note for e in found.elsewhere}
    assert set(rows) == {
        ("submodule", "themes/gone"),
        ("mount", "more"),
        ("generated", "content/blog/a/index.md"),
        ("adapter", "content/made/_content.gotmpl"),
    }
    assert "git submodule update" in rows["submodule", "themes/gone"]
    assert [(t.name, t.here) for t in found.themes] == [("here", True), ("gone", False)]


def test_estimates_what_is_left(found: Inspection) -> None:
    left = found.estimate
    assert left.clean + left.look + left.by_hand == found.pages.total
    assert (left.look, left.by_hand, left.shortcodes) == (0, 1, 2)
    assert left.minutes >= 20


def test_each_decision_is_a_line_that_is_read(found: Inspection, tmp_path: Path) -> None:
    read = {}
    for one in found.decisions:
        read[one.lines.partition(":")[0]] = accepted(one.lines, tmp_path)
    assert list(read) == ["shortcodes", "drafts", "future", "redirects", "all_assets", "site_urls"]
    assert read["drafts"].drafts and read["future"].future and read["all_assets"].all_assets
    assert read["redirects"].redirects == ("netlify",)
    assert read["site_urls"].site_urls == ("deploy-preview-1--example.netlify.app",)


def test_the_stanza_maps_what_nothing_mapped(found: Inspection, tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    lines = found.decisions[0].lines
    assert '# {{< plaque src="x.svg" label="a: #b" >}}' in lines
    again = pipeline.inspect(site, accepted(lines, site))
    rows = {s.name: (s.way, s.kept) for s in again.shortcodes}
    assert rows["riddle"] == rows["plaque"] == ("mapping", 0)
    assert not any(one.lines.startswith("shortcodes") for one in again.decisions)


@pytest.mark.parametrize("paired", [True, False])
@pytest.mark.parametrize("name", ["x", "on", "null", "1up", "a/b", "größe", "a.b", "-", "~"])
def test_a_stanza_is_valid_whatever_a_call_holds(name: str, paired: bool, tmp_path: Path) -> None:
    words = ["a: b # c", '"quoted"', "tab\tbell\x07\x1b[31m", "line\nbreak\x85\u2028x", "é"]
    for named, positional in (
        ({}, []),
        ({}, words[:2]),
        ({}, words * 3),
        ({"src": "x", "alt": "y", "caption": "z"}, []),
        ({"url": "x"}, []),
        ({"href": "x", "title": "y", "yes": "no", "arg1": "x"}, []),
        ({"arg1": "x"}, ["y"]),
    ):
        example = "{{< " + " ".join([name, *words]) + " >}}\r\n- a: [b\n---\n"
        use = Use(name, count=2, paired=paired, named=named, positional=positional)
        use.example, use.place = example, "content/a b\x07.md:3"
        options = accepted(stanza([use]), tmp_path)
        assert list(options.mapping["shortcodes"]) == [name]


def test_inspect_writes_nothing_and_prints_json(site: Path, found: Inspection) -> None:
    before = sorted(site.rglob("*"))
    done = run("inspect", site, "--json")
    assert done.returncode == 0 and done.stderr == ""
    told = json.loads(done.stdout)
    assert told["version"] == 1
    assert told["pages"]["total"] == found.pages.total
    assert told["estimate"]["minutes"] == found.estimate.minutes
    assert [s["name"] for s in told["shortcodes"]] == [s.name for s in found.shortcodes]
    assert sorted(site.rglob("*")) == before


def test_inspects_a_feed() -> None:
    told = json.loads(run("inspect", ROOT / "fixtures/feeds/2i2c-author/feed.xml", "--json").stdout)
    assert told["kind"] == "feed" and told["pages"]["by_format"]["html"] >= 19
    assert {e["name"] for e in told["html"]} >= {"p", "a", "img"}
    assert "fetch_assets: true\n" in [one["lines"] for one in told["decisions"]]


def test_a_pipe_gets_plain_lines(site: Path) -> None:
    done = run("inspect", site)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert not re.search(r" $", done.stdout, re.M)
    assert re.search(r"^riddle +2 +nowhere here +kept as it is: map it$", done.stdout, re.M)
    assert "`../nowhere/` leads nowhere\n    content/blog/a/index.md:16\n" in done.stdout


def test_a_terminal_of_80_columns_holds_it(site: Path) -> None:
    shown = on_terminal("inspect", site)
    assert "\x1b[1m" in shown
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown).partition("To decide")[0]
    assert "Front matter" in text
    assert max(map(len, text.split("\n"))) <= 80
    assert "\x1b[3" not in on_terminal("inspect", site, NO_COLOR="1")


MAPPED_HTML = {
    "details": "<details><summary>S</summary>x</details>", "figure": "<figure><img src='u.png'>"
    "<figcaption>c</figcaption></figure>", "iframe": "<iframe src='https://e.org/'></iframe>",
    "sup": "<p>a<sup>2</sup></p>", "abbr": "<p><abbr title='T'>A</abbr></p>", "hr": "<hr>",
    "pre": "<pre><code>x</code></pre>", "ul": "<ul><li>x</li></ul>", "h2": "<h2>x</h2>",
    "blockquote": "<blockquote>x</blockquote>", "style": "<style>a{}</style>",
    "table": "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
}  # fmt: skip
FORM = {
    "`{dropdown}`": ":::{dropdown}", "`{figure}`": ":::{figure}", "`{iframe}`": ":::{iframe}",
    "stays, or `{sup}`; footnotes are read": "{sup}", "`{abbr}`": "{abbr}", "`---`": "---",
    "code block": "```\nx\n```", "Markdown list, grid or buttons": "- x",
    "Markdown heading": "## x",
    "Markdown quote": "> x", "dropped and reported": "", "pipe table or `{list-table}`": "| a",
}  # fmt: skip


def test_elements_become_what_the_table_says(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/{name}.html": f"---\ntitle: {name}\n---\n{html}\n"
        for name, html in MAPPED_HTML.items()
    }
    write(tmp_path, {"hugo.toml": "baseURL = 'https://x.org'\n", **files})
    made = {
        output.path.stem: output.data.decode().partition("\n---\n")[2]
        for output in pipeline.outputs(tmp_path, Options(hugo=False))
        if isinstance(output.data, bytes) and output.path.suffix == ".md"
    }
    for name in MAPPED_HTML:
        assert FORM[becomes(name)] in made[name], (name, made[name])
    assert "{}" not in made["style"]


def test_a_call_is_not_lost_to_another_themes_shortcode_of_its_name(tmp_path: Path) -> None:
    site = write(tmp_path, {
        "hugo.toml": 'baseURL = "https://example.org/"\n',
        "content/a.md": '---\ntitle: A\n---\n{{% cards "channels" %}}\n',
    })  # fmt: skip
    (row,) = pipeline.inspect(site).shortcodes
    assert (row.way, row.becomes, row.kept) == ("others", "kept as it is: map it", 1)
    data = next(one.data for one in pipeline.outputs(site) if one.path.stem == "a")
    assert b"hugo2myst HM301" in data and b'{{% cards "channels" %}}' in data


def test_a_mapping_that_is_there_is_added_to(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    options = accepted("shortcodes: {riddle: text}", site)
    first = pipeline.inspect(site, options).decisions[0]
    assert first.question == "What does `plaque` become?"
    assert "below your `shortcodes:`" in first.why
