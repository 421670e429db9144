"""Scan: links, images, labels and leftovers of one MyST page, line by line, without an engine.

Fast and close enough for checks that only warn: code (fenced, spans, code directives) and
comments are left out, everything else that looks like a link is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrate.check.names import CODE_DIRECTIVES

_FENCE = re.compile(r"[ \t>*+\-\d.]*?(`{3,}+|~{3,}+)[ \t]*+(\{[\w:-]++[^}]*\})?([^`\n]*)$")
_DIRECTIVE = re.compile(r"[ \t>*+-]*:{3,}[ \t]*\{([\w:-]++)([^}\n]*)\}[ \t]*(.*)$")
_FILE_DIRECTIVES = frozenset(("figure", "image"))
_LINK_DIRECTIVES = frozenset(("literalinclude", "include"))
_SPAN = re.compile(r"(?<![`\\}])(`{1,4})(?!`)([^`]|(?!\1)`)+?\1(?!`)")
_LINK = re.compile(
    r"(!\[[^\][\n]*)?(?<!\\)\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?=[ \t]*(?:\)|$|[ \t][\"'(]))"
)
"""The end of a link, for its text may have begun lines above."""
_REFERENCE = re.compile(r"[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]+(<[^<>\n]*>|\S+)")
_ROLE = re.compile(r"(?<!\\)\{(button|download|ref|numref|eq|doc)\}`([^`\n]*)`")
_ROLE_TARGET = re.compile(r"<([^<>]*)>\s*$")
_OPTION = re.compile(r"[ \t>]*:(label|name|link|url):[ \t]+(\S+)")
_TARGET = re.compile(r"(?:[ \t>*+-]|\d{1,9}[.)])*\(([\w|@<>*./:+-]{1,100})\)=[ \t]*$")
_HTML_ID = re.compile(r"<(?:div|span)\b[^<>\n]*?\bid=[\"']?([\w.:-]+)")
_INLINE_ID = re.compile(r"\{[\w:-]++(?>(?:[^{}`\n#]|#(?![\w.:-]))*)#([\w.:-]++)[^{}`\n]*+\}")
_LEFTOVER = re.compile(r"\{\{[<%]")
_ANY_ROLE = re.compile(
    r"(?<!\\)\{([a-zA-Z][\w:-]*)(?:[ \t][^{}`\n]*)?\}(?=`)|" + _SPAN.pattern.replace("\\1", "\\2")
)
"""A role, or a code span, in which nothing is a role."""
_TELLING = tuple(
    re.compile(begin)
    for begin in (
        r"\]\((?!https?:)", r"\]:", r"\{\{[<%]", r"\{[a-zA-Z]", "```", "~~~", ":::", r"\)=", " id=",
        ":label:", ":name:", ":link:", ":url:",
    )
)  # fmt: skip
"""What lines hold that have anything to tell; all others are passed over unread. One pattern each:
what begins with plain letters is searched for ten times as fast."""
_COMMENT = re.compile(r"^[ \t>]*<!--(?>(?:[^-<]|-(?!->)|<(?!!--))*)-->", re.MULTILINE)
"""A comment that begins a line; one in code can't be told, and is no harm."""
_OUTER = re.compile(r"(?! {4}|\t)[ ]{0,3}\S")
_CONTAINER = re.compile(r"[ >]{0,3}(?:[-*+:~][ \t]|\d{1,9}[.)][ \t]|\[\^)")
_LOOK_BACK = 200
"""Lines."""
_REMARK = re.compile(r"<!--(?>(?:[^-<]|-(?!->)|<(?!!--))*)-->")
_SHOWN = re.compile(r"[^\n]")
_FRONT_END = re.compile(r"\n---[ \t]*(?:\n|$)")
_TEX_LABEL = re.compile(r"\\label\{([^{}\n]+)\}")
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
    roles: tuple[Found, ...] = ()
    directives: tuple[Found, ...] = ()
    fences: tuple[tuple[int, int], ...] = ()
    """Where in the text front matter and code blocks between fences stand."""


def scan(text: str) -> Scan:
    """Read one page, front matter and all, with line ends as `\\n`."""
    if "<!--" in text:
        text = _COMMENT.sub(_blank, text)
    reader = _Reader()
    at = reader.front(text)
    number = text.count("\n", 0, at) + 1
    counted = at
    for place in sorted(m.start() for one in _TELLING for m in one.finditer(text, at)):
        if place < at:
            continue
        start = text.rfind("\n", at, place) + 1 or at
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        number += text.count("\n", counted, start)
        counted = start
        if not text.startswith(("    ", "\t"), start) or in_list(text, start):
            reader.line(text[start : min(end, start + LONGEST)], number)
        at = end + 1
        if reader.fence:
            at = reader.closing(text, end)
            reader.fences.append((start, at))
    return Scan(
        tuple(reader.links),
        tuple(reader.images),
        tuple(reader.labels),
        tuple(reader.leftovers),
        tuple(reader.named),
        tuple(reader.directives),
        tuple(reader.fences),
    )


def in_list(text: str, start: int) -> bool:
    """Whether the indented line at `start` belongs to a list, a note or the like, or is code.

    The nearest line above with less of an indent tells.
    """
    for _ in range(_LOOK_BACK):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if _OUTER.match(text, start):
            return _CONTAINER.match(text, start) is not None
        if start == 0:
            return False
    return True


def _blank(comment: re.Match[str]) -> str:
    """As many blank lines of the same length: nobody follows a link in an HTML comment."""
    return _SHOWN.sub(" ", comment[0])


LONGEST = 20_000
"""Characters of a line that are read: patterns are not linear in hostile lines."""


class _Reader:
    def __init__(self) -> None:
        self.links: list[Found] = []
        self.images: list[Found] = []
        self.labels: list[tuple[str, int]] = []
        self.leftovers: list[int] = []
        self.named: list[Found] = []
        self.directives: list[Found] = []
        self.fences: list[tuple[int, int]] = []
        self.fence = ""
        """The fence of a code block that has begun."""

    def front(self, text: str) -> int:
        """Read front matter; where the text after it begins."""
        if not text.startswith("---") or not (end := _FRONT_END.search(text, 3)):
            return 0
        self.fences.append((0, end.end()))
        for match in _FRONT_LABEL.finditer(text, 0, end.start() + 1):
            self.labels.append((match[1].strip(), 1))
        return end.end()

    def closing(self, text: str, at: int) -> int:
        """Where the line after the code block's end begins."""
        mark, count = self.fence[0], len(self.fence)
        self.fence = ""
        # Compiled once for each kind of fence: `re` keeps what it has compiled.
        end = re.compile(rf"\n[ \t>]*{mark}{{{count},}}[ \t>]*(?:\n|$)").search(text, at)
        return end.end() if end else len(text)

    def line(self, line: str, number: int) -> None:
        """Read one line of the body."""
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
        return name in CODE_DIRECTIVES

    def directive(self, name: str, argument: str, number: int) -> None:
        """Read a directive's argument."""
        self.directives.append(Found(name, number))
        if name in _FILE_DIRECTIVES and argument:
            self.images.append(Found(argument.strip(), number))
        elif name in _LINK_DIRECTIVES and argument:
            self.links.append(Found(argument.strip(), number))

    def inline(self, line: str, number: int) -> None:
        """Read what may stand inside a line."""
        if "](" in line or "`" in line:
            self.roles(line, number)
            text = _SPAN.sub("", line) if "`" in line else line
            text = _REMARK.sub("", text) if "<!--" in text else text
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
        if "\\label{" in line:
            self.labels += [(name, number) for name in _TEX_LABEL.findall(line)]
        if "#" in line and "{" in line:
            self.labels += [(match[1], number) for match in _INLINE_ID.finditer(line)]
        if "id=" in line:
            self.labels += [(match[1], number) for match in _HTML_ID.finditer(line)]
        if "{{" in text and _LEFTOVER.search(text):
            self.leftovers.append(number)

    def roles(self, line: str, number: int) -> None:
        """Read roles; of some the text is a link."""
        if "}`" not in line:
            return
        roles = (match[1] for match in _ANY_ROLE.finditer(line))
        self.named += [Found(name, number) for name in roles if name]
        for match in _ROLE.finditer(line):
            named = _ROLE_TARGET.search(match[2])
            target = (named[1] if named else match[2]).strip()
            if match[1] in ("ref", "numref", "eq"):
                target = "#" + target
            self.links.append(Found(target, number))
