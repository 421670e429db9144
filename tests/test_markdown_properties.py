"""What holds for every Markdown text, however odd."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.convert.walk import OverlapError, apply
from migrate.model import Edit, Markup
from migrate.read.anchors import headings
from migrate.read.markdown import Event, parse
from tests.markdown_site import OPEN, convert, convert_all

PIECES = st.sampled_from([
    "*", "**", "_", "`", "``", "```", "~~~", "~~", "~", "^", "==", "++", "+++", "%", ":::", ":",
    ": ", "- ", "* ", "+ ", "1. ", "0. ", "> ", "# ", "## ", "###### ", "\n", "\n\n", "  \n",
    "    ", "\t", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\\\(", "\\\\)", "\\", "{", "}",
    "{a}`", "{#id .c}", "{.c}", "[", "]", "[x](", ")", "![", "[^1]", "[^1]: n", "[r]: /u", "[r]",
    "<div>", "</div>", "<b>", "</b>", "<br>", "<a href=\"u\">", "<a name=x>", "</a>", "<!-- ",
    "-->", "<!--more-->", "<x>", "<<", ">>", "<details>", "<summary>", "</details>", "<mark>",
    "</mark>", "<img src=a.png>", "<table>", "<td>", "@a", "a@b.c", ":tada:", "--", "...",
    "asp.net", "http://a.b/c", "www.a.bc", "{{< n >}}", "{{< /n >}}", "{{% n %}}", "{{% /n %}}",
    "{{</* n */>}}", "{{< ref \"p\" >}}", "{{", "&amp;", "é", "日本", "\r\n", "a", "b c", "word",
    "|", "---", "===", "(x)=", "[!NOTE]", "[!tip]- T", "\\begin{equation}", "\\end{equation}",
    "> **Note** ", "/", ".", "\"", "'", "x", "1", "https://github.com/a/b/issues/1",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)
MARKUPS = st.sampled_from(
    [
        OPEN,
        Markup(),
        Markup(
            unsafe=True, emoji=True, insert=True, mark=True, subscript=True, superscript=True,
            block_attributes=True, alert_hook=True, hard_wraps=True,
            passthrough_block=(("$$", "$$"), ("\\[", "\\]")),
            passthrough_inline=(("\\(", "\\)"), ("$", "$")),
        ),
        Markup(
            typographer=False, linkify=False, tables=False, footnotes=False, strikethrough=False,
            definition_lists=False, task_lists=False, heading_attributes=False, unsafe=True,
        ),
    ]
)  # fmt: skip


@given(TEXTS, MARKUPS, st.booleans(), st.booleans())
@settings(max_examples=500, deadline=None)
def test_nothing_raises_and_edits_never_overlap(
    text: str, markup: Markup, math: bool, script: bool
) -> None:
    bodies = {"page": text, "other": "{{< n >}}x{{< /n >}}\n"}
    done = convert_all(bodies, markup, math=math, by_script=["page"] if script else ())
    assert "HM401" not in done["page"].codes


@given(st.text(max_size=200), MARKUPS)
@settings(max_examples=150, deadline=None)
def test_any_text(text: str, markup: Markup) -> None:
    assert "HM401" not in convert(text, markup, math=True).codes


@given(TEXTS, MARKUPS)
@settings(max_examples=150, deadline=None)
def test_events_lie_in_the_text_and_in_order(text: str, markup: Markup) -> None:
    stack: list[Event] = []
    for event in parse(text, markup).events:
        assert 0 <= event.start <= event.end <= len(text)
        if event.kind[0] == "/":
            assert stack.pop().kind == event.kind[1:]
        elif event.kind in OPENING:
            stack.append(event)
    assert not stack


OPENING = frozenset(
    """Paragraph Heading BlockQuote CodeBlock HtmlBlock List Item FootnoteDefinition DefinitionList
    DefinitionListTitle DefinitionListDefinition Table TableHead TableRow TableCell Emphasis Strong
    Strikethrough Link Image""".split()
)


@given(TEXTS, MARKUPS)
@settings(max_examples=150, deadline=None)
def test_headings_are_found_in_order_with_ids_of_their_own(text: str, markup: Markup) -> None:
    found = headings(text, markup)
    assert [heading.start for heading in found] == sorted(heading.start for heading in found)
    assert all(1 <= heading.level <= 6 for heading in found)


@given(st.text(alphabet="abc XYZ,;!?éü日()\n", max_size=120))
@settings(max_examples=150, deadline=None)
def test_plain_words_stay_byte_for_byte(text: str) -> None:
    assert convert(text, math=True).text == text


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlapError):
        apply("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])
    assert apply("abcdef", [Edit(3, 3, "!"), Edit(0, 3, "x"), Edit(3, 4, "y")]) == "x!yef"


@pytest.mark.parametrize(
    "text",
    [
        "<" * 20_000, "[" * 5_000, "<div>\n\n" * 3_000, "`" * 20_000, "$" * 20_000, "{a" * 10_000,
        "@a" * 10_000, "<a " * 10_000, '<a b="' * 5_000, "> " * 3_000 + "x", "- " * 300 + "x",
        "<<a>>" * 3_000, "![" * 5_000, "\\(" * 10_000, "a.b." * 10_000, "<!--" * 10_000,
        "*a **a " * 3_000, "<b>" * 3_000, "www.a.b" * 5_000, "[x](" * 5_000, "{{< n >}}" * 3_000,
        "| a " * 5_000 + "\n" + "|--" * 5_000 + "\n", "~a" * 5_000, ":a" * 10_000, "<p>\n" * 3_000,
        "# a\n" * 5_000, "[^a]" * 5_000, "$$a^" * 5_000, "<mark>`x`" * 2_000, "--" * 20_000,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    done = convert(text, math=True)
    assert "HM401" not in done.codes
    assert time.process_time() - begun < 4
