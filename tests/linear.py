"""Texts on which a regular expression would take more than linear time, made from its own tree."""

from __future__ import annotations

import ast
import re
import re._constants as c  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MANY = 60
"""A repeat that may go on for more than this counts as endless."""
_SOME = "aA0 _-.:/\"'<>[](){}=#\n\t|*`~é\x01"
"""Candidates for a character of a class."""
_WORDS = {
    c.CATEGORY_DIGIT: "0", c.CATEGORY_NOT_DIGIT: "a", c.CATEGORY_SPACE: " ",
    c.CATEGORY_NOT_SPACE: "a", c.CATEGORY_WORD: "a", c.CATEGORY_NOT_WORD: "-",
}  # fmt: skip

_NAMES = {
    c.CATEGORY_DIGIT: "d", c.CATEGORY_SPACE: "s", c.CATEGORY_WORD: "w",
    c.CATEGORY_NOT_DIGIT: "D", c.CATEGORY_NOT_SPACE: "S", c.CATEGORY_NOT_WORD: "W",
}  # fmt: skip


def literals(package: Path) -> Iterator[tuple[str, str, str]]:
    """(where, pattern, function) of each pattern that the package hands to `re` in place."""
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=name),
                    args=[ast.Constant(value=str(pattern)), *_],
                ) if name not in ("escape", "compile"):
                    yield f"{file.name}:{node.lineno}", pattern, name


def texts(pattern: str, flags: int, size: int) -> Iterator[str]:
    """For each endless repeat: what comes before it, its own text again and again, and an end
    that it can't take; and both of them again and again, for searches that begin anew."""
    tree = parser.parse(pattern, flags)
    found = list(dict.fromkeys(_repeats(list(tree), "")))
    for before, pump in found[:12]:
        for end in ("", "\x01", "\n\x01"):
            yield before + pump * (size // len(pump)) + end
        both = before + pump
        yield both * (size // len(both)) + "\x01"
        yield before * (size // len(before) if before else 0)


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """(text before, text of one turn) of all endless repeats in a sequence."""
    for op, value in items:
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            low, high, body = value
            turns = _texts(list(body))
            if high == c.MAXREPEAT or high > _MANY:
                yield from ((before, turn) for turn in turns if turn)
            yield from _repeats(list(body), before)
            before += (turns[0] if turns else "") * low
            continue
        if op is c.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before)
        elif op in (c.SUBPATTERN, c.ASSERT, c.ASSERT_NOT, c.ATOMIC_GROUP):
            inner = value if op is c.ATOMIC_GROUP else value[-1]
            yield from _repeats(list(inner), before)
        if op not in (c.ASSERT, c.ASSERT_NOT):
            before += (_texts([(op, value)]) or [""])[0]


def _texts(items: list[Any], most: int = 6) -> list[str]:
    """Some of the texts that a sequence matches."""
    found = [""]
    for op, value in items:
        found = [text + more for text in found for more in _of(op, value)][:most]
    return list(dict.fromkeys(found))


def _of(op: Any, value: Any) -> list[str]:
    if op is c.LITERAL:
        return [chr(value)]
    if op is c.NOT_LITERAL:
        return [char for char in _SOME if ord(char) != value][:4]
    if op is c.ANY:
        return ["a", " ", "<", "*"]
    if op is c.IN:
        return _class(value)
    if op is c.BRANCH:
        return [text for branch in value[1] for text in _texts(list(branch), 2)][:8]
    if op in (c.SUBPATTERN, c.ATOMIC_GROUP):
        return _texts(list(value if op is c.ATOMIC_GROUP else value[-1]))
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        low, high, body = value
        turns = max(low, 1) if high else 0
        return list(dict.fromkeys(text * turns for text in _texts(list(body), 4)))
    return [""]


def _class(value: list[Any]) -> list[str]:
    """Some members of a class of characters."""
    if value[0][0] is c.NEGATE:
        pattern = re.compile(f"[^{''.join(_spelled(item) for item in value[1:])}]")
        return [char for char in _SOME if pattern.match(char)][:5]
    found = []
    for op, item in value:
        if op is c.LITERAL:
            found.append(chr(item))
        elif op is c.RANGE:
            found.append(chr(item[0]))
        elif op is c.CATEGORY:
            found.append(_WORDS[item])
    return list(dict.fromkeys(found))[:8]


def _spelled(item: tuple[Any, Any]) -> str:
    op, value = item
    if op is c.LITERAL:
        return re.escape(chr(value))
    if op is c.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return "\\" + _NAMES[value]
