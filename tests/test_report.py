"""The report's parts: what it lets through, what it marks, what it counts, what it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from report_site import make_site

from migrate.check.fidelity import Difference
from migrate.cli.commands import cli
from migrate.diagnostics import MigrateError, diagnostic
from migrate.engines import hugo, mystmd
from migrate.options import Options
from migrate.pipeline import load
from migrate.report.folder import write_report
from migrate.report.marks import mark
from migrate.report.overview import charts
from migrate.report.pages import Row, changes
from migrate.report.sanitise import clean
from migrate.report.treehtml import tree_html
from migrate.trust import page_trust, trust

HARMLESS = frozenset("href src srcset style srcdoc action formaction data background".split())


def cleaned(html: str, src: str = "") -> str:
    made = parser.tostring(clean(html, lambda _: src), encoding="unicode")
    return made.removeprefix("<div><div><div>").removesuffix("</div></div></div>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p onclick=a()>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>"),
        ("a<script>b</script>c", "ac"),
        ("a<!-- b -->c", "ac"),
        ('<a href="javascript:x()">y</a>', '<a title="javascript:x()">y</a>'),
        ('<a href="/b/" target=_top>y</a>', '<a title="/b/">y</a>'),
        ('<iframe src="//x.org"></iframe>',
         '<span data-label="embed //x.org" class="embed"></span>'),
        ('<div class="alert alert-info">y</div>', '<div class="admonition">y</div>'),
        ('<section id=a style="color:red">y</section>', "<div>y</div>"),
        ("<blink>y</blink>", "<span>y</span>"),
        ("<input type=checkbox checked>y", '<span data-label="☑"></span>y'),
        ("<img src=a.png alt=A>", '<span data-label="A a.png" class="picture"></span>'),
        ("<math><mi>x</mi><annotation encoding='application/x-tex'>x</annotation></math>",
         '<code class="math">x</code>'),
        ("x&#1;y&#39;z &lt;b&gt;", "xy'z &lt;b&gt;"),
    ],
)  # fmt: skip
def test_lets_only_harmless_things_through(html: str, expected: str) -> None:
    assert cleaned(html) == expected


def test_shows_pictures_of_its_own_folder_only() -> None:
    html = "<img src=b.png alt=A onerror=x() srcset='https://x.org/y 2x'>"
    shown = cleaned(html, "files/a.png")
    assert shown == '<img alt="A" src="files/a.png" loading="lazy" title="b.png">'


FRAGMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            "<script> </script> <img/src=x/onerror=x> <svg> <math> <style> </style> <noscript> <p> "
            "</p> <a/href=javascript:x> </a> <template> <iframe/srcdoc=x> &#1; &#xFFFE; <!-- --> "
            "<table> <td> <title> <textarea> </textarea> <plaintext> <![CDATA[ ]]> <li>".split()
        ),
        st.text(max_size=8),
    ),
    max_size=20,
)


@given(FRAGMENTS)
def test_nothing_that_runs_gets_through_and_all_can_be_marked(parts: list[str]) -> None:
    root = clean("".join(parts), lambda _: "")
    words = " ".join("".join(root.itertext()).split()[:3])
    mark(root, [Difference("words", words, ""), Difference("link", words, "")], "hugo")
    shown = parser.document_fromstring(f"<main>{parser.tostring(root, encoding='unicode')}</main>")
    for element in shown.iter():
        assert element.tag not in ("script", "style", "iframe", "object", "svg", "math", "meta")
        assert not [name for name in element.attrib if name.startswith("on") or name in HARMLESS]


def test_writes_a_tree_as_html() -> None:
    text = {"type": "text", "value": "a < b"}
    tree = {
        "type": "root",
        "children": [
            {"type": "heading", "depth": 2, "children": [text]},
            {"type": "admonition", "kind": "warning", "children": [
                {"type": "admonitionTitle", "children": [text]},
                {"type": "paragraph", "children": [
                    {"type": "link", "url": "/x", "children": [text]}]},
            ]},
            {"type": "list", "ordered": True, "start": 3, "children": [
                {"type": "listItem", "checked": True, "children": [text]}]},
            {"type": "paragraph", "children": [{"type": "footnoteReference", "identifier": "n"}]},
            {"type": "footnoteDefinition", "identifier": "n", "children": [text]},
            {"type": "inlineMath", "value": "x<1"},
        ],
    }  # fmt: skip
    assert tree_html(tree) == (
        "<h2>a &lt; b</h2>"
        '<div class="admonition kind-warning"><p class="admonition-title">a &lt; b</p>'
        '<p><a href="/x">a &lt; b</a></p></div>'
        '<ol start="3"><li><input type="checkbox" checked>a &lt; b</li></ol>'
        '<p><sup>1</sup></p><code class="math">x&lt;1</code>'
        '<ol class="footnotes"><li class="footnote">a &lt; b</li></ol>'
    )


def test_a_tree_of_any_depth_is_written() -> None:
    node: dict[str, Any] = {"type": "text", "value": "deep"}
    for _ in range(5000):
        node = {"type": "div", "children": [node]}
    assert "deep" in tree_html({"type": "root", "children": [node]})


@pytest.mark.parametrize(
    ("html", "difference", "expected"),
    [
        ("<p>one two three</p>", Difference("words", "two", "", context="one"),
         '<p>one <mark data-diff="0">two</mark> three</p>'),
        ("<p>o<b>n</b>e “two” three</p>", Difference("words", '" two "', "", context="one"),
         '<p>o<b>n</b>e <mark data-diff="0">“two”</mark> three</p>'),
        ("<p>one t<i>w</i>o three</p>", Difference("words", "two three", "", context="one"),
         '<p>one <mark data-diff="0">t</mark><i><mark data-diff="0">w</mark></i>'
         '<mark data-diff="0">o three</mark></p>'),
        ("<p>one three</p>", Difference("words", "", "two", context="one"),
         '<p>one<mark data-diff="0" class="gap"></mark> three</p>'),
        ("<p>two</p><p>one two</p>", Difference("words", "two", "", context="one"),
         '<p>two</p><p>one <mark data-diff="0">two</mark></p>'),
        ("<h2>One</h2><h3>Two</h3>", Difference("heading", "3 Two", ""),
         '<h2>One</h2><h3 data-diff="0">Two</h3>'),
        ("<p><a>x</a> <a href=/b/>two</a></p>", Difference("link", "[two](/b/)", "[two](/c/)"),
         '<p><a>x</a> <a title="/b/" data-diff="0">two</a></p>'),
        ("<p>run make</p>", Difference("inline code", "", "make"),
         '<p>run <mark data-diff="0">make</mark></p>'),
    ],
)  # fmt: skip
def test_marks_differences_where_they_are(html: str, difference: Difference, expected: str) -> None:
    root = clean(html, lambda _: "")
    assert list(mark(root, [difference], "hugo")) == [0]
    assert f"<div>{expected}</div>" in parser.tostring(root, encoding="unicode")


def test_what_is_not_there_is_not_marked() -> None:
    root = clean("<p>one</p>", lambda _: "")
    absent = [Difference("words", "six", ""), Difference("image", "![](x.png)", "")]
    assert mark(root, absent, "hugo") == {}


def test_finds_changed_lines() -> None:
    assert changes("a\nb\nc", "a\nB\nb2\nc") == [[1, 2, 1, 3]]
    assert changes("same", "same") == []


def test_trust() -> None:
    broken, unknown = (
        diagnostic("HM601", "a.md", destination="x"),
        diagnostic("HM301", "a.md", name="x"),
    )
    lost = diagnostic("HM501", "a.md", count=2, words="a b")
    assert trust(broken, "identical") == "safe"
    assert trust(broken, "differs") == trust(broken, None) == "changed"
    assert trust(unknown, "identical") == trust(lost, "identical") == "by hand"
    assert page_trust("identical", [broken]) == "safe"
    assert page_trust("identical", [broken, unknown]) == page_trust("missing", []) == "by hand"
    assert page_trust("differs", []) == page_trust(None, []) == "changed"


def row(**given: Any) -> Row:
    values: dict[str, Any] = {
        "id": "0", "title": "T", "url": "/t/", "section": "s", "kind": "page", "language": "en",
        "source": "t.md", "file": "t.md", "trust": "safe", "verdict": "identical",
        "differences": 0, "kinds": (), "codes": (), "hash": "0",
    }  # fmt: skip
    return Row(**(values | given))


def test_charts_add_up() -> None:
    summary = {
        "shortcodes": {"figure": {"mapped": 3, "kept": 1}, "toc": {"dropped": 2}},
        "urls": {"same": 5, "redirected": 2, "gone": 0},
        "diagnostics": [{"code": "HM601", "severity": "warning"}] * 3,
    }
    made = charts([row(), row(verdict="differs"), row(section="", verdict=None)], summary)
    told = {chart.title: {bar.label: bar.told for bar in chart.bars} for chart in made}
    assert told == {
        "Fidelity by section": {"s": "1 identical, 1 differs", "(root)": "1 not compared"},
        "Outcomes by shortcode": {"figure": "3 mapped, 1 kept", "toc": "2 dropped"},
        "Diagnostics by code": {"HM601 broken-link": "3 warning"},
        "Addresses of the old site": {"same address": "5 same", "redirected": "2 redirected"},
    }
    assert [sum(part.width for part in bar.parts) for bar in made[1].bars] == [100, 50]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_site(tmp_path_factory.mktemp("report"))


def without_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise MigrateError("it is not installed")

    monkeypatch.setattr(hugo, "find_hugo", missing)
    monkeypatch.setattr(mystmd, "find_myst", missing)


def data(file: Path) -> Any:
    text = file.read_text()
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def test_says_what_it_cannot_show(
    site: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engines(monkeypatch)
    source, project = site
    done = CliRunner().invoke(cli, ["report", str(source), str(project), "-o", str(tmp_path / "r")])
    assert done.exit_code == 0, done.output
    assert "The originals are not shown and nothing is proved: it is not installed" in done.output
    assert "mystmd's pages are not shown" in done.output
    assert "0 pages are safe" in done.output
    index = (tmp_path / "r/index.html").read_text()
    assert "nothing is proved" in index
    shown = [data(file) for file in (tmp_path / "r/pages").iterdir()]
    oak = next(page for page in shown if page["url"] == "/trees/oak/")
    assert oak["why"] == [
        "Hugo didn't run, so the original can't be shown.",
        "mystmd didn't run, so the result can't be shown.",
    ]
    assert "final word is timber" in oak["text"]["source"]
    assert "final word is lumber" in oak["text"]["converted"]


def test_writes_nothing_over_what_it_does_not_know(
    site: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engines(monkeypatch)
    source, project = site
    plan = load(source, Options(hugo=False))
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(MigrateError, match="holds no report"):
        write_report(plan, project, tmp_path, lambda *_: None)
    with pytest.raises(MigrateError, match="run `hugo2myst convert` first"):
        write_report(plan, tmp_path, tmp_path / "r", lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_second_report_leaves_nothing_of_the_first(
    site: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engines(monkeypatch)
    source, project = site
    plan = load(source, Options(hugo=False))
    write_report(plan, project, tmp_path / "r", lambda *_: None)
    first = {path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()}
    (tmp_path / "r/pages/0123.js").write_text("old")
    write_report(plan, project, tmp_path / "r", lambda *_: None)
    assert first == {
        path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()
    }


def test_titles_are_text_in_the_page(
    site: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engines(monkeypatch)
    source, project = site
    write_report(load(source, Options(hugo=False)), project, tmp_path / "r", lambda *_: None)
    assert "Tales &lt;b&gt;of&lt;/b&gt; Trees" in (tmp_path / "r/index.html").read_text()
    assert "<" not in (tmp_path / "r/data.js").read_text().replace("\\u003c", "")
