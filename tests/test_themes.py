"""Theme files and users' mappings: detection, the mapping language, errors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from shortcode_site import ROOT, convert, page, plan

from migrate import themes
from migrate.context import Context
from migrate.convert.frontmatter import front_matter
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.diagnostics import MigrateError
from migrate.options import load
from migrate.plan import Plan
from migrate.shortcodes.survey import stanza, survey
from migrate.themes.read import functions_of, read_theme
from migrate.themes.template import compile_template


def names(modules: list[str], config: dict[str, Any] | None = None) -> list[str]:
    return [theme.name for theme in themes.detect(modules, config)]


@pytest.mark.parametrize(
    ("module", "theme"),
    [
        ("github.com/HugoBlox/hugo-blox-builder/modules/blox-bootstrap/v5", "hugo-blox"),
        ("github.com/wowchemy/wowchemy-hugo-themes/modules/wowchemy/v5", "hugo-blox"),
        ("academic", "hugo-blox"),
        ("github.com/google/docsy", "docsy"),
        ("docsy", "docsy"),
        ("github.com/imfing/hextra", "hextra"),
        ("scientific-python-hugo-theme", "scientific-python"),
        ("github.com/jpanther/congo/v2", "congo"),
        ("github.com/nunocoracao/blowfish/v2", "blowfish"),
        ("LoveIt", "loveit"),
        ("PaperMod", "papermod"),
        ("hugo-book", "hugo-book"),
        ("hugo-theme-relearn", "relearn"),
        ("hugo-geekdoc", "geekdoc"),
    ],
)
def test_themes_are_recognised_by_module_and_name(module: str, theme: str) -> None:
    assert names([module]) == [theme]


def test_a_theme_that_only_looks_alike_is_not_recognised() -> None:
    assert names(["github.com/me/docsy-fork-notes", "my-book", "github.com/x/congolese"]) == []


def test_the_first_theme_wins_and_a_sites_own_file_before_it() -> None:
    config = {"baseurl": "https://numpy.org/", "title": "x"}
    found = names(["hextra", "scientific-python-hugo-theme"], config)
    assert found == ["site:numpy", "hextra", "scientific-python"]
    assert names([], {"baseurl": "https://notnumpy.org/"}) == []


def test_the_lookup_ends_with_hugo_and_all_others() -> None:
    found = [theme.name for theme in plan().themes]
    assert found == ["hugo", "others"]
    assert plan().themes[-1].fallback


def user(mapping: str, folder: Path | None = None) -> themes.Theme:
    """A mapping as the person writes it, read through the file that holds it."""
    if folder is None:
        return read_theme(yaml.safe_load(mapping), "hugo2myst.yml", text=mapping)
    file = folder / "hugo2myst.yml"
    file.write_text(mapping, encoding="utf-8")
    options = load(file)
    return read_theme(
        dict(options.mapping),
        options.mapping_file,
        known=functions_of(themes.catalogue()),
    )


def mapped(mapping: str, source: str, folder: Path | None = None) -> str:
    return convert(source, themes=(user(mapping, folder), *plan().themes))[0]


BOX = """\
shortcodes:
  box:
    params:
      kind: {pos: 0, default: note}
      title: {names: [heading]}
      target: url
      picture: path
      size: pixels
    map:
      kind: {info: note, careful: warning, "*": tip}
    myst: |
      :::{[[kind]]} [[title|"Look"]]
      :class: [[size?]]
      [[inner]]

      [More]([[target]])
      [[picture?]]
      :::
"""


def test_the_mapping_language(tmp_path: Path) -> None:
    source = (
        '{{< box kind="careful" heading="A *title*" target="/x/" size="30" >}}\n'
        "Words for [X](/x/).\n{{< /box >}}"
    )
    assert mapped(BOX, source, tmp_path) == (
        ":::{warning} A *title*\n:class: 30px\n\nWords for [X](../x.md).\n\n[More](../x.md)\n:::"
    )


def test_defaults_positions_and_unknown_values() -> None:
    assert mapped(BOX, "{{< box >}}x{{< /box >}}").startswith(":::{note} Look\nx")
    assert mapped(BOX, "{{< box odd >}}x{{< /box >}}").startswith(":::{tip} Look\nx")


def test_the_users_mapping_wins_over_hugo_and_themes() -> None:
    mapping = 'shortcodes:\n  youtube: "Film [[args]]"\n'
    assert mapped(mapping, "{{< youtube abc >}}") == "Film abc"


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("drop", ""),
        ("keep", "```\n{{< box >}}*x*{{< /box >}}\n```"),
        ("text", "*x*"),
    ],
)
def test_verbs(verb: str, expected: str) -> None:
    assert mapped(f"shortcodes: {{box: {verb}}}", "{{< box >}}*x*{{< /box >}}") == expected


def test_a_body_of_data_and_children() -> None:
    mapping = """\
shortcodes:
  deck:
    inner: children
    myst: |
      :::{grid} 2
      [[children]]
      :::
  person:
    inner: yaml
    params: {home: url}
    myst: |
      :::{card} [[name]]
      :link: [[home?]]
      [[words]]
      :::
"""
    source = """{{< deck >}}
  {{< person >}}
  name: Ada *L.*
  home: /x/
  words: First {{< param version >}}
  {{< /person >}}
{{< /deck >}}"""
    assert mapped(mapping, source) == (
        "::::{grid} 2\n:::{card} Ada *L.*\n:link: ../x.md\n\nFirst v7\n:::\n::::"
    )


def test_a_function_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def stars(call):\n"
        "    number = int(call.get('number') or 0)\n"
        "    return '★' * number if number else None\n"
    )
    mapping = (
        "shortcodes:\n  stars:\n    params: {number: {pos: 0}}\n"
        "    function: mine.py:stars\n    myst: no stars\n"
    )
    assert mapped(mapping, "{{< stars 3 >}}", tmp_path) == "★★★"
    assert mapped(mapping, "{{< stars 0 >}}", tmp_path) == "no stars"


def test_a_function_that_raises_is_reported_and_the_call_kept(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def f(call):\n    return 1 / 0\n")
    theme = user("shortcodes: {odd: {function: 'mine.py:f'}}", tmp_path)
    text, record = convert("{{< odd >}}", themes=(theme, *plan().themes))
    assert [(said.code, said.line) for said in record.diagnostics] == [("HM320", 1), ("HM301", 1)]
    assert "{{< odd >}}" in text


def test_inline_form_and_aliases() -> None:
    mapping = """\
shortcodes:
  box:
    aliases: [kasten]
    inline: "(box: [[inner]])"
    myst: |
      :::{note}
      [[inner]]
      :::
"""
    assert mapped(mapping, "In {{< kasten >}}*x*{{< /kasten >}} text") == "In (box: *x*) text"
    assert mapped(mapping, "{{< box >}}x{{< /box >}}") == ":::{note}\nx\n:::"


@pytest.mark.parametrize(
    ("mapping", "line", "words"),
    [
        ("shortcodes:\n  box:\n    mist: x\n", 3, "`shortcodes.box.mist` is no key of a mapping; "
         "did you mean `myst`?"),
        ("shortcodes:\n  a: drop\n  box:\n    myst: '[[kidn]]'\n    params: {kind: {pos: 0}}\n", 4,
         "has `[[kidn]]`, which `params` doesn't name; did you mean `kind`?"),
        ("shortcodes:\n  box:\n    params:\n      a: {pos: one}\n    drop: true\n", 4,
         "`shortcodes.box.params.a.pos` must be a number from 0"),
        ("shortcodes:\n  box:\n    params:\n      a: {type: picture}\n    drop: true\n", 4,
         "is `picture`, must be one of: markdown"),
        ("shortcodes:\n  box:\n    inner: words\n    myst: x\n", 3,
         "must be one of: none, markdown"),
        ("shortcodes:\n  box:\n    paired: true\n", 2, "says nothing"),
        ("shortcodes:\n  box:\n    drop: true\n    myst: x\n", 2, "one of them only"),
        ("shortcodes:\n  box:\n    myst: |\n      :::{note}\n      x\n", 3,
         "doesn't close its fence"),
        ("shortcodes:\n  box:\n    function: media.vidoe\n", 3, "did you mean `media.video`?"),
        ("shortcodes:\n  box:\n    function: none.py:f\n", 3,
         "names `none.py`, which can't be read"),
        ("shortcodes:\n  box:\n    map: {kind: kinds}\n    drop: true\n", 3,
         "maps a parameter that `params` doesn't name"),
        ("html:\n  - {select: 'div p', unwrap: true}\n", 2, "needs `select`"),
        ("html:\n  - {select: div.box}\n", 2, "says nothing: give `directive`, `unwrap` or `drop`"),
    ],
)  # fmt: skip
def test_errors_name_file_line_and_key(mapping: str, line: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(MigrateError) as caught:
        user(mapping, tmp_path)
    assert words in caught.value.message
    assert caught.value.path == str(tmp_path / "hugo2myst.yml")
    assert caught.value.line == line


def test_a_failing_file_of_functions_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("1 / 0\n")
    with pytest.raises(MigrateError, match="ZeroDivisionError"):
        user("shortcodes: {box: {function: 'mine.py:f'}}", tmp_path)
    (tmp_path / "mine.py").write_text("x = 1\n")
    with pytest.raises(MigrateError, match="doesn't define"):
        user("shortcodes: {box: {function: 'mine.py:f'}}", tmp_path)


def test_every_text_of_the_catalogue_can_be_filled_in() -> None:
    for theme in themes.catalogue():
        for rules in theme.shortcodes.values():
            for rule in rules:
                for text in filter(None, (rule.myst, rule.inline)):
                    assert compile_template(text)


def surveyed(body: str) -> Plan:
    pages = (replace(page(), body=body),)
    return replace(plan(), site=replace(plan().site, pages=pages), closers=frozenset({"odd"}))


def test_a_stanza_for_what_nothing_knows_is_a_mapping_that_works() -> None:
    source = '{{< odd "Title" x >}}Words{{< /odd >}} {{< lone a=1 b-c="2" >}} {{< youtube x >}}'
    uses = survey(surveyed(source))
    assert {use.name: use.known for use in uses} == {"odd": "", "lone": "", "youtube": "hugo"}
    text = stanza(use for use in uses if not use.known)
    assert "# 1 call, such as content/p/_index.md:" in text
    assert mapped(text, '{{< odd "Title" x >}}Words{{< /odd >}}') == ":::{note} Title\nWords\n:::"
    assert mapped(text, '{{< lone a=1 b-c="2" >}}') == "1 2"


def test_front_matter_keys_get_other_names() -> None:
    theme = user("frontmatter: {Teaser: description, secret: null}")
    own = replace(page(), front={"title": "T", "teaser": "Words", "secret": "x"})
    used = replace(plan(), themes=(theme, *plan().themes))
    ctx = Context(own, used, markdown_to_myst, html_to_myst)
    found = front_matter(own, ctx)
    assert found["description"] == "Words"
    assert "x" not in str(found)


def test_html_rules_win_over_ours() -> None:
    theme = user(
        "html:\n"
        "  - {select: div.about-us, directive: tip}\n"
        "  - {select: .promo, drop: true}\n"
        "  - {select: span.keep, unwrap: true}\n"
    )
    used = replace(plan(), themes=(theme, *plan().themes))
    ctx = Context(page(), used, markdown_to_myst, html_to_myst)
    html = '<div class="about-us x"><p>Us</p></div><p class="promo">Buy</p>'
    html += '<p><span class="keep">S</span></p>'
    assert html_to_myst(html, ctx).strip() == ":::{tip}\nUs\n:::\n\nS"


def readme_mapping() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## Say what a shortcode becomes", 1)[1]
    return section.split("```yaml\n", 1)[1].split("```", 1)[0]


def test_the_readmes_mapping_does_what_the_readme_says(tmp_path: Path) -> None:
    mapping = readme_mapping()
    (tmp_path / "mine.py").write_text(mapping.rsplit("# ", 1)[1].replace(": return", ":\n return"))
    source = (
        '{{< recipe "Bread *now*" hard >}}\nBake.\n{{< /recipe >}}\n\n'
        '{{< recipe level="easy" source="/x/" photo="pic.png" >}}\nStir.\n{{< /recipe >}}\n\n'
        "{{< ad >}}\n\n{{< stars 3 >}}"
    )
    assert mapped(mapping, source, tmp_path) == (
        ":::{warning} Bread *now*\nBake.\n:::\n\n"
        ":::{tip} Recipe\n![](pic.png)\nStir.\n\nFrom [the book](../x.md)\n:::\n\n★★★"
    )
