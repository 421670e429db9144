"""HTML to MyST: snippets, the real mystmd on all of them, words, hostile input."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from engine_pages import build_pages
from html_site import FILES, LABELS, convert
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.convert.html import html_to_myst, lost_words

FOLDER = Path(__file__).parent.parent / "fixtures" / "snippets"
_CODE = re.compile(r"HM\d{3}")


def snippets() -> list[tuple[str, str, str]]:
    """(title, HTML, MyST) of every snippet, in markdown-it's form."""
    found = []
    for file in sorted(FOLDER.glob("html-*.md")):
        for title, html, myst in re.findall(
            r"(?ms)^([^\n.][^\n]*)\n\.\n(.*?)\n\.\n(.*?)\n?^\.$", file.read_text()
        ):
            found.append((f"{file.stem}: {title}", html, myst))
    return found


SNIPPETS = snippets()
NOT_TEXT = (
    "video, audio, iframe, svg, .footnote-backref, [data-footnote-backref], .footnote-back,"
    " #footnote-label, .lnt, [style*='user-select'], button, .header-anchor, .katex-html,"
    " .MathJax_Preview, [role=tab], .sr-only"
)
"""What the HTML holds beside the words that a reader of the page sees as its text."""


@pytest.mark.parametrize(("title", "html", "myst"), SNIPPETS, ids=[s[0] for s in SNIPPETS])
def test_snippet(title: str, html: str, myst: str) -> None:
    text, codes = convert(html)
    assert text == myst
    assert sorted(set(codes)) == sorted(_CODE.findall(title))


@pytest.fixture(scope="module")
def built():  # type: ignore[no-untyped-def]
    """Every expected text as a page of one real project; labels are one page's alone."""
    files: dict[str, bytes | str] = {name: b"x" for name in FILES}
    linked = "\n".join(f"[{label}](#{label})" for label in LABELS.values())
    texts = {f"s{number}": myst for number, (_, _, myst) in enumerate(SNIPPETS)}
    texts["links"] = linked
    texts["p"] = "Self."
    return build_pages(texts, files)


def test_real_mystmd_has_nothing_to_say(built) -> None:  # type: ignore[no-untyped-def]
    said = {
        name: [str(m) for m in messages] for name, messages in built.messages.items() if messages
    }
    assert said == {}


def test_real_mystmd_reads_the_same_words(built) -> None:  # type: ignore[no-untyped-def]
    """The words of each expected text as mystmd understands it are those of the HTML."""
    for number, (title, html, _) in enumerate(SNIPPETS):
        ours = _seen(built.pages[f"s{number}"].tree)
        if _CODE.search(title) or "math" in title or "alt" in title:
            continue
        from migrate.convert.soup import TEXT, parse

        soup = parse(html)
        for dropped in soup.select(NOT_TEXT):
            dropped.decompose()
        said = soup.get_text(" ", types=TEXT)
        assert lost_words(said.lower(), ours.lower(), []) == [], title


def _seen(node: dict) -> str:  # type: ignore[type-arg]
    own = (
        str(node.get("value", ""))
        + " "
        + str(node.get("title") or "")
        + " "
        + str(node.get("filename") or "")
        + " "
        + str(node.get("identifier") or "")
    )
    return " ".join([own, *(_seen(child) for child in node.get("children", ()))])


def test_dollars_are_escaped_where_the_project_reads_math() -> None:
    assert convert("<p>from $300 to ~$1,300</p>", math=True)[0] == r"from \$300 to ~\$1,300"
    assert convert("<p>from $300 to ~$1,300</p>")[0] == "from $300 to ~$1,300"
    assert convert('<span class="math inline">\\(x\\)</span>', math=True)[0] == "$x$"


def test_inline_gives_one_line() -> None:
    from html_site import context

    ctx = context()
    assert html_to_myst("<p>a<br>b</p><p>c</p>", ctx, inline=True) == "a b c"


def test_footnotes_in_a_markdown_page_get_names_of_their_own() -> None:
    html = (
        '<p>a<sup><a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnotes">'
        '<ol><li id="fn:1">One <a class="footnote-backref" href="#fnref:1">↩</a></li></ol></div>'
    )
    assert convert(html, format="markdown")[0] == "a[^html-1]\n\n[^html-1]: One"


def test_levels_of_a_fragment_are_its_own() -> None:
    assert convert("<h2>A</h2><h4>B</h4>", format="markdown")[0] == "## A\n\n#### B"


def test_diagnostics_name_the_line() -> None:
    from html_site import context

    html = "<p>a</p>\n\n<style>b {}</style>\n<p><a href='/nowhere/'>x</a></p>"
    ctx = context(html)
    html_to_myst(html, ctx)
    assert [(d.code, d.line) for d in ctx.record.diagnostics] == [("HM502", 3), ("HM601", 4)]


def test_lost_words_are_found() -> None:
    assert lost_words("one two two", "one two", []) == []
    assert lost_words("one two three", "one", ["two"]) == ["three"]


HOSTILE = {
    "divs": "<div>" * 100_000 + "deep",
    "emphasis": "<b>" * 100_000 + "deep",
    "lists": "<ul><li>deep" * 30_000,
    "quotes": "<blockquote>" * 50_000 + "deep",
    "tables": "<table><tr><td>" * 10_000 + "deep",
    "alerts": '<div class="alert alert-info">' * 20_000 + "deep",
    "details": "<details><summary>s</summary>" * 20_000 + "deep",
    "many tags": "<p>deep <b>b</b></p>" * 30_000,
    "many lists": "<ul><li>deep</li></ul>" * 10_000,
    "many links": '<a href="https://example.com">deep</a> ' * 10_000,
    "attributes": "<p " + 'a="b" ' * 50_000 + ">deep",
    "brackets": "[" * 50_000 + "deep" + "](" * 50_000,
    "stars and ticks": "*`" * 50_000 + "deep",
    "alt": '<img src="a.png" alt="' + "[x](" * 30_000 + '">deep',
    "srcset": '<img srcset="' + "a 1w, " * 50_000 + '">deep',
    "half a page": "<div class='card'><h3>T</h3><table><tr><td colspan=3><pre>deep",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input(name: str) -> None:
    started = time.perf_counter()
    text, codes = convert(HOSTILE[name])
    assert "deep" in text
    assert "HM501" not in codes
    assert time.perf_counter() - started < 20


MARKUP = st.lists(
    st.sampled_from(
        [
            *"p div b em ul li table tr td pre code figure figcaption blockquote sup h2 q dl dt dd"
            " details summary style script /p /div /b /a /ul /table /pre /code /figure /blockquote"
            " /sup /h2 /details /style /script br hr".split(),
            *'a href="/p/",th colspan="2",img src="a.png",h2 id="setup",div class="card",'
            'div class="alert alert-info",div class="highlight",span class="hl"'.split(","),
        ]
    ).map("<{}>".format)
    | st.sampled_from("&amp; * _ ` $x$ [a] {x} @me ::: % ~ | # 1. - \\".split()),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_any_markup_keeps_its_words(parts: list[str]) -> None:
    html = "".join(f"{part} w{number}x " for number, part in enumerate(parts))
    text, codes = convert(html)
    assert "HM501" not in codes
    assert not text.startswith("\n")
    assert "<script" not in text and "<style" not in text
