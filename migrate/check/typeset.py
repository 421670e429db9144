"""Math that a theme typesets in the browser: in Hugo's HTML it stands as text with delimiters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from migrate.check.facts import Facts, Item, loose_tex, spaced_tex, tokens

MATH = re.compile(
    r"\\\(((?:(?!\\\().)+?)\\\)|\\\[((?:(?!\\\[).)+?)\\\]|\$\$(.+?)\$\$"
    r"|\\begin\{equation\*?\}(?:\s*\\label\{[^{}]*\})?((?:(?!\\begin).)+?)\\end\{equation\*?\}"
    r"|(\\begin\{((?:multline|gather|align|alignat|flalign|eqnarray)\*?)\}"
    r"(?:(?!\\begin).)+?\\end\{\6\})",
    re.DOTALL,
)
DOLLAR = re.compile(
    r"(?<![\\$])\$(?:(?=[^\s$])([^$\n]{1,400})(?<=\S)"
    r"|(\s[^$\n]{0,200}\\[a-zA-Z]{2}[^$\n]{0,200}))\$(?![\d$])"
)
_REFERENCE = re.compile(r"\\(?:eq)?ref\{[^{}\n]+\}")
_DEFINES = re.compile(r"\s*\\(?:(?:re)?newcommand|DeclareMathOperator|def)\b")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:\^\{?(\d+)\}?)?")
"""mystmd makes text of a formula that is only a number, or one to the power of one."""
TEX = re.compile(
    r"[\\^_{}=<>+|]|^\W*\w\W*$|^(?!\d[\d.,]*\W*[^\W\d]{2})[-\d.,\w()/* ]{1,12}$|^[^A-Za-z]+$"
)
"""What is a formula and no text between two prices, where the page has formulas at all."""


def has_dollar_math(node: Mapping[str, Any]) -> bool:
    """Whether the tree holds inline math."""
    stack = [node]
    while stack:
        node = stack.pop()
        if node.get("type") in ("inlineMath", "math"):
            return True
        stack.extend(node.get("children") or ())
    return False


def find_math(facts: Facts, dollars: bool) -> Facts:
    """Find math that the theme typesets in the browser, and take its delimiters away."""
    if "\\" not in facts.text and "$" not in facts.text:
        return facts
    items = list(facts.items)
    text = facts.text

    def typeset(match: re.Match[str]) -> str:
        group, inner = next((n, part) for n, part in enumerate(match.groups(), 1) if part)
        if match.re is DOLLAR and not TEX.search(inner):
            return match[0]
        if _DEFINES.match(inner) or _REFERENCE.fullmatch(inner.strip()):
            return " " * len(match[0])
        number = NUMBER.fullmatch(inner.strip())
        if number is not None:
            return ((number[1] + (number[2] or "")).rjust(len(match[0]) - 1)).ljust(len(match[0]))
        items.append(Item("math", (loose_tex(inner),), inner, match.start()))
        before, after = match.start(group) - match.start(), match.end() - match.end(group)
        return " " * before + spaced_tex(inner) + " " * after

    text = _outside_code(MATH, typeset, text, facts)
    if dollars:
        text = _outside_code(DOLLAR, typeset, text, facts)
    text = _outside_code(_REFERENCE, lambda found: " " * len(found[0]), text, facts)
    if text != facts.text:
        items = [_again(item, text) for item in items]
    items.sort(key=lambda item: item.at)
    return replace(facts, text=text, items=tuple(items))


def _outside_code(
    pattern: re.Pattern[str], typeset: Callable[[re.Match[str]], str], text: str, facts: Facts
) -> str:
    """`text` with what the pattern finds typeset; delimiters in code open and close nothing."""
    code = [place in ("code", "inline code") for _, place, _ in facts.places]
    ends = [at for at, _, _ in facts.places[1:]] + [len(text)]
    seen, start = [], 0
    for inside, end in zip(code, ends, strict=True):
        seen.append("\n" * (end - start) if inside else text[start:end])
        start = end
    parts, start = [], 0
    for match in pattern.finditer("".join(seen)):
        parts += [text[start : match.start()], typeset(match)]
        start = match.end()
    return "".join(parts) + text[start:]


def typeset_cell(text: str, dollars: bool) -> str:
    """The text of a table's cell as typeset; of math only the words are left."""
    if "\\" not in text and "$" not in text:
        return text

    def typeset(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        return match[0] if match.re is DOLLAR and not TEX.search(inner) else spaced_tex(inner)

    text = MATH.sub(typeset, text)
    return DOLLAR.sub(typeset, text) if dollars else text


_KEPT = {"heading": 1, "list": 2, "definition": 1, "footnote": 1, "quote": 0, "caption": 0}
"""Kinds of items with text in what is compared -> how many values come before that text."""
_JOINED = ("heading", "footnote", "caption")


def _again(item: Item, text: str) -> Item:
    """The item with its text as typeset; as many words of it as were noted."""
    if item.kind not in _KEPT or not item.length:
        return item
    kept = _KEPT[item.kind]
    words = tokens(text[item.at : item.at + item.length])
    if item.kind in _JOINED:
        words = (" ".join(words),)
    return replace(item, value=(*item.value[:kept], *words[: len(item.value) - kept]))
