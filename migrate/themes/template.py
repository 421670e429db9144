"""The text of a mapping, taken apart: lines, fences and holes, each hole with a type.

`[[x]]` is the value of x, `[[x|y|"words"]]` the first that is set, and a line whose `[[x?]]` is
empty goes. The type of a hole follows from its place: the argument of a figure is a path, a
`:link:` is a URL, the content of a code block stands as it is, running text is Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ALWAYS = ("inner", "children", "args", "value")
"""Names that every mapping may use: the body, the converted children, all positional
parameters, and what a function found."""

_HOLE = re.compile(r'\[\[((?:[\w./-]+|"[^"\n]*")(?:\|(?:[\w./-]+|"[^"\n]*"))*)(\?)?\]\]')
_FENCE = re.compile(r"(:{3,}+|`{3,}+)(.*)")
_DIRECTIVE = re.compile(r"\{([\w\-]+|\[\[[^\]]*\]\])\}")
_OPTION = re.compile(r":([\w\-]+):(?:\s|$)")
_ROLE = re.compile(r"\{([\w\-]+)\}`([^`]*)`")
_PATHS = frozenset({"figure", "image", "literalinclude", "include", "embed"})
_OPTION_TYPES = {
    "link": "href", "url": "href", "width": "pixels", "height": "pixels", "alt": "plain",
    "title": "plain", "header": "markdown", "footer": "markdown", "caption": "markdown",
    "filename": "raw",
}  # fmt: skip
_VERBATIM = frozenset({"code-block", "code", "mermaid", "math", "csv-table"})
_LITERAL_ROLES = frozenset({"button", "download", "kbd", "math", "abbr"})


class TemplateError(ValueError):
    """A mapping's text that can't be filled in; the message is a clause for a person."""


@dataclass(frozen=True, slots=True)
class Hole:
    """`[[a|b|"c"?]]`."""

    names: tuple[str, ...]
    """Parameters; a literal begins with a quote."""
    drops: bool
    """With `?`: the line goes when it is empty."""
    type: str
    """`markdown`, `plain` (one line, not escaped), `raw`, `path`, `url`, `pixels`, `block` (alone
    on its line), `href` (a link that no bracket ends), `address` (a URL of elsewhere), `part`
    (inside a longer URL) or `base` (its beginning)."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role whose text has holes, so that its backticks can grow."""

    name: str
    parts: tuple[str | Hole, ...]


Part = str | Hole | Role


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text."""

    parts: tuple[Part, ...]
    option: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A directive or code block: its marker grows with what it holds."""

    char: str
    opener: Line
    """What follows the marker: `{note} Title`, `python`."""
    name: str
    """Name of the directive; empty for a code block, or where it is a hole."""
    body: tuple[Line | Fence, ...]


Template = tuple[Line | Fence, ...]


@lru_cache(maxsize=4096)
def compile_template(text: str) -> Template:
    """Take a mapping's text apart. Raises `TemplateError` for fences that don't match."""
    lines = text.strip("\n").split("\n")
    template, rest = _block(lines, 0, "")
    if rest < len(lines):
        raise TemplateError(f"closes a fence that isn't open: {lines[rest]}")
    return template


def names(text: str) -> list[str]:
    """The parameters that the holes of a mapping's text name."""
    compile_template(text)
    return [
        name
        for match in _HOLE.finditer(text)
        for name in _alternatives(match[1])
        if not name.startswith('"')
    ]


def _block(lines: list[str], at: int, inside: str) -> tuple[Template, int]:
    """The lines from `at` to the end of the fence that they are in."""
    found: list[Line | Fence] = []
    verbatim = inside in _VERBATIM or inside == "`"
    head = bool(inside)
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.fullmatch(line.strip())
        if fence and not fence[2].strip():
            return tuple(found), at
        if fence:
            directive = _DIRECTIVE.match(fence[2].strip())
            name = directive[1] if directive else ""
            opener = Line(_opener(fence[2].strip(), name))
            kind = name or fence[1][0]
            body, at = _block(lines, at + 1, kind)
            if at >= len(lines):
                raise TemplateError(f"doesn't close its fence: {line.strip()}")
            found.append(Fence(fence[1][0], opener, "" if name.startswith("[") else name, body))
            head = False
        else:
            option = _OPTION.match(line) if head else None
            if option:
                kind = _OPTION_TYPES.get(option[1], "raw")
                found.append(Line(_parts(line, kind), option=True))
            else:
                head = False
                found.append(Line(_text_line(line, verbatim)))
        at += 1
    return tuple(found), at


def _opener(text: str, name: str) -> tuple[Part, ...]:
    """The parts of a fence's first line: name, then argument."""
    if not name:
        return _parts(text, "raw")
    head, brace, argument = text.partition("}")
    kind = "markdown"
    if name in _PATHS:
        kind = "path"
    elif name == "iframe":
        kind = "address"
    elif name in ("grid", "code-block", "code"):
        kind = "raw"
    return (*_parts(head + brace, "raw"), *_parts(argument, kind))


def _text_line(line: str, verbatim: bool) -> tuple[Part, ...]:
    if verbatim:
        return _parts(line, "raw")
    match = _HOLE.fullmatch(line.strip())
    if match:
        return (Hole(_alternatives(match[1]), bool(match[2]), "block"),)
    parts: list[Part] = []
    at = 0
    for role in _ROLE.finditer(line):
        if "[[" not in role[2]:
            continue
        parts += _parts(line[at : role.start()], "markdown")
        parts.append(Role(role[1], _role_parts(role[1], role[2])))
        at = role.end()
    return (*parts, *_parts(line[at:], "markdown"))


def _role_parts(name: str, text: str) -> tuple[str | Hole, ...]:
    kind = "plain" if name in _LITERAL_ROLES else "markdown"
    return tuple(part for part in _parts(text, kind) if not isinstance(part, Role))


def _parts(text: str, kind: str) -> tuple[str | Hole, ...]:
    parts: list[str | Hole] = []
    at = 0
    for match in _HOLE.finditer(text):
        before = text[: match.start()]
        after = text[match.end() :]
        if match.start() > at:
            parts.append(text[at : match.start()])
        parts.append(Hole(_alternatives(match[1]), bool(match[2]), _type(before, after, kind)))
        at = match.end()
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _type(before: str, after: str, kind: str) -> str:
    """The type of a hole between the texts `before` and `after` of its line."""
    word = re.split(r"\s", before)[-1]
    if word.endswith("](") or (word.endswith("<") and before.rstrip("<").endswith(" ")):
        return "url" if after[:1] in (")", ">") else "base"
    if re.search(r"\]\([^)\s]*$", before) or re.search(r" <[^>\s]*$", before):
        return "part"
    if re.search(r"(?:^|[\s(<])(?:https?|mailto):[^\s]*$", before):
        return "part"
    if word.count("`") % 2 and kind == "markdown":
        return "plain"
    return kind


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r'[\w./-]+|"[^"\n]*"', text))
