"""Formulas of a whole site: its commands, names of equations, delimiters of the configuration."""

from __future__ import annotations

import pytest
from small_site import Converted, convert_site

from migrate.read import macros

CONFIG = """\
title: Notes
params: {katex: {macros: {'\\half': '\\tfrac{1}{2}'}}}
markup:
  goldmark:
    extensions:
      passthrough:
        enable: true
        delimiters:
          block: [['\\begin{equation}', '\\end{equation}'], ['\\begin{align}', '\\end{align}']]
          inline: [['\\(', '\\)']]
"""
SCRIPT = r"""<script>MathJax = {tex: {macros: {
  RR: "{\\bf R}", // the reals
  ket: ['\\left|#1\\right\\rangle', 1], unused: "x", bra: "\\ket{#1}" }}};</script>
"""
EQUATION = "\\begin{equation}\nx \\in \\RR \\label{eq:1}\n\\end{equation}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    files = {
        "hugo.yaml": CONFIG,
        "layouts/partials/math.html": SCRIPT,
        "content/one.md": f"---\ntitle: One\n---\n{EQUATION}\nBy \\eqref{{eq:1}}, $5 to $6.\n",
        "content/two.md": f"---\ntitle: Two\n---\n{EQUATION}\n\\(\\half\\) and \\(\\bra{{a}}\\)\n",
        "content/three.md": "---\ntitle: Three\n---\n"
        "\\(\\newcommand{\\up}[1]{\\mathbf{#1}}\\)\n\n"
        "Text \\begin{align} a &= \\up{b} \\end{align} after.\n",
    }
    return convert_site(tmp_path_factory.mktemp("equations"), files)


def test_commands_of_parameters_and_scripts_that_pages_use(site: Converted) -> None:
    assert site.project()["project"]["math"] == {
        "\\half": "\\tfrac{1}{2}",
        "\\RR": "{\\bf R}",
        "\\ket": "\\left|#1\\right\\rangle",
        "\\bra": "\\ket{#1}",
    }


def test_commands_that_a_page_defines(site: Converted) -> None:
    assert site.front("three.md")["math"] == {"\\up": "\\mathbf{#1}"}


def test_names_that_several_pages_have(site: Converted) -> None:
    assert "\\label{one-eq:1}" in site.body("one.md")
    assert "By {eq}`one-eq:1`, \\$5 to \\$6." in site.body("one.md")
    assert "\\label" not in site.body("two.md")


def test_delimiters_that_are_a_part_of_the_formula(site: Converted) -> None:
    assert site.body("two.md").startswith("\\begin{equation}\nx \\in \\RR \n\\end{equation}\n")
    assert "Text $\\begin{aligned} a &= \\up{b} \\end{aligned}$ after." in site.body("three.md")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"""macros: {"\\f": "#1f(#2)", '\\g': `\g{x}`}""", {"\\f": "#1f(#2)", "\\g": r"\g{x}"}),
        (r"""TeX: { Macros: { a: ["b", 1, "c"], d: "e" } }""", {"\\a": "b", "\\d": "e"}),
        (r"""{{ $o := dict "macros" (dict "\\R" "\\mathbb{R}" `\E` `E`) }} "x" "y" """,
         {"\\R": "\\mathbb{R}", "\\E": "E"}),
        (r"""{{ $macros := dict "\\R" "R" }} "x" "y" """, {"\\R": "R"}),
        ("""macros: {} "a": "b" """, {}),
        ("""macros: { "a" """, {}),
    ],
)  # fmt: skip
def test_commands_in_a_text(text: str, found: dict[str, str]) -> None:
    assert dict(macros.of_text(text)) == found
