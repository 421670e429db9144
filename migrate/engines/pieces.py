"""What Hugo printed of a page of calls, cut into the calls, each with the footnotes it shows.

Goldmark gathers footnotes at a page's end, behind the last call. A note that a call's own output
defines goes with the first call that shows it; notes of the page itself stay in the page, and the
calls only name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

MARK = "hugo2mystcall"
"""What stands before and behind each call."""
NOTE = "data-hugo2myst-note"
"""Attribute of a footnote's number: the label of the note that is defined elsewhere."""
BEGIN = re.compile(rf"(?:<p>\s*|(?<!\s)\s+)?{MARK}(\d+)begin\s*(?:</p>)?")
_DEFINED = re.compile(r"^ {0,3}\[\^([^\[\]\s]+)\]:[ \t]*\S", re.MULTILINE)
_LIST = re.compile(r'<(?:div|section) class="footnotes"')
_ITEM = re.compile(r'<li id="[^"]*fn:(\d+)">')
_REFERENCE = re.compile(
    r'<sup id="[^"]*fnref\d*:\d+"><a href="#[^"]*fn:(\d+)"[^<>]*>(\d+)</a></sup>'
)
_OWN = re.compile(rf"{MARK}note(\d+)x")


def own_notes(body: str) -> list[str]:
    """Labels of the footnotes that a page's Markdown defines, in order, each once."""
    return list(dict.fromkeys(_DEFINED.findall(body))) if "[^" in body else []


def stand_ins(notes: list[str]) -> list[str]:
    """Definitions under the same labels, by which the notes are known again."""
    return [f"\n[^{name}]: {MARK}note{number}x" for number, name in enumerate(notes)]


def pieces(content: str, notes: list[str]) -> Iterator[tuple[int, str]]:
    """(number, HTML) of each call in a page's content; `notes` are the page's own."""
    spans = [
        (int(match[1]), match.end(), end)
        for match in BEGIN.finditer(content)
        if (end := content.find(f"{MARK}{match[1]}end", match.end())) >= 0
    ]
    defined = _defined(content, max((end for _, _, end in spans), default=len(content)))
    known: dict[str, str] = {}
    for label, item in defined.items():
        if own := _OWN.search(item):
            known[label] = notes[int(own[1])]
    for number, start, end in spans:
        text = content[start:end].removesuffix("<p>").strip()
        if defined and "fnref" in text:
            text = _with_notes(text, defined, known)
        yield number, text


def _defined(content: str, behind: int) -> dict[str, str]:
    """Number of a footnote -> its list item, of the list `behind` the calls."""
    start, last = _LIST.search(content, behind), content.rfind("</ol>")
    if start is None or last < start.end():
        return {}
    found = list(_ITEM.finditer(content, start.end(), last))
    ends = [one.start() for one in found[1:]] + [last]
    return {
        one[1]: content[one.start() : end].rstrip() for one, end in zip(found, ends, strict=False)
    }


def _with_notes(text: str, defined: dict[str, str], known: dict[str, str]) -> str:
    """The call's HTML and the notes that it is the first to show; see `known`, which grows."""
    first = {n: defined[n] for n, _ in _REFERENCE.findall(text) if n in defined and n not in known}

    def named(found: re.Match[str]) -> str:
        label = known.get(found[1])
        if label is None:
            return found[0]
        return f'<sup><a {NOTE}="{escape(label)}">{found[2]}</a></sup>'

    text = _REFERENCE.sub(named, text)
    known |= {number: f"html-{number}" for number in first}
    if first:
        text += f'\n<div class="footnotes"><ol>{"".join(first.values())}</ol></div>'
    return text
