"""One walk over the events of a text: what a rule may see and the edits it gathers.

A rule is `rule(event, walk) -> Iterable[Edit]`. At an end event `walk.opener` is its start. What
becomes one piece of MyST around converted content (a role, a directive) takes the edits inside
it with `walk.take` and answers with a single edit, so edits never overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from migrate.context import Context
from migrate.convert.tags import Tag
from migrate.model import Edit, Shortcode
from migrate.read.markdown import Event, Parsed

Rule = Callable[[Event, "Walk"], Iterable[Edit]]
Table = dict[str, list[tuple[Rule, tuple[str, ...]]]]
"""Kind of event -> rules, each with signs (see `Walk.run`)."""

_NOT_PREFIX = re.compile(r"[^>\s]")
_LONGEST_PREFIX = 1000
"""Characters of a line in which quotes and lists begin."""


class OverlapError(Exception):
    """Two edits touch the same text: a bug in a rule."""


class Atom(NamedTuple):
    """A span that Markdown doesn't see: a shortcode, an escaped one, a formula."""

    start: int
    end: int
    call: Shortcode | None = None
    text: str = ""
    """What stands for it, where it is no call."""
    inline: bool = True
    """False for what must stand in lines of its own (display math)."""


@dataclass(slots=True)
class Walk:
    """The state of one walk."""

    text: str
    masked: str
    """`text` with every atom as `X`s of the same length."""
    parsed: Parsed
    atoms: list[Atom]
    ctx: Context
    index: int = -1
    """Index of the event that the rules see now."""
    stack: list[Event] = field(default_factory=list)
    """Start events of the elements around the event, outermost first."""
    opener: Event | None = None
    """At an end event: its start event."""
    edits: list[Edit] = field(default_factory=list)
    skip_until: int = 0
    """No rule sees an event that begins before this offset: it is replaced as a whole."""
    regions: dict[int, int] | None = None
    """HTML blocks that belong together, see `tags.regions`; None until the first HTML block."""
    open_regions: dict[int, Event] = field(default_factory=dict)
    """End of a region -> its first block, for regions that the walk is in."""
    closing: dict[int, str] = field(default_factory=dict)
    """Offset of a closing inline tag -> what stands in its place."""
    pairs: tuple[int, dict[int, Tag]] = field(default=(-1, {}))
    """Start of the paragraph whose inline tags were matched last, and its pairs."""
    urls: tuple[int, list[tuple[int, int]]] = field(default=(-1, []))
    """Start of the run of text whose bare URLs were looked for last, and their spans."""
    images: set[str] = field(default_factory=set)
    """Labels of reference definitions that an image uses."""
    links: set[str] = field(default_factory=set)
    """Labels of reference definitions that a link uses."""
    notes: set[str] = field(default_factory=set)
    """Labels of the footnotes defined so far, as written, in one case."""

    @property
    def events(self) -> list[Event]:
        """The events of the text."""
        return self.parsed.events

    def run(self, table: Table) -> None:
        """Visit every event in order. A rule with signs sees those events only whose own text
        holds one of them."""
        stack, edits, masked = self.stack, self.edits, self.masked
        for index, event in enumerate(self.parsed.events):
            kind, start, end, _ = event
            is_end = kind[0] == "/"
            if is_end:
                self.opener = stack.pop() if stack and stack[-1].kind == kind[1:] else None
            rules = table.get(kind)
            if rules and (start >= self.skip_until or (is_end and end > self.skip_until)):
                self.index = index
                for rule, signs in rules:
                    if not signs or _holds(masked, start, end, signs):
                        edits.extend(rule(event, self))
            if kind in _ELEMENTS:
                stack.append(event)

    def take(self, start: int, end: int) -> str:
        """The converted text of a span; its edits are used up."""
        inside = [edit for edit in self.edits if start <= edit.start and edit.end <= end]
        if inside:
            self.edits[:] = [e for e in self.edits if not (start <= e.start and e.end <= end)]
        return apply(self.text, inside, start, end)

    def atoms_in(self, start: int, end: int) -> list[Atom]:
        """The atoms that lie inside a span."""
        if not self.atoms:
            return []
        first = bisect_left(self.atoms, start, key=lambda atom: atom.start)
        last = bisect_left(self.atoms, end, first, key=lambda atom: atom.start)
        return self.atoms[first:last]

    def previous(self) -> Event | None:
        """The event before the one the rules see now."""
        return self.parsed.events[self.index - 1] if self.index > 0 else None

    def following(self) -> Event | None:
        """The event after it."""
        after = self.index + 1
        return self.parsed.events[after] if after < len(self.parsed.events) else None

    def inside(self, *kinds: str) -> bool:
        """Whether one of the enclosing elements is of one of these kinds."""
        for event in self.stack:  # noqa: SIM110 - a generator takes three times as long
            if event.kind in kinds:
                return True
        return False

    def holder(self) -> Event | None:
        """The paragraph, heading, cell or term that the event stands in."""
        for event in self.stack[::-1]:
            if event.kind in _HOLDERS:
                return event
        return None

    def prefix(self, at: int) -> str:
        """What lines after the one of `at` begin with, to stay in the same list item and quote."""
        line = self.text.rfind("\n", 0, at) + 1
        # Further in than any quote or list: looking at a long line again for each of its calls
        # would take the square of its length.
        return _NOT_PREFIX.sub(" ", self.text[line : min(at, line + _LONGEST_PREFIX)])

    def escaped(self, at: int) -> bool:
        """Whether a backslash escapes the character at `at`."""
        count = 0
        while at > count and self.text[at - count - 1] == "\\":
            count += 1
        return count % 2 == 1


def _holds(text: str, start: int, end: int, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - a generator takes three times as long
        if text.find(sign, start, end) >= 0:
            return True
    return False


_HOLDERS = frozenset(("Paragraph", "Heading", "TableCell", "DefinitionListTitle"))
_ELEMENTS = frozenset(
    "Paragraph Heading BlockQuote CodeBlock HtmlBlock List Item FootnoteDefinition DefinitionList "
    "DefinitionListTitle DefinitionListDefinition Table TableHead TableRow TableCell Emphasis "
    "Strong Strikethrough Link Image".split()
)


def apply(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """`text` between `start` and `end` with the edits made. Raises OverlapError."""
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise OverlapError(f"{edit} overlaps what ends at {at}")
        parts += text[at : edit.start], edit.text
        at = edit.end
    parts.append(text[at:end])
    return "".join(parts)
