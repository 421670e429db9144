"""What differs between Hugo's page and mystmd's is found, and named by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_pages import Snippets, build_pages

from migrate.check.facts import Item, loose_tex, plain, tokens
from migrate.check.fidelity import KINDS, Comparison, compare_page
from migrate.check.outline import told_headings, without_titles
from migrate.check.rendered import facts_of_html
from migrate.check.targets import Places, external, file_name, of_hugo
from migrate.engines.hugo import RenderedPage, render_site
from migrate.options import Options
from migrate.read import read_site

HUGO = """\
---
title: The page
---

It costs $300, others -- "cheap" ones -- ~$1,300 &hellip; they say.[^b] See [other](../other/),
[its part](../other/#the-part), [a file](paper.pdf) and <https://example.com/x>.

## First *part*

1. one
   - inner
2. two

- [x] done
- [ ] open

### Deep

![A tree](tree.png)

```python {linenos=inline,hl_lines=[1]}
x = 1
y = 2
```

    indented

It is *slanted* and **bold**. Use `a * b` and ~~gone~~ H~2~O.[^a]

| name | size |
|------|-----:|
| a    |    1 |
| `b`  |    2 |

> Well said.
>
> Twice.

Term
: Its meaning

## Last

{{< figure src="leaf.png" alt="A leaf" caption="A *small* leaf" >}}

{{< youtube abc123 >}}

<details><summary>More</summary>

Inside.

</details>

<div class="alert alert-warning"><h4 class="alert-heading">Warning</h4>Hot!</div>

> Twice is enough.
>
> — Somebody

![A leaf](leaf.png) and ![A tree again](tree.png).

<ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li></ul>

Math: $$a_{1} + b$$ and \\\\(x^2\\\\).

[^a]: Note **a**.
[^b]: Note b.
"""

MYST = """\
---
title: The page
---

It costs \\$300, others – "cheap" ones – ~\\$1,300 … they say.[^b] See [other](other.md),
[its part](#the-part), [a file](paper.pdf) and <https://example.com/x>.

## First *part*

1. one
   - inner
2. two

- [x] done
- [ ] open

### Deep

![A tree](tree.png)

```{code-block} python
:linenos:
:emphasize-lines: 1
x = 1
y = 2
```

    indented

It is *slanted* and **bold**. Use `a * b` and {del}`gone` H{del}`2`O.[^a]

| name | size |
|------|-----:|
| a    |    1 |
| `b`  |    2 |

> Well said.
>
> Twice.

Term
: Its meaning

## Last

:::{figure} leaf.png
:alt: A leaf

A *small* leaf
:::

:::{iframe} https://www.youtube.com/embed/abc123
:::

:::{dropdown} More
Inside.
:::

:::{warning}
Hot!
:::

> Twice is enough.
>
> — Somebody

![A leaf](leaf.png) and ![A tree again](tree.png).

- one
  - two
    - three

Math: $a_{1} + b$ and $x^2$.

[^a]: Note **a**.
[^b]: Note b.
"""

OTHER = "---\ntitle: Other\n---\n\n(the-part)=\n## The part\n\nText.\n\n(part-two)=\n## Part two\n"

DAMAGE = {
    # name: (kind that must be named, what is replaced, by what)
    "a word dropped": ("words", "others – ", "– "),
    "a word doubled": ("words", "they say", "they they say"),
    "words swapped": ("words", "It costs", "Costs it"),
    "dollars turned to math": ("math", "\\$300, others – \"cheap\" ones – ~\\$1,300",
                               "$300, others – \"cheap\" ones – ~$1,300"),
    "a link retargeted": ("link", "[other](other.md)", "[other](index.md)"),
    "a link's fragment": ("link", "(#the-part)", "(#part-two)"),
    "a link lost": ("link", "[a file](paper.pdf)", "a file"),
    "an external link": ("link", "<https://example.com/x>",
                         "[https://example.com/x](https://example.com/y)"),
    "emphasis lost": ("emphasis", "*slanted*", "slanted"),
    "other words in bold": ("strong", "and **bold**", "**and** bold"),
    "a caption lost": ("caption", "\nA *small* leaf\n", ""),
    "an alt text": ("image", "![A tree]", "![A bush]"),
    "an image lost": ("image", "![A tree](tree.png)\n", ""),
    "another image": ("image", "![A tree](tree.png)", "![A tree](leaf.png)"),
    "images swapped": ("image", "![A leaf](leaf.png) and ![A tree again](tree.png)",
                       "![A leaf](tree.png) and ![A tree again](leaf.png)"),
    "a price turned to math": ("math", "~\\$1,300", "~$1,300$"),
    "a quote's author lost": ("words", "> Twice is enough.\n>\n> — Somebody", "> Twice is enough."),
    "a list's level": ("list", "    - three", "  - three"),
    "an admonition's kind": ("admonition", ":::{warning}", ":::{tip}"),
    "an embed lost": ("embed", ":::{iframe} https://www.youtube.com/embed/abc123\n:::\n", ""),
    "inline code's text": ("inline code", "`a * b`", "`a + b`"),
    "a table's header": ("table", "| name | size |", "| name | sise |"),
    "code turned to text": ("code", "    indented", "indented"),
    "a footnote gone": ("footnote", "say.[^b]", "say."),
    "a footnote's text": ("footnote", "Note **a**", "Not **a**"),
    "a code line lost": ("code", "y = 2\n", ""),
    "a code language": ("code", "{code-block} python", "{code-block} ruby"),
    "inline code lost": ("inline code", "`a * b`", "a \\* b"),
    "a heading level": ("heading", "### Deep", "## Deep"),
    "a heading's words": ("heading", "## Last", "## Least"),
    "a table cell": ("table", "| a    |    1 |", "| a    |    7 |"),
    "a table row": ("table", "| `b`  |    2 |\n", ""),
    "a list flattened": ("list", "   - inner", "2. inner"),
    "a task undone": ("list", "- [x] done", "- [ ] done"),
    "a list's kind": ("list", "1. one\n   - inner\n2. two", "- one\n  - inner\n- two"),
    "a quote unquoted": ("quote", "> Well said.\n>\n> Twice.", "Well said.\n\nTwice."),
    "a definition": ("definition", "Term\n: Its", "Term\n\nIts"),
    "an admonition": ("admonition", ":::{warning}\nHot!\n:::", "Hot!"),
    "a formula": ("math", "$x^2$", "$x^3$"),
    "an embed": ("embed", "/embed/abc123", "/embed/abc124"),
    "the title": ("title", "title: The page", "title: A page"),
}  # fmt: skip
PLACES = Places({"/the-page": "/intact", "/other": "/other", "/": "/"})


@dataclass(frozen=True)
class Sides:
    hugo: RenderedPage
    myst: Snippets

    def compare(self, name: str) -> Comparison:
        page = self.myst.pages[name]
        places = Places(
            {**PLACES.urls, "/the-page": page.url},
            ids={"/other": frozenset(("the-part", "part-two"))},
        )
        return compare_page(self.hugo.content, page, "/the-page/", places, "The page")


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Sides:
    """The page as real Hugo and real mystmd have it, and each damaged page."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    (root / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "T"\n[markup.goldmark.renderer]\nunsafe = true\n'
    )
    (root / "content/the-page.md").write_text(HUGO)
    (root / "content/other.md").write_text("---\ntitle: Other\n---\n\n## The part\n")
    hugo = render_site(read_site(str(root), Options())).pages["/the-page/"]
    texts = {"intact": MYST}
    for name, (_, old, new) in DAMAGE.items():
        assert MYST.count(old) == 1, name
        texts[name] = MYST.replace(old, new)
    png = b"\x89PNG\r\n\x1a\n"
    files = {"other.md": OTHER, "paper.pdf": b"%PDF", "tree.png": png, "leaf.png": png}
    return Sides(hugo, build_pages(texts, files, dollarmath=True))


def test_the_same_page_is_identical(sides: Sides) -> None:
    comparison = sides.compare("intact")
    assert comparison.differences == ()
    assert (comparison.verdict, comparison.same_words) == ("identical", True)


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_named(sides: Sides, name: str) -> None:
    comparison = sides.compare(name)
    kinds = {difference.kind for difference in comparison.differences}
    assert DAMAGE[name][0] in kinds
    assert comparison.verdict == "differs"
    # Whatever goes takes its words with it; nothing else is said to differ.
    assert kinds - {DAMAGE[name][0]} <= {"words", "inline code"} < set(KINDS)


@pytest.mark.parametrize(
    ("text", "math"),
    [
        ("where $x_1$ and $n$ are", ["x1", "n"]),
        ("of $10$ or $2n$", ["10", "2n"]),
        ("from $5 to US$ 7", []),
        ("it costs $5 or $6 more", []),
        ("between $4/$ and", ["4/"]),
        ("$300, others or $", []),
    ],
)
def test_dollars_are_math_only_around_a_formula(text: str, math: list[str]) -> None:
    found = facts_of_html(f"<p>{text}</p>", "/", Places(), dollars=True).of("math")
    assert [item.value[0] for item in found] == [one for one in math if not one.isdigit()]
    assert not facts_of_html(f"<p>{text}</p>", "/", Places(), dollars=False).of("math")


def test_dollars_are_text_on_a_page_that_is_known_to_have_no_math(sides: Sides) -> None:
    html = "<p>It is $x_1$ and 5.</p>"
    page = sides.myst.pages["a formula"]
    found = {
        known: any(
            one.kind == "math" and "x" in one.hugo
            for one in compare_page(
                html, page, "/p/", Places(dollars=frozenset(known)), "The page"
            ).differences
        )
        for known in ((), ("/p",))
    }
    assert found == {(): False, ("/p",): True}


def test_a_difference_names_its_place(sides: Sides) -> None:
    (difference,) = sides.compare("a table cell").differences
    assert "7" in difference.myst
    assert "1" in difference.hugo
    assert MYST.split("\n")[difference.line - 1].startswith("| name")


def test_a_page_that_is_not_there() -> None:
    assert compare_page("<p>x</p>", None, "/x/", Places()).verdict == "missing"


@pytest.mark.parametrize(
    ("name", "listing", "same"),
    [
        ("a word doubled", frozenset(("they", "costs")), True),
        ("a word doubled", frozenset(("costs",)), False),
        ("a word dropped", frozenset(("others",)), False),
    ],
)
def test_a_listing_page_may_show_words_of_what_it_lists(
    name: str, listing: frozenset[str], same: bool, sides: Sides
) -> None:
    page = sides.myst.pages[name]
    places = Places({**PLACES.urls, "/the-page": page.url})
    html = sides.hugo.content
    found = compare_page(html, page, "/the-page/", places, "The page", listing=listing)
    assert found.same_words is same
    assert ("words" in {one.kind for one in found.differences}) is not same


STANDING_IN = {
    "chart": (
        "```js\ntype: 'bar', data: [1, 2]\n```\n",
        "<canvas></canvas><script>new Chart({ type: 'bar',\n data: [1, 2] })</script>",
    ),
    "post": (
        "[Post by A](https://social.example/@a/12345678)\n",
        '<iframe src="https://social.example/@a/12345678/embed"></iframe>',
    ),
    "gist": (
        "[Gist](https://gist.github.com/a/0123abcd)\n",
        '<script src="https://gist.github.com/a/0123abcd.js"></script>',
    ),
    "colour": ("`#71717a`\n", '<div style="background-color:#71717a"></div>'),
}


def test_what_stands_for_a_script_or_style_is_no_word_too_many() -> None:
    pages = build_pages({name: myst for name, (myst, _) in STANDING_IN.items()}).pages
    for name, (_, html) in STANDING_IN.items():
        assert compare_page(html, pages[name], "/x/", Places(), name).same_words, name
        assert not compare_page("<p></p>", pages[name], "/x/", Places(), name).same_words, name


def test_math_is_found_beside_code_with_its_delimiters() -> None:
    page = build_pages({"page": "`$$` or\n\n$$\n\\frac{1}{2}\n$$\n"}, dollarmath=True).pages["page"]
    html = "<p><code>$$</code> or</p>\n$$\n\\frac{1}{2}\n$$"
    assert compare_page(html, page, "/page/", Places(), "page").verdict == "identical"


def test_a_files_name_is_told_from_the_same_words_before_it() -> None:
    text = "In `a/b.md`\n\n```{code-block} yaml\n:filename: c/a/b.md\n\nx: 1\n```\n"
    page = build_pages({"page": text}).pages["page"]
    html = (
        "<p>In <code>a/b.md</code></p><div>c/a/b.md</div>"
        '<pre><code class="language-yaml">x: 1</code></pre>'
    )
    assert compare_page(html, page, "/page/", Places(), "page").same_words


DECORATIONS = {
    "heading anchors": '<h2 id="x">Head <a class="header-anchor" href="#x">#</a></h2>',
    "aria-hidden anchors": '<h2 id="x">Head<a href="#x" aria-hidden="true">§</a></h2>',
    "copy buttons": '<h2>Head<button class="copy">Copy</button></h2>',
    "icons": '<h2><span class="material-icons">warning</span>Head</h2>',
    "icons that are not there": '<h2><span style="height: 1em; width: 1em">bell</span>Head</h2>',
    "names of a button's icons": '<h2><button aria-label="Head"><span>arrow-right</span> Head'
    "</button></h2>",
    "folded contents": '<details><summary>Contents</summary><nav id="TableOfContents"></nav>'
    "</details><h2>Head</h2>",
    "styles": "<style>h2 {}</style><h2>Head</h2><script>x()</script>",
    "comments": "<!-- note --><h2>Head</h2>",
    "empty anchors": '<a id="top"></a><a href="#x"></a><h2>Head</h2>',
    "zero width": "<h2>He\u200bad</h2>",
    "contents": '<div class="my toc"><p>On this page</p><a href="#x">Head</a></div><h2>Head</h2>',
    "a switch": '<input type="checkbox" id="s"><label for="s"></label><h2>Head</h2>',
}


def test_decorations_of_themes_are_no_content() -> None:
    page = build_pages({"page": "## Head\n"}).pages["page"]
    found = {
        name: compare_page(html, page, "/page/", Places(), "page").differences
        for name, html in DECORATIONS.items()
    }
    assert not any(found.values()), found


def test_tabs_without_a_script_are_tabs() -> None:
    page = build_pages({"page": "::::{tab-set}\n:::{tab-item} One\nWords\n:::\n::::\n"}).pages[
        "page"
    ]
    html = '<input type="radio" id="t1"><label for="t1">One</label><div><p>Words</p></div>'
    assert not compare_page(html, page, "/page/", Places(), "page").differences


def test_tabs_that_are_buttons_and_signs_of_boxes() -> None:
    text = "::::{tab-set}\n:::{tab-item} One\nWords\n:::\n::::\n\n:::{warning}\nVery hot\n:::\n"
    page = build_pages({"page": text}).pages["page"]
    html = (
        '<div role="tablist"><button class="x-tabs-toggle" role="tab">One</button></div>'
        '<div role="tabpanel">Words</div>'
        '<div class="x-callout"><div>⚠️</div><div>Very hot</div></div>'
    )
    assert not compare_page(html, page, "/page/", Places(), "page").differences


def test_plain_text() -> None:
    assert plain("“It’s” – a\u00a0—\u200b b…") == '"It\'s" - a - b...'
    assert tokens("a, b(c)") == ("a", ",", "b", "(", "c", ")")
    assert loose_tex(r"\frac{a_1}{b}") == "fraca1b"


@pytest.mark.parametrize(
    ("href", "page", "expected"),
    [
        ("../b/", "/a/", ("page:/b-new", "")),
        ("/b/#x", "/a/", ("page:/b-new", "x")),
        ("#x", "/b/", ("page:/b-new", "x")),
        ("https://site.org/sub/b/index.html", "/a/", ("page:/b-new", "")),
        ("/sub/b/", "/a/", ("page:/b-new", "")),
        ("paper.pdf", "/a/", ("file:paper.pdf", "")),
        ("../nope/", "/a/", ("?/nope", "")),
        ("mailto:A@b.org", "/a/", ("mailto:a@b.org", "")),
        ("/a/mailto:a@b.org", "/a/", ("mailto:a@b.org", "")),
        ("http://[broken", "/a/", ("?http://[broken", "")),
    ],
)
def test_targets(href: str, page: str, expected: tuple[str, str]) -> None:
    places = Places({"/b": "/b-new"}, hosts=frozenset(("site.org",)), base_path="/sub")
    assert of_hugo(href, page, places) == expected


def test_files_and_urls() -> None:
    assert file_name("/a/tree_hu_1a2b3c.webp") == file_name("tree-" + "0" * 32 + ".png")
    assert external("https://www.youtube.com/embed/ID?start=0") == external("https://youtu.be/ID")
    assert external("HTTPS://Example.org/a/") == external("https://example.org/a")


def test_hostile_html_is_read(tmp_path: Path) -> None:
    del tmp_path
    page = build_pages({"page": "x\n"}).pages["page"]
    deep = "<div>" * 5000 + "x" + "</div>" * 5000
    assert compare_page(deep, page, "/page/", Places(), "page").verdict in ("identical", "differs")


def test_captions_of_spans_and_who_is_quoted() -> None:
    text = "> Well said by them.\n>\n> -- **Ann**\n\n:::{figure} a.png\n:alt: A\n\nA tree\n:::\n"
    page = build_pages({"page": text}).pages["page"]
    html = (
        "<blockquote><p>Well said by them.</p><footer><strong>Ann</strong></footer></blockquote>"
        '<figure><div style="background-image: url(https://x.org/a.png)">'
        '<img src="/a.png" alt="A"></div>'
        '<span class="caption">A tree</span></figure>'
    )
    found = compare_page(html, page, "/page/", Places(), "page").differences
    assert not found, found


def test_what_themes_make_of_an_alert_an_image_and_a_film() -> None:
    text = (
        ":::{note}\nWords\n:::\n\n![A](a.png)\n\n"
        ":::{iframe} https://player.vimeo.com/video/1\n:::\n\n[Gist](https://gist.github.com/someone/0123456789abcdef)\n"
    )
    page = build_pages({"page": text}).pages["page"]
    html = (
        '<blockquote class="alert alert-note"><div class="alert-header">'
        '<span class="alert-title">Note</span></div>'
        '<div class="alert-body"><p>Words</p></div></blockquote>'
        '<p><a href="/a.png"><img src="/a_hu_12ab34cd56ef7890.png" alt="A"></a></p>'
        '<iframe src="https://player.vimeo.com/video/1?dnt=0"></iframe>'
        '<script src="https://gist.github.com/someone/0123456789abcdef.js"></script>'
    )
    found = compare_page(html, page, "/page/", Places(), "page").differences
    assert not found, found


def test_titles_may_be_headings_or_bold() -> None:
    def facts(kind: str, *values: tuple[str, int, bool]) -> tuple[Item, ...]:
        return tuple(
            Item(kind, ("1", words), words, 0, level=level, loose=loose)
            for words, level, loose in values
        )

    hugo = facts("heading", ("One", 2, False), ("Card", 3, True), ("Two", 4, False))
    told = told_headings(hugo, facts("heading", ("One", 2, False), ("Two", 3, False)))
    assert [item.value for item in told] == [("1", "One"), ("2", "Two")]
    kept = told_headings(hugo, hugo)
    assert [item.value for item in kept] == [("1", "One"), ("2", "Card"), ("3", "Two")]
    bold = (Item("strong", ("Mindthegap",), "", 0), Item("strong", ("text",), "", 0))
    assert without_titles(bold, (Item("box title", ("Mindthegap",), "", 0),)) == bold[1:]
