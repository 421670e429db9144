"""Hugo's shortcode syntax: a page's text to a tree of `Shortcode`s with spans.

Hugo finds calls in the raw text, before Markdown and so inside code, tables and attributes too.
The rules here are those of Hugo 0.168 (`tests/test_lexer.py` compares each with the real one);
what Hugo refuses is reported in its words, stays text, and the rest of the page goes on.

Whether a call must be closed is decided in Hugo by its template (does it use `.Inner`?). From
text alone it is decided by the site: a name that some page closes is paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate.model import Shortcode, Value
from migrate.read.pairing import Tag, pair

_OPENER = re.compile(r"\{\{[<%]")
_CLOSER = re.compile(r"\{\{[<%][ \t\r\n]*/[ \t\r\n]*(\w[\w/.\-]*)[ \t\r\n]*[>%]\}\}")
_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[\w\-]*")
_NAME = re.compile(r"[\w\-/]*")
_RUN = re.compile(r"\S*")
_INTEGER = re.compile(r"[-+]?\d+\Z", re.ASCII)
_FLOAT = re.compile(r"[-+]?\d*\.\d+\Z", re.ASCII)
_ESCAPED_QUOTE = re.compile(r'\\(?=")')
_INLINE = "inline "


@dataclass(frozen=True, slots=True)
class Lexed:
    """What the lexer found in a text."""

    calls: tuple[Shortcode, ...] = ()
    """Calls at the top level, in order; nested ones are their children."""
    escapes: tuple[tuple[int, int, str], ...] = ()
    """(start, end, text that Hugo prints) of each `{{</* x */>}}`, at any depth."""
    errors: tuple[tuple[int, str], ...] = ()
    """(offset, message in Hugo's words) of what stops Hugo; there the text stays as it is."""


class _Refused(Exception):
    """Hugo's message for a tag that it doesn't take, and the place that it points to."""


_NOTHING = Lexed()


def closers(text: str) -> set[str]:
    """Names in lower case of the shortcodes that `text` closes."""
    if "{{<" not in text and "{{%" not in text:
        return set()
    return {name.lower() for name in _CLOSER.findall(text)}


def names(text: str) -> set[str]:
    """Names in lower case of all shortcodes that `text` calls."""
    if "{{<" not in text and "{{%" not in text:
        return set()
    return {tag.call.name.lower() for tag in _Lexer(text).tags()}


def lex(text: str, closers: frozenset[str] = frozenset()) -> Lexed:
    """Find the shortcodes of `text`; `closers` are the names that are paired, in lower case."""
    if "{{<" not in text and "{{%" not in text:
        return _NOTHING
    lexer = _Lexer(text)
    tags = list(lexer.tags())
    calls, errors = pair(tags, closers, by_name=False)
    if errors:
        calls, errors = pair(tags, closers, by_name=True)
    errors = sorted([*lexer.errors, *errors])
    return Lexed(tuple(calls), tuple(lexer.escapes), tuple(errors))


def walk(calls: tuple[Shortcode, ...]) -> Iterator[Shortcode]:
    """All calls, parents before their children."""
    for call in calls:
        yield call
        yield from walk(call.children)


def typed(word: str) -> Value:
    """The value of a bare parameter: bool, int, float, else the word."""
    if word in ("true", "false"):
        return word == "true"
    if _INTEGER.match(word) and len(word) < 19:
        return int(word)
    if _FLOAT.match(word):
        return float(word)
    return word


class _Lexer:
    """Reads the tags of one text, in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.escapes: list[tuple[int, int, str]] = []
        self.errors: list[tuple[int, str]] = []
        self._opened: set[str] = set()
        self._inline = ""
        self._no_comment_end: set[str] = set()
        self._run = (0, 0)

    def tags(self) -> Iterator[Tag]:
        """Every tag that Hugo takes, in order."""
        at = 0
        while found := _OPENER.search(self.text, at):
            start = found.start()
            right = (">" if self.text[start + 2] == "<" else "%") + "}}"
            try:
                if self.text.startswith("/*", start + 3):
                    at = self._escape(start, right)
                    continue
                tag = self._tag(start, right)
            except _Refused as refusal:
                self.errors.append((start, str(refusal)))
                at = start + 3
                continue
            at = tag.call.end
            yield tag

    def _escape(self, start: int, right: str) -> int:
        """A call in comment marks, which Hugo prints as a call."""
        end = -1
        if right not in self._no_comment_end:
            end = self.text.find("*/" + right, start + 3)
        if end < 0:
            self._no_comment_end.add(right)
        if end <= start + 4:
            raise _Refused("comment must be closed")
        after = end + 2 + len(right)
        literal = self.text[start : start + 3] + self.text[start + 5 : end] + right
        self.escapes.append((start, after, literal))
        return after

    def _tag(self, start: int, right: str) -> Tag:
        text = self.text
        at = _BLANK.match(text, start + 3).end()  # type: ignore[union-attr]
        close = text.startswith("/", at)
        if self._inline and not (
            close and text[at + 1 : at + 200].lstrip().startswith(self._inline)
        ):
            raise _Refused("inline shortcodes do not support nesting")
        if close:
            return self._closing(start, at + 1, right)
        if text.startswith(right, at):
            raise _Refused("shortcode has no name")
        name, at, inline = self._name(at)
        self._opened.add(name)
        call = Shortcode(name, "<" if right[0] == ">" else "%", start=start, inline=inline)
        args, kwargs, at, alone = self._parameters(at, right)
        if inline and not alone:
            self._inline = name
        call = replace(call, args=tuple(args), kwargs=kwargs, end=at)
        return Tag(call, alone=alone)

    def _name(self, at: int) -> tuple[str, int, bool]:
        """A name, the place after it, and whether it is an inline shortcode's."""
        text = self.text
        if at >= len(text):
            raise _Refused("unclosed shortcode action")
        if not _is_letter(text[at]) or text[at] == "-":
            raise _Refused(_unrecognized(text[at]))
        end = _clip(text, at, _NAME.match(text, at).end())  # type: ignore[union-attr]
        inline = False
        if text.startswith(".", end):
            if not text.startswith(_INLINE, end + 1):
                raise _Refused("period in shortcode name only allowed for inline identifiers")
            inline = True
            end += len(_INLINE)
        return text[at:end], end, inline

    def _closing(self, start: int, at: int, right: str) -> Tag:
        """`/ name >}}`; only blanks may follow the name."""
        if not self._opened:
            raise _Refused("got closing shortcode, but none is open")
        at = _BLANK.match(self.text, at).end()  # type: ignore[union-attr]
        if self.text.startswith(right, at):
            raise _Refused("shortcode has no name")
        name, at, inline = self._name(at)
        if name not in self._opened:
            raise _Refused(f"closing tag for shortcode '{name}' does not match start tag")
        while at < len(self.text) and self.text[at] in " \t\r\n":
            at += 1
        if not self.text.startswith(right, at):
            raise _Refused("unclosed shortcode")
        self._inline = ""
        markup: str = "<" if right[0] == ">" else "%"
        call = Shortcode(name, markup, start=start, end=at + 3, inline=inline)  # type: ignore[arg-type]
        return Tag(call, close=True)

    def _parameters(self, at: int, right: str) -> tuple[list[Value], dict[str, Value], int, bool]:
        """Parameters up to `right`: positional, named, place after, self-closed.

        As in Hugo a name is one by the `=` behind it, blanks or not, but only `=` without a
        blank counts when it looks for a mixture of named and positional.
        """
        text, size = self.text, len(self.text)
        args: list[Value] = []
        kwargs: dict[str, Value] = {}
        kind = ""
        alone = False
        while True:
            at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
            if text.startswith(right, at):
                return args, kwargs, at + len(right), alone
            if at >= size:
                raise _Refused("unclosed shortcode action")
            if text[at] == "/":
                alone = True
                at += 1
                continue
            if text[at] == "=":
                at = self._value(at + 1)[1]
                continue
            if text[at] == "\\" and not text.startswith(('"', "`"), at + 1):
                at += 1
                continue
            value, at, kind = self._parameter(at, kind)
            after = _BLANK.match(text, at).end()  # type: ignore[union-attr]
            if text.startswith("=", after):
                named, at = self._value(after + 1)
                if not alone:
                    kwargs[str(value)] = named
            elif not alone:
                args.append(value)
            if args and kwargs:
                raise _Refused("Cannot mix named and positional parameters")

    def _parameter(self, at: int, kind: str) -> tuple[Value, int, str]:
        """A bare or quoted parameter at `at`, the place after it, and its kind for Hugo."""
        text = self.text
        escaped = text[at] == "\\"
        if escaped:
            at += 1
            if text[at] == "`":
                raise _Refused("unrecognized escape character")
        if text[at] in '"`':
            if kind == "named":
                raise _Refused(
                    "got quoted positional parameter. Cannot mix named and positional parameters"
                )
            value, at = self._quoted(at, escaped)
            return value, at, "positional"
        if not (_is_letter(text[at]) or text[at] == "-"):
            raise _Refused(_unrecognized(text[at]))
        start = at
        while True:
            at = _clip(text, at, _WORD.match(text, at).end())  # type: ignore[union-attr]
            if not text.startswith(".", at):
                break
            at += 1
        word = text[start:at]
        found = "named" if text.startswith("=", at) else "positional"
        if kind and kind != found:
            raise _Refused(
                f"got {found} parameter '{word}'. Cannot mix named and positional parameters"
            )
        return (word if found == "named" else typed(word)), at, found

    def _value(self, at: int) -> tuple[Value, int]:
        """The value after `=`."""
        while self.text.startswith((" ", "\t"), at):
            at += 1
        first = self.text[at : at + 1]
        if first == '"' or first == "`":
            return self._quoted(at, escaped=False)
        if first == "\\":
            return self._quoted(at + 1, escaped=True)
        start, end = self._run
        if not start <= at < end:
            start, end = self._run = (at, _RUN.match(self.text, at).end())  # type: ignore[union-attr]
        return typed(self.text[at:end]), end

    def _quoted(self, at: int, escaped: bool) -> tuple[str, int]:
        """A string in quotes or backticks that begins at `at`.

        In double quotes only `\\"` is an escape, and no line ends there. A string that itself
        begins with an escaped quote ends with one.
        """
        text = self.text
        if text.startswith("`", at):
            end = text.find("`", at + 1)
            if end < 0:
                raise _Refused(
                    f"unterminated raw string in shortcode parameter-argument: '{text[at + 1 :]}'"
                )
            return text[at + 1 : end], end + 1
        end = at + 1
        while True:
            char = text[end : end + 1]
            if not char or char == "\n":
                raise _Refused(
                    "unterminated quoted string in shortcode parameter-argument:"
                    f" '{text[at + 1 : end]}'"
                )
            if char == "\\" and text.startswith('"', end + 1):
                if escaped:
                    return text[at + 1 : end], end + 2
                end += 2
                continue
            if char == "\\" and text.startswith("`", end + 1):
                raise _Refused("unrecognized escape character")
            if char == '"':
                return _ESCAPED_QUOTE.sub("", text[at + 1 : end]), end + 1
            end += 1


def _is_letter(char: str) -> bool:
    """What Hugo takes in a bare word: letters, decimal digits, underscore."""
    return char == "_" or char.isalpha() or char.isdecimal()


def _clip(text: str, start: int, end: int) -> int:
    """The end of a word, without what Python calls a word character and Go doesn't (`²`)."""
    if text[start:end].isascii():
        return end
    for at in range(start, end):
        if not (_is_letter(text[at]) or text[at] in "-/"):
            return at
    return end


def _unrecognized(char: str) -> str:
    shown = f"U+{ord(char):04X}" + (f" '{char}'" if char.isprintable() else "")
    return (
        f"unrecognized character in shortcode action: {shown}."
        " Note: Parameters with non-alphanumeric args must be quoted"
    )
