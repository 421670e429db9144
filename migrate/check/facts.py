"""Facts: what a reader finds on a page, in a form that both engines' results can be put into.

`Collector` is told by a walk over HTML or over a syntax tree what opens, what closes and which
text stands between. Characters that a typographer changes (quotes, dashes, dots) and those that
nobody sees (zero width) are made equal here, so that what differs then really differs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

_EQUAL = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"), ""),
    ord("…"): "...",
    ord("\u00a0"): " ",
}
_DASHES = re.compile(r"-{2,}")
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han: written without spaces between words, so that one beside them tells nothing."""
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
_TEX_NOISE = re.compile(
    r"\\(?:begin|end)\{(?:equation|align(?:ed)?|gather(?:ed)?|multline)\*?\}|\\label\{[^{}]*\}|\\nonumber\b|[\\_*{}~\s]"
)

MARKDOWN_LINK = re.compile(r"\[([^][]*)\]\([^()]*\)")
DASH = re.compile(r"^\s*(?:--+|[–—―])\s*")
"""Before the name of who is quoted; MyST makes it an attribution without the dash."""
_SCHEME = re.compile(r"\bhttps?://")
"""Not compared in words: some themes leave it out, and links are compared by where they lead."""

_KINDS = {
    "note": "note", "info": "note", "tip": "tip", "hint": "tip", "success": "tip",
    "important": "important", "warning": "warning", "caution": "warning", "attention": "warning",
    "danger": "danger", "error": "danger",
}  # fmt: skip
"""What themes call an admonition -> what it is, as far as its colour tells a reader."""


def admonition_kind(classes: str) -> str:
    """What an admonition is, by its classes; empty where they don't tell, or tell two things."""
    found = {_KINDS[word] for word in re.split(r"[\W_]+", classes.lower()) if word in _KINDS}
    return found.pop() if len(found) == 1 else ""


_STYLED = ("caption", "fold", "kind title", "heading", "inline code")
"""What themes show in bold or slanted letters, or not."""
KIND_TITLES = frozenset(
    "note tip hint important attention caution warning danger error seealso admonition".split()
) | {"see also"}
"""Titles that mystmd gives to admonitions without one, in lower case."""
COMPARED_APART = frozenset(
    {"code", "inline code", "table", "caption", "footnote", "math", "heading"}
)
"""Places whose text is compared by a kind of its own, besides the words of the page."""
MAY_BE_ADDED = frozenset({"kind title", "filename"})
"""Places whose words MyST's theme shows and Hugo's may or may not."""
MARKED = COMPARED_APART | MAY_BE_ADDED


def plain(text: str) -> str:
    """`text` with typographic and invisible differences removed."""
    text = unicodedata.normalize("NFC", text.translate(_EQUAL))
    return _DASHES.sub("-", text) if "--" in text else text


def tokens(text: str) -> tuple[str, ...]:
    """Words and punctuation marks of plain text; white space only parts them."""
    return tuple(_TOKEN.findall(text))


def alt_text(text: str) -> str:
    """The words of an image's alternative text; Markdown in it is no text."""
    text = MARKDOWN_LINK.sub(r"\1", text) if "](" in text else text
    return " ".join(tokens(plain(text.replace("*", "").replace("`", ""))))


def loose_tex(tex: str) -> str:
    """TeX without what Markdown may have eaten in Hugo: `_`, `*`, backslashes, spaces, braces."""
    return _TEX_NOISE.sub("", plain(tex))


def spaced_tex(tex: str) -> str:
    """The same with a space for each character that goes: its length stays."""
    return _TEX_NOISE.sub(lambda found: " " * len(found[0]), tex)


_DEEPEST = 5
"""Levels of headings that MyST has."""


def depth(levels: list[int], level: int) -> str:
    """The depth of a heading of this level below `levels`, those that are open; it is added."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return str(min(len(levels), _DEEPEST))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the page: a heading, a link, an image, a table …"""

    kind: str
    value: tuple[str, ...]
    """What is compared."""
    shown: str
    """What a person is shown of it."""
    at: int
    """Offset in the page's text at which it begins."""
    length: int = 0
    """Characters of the page's text that it covers."""
    level: int = 0
    """Of a heading, as it stands."""
    loose: bool = False
    """A heading that may as well be the title of a card or a box."""


_Split = tuple[tuple[str, ...], tuple[int, ...], tuple[tuple[int, tuple[str, ...]], ...]]


@dataclass(frozen=True)
class Facts:
    """All that is compared of one page, as one engine has it."""

    text: str
    """The visible text in reading order, blocks parted by line ends, made plain."""
    items: tuple[Item, ...] = ()
    places: tuple[tuple[int, str, int], ...] = ((0, "", 0),)
    """(offset, the kind of the innermost item from here on, source line or 0), by offset."""
    unread: str = ""
    """What the page holds for scripts and styles alone, without white space; see `standins`."""

    @cached_property
    def words(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The tokens of `text` and the offset of each, but for those that may be added."""
        return self._split[0], self._split[1]

    @cached_property
    def added(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """(index in `words`, tokens) of words that the other side may have or not."""
        return self._split[2]

    @cached_property
    def _split(self) -> _Split:
        words: list[str] = []
        offsets: list[int] = []
        added: list[tuple[int, tuple[str, ...]]] = []
        marked = any(place in MAY_BE_ADDED for _, place, _ in self.places)
        for match in _TOKEN.finditer(self.text):
            if marked and self.place(match.start()) in MAY_BE_ADDED:
                if added and added[-1][0] == len(words):
                    added[-1] = (len(words), (*added[-1][1], match[0]))
                else:
                    added.append((len(words), (match[0],)))
                continue
            words.append(match[0])
            offsets.append(match.start())
        return tuple(words), tuple(offsets), tuple(added)

    def of(self, kind: str) -> tuple[Item, ...]:
        """The items of one kind, in reading order."""
        return tuple(item for item in self.items if item.kind == kind)

    def place(self, offset: int) -> str:
        """The kind of the innermost item around `offset`."""
        return self.places[self._index(offset)][1]

    def line(self, offset: int) -> int:
        """The source line at `offset`, 0 where the engine doesn't say."""
        for index in range(self._index(offset), -1, -1):
            if self.places[index][2]:
                return self.places[index][2]
        return 0

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self.places, (offset, "\U0010ffff", 0)) - 1)


@dataclass(slots=True)
class _Open:
    kind: str
    part: int
    """Index of the first piece of text inside."""
    at: int
    """Offset in the page's text."""
    own_end: int = -1
    """Index of the piece at which a nested list begins."""


@dataclass(slots=True)
class Collector:
    """Gathers facts in reading order."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _items: list[Item] = field(default_factory=list)
    _places: list[tuple[int, str, int]] = field(default_factory=lambda: [(0, "", 0)])
    _open: list[_Open] = field(default_factory=list)
    _closed: int = 0
    """Offset at which the item that was closed last began."""
    _levels: list[int] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Visible text."""
        if text:
            text = plain(text)
            if "://" in text:
                text = _SCHEME.sub("", text)
            self._add(text if self.inside("code") else text.replace("\n", " "))

    def boundary(self) -> None:
        """A block begins or ends here."""
        self._add("\n")

    def line(self, line: int) -> None:
        """What follows comes from this line of the source."""
        if line:
            self._places.append((self._length, self._places[-1][1], line))

    def open(self, kind: str) -> None:
        """What follows, until `close`, is inside an item of this kind."""
        if kind == "list":
            for above in reversed(self._open):
                if above.kind == "list":
                    if above.own_end < 0:
                        above.own_end = len(self._parts)
                    break
        self._open.append(_Open(kind, len(self._parts), self._length))
        self._places.append((self._length, self._place(), 0))

    def close(self) -> str:
        """End the innermost open item; the text inside (of a list item: without nested lists)."""
        done = self._open.pop()
        self._closed = done.at
        self._places.append((self._length, self._place(), 0))
        end = done.own_end if done.own_end >= 0 else len(self._parts)
        return "".join(self._parts[done.part : end])

    def item(self, kind: str, *value: str, shown: str = "", length: int = 0) -> None:
        """Note an item: the one just closed, if its text has a `length`, else one that is here."""
        shown = " ".join((shown or " ".join(value)).split())
        at = self._closed if length else self._length
        self._items.append(Item(kind, value, shown, at, length))

    def stressed(self, kind: str) -> None:
        """What follows, until `stress_ends`, is `strong`, `emphasis` or either, by its class."""
        self.open(kind)

    def stress_ends(self) -> None:
        """End what is stressed; one inside another of its kind is no other.

        Titles, captions and who is quoted are stressed by a theme's style or not. What holds
        math isn't compared: Hugo may take marks of TeX for Markdown's. Punctuation doesn't count.
        """
        kind = self._open[-1].kind
        text = self.close()
        words = "".join(filter(str.isalnum, text))
        titled = any(map(self.inside, _STYLED)) or (kind == "emphasis" and self.inside("quote"))
        tex = "\\" in text or "$" in text
        tex = tex or any(one.kind == "math" and one.at >= self._closed for one in self._items[-20:])
        if words and not (titled or tex or self.inside(kind) or words.lower() in KIND_TITLES):
            self.item(kind, words, shown=text, length=len(text))

    def definition(self, is_term: bool, text: str) -> None:
        """A term or definition that was closed last; lines of a term are terms of their own."""
        tag = "dt" if is_term else "dd"
        for line in filter(str.strip, text.split("\n")) if is_term else [text]:
            value = tokens(line)[:2]
            self.item("definition", tag, *value, shown=line[:80], length=len(line))

    def heading(self, level: int, text: str, *, loose: bool = False) -> None:
        """A heading; its level counts the headings that enclose it, as mystmd re-packs levels.

        MyST has five levels: a sixth is of the fifth.
        """
        deep = depth(self._levels, level)
        words = " ".join(tokens(text))
        if words:
            self.item("heading", deep, words, shown=f"{deep} {text}", length=len(text))
            self._items[-1] = replace(self._items[-1], level=level, loose=loose)

    def inside(self, kind: str) -> int:
        """How many open items are of this kind."""
        return sum(above.kind == kind for above in self._open)

    @property
    def has_words(self) -> bool:
        """Whether any word was seen yet."""
        return any(map(tokens, self._parts))

    def facts(self) -> Facts:
        """All that was gathered."""
        items = sorted(self._items, key=lambda item: item.at)
        return Facts("".join(self._parts), tuple(items), tuple(self._places))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _place(self) -> str:
        return next((o.kind for o in reversed(self._open) if o.kind in MARKED), "")
