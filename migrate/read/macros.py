"""TeX macros that a site defines for KaTeX or MathJax: in its parameters, templates and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from migrate.model import Value
from migrate.read.mounts import File

_NAME = re.compile(r"\\?([A-Za-z]{1,40})\Z")
_OBJECT = re.compile(r"\bmacros[\"']?\s{0,9}[:=]\s{0,9}\{", re.I)
"""`macros: {` in a script; MathJax 2 says `Macros`."""
_DICT = re.compile(r"macros\"?\s{0,9}(?:\(|:?=)\s{0,9}dict\b", re.I)
"""`"macros" (dict …` and `$macros := dict …` in a template that makes math by itself."""
_TOKEN = re.compile(
    r"\"((?>(?:[^\"\\\n]|\\.)*))\"|'((?>(?:[^'\\\n]|\\.)*))'|(String\.raw)?`([^`]*+)`"
    r"|//[^\n]*|/\*(?>(?:[^*]|\*(?!/))*)\*/|([A-Za-z_$][\w$]*)|([\[\](){}:,])|(\d+)"
)
_ESCAPE = re.compile(r"\\(.)", re.S)
_LARGEST = 200_000
"""Bytes of a template or script that are read."""
_DEEPEST = 6
_FOLDERS = ("partials/", "_partials/", "_default/", "shortcodes/", "_shortcodes/", "_markup/")
_SCRIPT = re.compile(r"(?:math|katex|tex)[^/]*\.js\Z", re.I)


def read(params: Mapping[str, Value], layouts: Iterable[File], scripts: Iterable[File]) -> Macros:
    """Name with its backslash -> definition, those of the parameters first."""
    found: dict[str, str] = {}
    for name, value in _of_params(params):
        found.setdefault(name, value)
    files = [file for file in layouts if file.relative.endswith((".html", ".js")) and _may(file)]
    files += [file for file in scripts if _SCRIPT.search(file.relative)]
    for file in files:
        try:
            with file.path.open("rb") as opened:
                content = opened.read(_LARGEST)
        except OSError:
            continue
        if b"acros" in content:
            for name, value in of_text(content.decode("utf-8", "replace")):
                found.setdefault(name, value)
    return found


Macros = dict[str, str]


def _may(file: File) -> bool:
    return "/" not in file.relative or file.relative.startswith(_FOLDERS)


def _of_params(value: Value, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST or not isinstance(value, Mapping):
        return
    for key, inner in value.items():
        if key == "macros" and isinstance(inner, Mapping):
            for name, said in inner.items():
                said = said[0] if isinstance(said, list) and said else said
                if (named := _NAME.match(str(name))) and isinstance(said, str):
                    yield f"\\{named[1]}", said
        else:
            yield from _of_params(inner, depth + 1)


def of_text(text: str) -> Iterator[tuple[str, str]]:
    """The macros that a template or script defines."""
    for found in _OBJECT.finditer(text):
        yield from _pairs(text, found.end(), "}")
    for found in _DICT.finditer(text):
        yield from _pairs(text, found.end(), ")")


def _pairs(text: str, at: int, closing: str) -> Iterator[tuple[str, str]]:
    """Names and definitions up to the bracket that closes the object; of an array (`[tex, 2]`)
    the first."""
    name = ""
    depth = 0
    while token := _TOKEN.search(text, at):
        if closing == ")" and "}}" in text[at : token.start()]:
            return
        at = token.end()
        mark = token[6]
        if mark in ("[", "(", "{"):
            depth += 1
        elif mark in ("]", ")", "}"):
            if (mark == closing and not depth) or depth < 0:
                return
            depth -= 1
        elif (said := _said(token)) is not None:
            if not name:
                named = _NAME.match(said) if not depth else None
                name = named[1] if named else ""
            elif token[5] is None:
                yield f"\\{name}", said
                name = ""


def _said(token: re.Match[str]) -> str | None:
    """What a string or a bare name of a script says."""
    for number in (1, 2):
        if token[number] is not None:
            return _ESCAPE.sub(r"\1", token[number])
    if token[4] is not None:
        return token[4]
    return token[5]


def used(macros: Mapping[str, str], texts: Iterable[str]) -> Macros:
    """Those of the macros that the texts use, or a macro that they use."""
    if not macros:
        return {}
    command = re.compile(r"\\[A-Za-z]+")
    said = {name for text in texts if "\\" in text for name in command.findall(text)}
    found: set[str] = set()
    waiting = [name for name in macros if name in said]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [inner for inner in command.findall(macros[name]) if inner in macros]
    return {name: macros[name] for name in macros if name in found}
