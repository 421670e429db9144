r"""Equations that have names: `\label`, `\ref` and `\eqref`, and TeX that only defines commands.

MathJax resolves names within the page; mystmd within the project, and only by its own roles. So a
reference becomes a role, and a name that several pages have gets the page's name before it, or
goes where nothing refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate import myst
from migrate.context import Context
from migrate.convert.walk import Atom
from migrate.mathematics import LABEL, without_code

REFERENCE = re.compile(r"\\(eq)?ref\{([^{}`<>\n]{1,80})\}")
ENVIRONMENT = re.compile(
    r"\\begin\{(equation|align|gather|multline|alignat|eqnarray)(\*?)\}"
    r"(?:(?!\\begin\{\1|\\end\{\1).){1,8000}?\\end\{\1\2\}",
    re.S,
)
"""Environments that MathJax finds without delimiters, as mystmd does."""
_BOUND = re.compile(r"\\\\|\$\$|\\(?:begin|end)\{|\\[\[\]]")
_TAG = re.compile(r"\\tag\*?\{([^{}\n]{1,40})\}")
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand\*?\s{0,9}|DeclareMathOperator(\*?)\s{0,9}|def\s{0,9}(?=\\))"
    r"\{?(\\[A-Za-z]+)\}?(?:\[\d\])?(?:#\d)*\s{0,9}"
    r"\{((?>(?:[^{}]|\{(?>(?:[^{}]|\{(?>(?:[^{}]|\{[^{}]*+\})*)\})*)\})*))\}[ \t]*\n?"
)
_LONGEST_ROW = 2000
"""Characters around a label in which its tag is looked for."""
_INNER = {"equation": "", "gather": "gathered", "multline": "gathered"}
_OUTSIDE = re.compile(r"[^A-Za-z0-9:._-]+")


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation that something on its page refers to."""

    label: str
    tag: str = ""
    """What its author numbers it by."""


def equations(ctx: Context) -> dict[str, Equation]:
    """The page's equations by the names that its references use."""
    if ctx.record.equations is None:
        ctx.record.equations = _equations(ctx) if "\\label{" in ctx.page.body else {}
    return ctx.record.equations


def _equations(ctx: Context) -> dict[str, Equation]:
    body = ctx.page.body
    wanted = {found[2] for found in REFERENCE.finditer(body)}
    found: dict[str, Equation] = {}
    for label in LABEL.finditer(body) if wanted else ():
        name = label[1]
        if name not in wanted or name in found:
            continue
        near = max(0, label.start() - _LONGEST_ROW)
        start = max((m.end() for m in _BOUND.finditer(body, near, label.start())), default=near)
        after = _BOUND.search(body, label.end(), label.end() + _LONGEST_ROW)
        tag = _TAG.search(body, start, after.start() if after else label.end() + _LONGEST_ROW)
        found[name] = Equation(_label(name, ctx), tag[1] if tag else "")
    return found


def _label(name: str, ctx: Context) -> str:
    label = _OUTSIDE.sub("-", name).strip("-") or "equation"
    if name not in ctx.plan.shared_equations:
        return label
    place = ctx.plan.places[ctx.page.identity].with_suffix("")
    stem = place.parent.name if place.name == "index" and place.parent.name else place.name
    return f"{_OUTSIDE.sub('-', stem)}-{label}"


def labelled(tex: str, ctx: Context) -> str:
    """TeX with the names of its equations as the project has them."""
    if "\\label{" not in tex:
        return tex
    known = equations(ctx)

    def spell(found: re.Match[str]) -> str:
        if found[1] in known:
            return f"\\label{{{known[found[1]].label}}}"
        return "" if found[1] in ctx.plan.shared_equations else found[0]

    return LABEL.sub(spell, tex)


def numbered(tex: str, ctx: Context) -> str:
    """The directive of an equation between delimiters that something refers to, so that it has a
    number; empty where it needs none."""
    known = equations(ctx) if "\\label{" in tex else {}
    named = [known[name] for name in LABEL.findall(tex) if name in known]
    if not named or named[0].tag:
        return ""
    options = {"label": named[0].label, "enumerated": "true"}
    bare = "\n".join(line for line in LABEL.sub("", tex).strip().split("\n") if line.strip())
    return myst.directive("math", options=options, body=bare, fence="`")


def in_line(tex: str) -> str:
    """TeX for running text: environments that are for displays in the form that isn't."""
    found = ENVIRONMENT.fullmatch(tex.strip()) if "\\begin{" in tex else None
    if found is None:
        return tex
    opening = f"\\begin{{{found[1]}{found[2]}}}"
    inner = LABEL.sub("", found[0][len(opening) : -len(opening) + 2]).strip()
    name = _INNER.get(found[1], "aligned")
    return f"\\begin{{{name}}} {inner} \\end{{{name}}}" if name else inner


def references(text: str, start: int, end: int, ctx: Context) -> Iterator[Atom]:
    r"""`\eqref{x}` and `\ref{x}` in running text, where the page has that equation."""
    if "ref{" not in text[start:end]:
        return
    known = equations(ctx)
    for found in REFERENCE.finditer(text, start, end):
        if (named := known.get(found[2])) is not None:
            yield Atom(found.start(), found.end(), text=reference(found, named))


def reference(found: re.Match[str], named: Equation) -> str:
    """The role for a reference to an equation."""
    if named.tag:
        shown = f"({named.tag})" if found[1] else named.tag
        return f"[{myst.escape(shown)}](#{named.label})"
    return myst.role("eq", named.label) if found[1] else f"[%s](#{named.label})"


def sole_reference(tex: str, ctx: Context) -> str:
    r"""What stands for a formula that is only a reference: `$\eqref{x}$`."""
    found = REFERENCE.fullmatch(tex.strip()) if "ref{" in tex else None
    named = equations(ctx).get(found[2]) if found else None
    return reference(found, named) if found and named else ""


def definitions(body: str) -> dict[str, str]:
    """The commands that a page's formulas define: MathJax knows them on the whole page, mystmd by
    the page's front matter."""
    if "\\newcommand" not in body and "\\def" not in body and "\\DeclareMath" not in body:
        return {}
    return {
        found[2]: f"\\operatorname{found[1]}{{{found[3]}}}"
        if "DeclareMath" in found[0]
        else found[3]
        for found in _DEFINITION.finditer(without_code(body))
    }


def without_definitions(tex: str) -> str:
    """TeX without the commands that it defines."""
    if "\\newcommand" not in tex and "\\def" not in tex and "\\DeclareMath" not in tex:
        return tex
    return _DEFINITION.sub("", tex)
