"""Templates that real sites have: older than today's Hugo, in a theme of layouts only, failing,
and beside mappings of the same name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from migrate.convert.agreement import agrees
from migrate.engines import hugo
from migrate.model import Severity
from migrate.options import Options
from migrate.pipeline import convert, load
from migrate.result import Result
from migrate.verification import verify


def site(root: Path, files: dict[str, str]) -> Path:
    """A Hugo site of these files."""
    for name, text in {"hugo.yaml": "baseURL: https://x.example/\n", **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def migrated(tmp_path: Path, files: dict[str, str]) -> tuple[str, Result]:
    """(the text of page `a`, the result) of a site of these files."""
    source = site(tmp_path / "source", files)
    result = convert(str(source), str(tmp_path / "out"), Options())
    page = (tmp_path / "out/a.md").read_text("utf-8")
    return page.partition("---\n")[2].partition("---\n")[2].strip(), result


def outcomes(result: Result) -> dict[str, int]:
    """Outcome -> calls."""
    found: Counter[str] = Counter()
    for (_, outcome), count in result.calls.items():
        found[outcome] += count
    return dict(found)


PAGE = "---\ntitle: A\n---\n\n"


def test_a_theme_that_has_layouts_only(tmp_path: Path) -> None:
    page, result = migrated(
        tmp_path,
        {
            "hugo.yaml": "baseURL: https://x.example/\ntheme: bare\n",
            "themes/bare/layouts/shortcodes/motto.html": "<p>Slow <b>and</b> steady</p>",
            "content/a.md": PAGE + "{{< motto >}}\n",
        },
    )
    assert page == "Slow **and** steady"
    assert not result.diagnostics


def test_a_hook_that_calls_a_template_by_its_old_name(tmp_path: Path) -> None:
    """Hugo 0.146 gave the folders of templates other names."""
    page, result = migrated(
        tmp_path,
        {
            "layouts/_default/_markup/render-heading.html": (
                '{{ template "_default/_markup/td-head.html" . }}'
            ),
            "layouts/_default/_markup/td-head.html": (
                '<h{{ .Level }} id="{{ .Anchor }}">{{ .Text | safeHTML }}{{ template "mark" . }}'
                '</h{{ .Level }}>{{ define "mark" }} (checked){{ end }}'
            ),
            "layouts/shortcodes/part.html": '{{ "## Tides" | .Page.RenderString }}<p>Twice</p>',
            "content/a.md": PAGE + "{{< part >}}\n",
        },
    )
    assert page == "## Tides (checked)\n\nTwice"
    assert not result.diagnostics


def test_a_hook_that_calls_what_is_nowhere(tmp_path: Path) -> None:
    page, _ = migrated(
        tmp_path,
        {
            "layouts/_default/_markup/render-link.html": '{{ template "old/gone.html" . }}',
            "layouts/shortcodes/part.html": '{{ "[one](https://o.example)" | markdownify }}',
            "content/a.md": PAGE + "{{< part >}}\n",
        },
    )
    assert page == "[one](https://o.example)"


QUIET = '<meta name="robots" content="noindex">'


def test_who_raised_an_error(tmp_path: Path) -> None:
    """A call that shows nothing isn't blamed for the error of another, nor for Hugo's own."""
    page, result = migrated(
        tmp_path,
        {
            "layouts/shortcodes/quiet.html": QUIET,
            "layouts/shortcodes/strict.html": '{{ partial "look.html" (dict "id" (.Get 0)) }}',
            "layouts/partials/look.html": '{{ errorf "no entry %q" .id }}',
            "content/old.md": "---\ntitle: Old\n_build: {render: link}\n---\n",
            "content/a.md": PAGE + "Before\n\n{{< quiet >}}\n\n{{< strict k9 >}}\n",
        },
    )
    assert [(d.code, d.line) for d in result.diagnostics] == [("HM801", 9)]
    assert 'no entry "k9"' in result.diagnostics[0].message
    assert page == (
        "Before\n\n% hugo2myst HM801: real Hugo can't render this\n\n```\n{{< strict k9 >}}\n```"
    )
    assert outcomes(result) == {"rendered": 1, "kept": 1}


def test_a_failure_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "layouts/shortcodes/fails.html": "{{ .Page.NoSuch }}",
        "layouts/shortcodes/wrap.html": "<div>{{ .Inner }}</div>",
        "content/a.md": PAGE + "{{< fails >}}\n\n{{< wrap >}}{{< unknown >}}{{< /wrap >}}\n",
    }
    _, first = migrated(tmp_path, files)
    monkeypatch.setattr(hugo, "find_hugo", lambda: pytest.fail("started"))
    again = convert(str(tmp_path / "source"), str(tmp_path / "out"), Options())
    assert again.diagnostics == first.diagnostics
    assert [d.code for d in first.diagnostics] == ["HM801", "HM301", "HM301"]


TIP = '<div class="alert alert-{{ .Get "color" }}"><h4>{{ .Get "title" }}</h4>{{ .Inner }}</div>'
DOCSY = (
    "baseURL: https://x.example/\ntheme: docsy\nmarkup: {goldmark: {renderer: {unsafe: true}}}\n"
)


@pytest.mark.parametrize(
    ("template", "expected", "outcome"),
    [
        (TIP, ":::{note} Stop\nMind the *gap*.\n:::", "mapped"),
        (TIP + "<p>Call 555.</p>", ":::{note} Stop\nMind the *gap*.\n:::\n\nCall 555.", "rendered"),
    ],
)
def test_a_mapping_stands_for_a_template_that_says_the_same(
    tmp_path: Path, template: str, expected: str, outcome: str
) -> None:
    page, result = migrated(
        tmp_path,
        {
            "hugo.yaml": DOCSY,
            "layouts/shortcodes/alert.html": template,
            "content/a.md": PAGE
            + '{{% alert title="Stop" color="primary" %}}\n\nMind the *gap*.\n\n{{% /alert %}}\n',
        },
    )
    assert (page, outcomes(result)) == (expected, {outcome: 1})


@pytest.mark.parametrize(
    ("myst", "html", "same"),
    [
        (":::{note} Mind\nthe *gap*\n:::", "<div><h4>Mind</h4><p>the <em>gap</em></p></div>", True),
        (":::{note}\nthe gap\n:::", "<div><h4>Note</h4>the gap</div>", False),
        (":::{note} Stop\nthe gap\n:::", "<div>the gap</div>", False),
        ("> slow\n>\n> -- Ann", "<blockquote>“slow”</blockquote><p>— Ann</p>", False),
        ("![A boat](b.png)", '<img src="/x/b.png" alt="A boat">', True),
        ("![A boat](b.png)", "<p></p>", False),
        (":::{figure} b.png\n:alt: A\n\nAt sea\n:::", "<img src=b.png><p>At sea</p>", True),
        (":::{figure} b.png\n:::", '<img src="https://cdn.example/b_w200.png">', False),
        ("[Go](/a.md)", '<a href="https://x.example/a/">Go</a>', True),
        ("[Go](https://o.example/a)", '<a href="https://o.example/b">Go</a>', False),
        ("{button}`Go </a.md>`", '<a class="btn" href="/a/">Go</a><!-- no -->', True),
        ("words", "<script>let words</script><p>words</p>", True),
    ],
)
def test_agreement(myst: str, html: str, same: bool) -> None:
    assert agrees(myst, html, {"x.example"}) is same


HOOK = """
{{ $src := .Destination | safeURL }}
<figure><img src="{{ $src }}" alt="{{ .Text }}">
<div class="modal"><div><img src="{{ $src }}" alt="{{ .Text }}"></div></div></figure>
"""
LINK = """
<a href="{{ .Destination | safeURL }}">{{ .Text }}&nbsp;<sup><i class="fas fa-out"></i></sup></a>
"""
BODY = """
{{< contents >}}

## One

![A boat](/b.svg)

Read [this](https://o.example/a), twice<sup>[1](https://o.example/1)</sup>.

{{< boxed >}}

{{% cards %}}

```mermaid
graph TD; a-->b<br>c
```

[tide]: https://o.example/tide
"""


def test_pages_of_a_site_with_hooks_say_the_same(tmp_path: Path) -> None:
    """Hooks and templates that decorate: windows, icons, contents, boxes to tick."""
    files = {
        "hugo.yaml": DOCSY.replace("theme: docsy\n", ""),
        "layouts/_default/_markup/render-image.html": HOOK,
        "layouts/_default/_markup/render-link.html": LINK,
        "layouts/_default/_markup/render-codeblock-mermaid.html": (
            '<pre class="mermaid">{{ .Inner | safeHTML }}</pre>'
        ),
        "layouts/shortcodes/contents.html": "{{ .Page.TableOfContents }}",
        "layouts/shortcodes/boxed.html": (
            '<div class="note"><h4>Note</h4>{{ "## Key" | .Page.RenderString }}</div>'
            '<div><img src="/b.svg" alt="B"><p class="caption-text">At sea</p></div>'
            '<p><input type="checkbox"> Rope</p>'
        ),
        "layouts/shortcodes/cards.md": (
            "{{ range .Page.Params.ways }}**{{ .title }}** by the [tide][]\n\n{{ end }}"
        ),
        "static/b.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "content/a.md": "---\ntitle: A\nways: [{title: Sail, text: slow}]\n---\n" + BODY,
    }
    page, result = migrated(tmp_path, files)
    assert not [d for d in result.diagnostics if d.severity is not Severity.INFO]
    assert "**Sail** by the [tide](https://o.example/tide)" in page
    assert page.count("Sail") == 1
    source, project = tmp_path / "source", tmp_path / "out"
    verified = verify(load(str(source), Options()), project)
    assert [one.comparison.differences for one in verified.compared if one.file == "a.md"] == [()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Word\n\n{0}{0}\nAfter\n", "Word\n\nAfter"),
        ("Word\n{0}{0}{0}After\n", "Word\nAfter"),
        ("Word\n\n{0}{0}{0}\nAfter\n", "Word\n\nAfter"),
        ("Word\n{0}{0}\nAfter\n", "Word\n\nAfter"),
        ("- Word\n  {0}  {0}  After\n- x\n", "- Word\n  After\n- x"),
        ("{0}Word\n{0}{0}\nAfter\n", "Word\n\nAfter"),
    ],
)
def test_lines_of_calls_that_show_nothing(tmp_path: Path, body: str, expected: str) -> None:
    files = {
        "layouts/shortcodes/quiet.html": QUIET,
        "content/a.md": PAGE + body.format("{{< quiet >}}\n"),
    }
    page, result = migrated(tmp_path, files)
    assert (page, result.diagnostics) == (expected, ())


PLACES = """\
Bold **see {0} now** after.

Link [go {0}](https://o.example) end.

## Head {0}

| a | b |
|---|---|
| x {0} | y |

- item
  ```sh
  run {0}
  ```

`in {0} code`
"""


@pytest.mark.parametrize(
    ("html", "line", "text", "code"),
    [
        (
            '<div class="alert alert-info"><h4>Mind</h4><p>the <b>gap</b></p></div>',
            *("Mind the gap", "Mind the gap", ["Mind", "the gap"]),
        ),
        (
            '<figure><img src="b.svg" alt="B"><figcaption>At sea</figcaption></figure>',
            *("![B](b.svg) At sea", "At sea", ["At sea"]),
        ),
        (
            "<ul><li>one</li><li><em>two</em></li></ul>",
            *("one<br>two", "one two", ["one", "two"]),
        ),
        (
            "<table><tr><th>a</th><th>c</th></tr><tr><td>b</td><td>d</td></tr></table>",
            *("a c<br>b d", "a c b d", ["a", "c", "b", "d"]),
        ),
        ("<pre><code>ls\n  pwd</code></pre>", "`ls pwd`", "ls pwd", ["ls", "  pwd"]),
        (
            '<dl><dt>T</dt><dd><a href="https://o.example/t">x</a></dd></dl>',
            *("T [x](https://o.example/t)", "T x", ["T", "x"]),
        ),
    ],
)
def test_blocks_where_one_line_fits(
    tmp_path: Path, html: str, line: str, text: str, code: list[str]
) -> None:
    files = {
        "layouts/shortcodes/part.html": html,
        "content/a.md": PAGE + PLACES.format("{{< part >}}"),
    }
    page, _ = migrated(tmp_path, files)
    assert page.split("\n") == [
        f"Bold **see {line} now** after.",
        *("", f"Link [go {text}](https://o.example) end.", "", f"## Head {line}", ""),
        *("| a | b |", "|---|---|", f"| x {line} | y |", "", "- item", "  ```sh"),
        *(f"  run {code[0]}", *(f"  {more}" for more in code[1:]), "  ```", ""),
        f"`in {' '.join(' '.join(code).split())} code`",
    ]


def test_an_iframe_in_running_text(tmp_path: Path) -> None:
    files = {
        "layouts/shortcodes/map.html": '<iframe src="https://o.example/m" title="Map"></iframe>',
        "content/a.md": PAGE + "See {{< map >}} here.\n",
    }
    page, _ = migrated(tmp_path, files)
    assert page == (
        "See\n\n:::{iframe} https://o.example/m\n:width: 100%\n:title: Map\n:::\n\nhere."
    )


@pytest.mark.parametrize(
    ("mark", "inner", "codes"),
    [
        ("<", "Mind the *gap*.", ["HM312"]),
        ("<", "Mind the gap - and 2 * 3.", []),
        ("%", "Mind the *gap*.", []),
    ],
)
def test_markdown_that_hugo_shows_as_typed(
    tmp_path: Path, mark: str, inner: str, codes: list[str]
) -> None:
    """Docsy's alert called by `<` prints its inner text: what the author meant is written."""
    close = mark.replace("<", ">")
    call = f"{{{{{mark} alert {close}}}}}\n{inner}\n{{{{{mark} /alert {close}}}}}\n"
    page, result = migrated(tmp_path, {"hugo.yaml": DOCSY, "content/a.md": PAGE + call})
    assert page == f":::{{note}}\n{inner}\n:::"
    assert [d.code for d in result.diagnostics if d.source] == codes


@pytest.mark.parametrize(
    ("template", "file", "text"),
    [
        ('{{ readFile "parts/a.txt" }}', "parts/a.txt", "new"),
        ('{{ partial "b.html" . }}', "content/b.md", "---\ntitle: new\n---\n"),
        ("{{ range site.RegularPages }}{{ .Title }} {{ end }}", "content/b.md", "# new\n"),
        ('{{ i18n "more" }}', "i18n/en.yaml", "more: new\n"),
    ],
)
def test_an_answer_holds_only_as_long_as_what_it_looks_at(
    tmp_path: Path, template: str, file: str, text: str
) -> None:
    files = {
        "layouts/shortcodes/look.html": f"<p>{template}</p>",
        "layouts/partials/b.html": '{{ with .Page.GetPage "/b" }}{{ .Title }}{{ end }}',
        "parts/a.txt": "old",
        "i18n/en.yaml": "more: old\n",
        "content/b.md": "---\ntitle: old\n---\n",
        "content/a.md": PAGE + "{{< look >}}\n",
    }
    page, _ = migrated(tmp_path, files)
    assert "old" in page
    (tmp_path / "source" / file).write_text(text.replace("# new", "---\ntitle: new\n---"))
    again = convert(str(tmp_path / "source"), str(tmp_path / "out"), Options())
    assert "new" in (tmp_path / "out/a.md").read_text("utf-8"), again.diagnostics


def test_hugo_is_not_asked_again_for_what_looks_at_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "layouts/shortcodes/own.html": '<p>{{ site.Params.of }} {{ partial "x" . }}</p>',
        "layouts/partials/x.html": "{{ .Page.Title }}",
        "content/b.md": "---\ntitle: old\n---\n",
        "content/a.md": PAGE + "{{< own k >}}\n",
    }
    migrated(tmp_path, files)
    (tmp_path / "source/content/b.md").write_text("---\ntitle: new\n---\n")
    monkeypatch.setattr(hugo, "find_hugo", lambda: pytest.fail("started"))
    convert(str(tmp_path / "source"), str(tmp_path / "out"), Options())


def test_footnotes_around_calls(tmp_path: Path) -> None:
    """Goldmark gathers them at the page's end, whoever refers to them and whoever defines them."""
    page, result = migrated(
        tmp_path,
        {
            "hugo.yaml": (
                "baseURL: https://x.example/\nmarkup: {goldmark: {renderer: {unsafe: true}}}\n"
            ),
            "layouts/shortcodes/frame.html": "<div>\n\n{{ .Inner }}\n\n</div>",
            "layouts/shortcodes/makers.md": (
                "Maker[^1] | Open\n--- | ---\nAcme | {{ .Get 0 }}\n\n[^1]: By *name*.\n"
            ),
            "content/a.md": PAGE
            + "Before[^own].\n\n{{% frame %}}\nFramed[^own].\n{{% /frame %}}\n\n"
            + "{{% makers yes %}}\n\n{{% makers no %}}\n\n[^own]: My own.\n",
        },
    )
    assert page == (
        "Before[^own].\n\nFramed[^own].\n\n"
        "| Maker[^html-2] | Open |\n| --- | --- |\n| Acme | yes |\n\n"
        "[^html-2]: By *name*.\n\n"
        "| Maker[^html-2] | Open |\n| --- | --- |\n| Acme | no |\n\n"
        "[^own]: My own."
    )
    assert not result.diagnostics


def test_pictures_that_the_front_matter_describes(tmp_path: Path) -> None:
    """Geekdoc shows a resource's title, and whom to name, below its picture."""
    source = site(
        tmp_path / "source",
        {
            "hugo.yaml": "baseURL: https://x.example/\ntheme: hugo-geekdoc\n",
            "content/a/index.md": (
                "---\ntitle: A\nresources:\n"
                "- {name: Wood-1, src: wood.png, title: A wood, params: {credits: '[Jo](/jo)'}}\n"
                "- {name: hill, src: 'more/*-2.png', title: A hill}\n---\n"
                "{{< img name=wood-1 >}}\n\n{{< img name=hill alt=Uphill >}}\n"
            ),
            "content/a/wood.png": "",
            "content/a/more/hill-2.png": "",
            "content/jo.md": "---\ntitle: Jo\n---\n\nJo.\n",
        },
    )
    convert(str(source), str(tmp_path / "out"), Options())
    assert (
        (tmp_path / "out/a/index.md")
        .read_text("utf-8")
        .endswith(
            ":::{figure} wood.png\n:alt: A wood\n\nA wood ([Jo](../jo.md))\n:::\n\n"
            ":::{figure} more/hill-2.png\n:alt: Uphill\n\nUphill\n:::\n"
        )
    )


def test_a_list_of_pages_made_by_a_call(tmp_path: Path) -> None:
    """The same pages in Hugo's list and in the one that mystmd makes are no difference."""
    source = site(
        tmp_path / "source",
        {
            "hugo.yaml": "baseURL: https://x.example/\ntheme: hugo-geekdoc\n",
            "themes/hugo-geekdoc/layouts/shortcodes/toc-tree.html": (
                "<ul>{{ range .Page.RegularPages }}"
                '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
            ),
            "content/s/_index.md": "---\ntitle: S\n---\n\n{{< toc-tree >}}\n",
            "content/s/one.md": "---\ntitle: One\n---\n\nOne.\n",
            "content/s/two.md": "---\ntitle: Two\n---\n\nTwo.\n",
        },
    )
    out = tmp_path / "out"
    plan = load(str(source), Options())
    convert(str(source), str(out), Options())
    assert "```{toc}" in (out / "s/index.md").read_text("utf-8")
    assert not verify(plan, out).unproved


def test_a_picture_with_a_size_in_running_text(tmp_path: Path) -> None:
    page, _ = migrated(
        tmp_path,
        {
            "layouts/shortcodes/sign.html": '<img src="{{ .Get 0 }}" height="20" alt="sign">',
            "content/a.md": PAGE + 'A {{< sign "https://example.com/s.png" >}} in it.\n',
        },
    )
    assert page == 'A <img src="https://example.com/s.png" alt="sign" height="20"> in it.'


INLINE = PAGE + "One.\n\n{{< say.inline >}}<p>Made by {{ .Page.Title }}</p>{{< /say.inline >}}\n"


@pytest.mark.parametrize(
    ("setting", "expected", "codes"),
    [
        ("", "One.", ["HM313"]),
        ("security:\n  enableInlineShortcodes: true\n", "One.\n\nMade by A", []),
    ],
)
def test_inline_shortcodes(setting: str, expected: str, codes: list[str], tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "baseURL: https://x.example/\nmarkup:\n  goldmark:\n    renderer:\n"
        f"      unsafe: true\n{setting}",
        "content/a.md": INLINE,
    }
    page, result = migrated(tmp_path, files)
    assert page == expected
    assert [one.code for one in result.diagnostics] == codes


ORG = """\
#+TITLE: A
A note.[fn:1] Let \\(x^2\\) be, or $y^2$, for $5.

- [X] done
- [ ] open

[fn:1] Of *some* length.
"""


def test_notes_and_tasks_of_org(tmp_path: Path) -> None:
    files = {"content/a.org": ORG, "hugo.yaml": "baseURL: https://x.example/\n"}
    page, _ = migrated(tmp_path, files)
    assert page == (
        "A note.[^1] Let $x^2$ be, or $y^2$, for \\$5.\n\n- [x] done\n- [ ] open\n\n"
        "[^1]: Of **some** length."
    )
    found = verify(load(str(tmp_path / "source"), Options()), tmp_path / "out")
    assert not found.unproved, found.unproved


def test_formulas_in_what_a_template_prints(tmp_path: Path) -> None:
    """The theme's script finds them there as in the page's own text; prices and code are none."""
    files = {
        "hugo.yaml": "baseURL: https://x.example/\nparams: {math: true}\n",
        "layouts/shortcodes/lemma.html": (
            "<div><p><b>Lemma.</b></p>{{ .Inner | markdownify }}</div>"
        ),
        "content/a.md": PAGE
        + "{{< lemma >}}\nIf $f(a) < 0$ for $5 or $6, `$x$`.\n\n"
        + "$$\na\\_1 < b\n$$\n{{< /lemma >}}\n",
    }
    page, result = migrated(tmp_path, files)
    assert page == (
        "**Lemma.**\n\nIf $f(a) < 0$ for \\$5 or \\$6, `$x$`.\n\n```{math}\na_1 < b\n```"
    )
    assert not result.diagnostics
