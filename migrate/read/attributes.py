"""Goldmark's attributes: `{#id .class key=value}` after a heading, block or fence's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TRAILING = re.compile(
    r"(?:(?<![ \t])[ \t]+)?(?<!\\)(\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\})[ \t]*$"
)
_TOKEN = re.compile(
    r"[ \t,]*(?:"
    r"#(?P<id>(?:[\w:.\-]|[^\x00-\x7f\s])+)"
    r"|\.(?P<cls>(?:[\w:.\-]|[^\x00-\x7f\s])+)"
    r"|(?P<key>[A-Za-z_:][\w:.\-]*)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'"
    r"|(?P<list>\[[^\]]*\])|(?P<bare>[^\s,{}\"'\[\]]+))"
    r")"
)
_END = re.compile(r"[ \t,]*\}")
_BACKSLASH = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between the braces."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Everything else; lists as typed, quotes gone, names in lower case."""


def parse_attributes(text: str) -> Attributes | None:
    """Read `{…}`; None where Goldmark would take it for text."""
    if not text.startswith("{"):
        return None
    at = 1
    name = ""
    classes: list[str] = []
    values: dict[str, str] = {}
    while True:
        end = _END.match(text, at)
        if end is not None:
            found = Attributes(name, tuple(classes), values)
            return found if end.end() == len(text) else None
        token = _TOKEN.match(text, at)
        if token is None or token.end() == at:
            return None
        at = token.end()
        if token["id"]:
            name = token["id"]
        elif token["cls"]:
            classes.append(token["cls"])
        else:
            value = next(
                token[k] for k in ("double", "single", "list", "bare") if token[k] is not None
            )
            if token["double"]:
                value = _BACKSLASH.sub(r"\1", value)
            key = token["key"].lower()
            if key == "id":
                name = value
            elif key == "class":
                classes += value.split()
            else:
                values[key] = value


def trailing_attributes(line: str) -> tuple[int, Attributes] | None:
    """The attributes at the end of a line, and the offset at which the line's own text ends."""
    if "{" not in line:
        return None
    found = _TRAILING.search(line)
    if found is None:
        return None
    attributes = parse_attributes(found[1])
    return None if attributes is None else (found.start(), attributes)
