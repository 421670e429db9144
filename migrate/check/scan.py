"""Scan: links, images, labels and leftovers of one MyST page, line by line, without an engine.

Fast and close enough for checks that only warn: code (fenced, spans, code directives) and
comments are left out, everything else that looks like a link is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"[ \t>*+\-\d.]*?(`{3,}|~{3,})[ \t]*(\{[\w:-]+[^}]*\})?([^`\n]*)$")
_DIRECTIVE = re.compile(r"[ \t>*+-]*:{3,}[ \t]*\{([\w:-]+)([^}\n]*)\}[ \t]*(.*)$")
_CODE_DIRECTIVES = frozenset(
    "code code-block code-cell mermaid math raw csv-table literalinclude-text".split()
)
_FILE_DIRECTIVES = frozenset(("figure", "image"))
_LINK_DIRECTIVES = frozenset(("literalinclude", "include"))
_SPAN = re.compile(r"(?<![`\\}])(`{1,4})(?!`)([^`]|(?!\1)`)+?\1(?!`)")
_LINK = re.compile(r"(!\[[^\][\n]*)?\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")
"""The end of a link, for its text may have begun lines above."""
_REFERENCE = re.compile(r"[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]+(<[^<>\n]*>|\S+)")
_ROLE = re.compile(r"\{(button|download|ref|numref|eq|doc)\}`([^`\n]*)`")
_ROLE_TARGET = re.compile(r"<([^<>]*)>\s*$")
_OPTION = re.compile(r"[ \t>]*:(label|name|link|url):[ \t]+(\S+)")
_TARGET = re.compile(r"[ \t>*+-]*\(([\w|@<>*./:+-]{1,100})\)=[ \t]*$")
_HTML_ID = re.compile(r"<(?:div|span)\b[^<>\n]*?\bid=[\"']?([\w.:-]+)")
_INLINE_ID = re.compile(r"\{(?:div|span|[\w:-]+)[^{}`\n]*?#([\w.:-]+)[^{}`\n]*\}")
_LEFTOVER = re.compile(r"\{\{[<%]")
_COMMENT = re.compile(r"^[ \t>]*<!--(?:[^-]|-(?!->))*-->", re.MULTILINE)
"""A comment that begins a line; one in code can't be told, and is no harm."""
_FRONT_LABEL = re.compile(r"^(?:label|name):[ \t]*[\"']?([^\"'\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A link or an image."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What a page links to, shows and defines."""

    links: tuple[Found, ...] = ()
    images: tuple[Found, ...] = ()
    labels: tuple[tuple[str, int], ...] = ()
    leftovers: tuple[int, ...] = ()
    """Lines on which a shortcode of Hugo stands outside code."""


def scan(text: str) -> Scan:
    """Read one page, front matter and all."""
    reader = _Reader()
    text = text.replace("\r\n", "\n")
    if "<!--" in text:
        text = _COMMENT.sub(_blank, text)
    lines = text.split("\n")
    start = reader.front(lines)
    for number, line in enumerate(lines[start:], start + 1):
        reader.line(line, number)
    return Scan(
        tuple(reader.links), tuple(reader.images), tuple(reader.labels), tuple(reader.leftovers)
    )


def _blank(comment: re.Match[str]) -> str:
    """As many lines with nothing on them: nobody follows a link in an HTML comment."""
    return "\n" * comment[0].count("\n")


LONGEST = 20_000
"""Characters of a line that are read: patterns are not linear in hostile lines."""


class _Reader:
    def __init__(self) -> None:
        self.links: list[Found] = []
        self.images: list[Found] = []
        self.labels: list[tuple[str, int]] = []
        self.leftovers: list[int] = []
        self.fence = ""
        """The fence whose code is being skipped."""

    def front(self, lines: list[str]) -> int:
        """Read front matter; the index of the first line after it."""
        if not lines or lines[0].rstrip() != "---":
            return 0
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                for match in _FRONT_LABEL.finditer("\n".join(lines[1:index])):
                    self.labels.append((match[1].strip(), 1))
                return index + 1
        return 0

    def line(self, line: str, number: int) -> None:
        """Read one line of the body."""
        line = line[:LONGEST]
        if self.fence:
            bare = line.strip(" \t>")
            if bare.startswith(self.fence) and not bare.strip(self.fence[0]).strip():
                self.fence = ""
            return
        if "```" in line or "~~~" in line:
            match = _FENCE.match(line)
            if match and self.opens_code(match, number):
                self.fence = match[1]
                return
        bare = line.lstrip(" \t>")
        if not bare or bare.startswith("%"):
            return
        if bare.startswith((":::", "- :::", "* :::")) and (match := _DIRECTIVE.match(line)):
            self.directive(match[1], match[3], number)
        self.inline(line, number)

    def opens_code(self, match: re.Match[str], number: int) -> bool:
        """Whether a fence holds code; a directive that holds Markdown is read on."""
        if not match[2]:
            return True
        name = match[2].strip("{}").split()[0]
        self.directive(name, match[3].strip(), number)
        return name in _CODE_DIRECTIVES

    def directive(self, name: str, argument: str, number: int) -> None:
        """Read a directive's argument."""
        if name in _FILE_DIRECTIVES and argument:
            self.images.append(Found(argument.strip(), number))
        elif name in _LINK_DIRECTIVES and argument:
            self.links.append(Found(argument.strip(), number))

    def inline(self, line: str, number: int) -> None:
        """Read what may stand inside a line."""
        if "](" in line or "`" in line:
            self.roles(line, number)
            text = _SPAN.sub("", line) if "`" in line else line
            for match in _LINK.finditer(text):
                found = Found(match[2].strip("<>").strip(), number)
                (self.images if match[1] else self.links).append(found)
        else:
            text = line
        if "]:" in line and (reference := _REFERENCE.match(text)):
            self.links.append(Found(reference[1].strip("<>"), number))
        if ":" in line and (option := _OPTION.match(line)):
            if option[1] in ("link", "url"):
                self.links.append(Found(option[2], number))
            else:
                self.labels.append((option[2], number))
        if ")=" in line and (target := _TARGET.match(line)):
            self.labels.append((target[1], number))
        if "#" in line and "{" in line:
            self.labels += [(match[1], number) for match in _INLINE_ID.finditer(line)]
        if "id=" in line:
            self.labels += [(match[1], number) for match in _HTML_ID.finditer(line)]
        if "{{" in text and _LEFTOVER.search(text) and not line.startswith(("    ", "\t")):
            self.leftovers.append(number)

    def roles(self, line: str, number: int) -> None:
        """Read roles that link."""
        if "{" not in line:
            return
        for match in _ROLE.finditer(line):
            named = _ROLE_TARGET.search(match[2])
            target = (named[1] if named else match[2]).strip()
            if match[1] in ("ref", "numref", "eq"):
                target = "#" + target
            self.links.append(Found(target, number))
