"""YAML as a person writes it: block style, short lists on one line, quotes only where needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from typing import Any

import yaml

_JS_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|\d[\d_]*(?:\.\d*)?[eE][-+]?\d+|\d+\.?|\.\d+)")
"""Numbers of YAML 1.2 that PyYAML takes for text and writes without quotes; mystmd does not."""

_WIDEST_LIST = 80
"""Characters up to which a list of plain values stays on one line."""

_FRONT_END = re.compile(r"^[ \t]*(?:---|\.\.\.)", re.M)
_CUT = re.compile(r"(?<![ \t])[ \t]+$", re.M)


# Beyond ASCII every printable character may stand anywhere. (Sets that name some of them compile
# slowly; sets that leave out characters of ASCII and Latin-1 don't.)
_FIRST = r"[^\x00-@\[-`{-\xbf]"
_NEVER = r"\x00-\x1f<>\[\\\]^`{|}\x7f-\xbf"
_NOT_LAST = r"\x00- \"-$&'*-\-:->@\[-`{-\xbf"
_BARE = re.compile(rf"{_FIRST}(?:[^{_NEVER}#,:?]*[^{_NOT_LAST}?])?")
"""Text that nothing in YAML takes for anything else, in flow context too, except `_WORDS`."""
_BARE_IN_BLOCK = re.compile(rf"{_FIRST}(?:[^{_NEVER}#:]*[^{_NOT_LAST}])?")
_SINGLE = re.compile(rf"{_FIRST}(?:[^{_NEVER}']*[^{_NOT_LAST}])?")
"""Text that may stand in single quotes."""
_FILE = re.compile(r"[0-9][a-zA-Z0-9_./-]*\.md")
_WORDS = frozenset("yes no true false on off null y n".split())
"""Words (in any case) that mean something else without quotes."""
_LONGEST_KEY = 100
"""YAML writes longer keys in another form."""


def dump(mapping: Mapping[str, Any]) -> str:
    """`mapping` as YAML text in its own order; every value reads the same under YAML 1.1 and 1.2.

    `date` values become dates; text with line breaks a literal block. Nothing is wrapped.

    What is simple is written here, which is ten times faster; PyYAML writes the rest, key by key.
    """
    lines: list[str] = []
    _write(mapping, "", "", lines, partial(_pyyaml, cache(lambda: _dumper(mapping))))
    return "".join(lines)


Slow = Callable[[Mapping[str, Any]], str]


def _pyyaml(dumper: Callable[[], type[yaml.SafeDumper]], mapping: Mapping[str, Any]) -> str:
    text = yaml.dump(mapping, Dumper=dumper(), allow_unicode=True, sort_keys=False, width=1 << 30)
    # An end of document, which this isn't.
    return text[:-4] if text.endswith("\n...\n") else str(text)


def _write(
    mapping: Mapping[str, Any], first: str, indent: str, lines: list[str], slow: Slow
) -> None:
    """A mapping in block style. `first` stands before the first line, `indent` before others."""
    at = first
    for key, value in mapping.items():
        name = _plain(key) if len(str(key)) <= _LONGEST_KEY else ""
        text = _plain(value) if name else ""
        if text:
            lines.append(f"{at}{name}: {text}\n")
        elif name and value and isinstance(value, Mapping):
            lines.append(f"{at}{name}:\n")
            _write(value, indent + "  ", indent + "  ", lines, slow)
        elif name and value and isinstance(value, (list, tuple)):
            _write_list(key, name, value, at, indent, lines, slow)
        else:
            _write_slowly({key: value}, at, indent, lines, slow)
        at = indent


def _write_list(
    key: Any, name: str, values: list[Any] | tuple[Any, ...], at: str, indent: str,
    lines: list[str], slow: Slow,
) -> None:  # fmt: skip
    if _is_short(values):
        texts = [_plain(value, flow=True) for value in values]
        if all(texts):
            lines.append(f"{at}{name}: [{', '.join(texts)}]\n")
        else:
            _write_slowly({key: values}, at, indent, lines, slow)
    elif all(value and isinstance(value, Mapping) for value in values):
        lines.append(f"{at}{name}:\n")
        for value in values:
            _write(value, f"{indent}  - ", f"{indent}    ", lines, slow)
    else:
        _write_slowly({key: values}, at, indent, lines, slow)


def _write_slowly(
    mapping: Mapping[str, Any], at: str, indent: str, lines: list[str], slow: Slow
) -> None:
    for line in slow(mapping).splitlines(keepends=True):
        lines.append(f"{at}{line}" if line.strip("\r\n") else line)
        at = indent


def _plain(value: Any, *, flow: bool = False) -> str:
    """The value as a scalar, where it is a simple one; else empty."""
    if isinstance(value, str):
        if not value.isprintable():
            return ""
        if (_BARE if flow else _BARE_IN_BLOCK).fullmatch(value):
            return value if len(value) > 5 or value.lower() not in _WORDS else ""
        if not flow and _SINGLE.fullmatch(value) and (": " in value or " #" in value):
            return f"'{value}'"
        return value if _FILE.fullmatch(value) else ""
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if type(value) is int else ""


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
        if _FRONT_END.search(value):  # mystmd ends the front matter there, however far indented
            return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')
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
