"""Shortcodes whose body is data: TOML or YAML whose strings hold Markdown and more calls."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from migrate import myst
from migrate.model import Shortcode, Value, natural
from migrate.read.lexer import lex
from migrate.shortcodes.call import Call, Place, shown, splice
from migrate.shortcodes.callouts import KINDS, box

_FIRST, _LAST = "\ue000", "\ue001"
"""Around the number of a call that is masked while the data are parsed."""


def load(call: Call, kind: str = "") -> dict[str, Value] | None:
    """The body of a call as data; None where it can't be read, which is reported.

    Calls inside are masked meanwhile: their quotes are not the data's. `file=` names a file.
    """
    name = call.get("file").strip()
    text = call.file(name) if name else call.inner()
    if text is None:
        call.ctx.report("HM306", call.shortcode.start, name=call.name, file=name)
        return None
    if name.endswith((".yaml", ".yml")):
        kind = "yaml"
    calls = lex(text, call.ctx.plan.closers).calls
    spans = [(one.start, one.end, f"{_FIRST}{at}{_LAST}") for at, one in enumerate(calls)]
    masked = splice(text, spans)
    try:
        if (kind or call.rule.inner) == "yaml":
            data = yaml.load(masked, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        else:
            data = tomllib.loads(masked.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        call.ctx.report("HM305", call.shortcode.start, name=call.name, reason=reason)
        return None
    if not isinstance(data, Mapping):
        return None
    texts = [text[one.start : one.end] for one in calls]
    restored: dict[str, Value] = _restore(dict(data), texts)
    return restored


def _restore(value: Any, texts: list[str]) -> Any:
    if isinstance(value, str):
        if _FIRST in value:
            for at, text in enumerate(texts):
                value = value.replace(f"{_FIRST}{at}{_LAST}", text)
        return value
    if isinstance(value, Mapping):
        return {key: _restore(one, texts) for key, one in value.items()}
    if isinstance(value, list):
        return [_restore(one, texts) for one in value]
    return value


def tables(data: Mapping[str, Value]) -> list[Mapping[str, Value]]:
    """All tables of all lists in the data, in order."""
    return [
        entry
        for value in data.values()
        if isinstance(value, list)
        for entry in value
        if isinstance(entry, Mapping)
    ]


def grid(call: Call) -> str | None:
    """`[[item]]` tables, each a card, dropdown, admonition or any other shortcode by `type`."""
    if call.shortcode.children and not _has_data(call):
        return _children_grid(call)
    data = load(call)
    if data is None:
        return None
    items = tables(data)
    parts = [part for item in items if (part := _item(call, item)).strip()]
    if not call.place.is_block:
        return " ".join(parts)
    return myst.directive("grid", _columns(call), body="\n".join(parts)) if parts else ""


def _has_data(call: Call) -> bool:
    """Something but calls stands in the body."""
    inner = call.inner()
    spans = [(one.start, one.end, "") for one in lex(inner, call.ctx.plan.closers).calls]
    return bool(splice(inner, spans).strip())


def _columns(call: Call) -> str:
    words = call.get("columns", "1 2 3 4").split()
    return " ".join(words) if words and all(natural(word) for word in words) else "1 2 3 4"


def _children_grid(call: Call) -> str:
    """The theme's older form: shortcodes inside."""
    parts = call.children()
    if not call.place.is_block:
        return " ".join(parts)
    return myst.directive("grid", _columns(call), body="\n".join(parts))


def _item(call: Call, item: Mapping[str, Value]) -> str:
    kind = shown(item.get("type") or "card")
    rest = {key: value for key, value in item.items() if key != "type"}
    if kind == "admonition" or kind.lower() in KINDS:
        body = call.markdown(shown(rest.get("body")), block=True)
        title = call.markdown(shown(rest.get("title")))
        name = kind.lower() if kind.lower() in KINDS else "admonition"
        return box(call, name, title or ("Note" if name == "admonition" else ""), body)
    place = Place.BLOCK if call.place.is_block else Place.INLINE
    return call.nested(_virtual(call, kind, rest), call.text, call.ctx, place, call.name.lower())


def _virtual(call: Call, name: str, values: Mapping[str, Value]) -> Shortcode:
    """A table of the data as a call with named parameters.

    Its span is the parent's inner text, where the lines of diagnostics are looked for.
    """
    outer = call.shortcode
    return Shortcode(name, "<", kwargs=dict(values), start=outer.inner_start, end=outer.inner_end)


def tabs(call: Call) -> str | None:
    """`[[tab]]` tables with `name` and `content`."""
    data = load(call)
    if data is None:
        return None
    parts = []
    for tab in tables(data):
        title = call.markdown(shown(tab.get("name") or tab.get("title") or "Tab"))
        body = call.markdown(shown(tab.get("content") or tab.get("body")), block=True)
        inline = f"**{title}** {body}"
        block = myst.directive("tab-item", myst.bare(title), body=body or "%")
        parts.append(block if call.place.is_block else inline)
    if not call.place.is_block:
        return " ".join(parts)
    return myst.directive("tab-set", body="\n".join(parts)) if parts else ""


def field_list(call: Call) -> str | None:
    """`[[entry]]` tables with `term` and `def`: a definition list."""
    data = load(call)
    if data is None:
        return None
    entries = []
    for entry in tables(data):
        term = call.markdown(shown(entry.get("term") or entry.get("name")))
        words = call.markdown(shown(entry.get("def") or entry.get("body")), block=True)
        if call.place.is_block:
            entries.append(f"{term}\n: " + words.replace("\n", "\n  ").replace("\n  \n", "\n\n"))
        else:
            entries.append(f"**{term}** {words}")
    return ("\n\n" if call.place.is_block else " ").join(entries)
