"""Opening and closing tags of shortcodes to a tree of calls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrate.model import Shortcode

MAX_DEPTH = 60
"""Calls nested deeper than this are not read as nested: no page needs it, and recursion is safe."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One `{{< … >}}`."""

    call: Shortcode
    close: bool = False
    """`{{< /name >}}`."""
    alone: bool = False
    """`{{< name />}}`."""


@dataclass(slots=True)
class _Open:
    """A call whose closing tag is awaited."""

    call: Shortcode
    children: list[Shortcode]


def pair(
    tags: list[Tag], closers: frozenset[str], *, by_name: bool
) -> tuple[list[Shortcode], list[tuple[int, str]]]:
    """Join openers and closers to a tree.

    Hugo lets a closer end the innermost open call whatever its name; where that leaves something
    open or over, `by_name` finds the reading with the fewest surprises.
    """
    top: list[Shortcode] = []
    open_calls: list[_Open] = []
    errors: list[tuple[int, str]] = []

    def add(call: Shortcode) -> None:
        (open_calls[-1].children if open_calls else top).append(call)

    def abandon(why: str = "must be closed or self-closed") -> None:
        left = open_calls.pop()
        errors.append((left.call.start, f'shortcode "{left.call.name}" {why}'))
        add(left.call)
        (open_calls[-1].children if open_calls else top).extend(left.children)

    for tag in tags:
        call = tag.call
        if not tag.close:
            if tag.alone or not (call.inline or call.name.lower() in closers):
                add(call)
            elif len(open_calls) >= MAX_DEPTH:
                # All are left as they are: each level is read again inside the one above it.
                open_calls.append(_Open(call, []))
                while open_calls:
                    abandon("is nested too deeply")
            else:
                open_calls.append(_Open(call, []))
            continue
        if by_name:
            if not any(_same(each.call, call) for each in open_calls):
                message = f"closing tag for shortcode '{call.name}' does not match start tag"
                errors.append((call.start, message))
                continue
            while not _same(open_calls[-1].call, call):
                abandon()
        elif not open_calls:
            return [], [(call.start, "unmatched")]
        done = open_calls.pop()
        add(
            replace(
                done.call,
                inner_start=done.call.end,
                inner_end=call.start,
                end=call.end,
                paired=True,
                children=tuple(done.children),
            )
        )
    while open_calls:
        abandon()
    return top, errors


def _same(opener: Shortcode, closer: Shortcode) -> bool:
    return opener.name.lower() == closer.name.lower()
