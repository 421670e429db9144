"""Put finished MyST into the place of a placeholder, with its indentation and longer fences."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrate.convert.standing import indented

PLACEHOLDER = re.compile(r"hugopiece(\d+)x")
"""Stands in HTML for a piece of MyST that is put there afterwards."""

_OPENING = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(:{3,}|`{3,})\{")
_CLOSING = re.compile(r"^[ \t>]*(:{3,}|`{3,})[ \t]*$")
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(:{3,}|`{3,}|~{3,})", re.MULTILINE)
_NOT_PREFIX = re.compile(r"[^>\s]")


def fill(text: str, token: re.Pattern[str], pieces: Mapping[str, str]) -> str | None:
    """`text` with each token (group 1 is its key) replaced by its piece of MyST.

    A piece of several lines needs a line to itself; None where a table's cell holds one.
    """
    lines = text.split("\n")
    fences: list[int] = []
    for number, line in enumerate(lines):
        closing = _CLOSING.match(line)
        if closing and fences and _run(lines[fences[-1]]) == closing[1]:
            fences.pop()
        elif (opening := _OPENING.match(line)) is not None:
            del opening
            fences.append(number)
        if token.search(line) is None:
            continue
        filled = _fill_line(line, token, pieces)
        if filled is None:
            return None
        lines[number] = filled
        _grow(lines, fences, filled)
    return "\n".join(lines)


def _fill_line(line: str, token: re.Pattern[str], pieces: Mapping[str, str]) -> str | None:
    parts: list[str] = []
    at = 0
    for match in token.finditer(line):
        piece = pieces.get(match[1], match[0])
        before = line[: match.start()]
        if "\n" in piece and (line.lstrip().startswith("|") or _words_before(before)):
            return None
        parts += line[at : match.start()], indented(piece, _NOT_PREFIX.sub(" ", before))
        at = match.end()
    parts.append(line[at:])
    return "".join(parts)


def _words_before(before: str) -> bool:
    return re.search(r"[A-Za-z]", before) is not None


def _run(line: str) -> str:
    found = _FENCE.match(line)
    return found[1] if found else ""


def _grow(lines: list[str], fences: list[int], inner: str) -> None:
    """Make the fences around longer than those inside, innermost first."""
    longest = {":": 0, "`": 0}
    for match in _FENCE.finditer(inner):
        if match[1][0] in longest:
            longest[match[1][0]] = max(longest[match[1][0]], len(match[1]))
    for number in reversed(fences):
        run = _run(lines[number])
        need = longest[run[0]] + 1
        if len(run) < need:
            _lengthen(lines, number, run, run[0] * need)
            run = run[0] * need
        longest[run[0]] = len(run)


def _lengthen(lines: list[str], opening: int, old: str, new: str) -> None:
    """The fence that opens in this line, and the line that closes it."""
    depth = 0
    for number in range(opening, len(lines)):
        line = lines[number]
        if number == opening:
            lines[number] = line.replace(old, new, 1)
        elif "\n" in line:
            continue  # a piece that was put in: its fences are closed in it
        elif (closing := _CLOSING.match(line)) is not None and closing[1] == old:
            if not depth:
                lines[number] = line.replace(old, new, 1)
                return
            depth -= 1
        elif (inner := _OPENING.match(line)) is not None and inner[1] == old:
            depth += 1
