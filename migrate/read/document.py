"""One content file: front matter and body, split as Hugo splits them.

Hugo closes front matter at the first line that begins with the three characters that opened it;
what follows them on that line is body. Old sites hold much that today's Hugo refuses; what can be
read is read, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic, Value
from migrate.read import formats
from migrate.read.yaml12 import FormatError, Parsed

_NAMES = {"---": "yaml", "+++": "toml"}
_OPENING = re.compile(r"\s*(---|\+\+\+)(?=\s|\Z)")
_CLOSING = {mark: re.compile(rf"^{re.escape(mark)}", re.M) for mark in _NAMES}
_TOP_KEY = {
    "yaml": re.compile(r"""^(?=[\w"'])(["']?)([\w .-]+?)\1[ \t]*:(?=\s|\Z)""", re.M),
    "toml": re.compile(r"^([ \t]*)([\w.-]+)[ \t]*=|^\[[^\n]*\][ \t]*$", re.M),
}
_INDENT = re.compile(r"^[ ]*\t[ \t]*", re.M)
_ORG_KEY = re.compile(
    r"#\+([\w-]+)(\[\])?:[ \t]*+"
    r"((?>(?:[^ \t\r\n]++|[ \t]++(?!\r?(?:\n|\Z))|\r(?!\n|\Z))*))[ \t]*\r?(?:\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A content file, split."""

    front: Mapping[str, Value]
    """Keys in lower case deeply."""
    body: str
    body_line: int
    """Line of the file on which the body begins, from 1."""
    diagnostics: tuple[Diagnostic, ...] = ()


def split(text: str, source: str, *, org: bool = False) -> Document:
    """Split a file's text (without byte order mark); `source` names it in diagnostics."""
    if opening := _OPENING.match(text):
        return _split_fenced(text, source, opening[1], opening.end())
    if org:
        return _split_org(text)
    if text.lstrip()[:1] == "{":
        return _split_json(text, source)
    return Document({}, text, 1)


def _split_fenced(text: str, source: str, mark: str, start: int) -> Document:
    # The rest of the opening line belongs to the front matter: the search begins at its end.
    line_end = text.find("\n", start)
    closing = _CLOSING[mark].search(text, line_end + 1) if line_end >= 0 else None
    if closing is None:
        reason = f"the front matter is opened by `{mark}` and never closed"
        problem = diagnostic("HM101", source, text.count("\n", 0, start) + 1, reason=reason)
        return Document({}, text, 1, (problem,))
    end = closing.end()
    line_end = text.find("\n", end)
    rest = text[end:] if line_end < 0 else text[end:line_end]
    if not rest.strip():
        end = len(text) if line_end < 0 else line_end + 1
    first_line = text.count("\n", 0, start)
    front, problems = read_front(text[start : closing.start()], _NAMES[mark], source, first_line)
    return Document(front, text[end:], text.count("\n", 0, end) + 1, problems)


def _split_json(text: str, source: str) -> Document:
    try:
        front, end = formats.json_prefix(text)
    except FormatError as error:
        if text.lstrip().startswith(("{{", "{%", "{#", "{.")):
            return Document({}, text, 1)  # a body that begins with a shortcode or attributes
        problem = diagnostic("HM101", source, error.line, reason=f"JSON: {error.reason}")
        return Document({}, text, 1, (problem,))
    line_end = re.compile(r"[ \t]*\r?\n?").match(text, end)
    end = line_end.end() if line_end else end
    return Document(front, text[end:], text.count("\n", 0, end) + 1)


def _split_org(text: str) -> Document:
    front: dict[str, Value] = {}
    at = len(text) - len(text.lstrip())
    while key := _ORG_KEY.match(text, at):
        name, value = key[1].lower(), key[3]
        if key[2] or name in ("tags", "categories", "aliases", "filetags"):
            front[name] = [part for part in re.split(r"[\s:]+", value) if part]
        else:
            front[name] = {"true": True, "false": False}.get(value, value)
        at = key.end()
    if isinstance(front.get("date"), str):
        front["date"] = front["date"].strip("<>[]").split(" ")[0]
    return Document(front, text[at:], text.count("\n", 0, at) + 1)


def read_front(
    text: str, format: str, source: str, first_line: int
) -> tuple[Mapping[str, Value], tuple[Diagnostic, ...]]:
    """Front matter to a mapping; what is wrong with it is told and the rest is kept.

    `first_line` lines of the file stand before `text`.
    """
    try:
        parsed, problems = formats.parse(text, format), []
    except FormatError as error:
        parsed, reason = _mend(text, format)
        code = "HM101" if reason is None else "HM104"
        reason = f"{format.upper()}: {error.reason}"
        problems = [diagnostic(code, source, first_line + max(error.line, 1), reason=reason)]
    for key, line in parsed.duplicates:
        problems.append(diagnostic("HM102", source, first_line + line, key=key))
    value = parsed.value
    if value is None:
        value = {}
    if not isinstance(value, dict):
        reason = "the front matter is no list of keys and values"
        problems.append(diagnostic("HM101", source, first_line + 1, reason=reason))
        value = {}
    return value, tuple(problems)


def _mend(text: str, format: str) -> tuple[Parsed, str | None]:
    """What can be read of broken front matter, and how; None where a key's value is in doubt."""
    if format == "yaml" and "\t" in text:
        try:
            return formats.parse(_INDENT.sub(_spaces, text), format), "tabs"
        except FormatError:
            pass
    return _piecewise(text, format)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _spaces(match: re.Match[str]) -> str:
    return match[0].replace("\t", "  ")


def _piecewise(text: str, format: str) -> tuple[Parsed, str | None]:
    """Read each top-level key by itself; a value that can't be read is taken as text."""
    keys = list(_TOP_KEY[format].finditer(text))
    if not keys:
        return Parsed({}), None
    values: dict[str, Value] = {}
    duplicates: list[tuple[str, int]] = []
    how: str | None = "pieces"
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        piece = text[key.start() : following.start() if following else len(text)]
        try:
            found = formats.parse(piece, format).value
        except FormatError:
            if key[2] is None:  # a TOML table that can't be read
                how = None
                continue
            raw = text[key.end() : key.start() + len(piece)].strip()
            found = {key[2].strip().lower(): _unquoted(raw)}
            how = how if "\n" not in raw else None
        if isinstance(found, dict):
            line = text.count("\n", 0, key.start()) + 1
            duplicates.extend((name, line) for name in found if name in values)
            values.update(found)
    return Parsed(values, tuple(duplicates)), how if values else None
