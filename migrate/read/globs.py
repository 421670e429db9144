"""Hugo's globs: `*`, `**`, `?`, `[…]`, `{a,b}`; compared in lower case.

Sites are hostile: a pattern of many stars would take a regular expression for ever, so there the
matcher carries the set of all places that it can be at, in time linear in pattern and text.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MAX_LENGTH = 1000
_MAX_ALTERNATIVES = 200
_BRACES = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"\*+|\?|\[(!|\^)?([^\]]{1,200})\]|\\(.)|(.)", re.S)
_WILD = re.compile(r"[*?\[\\]")

Token = str | re.Pattern[str]
"""`*`, `**`, or what one character has to match."""
Form = str | re.Pattern[str] | tuple[Token, ...]
"""A text without wildcards, a regular expression of few stars, or the tokens of many."""
_STARS = {"*": "[^/]*", "**": ".*"}
_MAX_STARS = 2


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` matches."""
    text = text.lower()
    for form in _alternatives(pattern):
        if isinstance(form, str):
            if form == text:
                return True
        elif form.match(text) if isinstance(form, re.Pattern) else _runs(form, text):
            return True
    return False


@lru_cache(maxsize=1000)
def _alternatives(pattern: str) -> tuple[Form, ...]:
    """The pattern without braces, each choice in the form in which it is matched fastest."""
    patterns = [pattern.lower()[:_MAX_LENGTH]]
    done: list[str] = []
    while patterns and len(patterns) + len(done) < _MAX_ALTERNATIVES:
        current = patterns.pop()
        if found := _BRACES.search(current):
            head, tail = current[: found.start()], current[found.end() :]
            patterns += [head + choice + tail for choice in found[1].split(",")]
        else:
            done.append(current)
    return tuple(_form(text) for text in done)


def _form(pattern: str) -> Form:
    if not _WILD.search(pattern):
        return pattern
    tokens = tuple(_token(match) for match in _TOKEN.finditer(pattern))
    if sum(isinstance(token, str) for token in tokens) > _MAX_STARS:
        return tokens
    pieces = (_STARS[token] if isinstance(token, str) else token.pattern for token in tokens)
    return re.compile("".join(pieces) + r"\Z", re.S)


def _token(match: re.Match[str]) -> Token:
    if match[0][0] == "*":
        return match[0][:2]
    if match[0] == "?":
        return re.compile("[^/]", re.S)
    if match[2]:
        members = re.sub(r"([\\\[\]^&~|])", r"\\\1", match[2])
        try:
            return re.compile(f"[{'^' if match[1] else ''}{members}]")
        except re.error:
            return re.compile(re.escape(match[2][0]))
    return re.compile(re.escape(match[3] or match[4]), re.S)


def _runs(tokens: tuple[Token, ...], text: str) -> bool:
    places = _reach(tokens, {0})
    for char in text:
        following = set()
        for place in places:
            token = tokens[place] if place < len(tokens) else ""
            if isinstance(token, re.Pattern):
                if token.match(char):
                    following.add(place + 1)
            elif token == "**" or (token == "*" and char != "/"):
                following.add(place)
        if not following:
            return False
        places = _reach(tokens, following)
    return len(tokens) in places


def _reach(tokens: tuple[Token, ...], places: set[int]) -> set[int]:
    """The places with those that can be reached by letting stars match nothing."""
    found = set()
    for start in places:
        place = start
        found.add(place)
        while place < len(tokens) and isinstance(tokens[place], str):
            place += 1
            found.add(place)
    return found
