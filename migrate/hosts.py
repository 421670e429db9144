"""Bare addresses in running text: what Goldmark links and mystmd, and where they differ.

mystmd links names that Goldmark doesn't: `asp.net`, `plt.show`, `README.io`.

mystmd links every name that ends in a top-level domain (`tlds.txt`: the names of the root zone
less those that mystmd leaves out). A host that people read as one stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_WIKIPEDIA = re.compile(r"(https?://[a-z-]+\.(?:m\.)?wikipedia\.org/wiki/)([^?#/]+/[^?#]+)")
"""A page whose name has a `/`, which mystmd wants encoded."""

_NAME = re.compile(
    r"(?<![^\W_])(?<![.:/\-_@])"
    r"((?:[^\W_](?:[^\W_]|-){0,62}\.){1,8})([a-zA-Z][a-zA-Z0-9-]{1,24})"
    r"(?![^\W_]|[-_@]|:\d|\.-|\.[^\W_]|\+[\w.+\-]{0,63}@)"
)
_DOT = re.compile(r"\.[a-zA-Z]")
_READ_AS_HOST = re.compile(
    r"(?!(?:asp|ado|vb|ml|dot)\.net\Z)[0-9-]*[a-z][a-z0-9-]*\."
    r"(?:com|org|edu|gov|net|ai|info|eu)\Z"
    r"|(?:[a-z0-9-]+\.){2,4}(?:com|org|edu|gov|net|io|ai|dev|info|eu|(?:ac|co|gov|edu|org|com)\.[a-z]{2})\Z"
    r"|[a-z0-9-]{3,}\.(?:de|fr|uk|ch|nl|ca|dk|se)\Z"
)


_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_LINKED = re.compile(
    r"(?:(?:https?|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?"
    r"|www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+)"
    r"(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'\">^{}\[\]`]*)?"
)
_TYPESET = re.compile(r"(?:--|\.\.\.|<<|(?:^|[\s(])[\"'])\Z")
_ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_STRAY = re.compile(r"%(?![0-9a-fA-F]{2})")
_TRAILING = re.compile(r"(?:[?!.,:*_~\"']|&[a-zA-Z]{2,10};){1,200}$")
_EMAIL = re.compile(
    r"(?<![\w.+\-/:@])[a-zA-Z0-9][\w.+\-]{0,63}@((?:[a-zA-Z0-9][a-zA-Z0-9-]{0,62}\.)+)([a-zA-Z][a-zA-Z0-9_-]*)(?<![-_])(?![\w@-])"
)


def goldmark_links(
    text: str, start: int, end: int, *, typographer: bool = False
) -> Iterator[tuple[int, int, bool]]:
    """(start, end, linked) of each bare URL: Goldmark links it, or only mystmd does.

    Goldmark looks for one after white space, a few signs and whatever it has read as markup: a
    quotation mark or dash too, with the `typographer` on. `start` is where a run of text begins.
    """
    at = start
    while (found := _ADDRESS.search(text, at, end)) is not None:
        at = found.start()
        before = text[at - 1] if at else ""
        linked = _LINKED.match(text, at, end)
        if linked is None or not (at == start or _looked_for(text, at, typographer)):
            stop = at + len(text[at:end].split(None, 1)[0])
            if (
                not (before.isalnum() or before == "_")
                and text[found.end() : found.end() + 1].isalnum()
            ):
                yield at, stop, False
            at = max(stop, found.end())
            continue
        stop = linked.start() + len(_trimmed(linked[0]))
        yield at, stop, True
        at = max(stop, found.end())


def _looked_for(text: str, at: int, typographer: bool) -> bool:
    """Whether Goldmark looks for a URL at `at`, which isn't where a run of text begins."""
    before = text[at - 1]
    if before.isspace() or before in "*_~(":
        return True
    return typographer and _TYPESET.search(text, max(0, at - 3), at) is not None


def _trimmed(url: str) -> str:
    """Goldmark leaves punctuation at the end of a URL out of it, and a bracket too many."""
    while True:
        shorter = _TRAILING.sub("", url)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def encyclopedic(url: str) -> str:
    """The URL of a page of Wikipedia as mystmd takes it; any other as it is."""
    if "wikipedia.org/" not in url:
        return url
    return _WIKIPEDIA.sub(lambda found: found[1] + found[2].replace("/", "%2F"), url)


def decodable(url: str) -> str:
    """`url` so that its percent-encoding is UTF-8: one that isn't ends mystmd's whole run.

    What isn't UTF-8 is Latin-1, in which browsers and servers of old encoded addresses. mystmd
    decodes nothing after the `#`.
    """
    if "%" not in url:
        return url
    path, sign, fragment = url.partition("#")
    return _ENCODED.sub(_utf8, _STRAY.sub("%25", path)) + sign + fragment


def _utf8(found: re.Match[str]) -> str:
    data = bytes.fromhex(found[0].replace("%", ""))
    try:
        data.decode()
    except UnicodeDecodeError:
        return "".join(f"%{byte:02X}" for byte in data.decode("latin-1").encode())
    return found[0]


def emails(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Mail addresses that mystmd links."""
    for match in _EMAIL.finditer(text, start, end):
        if match[2].lower() in _tlds():
            yield match.span()


def unknown_emails(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Mail addresses in top-level domains that mystmd doesn't know and so doesn't link."""
    for match in _EMAIL.finditer(text, start, end):
        if match[2].lower() not in _tlds():
            yield match.span()


def bare_hosts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets of the dots to escape between `start` and `end`."""
    if _DOT.search(text, start, end) is None:
        return
    for match in _NAME.finditer(text, start, end):
        if match[2].lower() not in _tlds() or _READ_AS_HOST.match(match[0]):
            continue
        dot = match.end(1) - 1
        yield dot
        labels = match[1][:-1].split(".")
        while len(labels) > 1 and labels[-1].lower() in _tlds():
            dot -= len(labels.pop()) + 1
            yield dot


@cache
def _tlds() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("tlds.txt").read_text("utf-8").split())
