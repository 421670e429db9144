"""YAML as a person writes it: block style, short lists on one line, quotes only where needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

_JS_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|\d[\d_]*(?:\.\d*)?[eE][-+]?\d+|\d+\.?|\.\d+)")
"""Numbers of YAML 1.2 that PyYAML takes for text and writes without quotes; mystmd does not."""

_WIDEST_LIST = 80
"""Characters up to which a list of plain values stays on one line."""

_CUT = re.compile(r"[ \t]+$", re.M)


def dump(mapping: Mapping[str, Any]) -> str:
    """`mapping` as YAML text in its own order; every value reads the same under YAML 1.1 and 1.2.

    `date` values become dates; text with line breaks a literal block. Nothing is wrapped.
    """
    if not mapping:
        return ""
    text = yaml.dump(
        dict(mapping), Dumper=_dumper(mapping), allow_unicode=True, sort_keys=False, width=1 << 30
    )
    return str(text)


class _Style:
    """How values are written; mixed into a dumper of PyYAML."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        del indentless  # lists stand indented below their key, as people write them
        return super().increase_indent(flow, False)  # type: ignore[misc]


class _Fast(_Style, yaml.CSafeDumper):
    """libyaml; escapes characters beyond the basic plane, so it serves texts without them."""


class _Whole(_Style, yaml.SafeDumper):
    """PyYAML's own emitter, which writes emoji as they are."""


def _dumper(value: Any) -> type[yaml.SafeDumper]:
    return _Whole if _needs_whole(value) else _Fast  # type: ignore[return-value]


def _needs_whole(value: Any) -> bool:
    """Whether text beyond the basic plane or a list in block style is in `value`."""
    if isinstance(value, str):
        return bool(value) and max(value) > "\uffff"
    if isinstance(value, Mapping):
        return any(_needs_whole(key) or _needs_whole(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return not _is_short(value) or any(_needs_whole(item) for item in value)
    return False


def _is_short(values: list[Any] | tuple[Any, ...]) -> bool:
    if not all(isinstance(item, (str, int, float, bool)) for item in values):
        return not values
    texts = [str(item) for item in values]
    return sum(len(t) + 2 for t in texts) <= _WIDEST_LIST and not any("\n" in t for t in texts)


def _text(dumper: Any, value: str) -> Any:
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", _CUT.sub("", value), style="|")
    style = (
        '"'
        if "'" in value and _is_quoted(value) and '"' not in value and "\\" not in value
        else None
    )
    if _JS_NUMBER.fullmatch(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _is_quoted(value: str) -> bool:
    """Whether YAML needs quotes around `value` (then those that need no doubled `'` are nicer)."""
    return ": " in value or " #" in value or value[0] in "'@`%&*!|>#{}[],?:-" or value[-1] in ": "


def _list(dumper: Any, value: list[Any] | tuple[Any, ...]) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_short(value))


def _mapping(dumper: Any, value: Mapping[str, Any]) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


def _date(dumper: Any, value: date) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


for _class in (_Fast, _Whole):
    _class.add_representer(str, _text)
    _class.add_representer(list, _list)
    _class.add_representer(tuple, _list)
    _class.add_representer(dict, _mapping)
    _class.add_representer(date, _date)
