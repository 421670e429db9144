"""Every entry of the catalogue, in every theme, and what a call becomes where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_pages import Snippets, build_pages
from shortcode_site import FOLDER, SITE, convert, files, page, plan, under

from migrate import themes
from migrate.context import Context
from migrate.convert import calls
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.model import Site
from migrate.read.lexer import closers, lex, walk
from migrate.shortcodes import function
from migrate.themes.read import functions_of

SNIPPETS = Path(__file__).parent.parent / "fixtures" / "snippets"


def read_snippets(text: str) -> list[tuple[str, str, str]]:
    """Title, `.`, source, `.`, expected, `.`, and so on."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    texts = ["\n".join(lines).strip("\n") for lines in parts]
    return [(texts[at], texts[at + 1], texts[at + 2]) for at in range(0, len(texts) - 2, 3)]


def snippets() -> list[tuple[str, str, str, str]]:
    """(theme, title, source, expected) of all snippets."""
    found = []
    for file in sorted(SNIPPETS.glob("shortcode-*.md")):
        theme = re.sub(r"^site-", "site:", file.stem.removeprefix("shortcode-"))
        theme = "hextra" if theme == "places" else theme
        found += [(theme, *one) for one in read_snippets(file.read_text(encoding="utf-8"))]
    return found


ALL = snippets()


@pytest.mark.parametrize(
    ("theme", "title", "source", "expected"), ALL, ids=[f"{one[0]}-{one[1]}" for one in ALL]
)
def test_each_entry(theme: str, title: str, source: str, expected: str) -> None:
    del title
    assert convert(source, theme)[0] == expected


def test_every_entry_of_the_catalogue_has_a_snippet() -> None:
    shown = {(theme, call.name.lower()) for theme, _, source, _ in ALL for call in _calls(source)}
    missing = [
        (theme.name, name)
        for theme in themes.catalogue()
        for name in theme.shortcodes
        if (theme.name, name) not in shown
    ]
    assert not missing


def _calls(source: str) -> list[Any]:
    return list(walk(lex(source, frozenset(closers(source))).calls))


@pytest.fixture(scope="module")
def built() -> Snippets:
    """All expected texts in one project: one page a theme."""
    pages: dict[str, list[str]] = {}
    for theme, title, _, expected in ALL:
        pages.setdefault(theme.replace(":", "-").replace(".", "-"), []).append(
            f"(h-{theme.replace(':', '-')}-{title.replace(' ', '-')})=\n## {title}\n\n{expected}\n"
        )
    texts = {f"{FOLDER}/{name}": "\n".join(parts) for name, parts in pages.items()}
    return build_pages(texts, files())


def test_real_mystmd_builds_every_entry_without_a_warning(built: Snippets) -> None:
    said = [str(message) for messages in built.messages.values() for message in messages]
    assert not said


def test_every_function_that_a_theme_names_is_there() -> None:
    for name in functions_of(themes.catalogue()):
        assert callable(function(name))


HTML = '<div class="alert alert-info"><p>From <b>Hugo</b></p></div>'


def rendered_as(source: str, html: str = HTML) -> dict[str, str]:
    """What a run of Hugo would hand over for the first call of `source` on the snippets' page."""
    (call, *_) = lex(source, frozenset(closers(source))).calls
    return {calls.key(call, source, page()): html}


def outcomes(source: str, theme: str = "hugo", **changes: Any) -> list[tuple[str, str]]:
    return convert(source, theme, **changes)[1].calls


def with_template(name: str, *below: str) -> Site:
    """The fixture site with a template for a shortcode."""
    path = SITE.resolve().joinpath(*below, "layouts", "_shortcodes", f"{name}.html")
    return replace(plan().site, source=SITE.resolve(), templates={name: path})


def test_an_unknown_call_is_hugos_rendering_if_there_is_one() -> None:
    source = "{{< mystery >}}"
    text, record = convert(source, rendered=rendered_as(source))
    assert "From **Hugo**" in text
    assert record.calls == [("mystery", "rendered")]
    assert not record.diagnostics


LIST = "<p>Tools:</p><ul><li>one</li></ul>"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", " then", "Tools:\n\n- one\n\nthen"),
        ("First ", "", "First\n\nTools:\n\n- one"),
        ("- item ", " rest", "- item\n\n  Tools:\n\n  - one\n\n  rest"),
        ("> said ", "\n> more", "> said\n>\n> Tools:\n>\n> - one\n>\n> more"),
    ],
)
def test_blocks_in_running_text_part_it(before: str, after: str, expected: str) -> None:
    source = f"{before}{{{{< mystery >}}}}{after}"
    assert convert(source, rendered=rendered_as(source, LIST))[0].strip() == expected


def test_the_sites_own_template_wins_over_the_themes_mapping() -> None:
    source = '{{% alert title="T" %}}Words.{{% /alert %}}'
    changes: dict[str, Any] = {"rendered": rendered_as(source)}
    assert outcomes(source, "docsy", **changes) == [("alert", "mapped")]
    own = with_template("alert")
    assert outcomes(source, "docsy", site=own, **changes) == [("alert", "rendered")]
    themes_own = with_template("alert", "themes", "docsy")
    assert outcomes(source, "docsy", site=themes_own, **changes) == [("alert", "mapped")]


def test_the_themes_mapping_serves_where_hugo_rendered_nothing() -> None:
    source = '{{% alert title="T" %}}Words.{{% /alert %}}'
    assert outcomes(source, "docsy", site=with_template("alert")) == [("alert", "mapped")]


def test_a_rendering_wins_over_another_themes_mapping_of_the_name() -> None:
    source = "{{< callout >}}Words.{{< /callout >}}"
    assert outcomes(source) == [("callout", "mapped")]
    assert outcomes(source, rendered=rendered_as(source)) == [("callout", "rendered")]


def test_hugo_is_asked_only_for_what_nothing_knows() -> None:
    site, lookup = plan().site, under("docsy")

    def asked(source: str, of: Site = site) -> bool:
        (call,) = lex(source, frozenset(closers(source))).calls
        return calls.needs_hugo(call, of, lookup)

    assert not asked("{{% alert %}}x{{% /alert %}}")
    assert asked("{{% alert %}}x{{% /alert %}}", with_template("alert"))
    assert not asked("{{< youtube x >}}")
    assert asked("{{< mystery >}}")
    assert asked("{{< callout >}}x{{< /callout >}}")


def test_the_parent_and_the_parameters_choose_among_themes() -> None:
    text = convert('{{< tabs >}}\n{{< tab label="L" >}}x{{< /tab >}}\n{{< /tabs >}}')[0]
    assert ":::{tab-item} L" in text
    text = convert('{{< tabgroup >}}\n{{< tab name="N" >}}x{{< /tab >}}\n{{< /tabgroup >}}')[0]
    assert ":::{tab-item} N" in text


def test_data_that_cannot_be_read_are_reported_and_kept() -> None:
    text, record = convert("{{< grid >}}\n[[item]\n{{< /grid >}}", "scientific-python")
    assert "[[item]" in text
    assert "HM305" in {said.code for said in record.diagnostics}


def test_every_call_is_counted_and_an_unknown_one_reported_at_its_line() -> None:
    text, record = convert("a\n\n{{< mystery >}}\n\n{{< youtube x >}}\n")
    assert record.calls == [("mystery", "kept"), ("youtube", "mapped")]
    assert [(said.code, said.line) for said in record.diagnostics] == [("HM301", 3)]
    assert "```\n{{< mystery >}}\n```" in text


def test_front_matter_strings_get_plain_text() -> None:
    used = replace(plan(), themes=under("hugo"))
    ctx = Context(page(), used, markdown_to_myst, html_to_myst)
    text = "Version {{< param version >}} of {{</* x */>}}"
    assert calls.render_text(text, ctx) == "Version v7 of {{< x >}}"


def test_icons_become_characters_where_the_person_wants_them() -> None:
    source = '{{< icon "star" >}} x'
    assert convert(source, "hextra")[0].strip() == "x"
    options = replace(plan().options, icons="emoji")
    assert convert(source, "hextra", options=options)[0] == "⭐ x"


def test_calls_that_include_each_other_end() -> None:
    text, _ = convert('{{< include "loop.md" >}}', "scientific-python")
    assert "{{< include" in text


def test_hostile_nesting_ends() -> None:
    source = "{{< callout >}}" * 200 + "x" + "{{< /callout >}}" * 200
    assert "x" in convert(source, "hextra")[0]
