"""What becomes of one file: the three-way table, and the merge of texts.

Three contents meet: the one that we wrote last, the one on disk, and the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from migrate.write import frontmatter
from migrate.write.compare import Matcher
from migrate.write.policy import Action

_MOST_LINES = 100_000
"""Longer texts are not merged line by line: comparing takes too long."""
START, MIDDLE, END = b"<<<<<<< as edited", b"=======", b">>>>>>> as converted now"


def decide_file(new: str | None, last: str | None, disk: str | None) -> Action:
    """The table, on content hashes: None is "not made now", "never written", "not on disk".

    `MERGE` means that a merge is to be tried.
    """
    if new is None:
        return Action.GONE if disk is None else Action.ORPHAN
    if disk == new:
        return Action.UNCHANGED
    if last is None:
        return Action.CREATE if disk is None else Action.CONFLICT
    if disk is None:
        return Action.DELETED
    if disk == last:
        return Action.UPDATE
    return Action.KEEP if new == last else Action.MERGE


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text; `clean` is False where edits clash, and `text` has markers there."""

    text: bytes
    clean: bool


def merge_text(base: bytes, edited: bytes, new: bytes) -> Merged:
    """`edited` with the changes from `base` to `new`, line by line; where lines of front matter
    clash, key by key.

    Line ends that differ throughout (a checkout with `autocrlf`) are the edited text's.
    Texts that are no text, or have too many lines, clash as a whole.
    """
    if edited == base or new == edited:
        return Merged(new, True)
    if new == base:
        return Merged(edited, True)
    if b"\r\n" in edited and edited.count(b"\r\n") == edited.count(b"\n") and b"\r\n" not in base:
        unix = merge_text(base, edited.replace(b"\r\n", b"\n"), new.replace(b"\r\n", b"\n"))
        return Merged(unix.text.replace(b"\n", b"\r\n"), unix.clean)
    texts = [split_lines(text) for text in (base, edited, new)]
    if max(map(len, texts)) > _MOST_LINES or b"\0" in edited or b"\0" in new:
        return Merged(_marked(edited, new), False)
    merged = _merge_lines(*texts)
    return merged if merged.clean else _merge_keys(*texts) or merged


def _merge_keys(base: list[bytes], edited: list[bytes], new: list[bytes]) -> Merged | None:
    """Pages merged with their front matter key by key; None where that isn't clean either."""
    pages = [frontmatter.split(lines) for lines in (base, edited, new)]
    if None in pages:
        return None
    fronts, bodies = zip(*(page for page in pages if page), strict=True)
    front = frontmatter.merge(*fronts)
    body = _merge_lines(*bodies)
    return Merged(b"".join(front) + body.text, True) if front and body.clean else None


def _merge_lines(base: list[bytes], edited: list[bytes], new: list[bytes]) -> Merged:
    from merge3 import Merge3

    parts: list[bytes] = []
    clean = True
    compare: Any = Matcher  # merge3's type for it names one parameter otherwise
    for group in Merge3(base, edited, new, sequence_matcher=compare).merge_groups():
        if group[0] != "conflict":
            parts += group[1]
            continue
        clean = False
        parts.append(_marked(b"".join(group[2]), b"".join(group[3])))
    # Two last lines without a line end may have come to stand in the middle.
    ended = [part if part.endswith(b"\n") else part + b"\n" for part in parts[:-1]]
    return Merged(b"".join(ended + parts[-1:]), clean)


def _marked(edited: bytes, new: bytes) -> bytes:
    """Both sides of a clash between the usual markers."""
    sides = [side if side.endswith(b"\n") or not side else side + b"\n" for side in (edited, new)]
    return b"".join((START, b"\n", sides[0], MIDDLE, b"\n", sides[1], END, b"\n"))


def has_markers(text: bytes) -> bool:
    """The text still has markers that `merge_text` wrote."""
    return b"\n" + START in b"\n" + text


def split_lines(text: bytes) -> list[bytes]:
    """Lines with their ends; only a line feed ends a line, as for git and patch."""
    lines = text.split(b"\n")
    last = lines.pop()
    result = [line + b"\n" for line in lines]
    return [*result, last] if last else result
