"""Three front matters merged key by key: edits of neighbouring lines clash only where they are
edits of one key.

Keys are found by their lines, so that every line stays as somebody wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

Blocks = dict[bytes, list[bytes]]
"""Key -> its line and those that belong to it, in the order of the file."""

_FENCE = b"---\n"
_KEY = re.compile(rb"([A-Za-z_][\w.-]*):(?=[ \n])")


def split(lines: Sequence[bytes]) -> tuple[Blocks, list[bytes]] | None:
    """The keys of a page's front matter, and the lines of its body; None where the front matter
    isn't plain keys at the margin, each once."""
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        return None
    end = lines.index(_FENCE, 1)
    blocks: Blocks = {}
    block: list[bytes] | None = None
    for line in lines[1:end]:
        if key := _KEY.match(line):
            if key[1] in blocks:
                return None
            block = blocks[key[1]] = [line]
        elif block is not None and (line[:1] in (b" ", b"#", b"\n") or line[:2] == b"- "):
            block.append(line)
        else:
            return None
    return blocks, list(lines[end + 1 :])


def merge(base: Blocks, edited: Blocks, new: Blocks) -> list[bytes] | None:
    """The lines of the merged front matter, fences included; None where both sides changed one
    key, each in its way.

    Keys stand as in `edited`; one that only `new` has comes after the key that it follows there.
    """
    merged: Blocks = {}
    for key in _order(edited, new):
        was, mine, theirs = base.get(key), edited.get(key), new.get(key)
        if mine != was and theirs not in (was, mine):
            return None
        found = theirs if mine == was else mine
        if found is not None:
            merged[key] = found
    return [_FENCE, *(line for block in merged.values() for line in block), _FENCE]


def _order(edited: Mapping[bytes, object], new: Iterable[bytes]) -> list[bytes]:
    order = list(edited)
    at = 0
    for key in new:
        if key in edited:
            at = order.index(key) + 1
        else:
            order.insert(at, key)
            at += 1
    return order
