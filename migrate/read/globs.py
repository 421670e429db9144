"""Hugo's globs: `*`, `**`, `?`, `[…]`, `{a,b}`; compared in lower case."""

from __future__ import annotations

import re
from functools import lru_cache

_MAX = 2000
"""Characters of the longest pattern that is read."""


@lru_cache(maxsize=1000)
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression that matches what the glob matches."""
    pattern = pattern.lower()[:_MAX]
    pieces: list[str] = []
    braces = at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            double = pattern.startswith("*", at)
            while pattern.startswith("*", at):
                at += 1
            pieces.append(".*" if double else "[^/]*")
        elif char == "?":
            pieces.append("[^/]")
        elif char == "[" and (end := pattern.find("]", at + 1)) > 0:
            inner = pattern[at:end].replace("\\", "\\\\").replace("[", "\\[")
            pieces.append(f"[{'^' + inner[1:] if inner[0] in '!^' else inner}]")
            at = end + 1
        elif char == "{" and "}" in pattern[at:]:
            braces += 1
            pieces.append("(?:")
        elif char == "}" and braces:
            braces -= 1
            pieces.append(")")
        elif char == "," and braces:
            pieces.append("|")
        elif char == "\\" and at < len(pattern):
            pieces.append(re.escape(pattern[at]))
            at += 1
        else:
            pieces.append(re.escape(char))
    try:
        return re.compile("".join(pieces) + r"\Z", re.S)
    except re.error:
        return re.compile(re.escape(pattern) + r"\Z")


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` matches."""
    return compiled(pattern).match(text.lower()) is not None
