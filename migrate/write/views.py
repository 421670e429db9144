"""Other ways to show a patch: counts, names, words, and two texts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from migrate.write.compare import Matcher
from migrate.write.merge import split_lines
from migrate.write.patch import FilePatch, similarity

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_BARS = 40
"""Most plus and minus signs in one line of `stat`."""


def counts(patch: FilePatch) -> tuple[int, int]:
    """Lines added and lines removed; (0, 0) for binary files."""
    if patch.binary or patch.before == patch.after:
        return (0, 0)
    old, new = split_lines(patch.before or b""), split_lines(patch.after or b"")
    codes = Matcher(None, old, new).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    added = sum(j2 - j1 for _, _, _, j1, j2 in changed)
    return (added, sum(i2 - i1 for _, i1, i2, _, _ in changed))


def stat(patches: Iterable[FilePatch]) -> str:
    """One line a file with the number of lines changed, and a sum, as `git diff --stat`."""
    rows = [(_title(patch), patch, *counts(patch)) for patch in patches]
    if not rows:
        return ""
    width = max(_width(title) for title, *_ in rows)
    most = max(added + removed for *_, added, removed in rows)
    scale = min(1.0, _BARS / most) if most else 1.0
    digits = len(str(most))
    lines = []
    for title, patch, added, removed in rows:
        padded = title + " " * (width - _width(title))
        if patch.binary:
            sizes = [len(side or b"") for side in (patch.before, patch.after)]
            lines.append(f" {padded} | Bin {sizes[0]} -> {sizes[1]} bytes")
            continue
        bars = "+" * _scaled(added, scale) + "-" * _scaled(removed, scale)
        lines.append(f" {padded} | {added + removed:>{digits}} {bars}".rstrip())
    total = [sum(row[2] for row in rows), sum(row[3] for row in rows)]
    lines.append(f" {_many(len(rows), 'file')} changed, +{total[0]} -{total[1]}")
    return "\n".join(lines) + "\n"


def _scaled(number: int, scale: float) -> int:
    return max(1, round(number * scale)) if number else 0


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _title(patch: FilePatch) -> str:
    return f"{patch.old} => {patch.new}" if patch.old != patch.new else str(patch.new)


def name_status(patch: FilePatch) -> str:
    """A letter and the name, as `git diff --name-status`."""
    if patch.status == "R":
        return f"R{similarity(patch):03d}\t{patch.old}\t{patch.new}"
    return f"{patch.status}\t{patch.new}"


def words(patch: FilePatch) -> str:
    """The changed lines with the words that went as `[-…-]` and those that came as `{+…+}`."""
    if patch.binary:
        return f"{_title(patch)} (binary)\n"
    old, new = split_lines(patch.before or b""), split_lines(patch.after or b"")
    parts = [f"{_title(patch)}\n"]
    for group in Matcher(None, old, new).get_grouped_opcodes(1):
        parts.append(f"@@ line {group[0][3] + 1} @@\n")
        for kind, i1, i2, j1, j2 in group:
            before, after = (_decoded(b"".join(side)) for side in (old[i1:i2], new[j1:j2]))
            parts.append(after if kind == "equal" else _word_changes(before, after))
        if not parts[-1].endswith("\n"):
            parts.append("\n")
    return "".join(parts)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _word_changes(before: str, after: str) -> str:
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts: list[str] = []
    for kind, i1, i2, j1, j2 in Matcher(None, old, new).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind == "equal":
            parts.append(come)
            continue
        parts.append(_wrapped("[-", gone, "-]") + _wrapped("{+", come, "+}"))
    return "".join(parts)


def _wrapped(start: str, text: str, end: str) -> str:
    """Marks around the words of each line, never around a line end."""
    lines = text.split("\n")
    return "\n".join(start + line + end if line else "" for line in lines)


def side_by_side(left: str, right: str, width: int = 160) -> Iterator[str]:
    """Two texts in two columns, `width` cells in all; `|` marks lines that differ."""
    column = max(10, (width - 3) // 2)
    old, new = left.splitlines(), right.splitlines()
    for kind, i1, i2, j1, j2 in Matcher(None, old, new).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            one = old[i1 + offset] if i1 + offset < i2 else ""
            two = new[j1 + offset] if j1 + offset < j2 else ""
            yield from _row(one, two, " " if kind == "equal" else "|", column)


def _row(one: str, two: str, mark: str, column: int) -> Iterator[str]:
    lefts, rights = _chunks(one, column), _chunks(two, column)
    for number in range(max(len(lefts), len(rights))):
        left = lefts[number] if number < len(lefts) else ""
        right = rights[number] if number < len(rights) else ""
        yield f"{left}{' ' * (column - _width(left))} {mark} {right}".rstrip()


def _chunks(text: str, column: int) -> list[str]:
    """A line cut into pieces that are at most `column` cells wide."""
    chunks, piece, room = [], "", column
    for char in text.expandtabs(4):
        cells = _width(char)
        if cells > room:
            chunks.append(piece)
            piece, room = "", column
        piece += char
        room -= cells
    return [*chunks, piece]


def _width(text: str) -> int:
    """Cells that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
