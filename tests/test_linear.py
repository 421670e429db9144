"""No pattern of the package takes more than linear time on any text that content can bring."""

from __future__ import annotations

import ast
import re
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import migrate
from tests.linear import literals, texts
from tests.test_fuzz import patterns

PACKAGE = Path(migrate.__file__).parent
METHODS = frozenset(("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"))
SIZE, TIMES = 4000, 4
MEASURABLE = 0.06
"""Seconds of processor time; a linear pattern takes a tenth of it for these sizes."""
BOUNDED = {"migrate.convert.inline._LAST_WORD": "looks at 200 characters"}
"""Patterns whose callers bound the text."""


class Late(Exception):
    """More work than any linear pattern has."""


def _late(*_: object) -> None:
    raise Late


def methods() -> dict[tuple[str, str], set[str]]:
    """(module, name of a pattern) -> how it is asked; module "" for those that others import."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        module = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                name = getattr(value, "id", None) or getattr(value, "attr", "")
                found[module, name].add(node.attr)
                found["", name].add(node.attr)
    return found


def asked() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """(where, pattern, how) of all patterns that are compiled or written in place."""
    how = methods()
    every = []
    for where, one in patterns():
        module, _, name = where.rpartition(".")
        every.append((where, one, how[module if name[0] == "_" else "", name] or METHODS))
    every += [(where, re.compile(text), {name}) for where, text, name in literals(PACKAGE)]
    seen = set()
    for where, one, names in every:
        for name in {name if name in ("match", "fullmatch") else "finditer" for name in names}:
            if (one, name) not in seen and where not in BOUNDED:
                seen.add((one, name))
                yield where, one, name


def seconds(pattern: re.Pattern[str], how: str, text: str) -> float:
    """Of processor time, or half of one where it takes longer."""
    begun = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
        try:
            if how == "finditer":
                for _ in pattern.finditer(text):
                    pass
            else:
                getattr(pattern, how)(text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)  # the signal may come here, too
    except Late:
        return 0.5
    return time.process_time() - begun


def test_patterns_are_linear() -> None:
    """Four times the text may take four times the time, and not sixteen times. What is too
    quick to be measured at all isn't quadratic."""
    before = signal.signal(signal.SIGVTALRM, _late)
    slow, count = [], 0
    try:
        for where, pattern, how in asked():
            count += 1
            pairs = zip(
                texts(pattern.pattern, pattern.flags, SIZE),
                texts(pattern.pattern, pattern.flags, SIZE * TIMES),
                strict=True,
            )
            for short, long in pairs:
                if seconds(pattern, how, long) > MEASURABLE:
                    most = min(seconds(pattern, how, long) for _ in range(3))
                    least = min(seconds(pattern, how, short) for _ in range(3))
                    if most > MEASURABLE and most > 2 * TIMES * least:
                        slow.append((where, how, pattern.pattern, most, least, long[:30]))
                        break
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert not slow, "\n".join(map(str, slow))
    assert count > 400


def test_the_test_finds_what_is_slow() -> None:
    """Exponential, quadratic by a start anew, quadratic by two repeats that overlap."""
    before = signal.signal(signal.SIGVTALRM, _late)
    try:
        for slow in (r"(a+)+$", r"\s+$", r"<[^>]*>", r"(?s)<!--.*?-->", r"x.*.*y"):
            pattern = re.compile(slow)
            times = [seconds(pattern, "finditer", text) for text in texts(slow, 0, SIZE * TIMES)]
            assert max(times) > MEASURABLE, slow
    finally:
        signal.signal(signal.SIGVTALRM, before)
