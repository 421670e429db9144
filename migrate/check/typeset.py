"""Math that a theme typesets in the browser: in Hugo's HTML it stands as text with delimiters."""

from __future__ import annotations

import re
from dataclasses import replace

from migrate.check.facts import Facts, Item, loose_tex, spaced_tex

MATH = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$", re.DOTALL)
DOLLAR = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,400})(?<=\S)\$(?![\w$])")
TEX = re.compile(r"[\\^_{}=<>+]|^\W*\w\W*$|^[-\d.,\w()/* ]{1,12}$")


def find_math(facts: Facts, dollars: bool) -> Facts:
    """Find math that the theme typesets in the browser, and take its delimiters away."""
    if "\\" not in facts.text and "$" not in facts.text:
        return facts
    items = list(facts.items)
    text = facts.text

    def typeset(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        ends = {facts.place(match.start()), facts.place(match.end() - 1)}
        if ends & {"code", "inline code"} or (match.re is DOLLAR and not TEX.search(inner)):
            return match[0]
        items.append(Item("math", (loose_tex(inner),), inner, match.start()))
        pad = " " * (1 if match.re is DOLLAR else 2)
        return pad + spaced_tex(inner) + pad

    text = MATH.sub(typeset, text)
    if dollars:
        text = DOLLAR.sub(typeset, text)
    items.sort(key=lambda item: item.at)
    return replace(facts, text=text, items=tuple(items))
