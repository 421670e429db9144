"""Marks: where on a shown page its differences are.

A difference is told by an excerpt and the words before it. Here it is found again in the HTML
that is shown, and marked with its number, so that a person can step from one to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from migrate.check.facts import plain
from migrate.check.fidelity import Difference

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 200
"""Differences of one page that are looked for; a page with more is another page."""
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKDOWN_LINK = re.compile(r"!?\[([^][]*)\]")
_BLOCKS = frozenset(
    "blockquote br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary "
    "table tbody td tfoot th thead tr ul details".split()
)
_ELEMENTS = {
    "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "link": ("a",),
    "image": ("img", "span"),
    "caption": ("figcaption", "caption"),
    "code": ("pre",),
    "inline code": ("code",),
    "table": ("table",),
    "list": ("li",),
    "definition": ("dt", "dd"),
    "quote": ("blockquote",),
    "footnote": ("li", "sup"),
    "admonition": ("div", "blockquote"),
    "math": ("code",),
    "embed": ("span",),
    "tab": ("p",),
}
"""Kind of difference -> the elements that may be it."""
_ALIKE = 0.6
"""Share of an excerpt's words that an element must have to be it."""


def mark(root: HtmlElement, differences: Sequence[Difference], side: str) -> dict[int, float]:
    """Mark the differences in the page below `root`, of the `side` "hugo" or "myst".

    Of those that were found the number, which their elements have as `data-diff`, and how far
    down the page they stand: 0 at its head, 1 at its end.
    """
    if not differences:
        return {}
    text = _Text(root)
    elements = _Elements(root)
    spans: list[tuple[int, int, int]] = []
    for number, difference in enumerate(differences[:MOST]):
        excerpt = str(getattr(difference, side))
        span = None
        if difference.kind != "words" and excerpt:
            element = elements.find(difference.kind, excerpt)
            if element is not None:
                element.set("data-diff", str(number))
                continue
        if difference.kind == "words":
            span = text.find(_words(excerpt), _words(difference.context))
        elif other := excerpt or difference.hugo or difference.myst:
            link = _MARKDOWN_LINK.match(other)
            span = text.find(_words(link[1] if link else other), [])
        if span:
            spans.append((*span, number))
    text.wrap(spans)
    every = [element.get("data-diff") for element in root.iter()]
    found = [(at, int(number)) for at, number in enumerate(every) if number is not None]
    return {number: at / len(every) for at, number in reversed(found)}


def renumber(root: HtmlElement, numbers: Mapping[int, int]) -> None:
    """Give marks other numbers."""
    for element in root.iter():
        if (number := element.get("data-diff")) is not None:
            element.set("data-diff", str(numbers[int(number)]))


def _words(excerpt: str) -> list[str]:
    """The tokens of an excerpt without what is cut at its end."""
    words = list(_tokens(excerpt))
    return words[:-1] if excerpt.endswith("…") else words


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        yield from _TOKEN.findall(plain(match[0]))


class _Text:
    """The visible text of a page, its tokens, and the pieces that it is made of."""

    def __init__(self, root: HtmlElement) -> None:
        self.pieces: list[tuple[int, HtmlElement, bool]] = []
        """(offset, element, whether it is the text after the element)."""
        parts: list[str] = []
        length = 0
        for element, tail in _walk(root):
            if element.tag in _BLOCKS:
                parts.append("\n")
                length += 1
            piece = (element.tail if tail else element.text) or ""
            if piece:
                self.pieces.append((length, element, tail))
                parts.append(piece)
                length += len(piece)
        self.text = "".join(parts)
        self.spans: list[tuple[int, int]] = []
        words: list[str] = []
        for match in _TOKEN.finditer(self.text):
            for word in _TOKEN.findall(plain(match[0])):
                if word == "-" == "".join(words[-1:]) and self.spans[-1][1] == match.start():
                    self.spans[-1] = (self.spans[-1][0], match.end())
                    continue  # a row of dashes is one
                words.append(word)
                self.spans.append(match.span())
        self.joined = "\n" + "\n".join(words) + "\n"
        self.starts: list[int] = []
        at = 1
        for word in words:
            self.starts.append(at)
            at += len(word) + 1
        self.cursor = 0

    def find(self, words: list[str], context: list[str]) -> tuple[int, int] | None:
        """The span of `words` after `context`; where there are no words, the place for them."""
        for length in sorted({len(context), min(3, len(context)), 0}, reverse=True):
            before = context[len(context) - length :]
            wanted = before + words
            if not wanted or (not words and length == 0):
                continue
            at = self._index(wanted)
            if at is None:
                continue
            first = at + len(before)
            if not words:
                end = self.spans[first - 1][1]
                return end, end
            return self.spans[first][0], self.spans[first + len(words) - 1][1]
        return None

    def _index(self, words: list[str]) -> int | None:
        """The number of the token at which `words` stand: the next time, else the first."""
        wanted = "\n" + "\n".join(words) + "\n"
        at = self.joined.find(wanted, self.cursor)
        if at < 0:
            at = self.joined.find(wanted)
        if at < 0:
            return None
        self.cursor = at
        return bisect_right(self.starts, at + 1) - 1

    def wrap(self, spans: list[tuple[int, int, int]]) -> None:
        """Put `mark` elements around spans (start, end, number of the difference)."""
        by_piece: dict[int, list[tuple[int, int, int]]] = {}
        last = 0
        for start, end, number in sorted(spans):
            if end < last:
                continue  # inside another
            for index, a, b in self._over(max(start, last), end):
                by_piece.setdefault(index, []).append((a, b, number))
            last = end
        for index in sorted(by_piece, reverse=True):
            self._split(index, by_piece[index])

    def _over(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(index, start, end) of the parts of pieces that a span covers; one for an empty span."""
        index = bisect_right(self.pieces, start, key=lambda piece: piece[0]) - 1
        if start == end and index > 0 and self.pieces[index][0] == start:
            index -= 1  # a gap belongs to the words before it
        for number in range(max(0, index), len(self.pieces)):
            offset = self.pieces[number][0]
            a, b = max(0, start - offset), min(len(self._piece(number)), end - offset)
            if a < b or (start == end and a == b):
                yield number, a, b
            if offset >= end or start == end:
                return

    def _piece(self, index: int) -> str:
        _, element, tail = self.pieces[index]
        return (element.tail if tail else element.text) or ""

    def _split(self, index: int, spans: list[tuple[int, int, int]]) -> None:
        from lxml import html as parser

        _, element, tail = self.pieces[index]
        text = self._piece(index)
        made = []
        end = len(text)
        for a, b, number in reversed(spans):
            new = parser.Element("mark")
            new.set("data-diff", str(number))
            if a == b:
                new.set("class", "gap")
            new.text, new.tail = text[a:b], text[b:end]
            made.append(new)
            end = a
        if tail:
            element.tail = text[:end]
            parent = element.getparent()
            place = parent.index(element) + 1
        else:
            element.text = text[:end]
            parent, place = element, 0
        for new in made:
            parent.insert(place, new)


def _walk(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Elements as they open (False) and as they close (True), the root's closing left out."""
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield element, False
        elif element is not root:
            yield element, True


class _Elements:
    """The elements of a page by tag, with what a person reads of each."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.told: dict[str, list[tuple[HtmlElement, Counter[str]]]] = {}

    def find(self, kind: str, excerpt: str) -> HtmlElement | None:
        """The element that is most like the excerpt and has no mark yet."""
        if kind in ("heading", "list"):
            excerpt = excerpt.partition(" ")[2]  # its level
        wanted = Counter(filter(str.isalnum, _words(excerpt)))
        if not wanted:
            return None
        best, element = _ALIKE, None
        for candidate, words in self._candidates(kind):
            if candidate.get("data-diff") is not None:
                continue
            alike = (wanted & words).total() / wanted.total()
            extra = 1 / (1 + words.total())
            if alike + extra / 10 > best:
                best, element = alike + extra / 10, candidate
        return element

    def _candidates(self, kind: str) -> list[tuple[HtmlElement, Counter[str]]]:
        if kind not in self.told:
            tags = _ELEMENTS.get(kind, ())
            self.told[kind] = [
                (element, Counter(filter(str.isalnum, _tokens(_description(element)))))
                for element in self.root.iter(*tags)
                if kind not in ("image", "embed", "admonition", "math") or _fits(kind, element)
            ] if tags else []  # fmt: skip
        return self.told[kind]


def _fits(kind: str, element: HtmlElement) -> bool:
    names = element.get("class", "").split()
    return {
        "image": element.tag == "img" or "picture" in names,
        "embed": "embed" in names,
        "math": "math" in names,
        "admonition": "admonition" in names,
    }[kind]


def _description(element: HtmlElement) -> str:
    attributes = (element.get(name, "") for name in ("alt", "title", "data-label"))
    return " ".join(("".join(element.itertext())[:20_000], *attributes))
