"""Which line of a source became a line of the page that was made of it."""

from __future__ import annotations

from collections.abc import Sequence


def source_line(old: Sequence[str], new: Sequence[str], line: int) -> int:
    """The line of `old` that stands where `line` of `new` stands, both counted from 1.

    0 where `new` has the line without a counterpart.
    """
    from difflib import SequenceMatcher

    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if j1 <= line - 1 < j2:
            if tag == "equal":
                return i1 + line - j1
            return min(i1 + line - j1, max(i2, i1 + 1)) if tag == "replace" else 0
    return 0
