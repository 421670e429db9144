"""What mystmd would read otherwise than the author's page means it: text that becomes syntax.

Only for text that nobody has edited: who writes MyST may well mean a citation or a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from migrate.check.scan import Scan, in_list
from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic

_LOST = re.compile(
    r"(?<!\\)<(script|style|svg|object|embed|canvas|form|input|select|textarea|audio)\b[^<>\n]*>",
    re.I,
)
"""Elements of which mystmd shows nothing, or only the words."""
_CITED = re.compile(r"(?<![\w\\./@:+&;#=?-])@[A-Za-z_]\w*")
_COMMENT = re.compile(r"^[ \t>]*(%(?! hugo2myst )[ \t]*\S[^\n]*)", re.M)
_PRICES = re.compile(r"(?<![\\$])\$(\d[^$\n\\^_{}]{0,300}[A-Za-z]{3}[^$\n\\^_{}]{0,300})\$(?!\$)")
_WRAPPED = re.compile(r"<(div|details|section|center|b|span|p)\b[^<>\n]*>([^<]{1,2000})</\1>", re.I)
_BETWEEN = re.compile(
    r"(?P<footnote>\[\^[^\[\]\s]+\])|(?P<directive>^[ \t]*(?::{3,}|`{3,})\{)", re.M
)
_HIDDEN = re.compile(
    r"(?<!`)(`{1,4})(?!`)[^`]{1,1000}?\1(?!`)|\[[^\[\]]{0,1000}\](?:[\[(:][^()\s\]]*[\])]?)?"
    r"|\]\([^()\n]*\)|<[^<>\n]*>|https?://\S+"
)
"""Parts of a paragraph in which nothing is read as text."""
_REACH = 3000
"""Characters of a paragraph that are looked at before and after a place."""
_MOST = 100
"""Places on a page that are looked at."""


def misread(
    name: str, text: str, page: Scan, source: str, *, dollars: bool
) -> Iterator[Diagnostic]:
    """Places of a page, made of `source`, where mystmd doesn't show what stands there.

    `dollars`: the project's dollar math is on.
    """
    if "<" in text:
        yield from _html(name, text, page)
    if "@" in text:
        for match in islice(_CITED.finditer(text), _MOST):
            if _is_text(text, match.start(), page) and match[0] in source:
                yield _told(name, text, match, "a citation")
    if "\n%" in text or " %" in text:
        for match in islice(_COMMENT.finditer(text), _MOST):
            if match[1] in source and not _in_code(match.start(1), page):
                yield _told(name, text, match, "a comment, which nobody sees")
    if dollars and text.count("$") > 1:
        for match in islice(_PRICES.finditer(text), _MOST):
            if _is_text(text, match.start(), page) and match[0] in source:
                yield _told(name, text, match, "mathematics")


def _told(name: str, text: str, match: re.Match[str], what: str) -> Diagnostic:
    shown = " ".join(match[0].split())[:60]
    return diagnostic("HM821", name, _line(text, match.start()), text=shown, what=what)


def _html(name: str, text: str, page: Scan) -> Iterator[Diagnostic]:
    for match in islice(_LOST.finditer(text), _MOST):
        if _is_text(text, match.start(), page, html=True):
            yield diagnostic("HM822", name, _line(text, match.start()), tag=match[1].lower())
    if "[^" in text or "{" in text:
        for match in islice(_WRAPPED.finditer(text), _MOST):
            inside = _BETWEEN.search(match[2])
            if inside and not _in_code(match.start(), page):
                line = _line(text, match.start(2) + inside.start())
                yield diagnostic("HM823", name, line, tag=match[1].lower(), what=inside.lastgroup)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _in_code(at: int, page: Scan) -> bool:
    """Whether a place is between fences or in front matter, which is the first of them."""
    index = bisect_right(page.fences, (at, 1 << 60)) - 1
    return index >= 0 and at < page.fences[index][1]


def _is_text(text: str, at: int, page: Scan, *, html: bool = False) -> bool:
    """Whether a place is neither in code nor in a link, a tag or an address."""
    if _in_code(at, page):
        return False
    start = text.rfind("\n", 0, at) + 1
    if text.startswith(("    ", "\t"), start) and not in_list(text, start):
        return False
    start = max(text.rfind("\n\n", 0, at), at - _REACH, 0)
    end = text.find("\n\n", at)
    paragraph = text[start : min(len(text) if end < 0 else end, at + _REACH)]
    hidden = (match for match in _HIDDEN.finditer(paragraph) if not (html and match[0][0] == "<"))
    return not any(match.start() <= at - start < match.end() for match in hidden)
