"""YAML as Hugo reads it: the 1.2 core schema, keys in lower case, the last of equal keys wins.

PyYAML's own constructors are YAML 1.1 (`yes` is a boolean, `12:30` is 750), so values are built
here from libyaml's events. Content is hostile: nesting and alias expansion are limited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from migrate.model import Value

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 100
MAX_NODES = 1_000_000
"""Nodes of a document, each alias counted with all that it stands for."""

_CONSTANTS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?\d+\Z", re.ASCII)
_RADIX = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+|b[01]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?\Z", re.ASCII)
_SPECIAL = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MAX_DIGITS = 300
"""Longer numbers stay text: Python refuses to read them, Hugo too."""


class FormatError(Exception):
    """Text that isn't what it should be; `line` counts from 1 in that text, 0 if unknown."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, and the keys that stood twice in it with their lines (from 1)."""

    value: Value
    duplicates: tuple[tuple[str, int], ...] = ()


def parse(text: str, *, keep_case: bool = False) -> Parsed:
    """The first document in `text`, keys in lower case unless `keep_case`; raises FormatError."""
    if _CONTROL.search(text):
        text = _CONTROL.sub(" ", text)
    try:
        builder = _Builder(_Loader(text), keep_case)
        return Parsed(builder.document(), tuple(builder.duplicates))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FormatError(error.problem or str(error), mark.line + 1 if mark else 0) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise FormatError(str(error).splitlines()[0]) from None


def scalar(text: str) -> Value:
    """What a plain scalar means."""
    if not text or text[0] in "~ntfNTF":
        return _CONSTANTS.get(text, text)
    if text[0] not in "-+.0123456789" or len(text) > _MAX_DIGITS:
        return text
    if _INT.match(text):
        digits = text.lstrip("+-")
        if len(digits) > 1 and digits[0] == "0":
            return int(text, 8) if not set(digits) & {"8", "9"} else float(text)
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    if _RADIX.match(text):
        return int(text, 0)
    if special := _SPECIAL.match(text):
        return float(special[1] + ("inf" if special[2] else "nan"))
    return text


@dataclass(slots=True)
class _Builder:
    loader: Any
    keep_case: bool
    duplicates: list[tuple[str, int]] = field(default_factory=list)
    anchors: dict[str, tuple[Value, int]] = field(default_factory=dict)
    nodes: int = 0

    def document(self) -> Value:
        """The value of the first document; None for an empty stream."""
        try:
            self.loader.get_event()
            if isinstance(self.loader.get_event(), yaml.StreamEndEvent):
                return None
            value = self._value(self.loader.get_event(), 0)
            # Errors after the first value (a stray `}`) count: read to the end of the document.
            self.loader.get_event()
            return value
        finally:
            self.loader.dispose()

    def _value(self, event: Any, depth: int) -> Value:
        before = self.nodes
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.ScalarEvent):
            value: Value = event.value
            if event.implicit[0] or event.tag in _RESOLVED:
                value = scalar(value)
        elif depth > MAX_DEPTH:
            raise FormatError("nested too deep", event.start_mark.line + 1)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(depth + 1)
        else:
            value = self._mapping(depth + 1)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.nodes - before)
        return value

    def _alias(self, event: Any) -> Value:
        line = event.start_mark.line + 1
        if event.anchor not in self.anchors:
            raise FormatError(f"unknown alias `*{event.anchor}`", line)
        value, size = self.anchors[event.anchor]
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise FormatError("its aliases stand for too much", line)
        return value

    def _sequence(self, depth: int) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            values.append(self._value(event, depth))
        return values

    def _mapping(self, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        merged: list[Value] = []
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.ScalarEvent):
                key = event.value
            else:
                key = str(self._value(event, depth))
            value = self._value(self.loader.get_event(), depth)
            if key == "<<":
                merged.extend(value if isinstance(value, list) else [value])
                continue
            lowered = key if self.keep_case else key.lower()
            if lowered in values:
                self.duplicates.append((key, line))
            values[lowered] = value
        for other in merged:
            if isinstance(other, dict):
                values = {**other, **values}
        return values


_RESOLVED = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
             "tag:yaml.org,2002:null")  # fmt: skip
