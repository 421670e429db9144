"""Text in a data format to plain values, keys in lower case deeply, dates as ISO text."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from datetime import date, datetime, time

from migrate.model import Value
from migrate.read import yaml12
from migrate.read.yaml12 import MAX_DEPTH, FormatError, Parsed

EXTENSIONS = {"toml": "toml", "yaml": "yaml", "yml": "yaml", "json": "json", "csv": "csv"}
"""File extension -> format."""

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def parse(text: str, format: str, *, keep_case: bool = False) -> Parsed:
    """The value of `text` in `format` (`yaml`, `toml`, `json` or `csv`); raises FormatError.

    With `keep_case` keys stay as typed, as Hugo has them in data files.
    """
    if format == "yaml":
        return yaml12.parse(text, keep_case=keep_case)
    if format == "toml":
        return Parsed(_toml(text, keep_case))
    if format == "csv":
        return Parsed(_csv(text))
    value, end = json_prefix(text, keep_case=keep_case)
    if text[end:].strip():
        raise FormatError("text after the JSON value", text.count("\n", 0, end) + 1)
    return Parsed(value)


def json_prefix(text: str, *, keep_case: bool = False) -> tuple[Value, int]:
    """The JSON value that `text` begins with, and where it ends."""
    start = len(text) - len(text.lstrip())
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        if "\\ud" in text or "\\uD" in text:
            value = _whole(value)
    except json.JSONDecodeError as error:
        raise FormatError(error.msg, error.lineno) from None
    except (ValueError, RecursionError):
        raise FormatError("not readable as JSON") from None
    return plain(value, keep_case), end


def _whole(value: Value) -> Value:
    """`value` with U+FFFD for half of a surrogate pair, as Go has it: no text can hold one."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return json.loads(text.decode("utf-8", "replace"), strict=False)


def plain(value: Value, keep_case: bool, depth: int = 0) -> Value:
    """`value` with all keys in lower case unless `keep_case`; TOML's dates become ISO text."""
    if depth > MAX_DEPTH:
        raise FormatError("nested too deep")
    if isinstance(value, dict):
        return {
            key if keep_case else key.lower(): plain(item, keep_case, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [plain(item, keep_case, depth + 1) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _toml(text: str, keep_case: bool) -> Value:
    try:
        return plain(tomllib.loads(text), keep_case)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        reason = _TOML_LINE.sub("", str(error)).strip()
        raise FormatError(reason, int(place[1]) if place else 0) from None
    except (ValueError, RecursionError):
        raise FormatError("not readable as TOML") from None


def _csv(text: str) -> Value:
    try:
        return [list(row) for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as error:
        raise FormatError(str(error)) from None
