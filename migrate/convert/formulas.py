"""Formulas as KaTeX, MathJax, pandoc and browsers' MathML leave them in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.soup import attribute, classes
from migrate.convert.structure import block

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_DELIMITED = re.compile(r"^\s*(?:\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$)\s*$", re.DOTALL)


_TYPED = re.compile(
    r"\\\((?!\s*\\\))([^\n]{1,500}?)\\\)|\\\[(?!\s*\\\])((?:(?!\\\]).){1,4000}?)\\\]", re.DOTALL
)
_DOLLARS = re.compile(
    r"(?<![\\$\w])\$(?![\s$])([^$\n]{1,400})(?<![\s\\])\$(?![\d$])|\$\$([^$]{1,4000})\$\$"
)
"""No prices: the dollar that closes a formula stands behind no blank and before no digit."""
_TEX = re.compile(r"[\\^_={}+<>\d]|^\s*\w{1,2}\s*$")
_AS_TYPED = frozenset(["pre", "code", "script", "style", "textarea", "samp", "math", "kbd", "tt"])


def mark(soup: Tag, *, dollars: bool = False) -> None:
    """Put what is typed in running text for MathJax to find, `\\(x\\)` and `\\[x\\]`, and with
    `dollars` `$x$` and `$$x$$`, between the tags that pandoc writes around it."""
    _mark(soup, _TYPED)
    if dollars:
        _mark(soup, _DOLLARS)


def _mark(soup: Tag, typed: re.Pattern[str]) -> None:
    for text in soup.find_all(string=typed):
        around = {parent.name for parent in text.parents}
        named = text.parent is not None and "math" in classes(text.parent)
        if type(text) is not NavigableString or named or around & _AS_TYPED:
            continue
        at, parts = 0, []
        said = str(text)
        for found in typed.finditer(said):
            if typed is _TYPED and _TEX.search(found[1] or found[2]) is None:
                continue
            kind = "inline" if found[1] else "display"
            formula = Tag(name="span", attrs={"class": f"math {kind}"})
            formula.string = found[0]
            parts += [NavigableString(said[at : found.start()]), formula]
            at = found.end()
        if parts:
            text.replace_with(*parts, NavigableString(said[at:]))


def katex(el: Tag, to: Converter, around: Tags) -> str | None:
    """KaTeX' or MathJax' drawing of a formula: its TeX stands in an annotation."""
    source = _source(el)
    if source is None:
        return None
    names = classes(el)
    math = el.find("math")
    display = "katex-display" in names or attribute(el, "display") in ("true", "block")
    if isinstance(math, Tag) and attribute(math, "display") == "block":
        display = True
    to.account(el.get_text(" "))
    return formula(source, to, display=display)


def mathml(el: Tag, to: Converter, around: Tags) -> str | None:
    """A `<math>` element with its TeX in an annotation or as `alttext`."""
    source = _source(el) or attribute(el, "alttext")
    to.account(el.get_text(" "))
    if not source:
        to.report("HM505", "<math", tag="math", what="only its letters are kept")
        return myst.escape(" ".join(el.get_text(" ").split()), dollar=to.dollar)
    return formula(source, to, display=attribute(el, "display") == "block")


def script(el: Tag, to: Converter, around: Tags) -> str | None:
    """MathJax' `<script type="math/tex">`; None for scripts that run."""
    kind = attribute(el, "type").lower()
    if not kind.startswith("math/tex"):
        return None
    return formula(el.get_text(), to, display="mode=display" in kind)


def delimited(el: Tag, to: Converter, around: Tags) -> str | None:
    """pandoc's `<span class="math inline">\\(x\\)</span>`."""
    if el.find(class_=["katex", "MathJax", "mjx-chtml"]) is not None or el.name not in (
        "span",
        "div",
        "p",
    ):
        return None
    found = _DELIMITED.match(el.get_text())
    if found is None:
        return None
    source = next(group for group in found.groups() if group is not None)
    display = found[2] is not None or found[3] is not None or "display" in classes(el)
    return formula(source, to, display=display)


def preview(el: Tag, to: Converter, around: Tags) -> str | None:
    """MathJax' drawing of a formula whose source stands in a script beside it."""
    to.account(el.get_text(" "))
    return ""


def formula(source: str, to: Converter, *, display: bool) -> str:
    """TeX as MyST: a `math` directive, or `$…$` where the project reads dollars."""
    source = re.sub(r"\n\s*\n", "\n", source).strip()
    if not source:
        return ""
    if display:
        return block(myst.directive("math", body=source, fence="`"))
    source = " ".join(source.split())
    return f"${source}$" if to.dollar and "$" not in source else myst.role("math", source)


def _source(el: Tag) -> str | None:
    found = el.find("annotation", attrs={"encoding": "application/x-tex"})
    return found.get_text() if isinstance(found, Tag) else None
