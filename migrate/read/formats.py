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


def parse(text: str, format: str) -> Parsed:
    """The value of `text` in `format` (`yaml`, `toml`, `json` or `csv`); raises FormatError."""
    if format == "yaml":
        return yaml12.parse(text)
    if format == "toml":
        return Parsed(_toml(text))
    if format == "csv":
        return Parsed(_csv(text))
    value, end = json_prefix(text)
    if text[end:].strip():
        raise FormatError("text after the JSON value", text.count("\n", 0, end) + 1)
    return Parsed(value)


def json_prefix(text: str) -> tuple[Value, int]:
    """The JSON value that `text` begins with, and where it ends."""
    start = len(text) - len(text.lstrip())
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise FormatError(error.msg, error.lineno) from None
    except (ValueError, RecursionError):
        raise FormatError("not readable as JSON") from None
    return lowered(value), end


def lowered(value: Value, depth: int = 0) -> Value:
    """`value` with all keys in lower case; TOML's dates become ISO text."""
    if depth > MAX_DEPTH:
        raise FormatError("nested too deep")
    if isinstance(value, dict):
        return {str(key).lower(): lowered(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [lowered(item, depth + 1) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def _toml(text: str) -> Value:
    try:
        return lowered(tomllib.loads(text))
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
