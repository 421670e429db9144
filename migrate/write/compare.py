"""Comparing texts line by line, in bounded time for any text.

difflib takes time that grows with how often lines repeat: some thousands of lines that are few
different ones keep it busy for minutes. Such texts are compared by what they begin and end with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import Match, SequenceMatcher
from itertools import islice
from typing import Any

_FREE = 50_000
"""Pairs of equal lines that never are too many."""
_A_LINE = 60
"""Pairs of equal lines for each line, on average, that are not too many."""


class Matcher(SequenceMatcher[Any]):
    """A `SequenceMatcher` that compares costly texts by their beginnings and ends only."""

    def __init__(
        self,
        isjunk: Callable[[Any], bool] | None = None,
        a: Sequence[Any] = "",
        b: Sequence[Any] = "",
        autojunk: bool = True,
    ) -> None:
        super().__init__(isjunk, a, b, autojunk)
        self._texts = (a, b) if _is_costly(a, b) else None

    def get_matching_blocks(self) -> list[Match]:
        """As in difflib: runs of equal lines, in order, and an empty one at the end."""
        if self._texts is None:
            return super().get_matching_blocks()
        a, b = self._texts
        start = _common(a, b)
        end = _common(list(reversed(a[start:])), list(reversed(b[start:])))
        blocks = [Match(0, 0, start), Match(len(a) - end, len(b) - end, end)]
        return [*(block for block in blocks if block.size), Match(len(a), len(b), 0)]


def _is_costly(a: Sequence[Any], b: Sequence[Any]) -> bool:
    if len(a) * len(b) <= _FREE:
        return False
    counts = Counter(b)
    if len(b) >= 200:  # difflib leaves out lines that are more than 1 % of a text
        popular = len(b) // 100 + 1
        counts = Counter({line: count for line, count in counts.items() if count <= popular})
    pairs = sum(counts[line] for line in a)
    return pairs > _FREE + _A_LINE * (len(a) + len(b))


def _common(a: Sequence[Any], b: Sequence[Any]) -> int:
    """How many items two sequences begin with in common."""
    shorter = min(len(a), len(b))
    pairs = zip(islice(a, shorter), islice(b, shorter), strict=True)
    return next((number for number, (one, two) in enumerate(pairs) if one != two), shorter)
