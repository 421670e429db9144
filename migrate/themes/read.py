"""Read a theme file or a user's mapping; errors name the file, the key and the line."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from migrate.diagnostics import MigrateError
from migrate.themes import template
from migrate.themes.schema import (
    HTML_KEYS,
    INNERS,
    PARAM_KEYS,
    RULE_KEYS,
    TYPES,
    VERBS,
    Detect,
    HtmlRule,
    Param,
    Rule,
    Theme,
)

Keys = tuple[str, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TABLES: dict[str, dict[str, str]] = {
    "kinds": {
        "note": "note", "info": "note", "default": "note", "information": "note",
        "abstract": "note", "summary": "note", "example": "note", "quote": "note",
        "todo": "note", "primary": "note", "secondary": "note", "light": "note", "dark": "note",
        "tip": "tip", "success": "tip", "check": "tip", "ok": "tip", "hint": "hint",
        "question": "hint", "help": "hint", "faq": "hint", "idea": "hint",
        "important": "important", "warning": "warning", "warn": "warning", "caution": "caution",
        "danger": "danger", "error": "error", "failure": "error", "bug": "error", "fail": "error",
        "attention": "attention", "alert": "warning", "seealso": "seealso", "*": "note",
    },
    "icons": {
        "triangle-exclamation": "warning", "circle-exclamation": "warning", "circle-info": "note",
        "lightbulb": "tip", "fire": "attention", "bug": "error", "skull-crossbones": "danger",
        "check": "tip", "*": "note",
    },
}  # fmt: skip
"""Value tables that a `map` may name."""

_THEME_KEYS = ("name", "detect", "shortcodes", "html", "captions", "alerts", "frontmatter")
_DETECT_KEYS = ("themes", "modules", "sites")


@dataclass(frozen=True, slots=True)
class _File:
    """The file being read, for errors and for the user's functions."""

    path: str
    lines: Mapping[Keys, int] = field(default_factory=dict)
    known: frozenset[str] | None = None

    def fail(self, keys: Keys, message: str) -> NoReturn:
        """Raise the error `message` about the key at `keys`."""
        line = 0
        for size in range(len(keys), 0, -1):
            if line := self.lines.get(keys[:size], 0):
                break
        raise MigrateError(f"`{'.'.join(keys)}` {message}", self.path, line)

    def mapping(self, value: Any, keys: Keys, allowed: Iterable[str] = ()) -> Mapping[str, Any]:
        """`value`, which must be a mapping with none but the `allowed` keys."""
        if not isinstance(value, Mapping):
            self.fail(keys, "must hold keys and values")
        allowed = tuple(allowed)
        for key in value:
            if allowed and key not in allowed:
                near = difflib.get_close_matches(str(key), allowed, 1)
                hint = f"; did you mean `{near[0]}`?" if near else f"; known: {', '.join(allowed)}"
                self.fail((*keys, str(key)), f"is no key of a mapping{hint}")
        return value

    def choice(self, value: Any, keys: Keys, allowed: tuple[str | bool, ...]) -> Any:
        """`value`, which must be one of the `allowed`."""
        if value not in allowed:
            self.fail(keys, f"is `{value}`, must be one of: {', '.join(map(str, allowed))}")
        return value

    def words(self, value: Any, keys: Keys) -> tuple[str, ...]:
        """`value`, one string or a list of them."""
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.fail(keys, "must be a list of names")
        return tuple(values)


def parse(text: str) -> Any:
    """The values of a theme file."""
    return yaml.load(text, Loader=_Loader)


def read_theme(
    data: Any,
    path: str,
    *,
    text: str = "",
    known: frozenset[str] | None = None,
) -> Theme:
    """Validate the values of a theme file or a user's mapping.

    Python files that it names lie beside the file `path`. `text` is its YAML, asked for the
    lines of errors only. `known` are the package's functions that may be named (None: any).
    """
    try:
        return _theme(_File(path, {}, known), data)
    except MigrateError:
        lines = _lines(text or _text_of(path))
        if not lines:
            raise
        return _theme(_File(path, lines, known), data)


def functions_of(themes: Iterable[Theme]) -> frozenset[str]:
    """The names of the package's functions that the themes use."""
    return frozenset(
        rule.function
        for theme in themes
        for rules in theme.shortcodes.values()
        for rule in rules
        if rule.function
    )


def _theme(file: _File, data: Any) -> Theme:
    data = file.mapping(data, (), _THEME_KEYS)
    name = str(data.get("name") or "user")
    found = file.mapping(data.get("detect") or {}, ("detect",), _DETECT_KEYS)
    marks = {
        key: tuple(word.lower() for word in file.words(found.get(key, []), ("detect", key)))
        for key in _DETECT_KEYS
    }
    detect = Detect(frozenset(marks["themes"]), marks["modules"], marks["sites"])
    shortcodes: dict[str, tuple[Rule, ...]] = {}
    entries = file.mapping(data.get("shortcodes") or {}, ("shortcodes",))
    for key, value in entries.items():
        keys: Keys = ("shortcodes", str(key))
        for each in value if isinstance(value, list) else [value]:
            rule, aliases = _rule(file, str(key), name, each, keys)
            for spelling in (rule.name, *aliases):
                lower = spelling.lower()
                shortcodes[lower] = (*shortcodes.get(lower, ()), rule)
    html = data.get("html") or []
    if not isinstance(html, list):
        file.fail(("html",), "must be a list of rules")
    rules = tuple(_html(file, entry, ("html", str(at))) for at, entry in enumerate(html))
    front = file.mapping(data.get("frontmatter") or {}, ("frontmatter",))
    captions = file.choice(data.get("captions", ""), ("captions",), ("", "title", "alt"))
    keys_of_front = {str(key).lower(): value for key, value in front.items()}
    alerts = file.choice(data.get("alerts", False), ("alerts",), (True, False))
    return Theme(name, detect, shortcodes, rules, captions, alerts, keys_of_front)


def _rule(
    file: _File, name: str, theme: str, value: Any, keys: Keys
) -> tuple[Rule, tuple[str, ...]]:
    if isinstance(value, str):
        if value in VERBS:
            return Rule(name, theme, verb=value), ()  # type: ignore[arg-type]
        value = {"myst": value}
    value = file.mapping(value, keys, RULE_KEYS)
    params = _params(file, value.get("params") or {}, (*keys, "params"))
    inner = file.choice(value.get("inner", "markdown"), (*keys, "inner"), INNERS)
    ways = [way for way in ("myst", "function", *VERBS) if value.get(way) not in (None, False)]
    if len(ways) > 1 and set(ways) != {"myst", "function"}:
        file.fail(keys, f"says {' and '.join(f'`{way}`' for way in ways)}: one of them only")
    if not ways:
        file.fail(keys, "says nothing: give `myst`, `function`, `drop`, `keep` or `text`")
    verb = "function" if "function" in ways else ways[0]
    paired = value.get("paired")
    if paired not in (None, True, False):
        file.fail((*keys, "paired"), "must be true or false")
    function, call = _function(file, value.get("function", ""), (*keys, "function"))
    rule = Rule(
        name,
        theme,
        params,
        _maps(file, value.get("map") or {}, params, (*keys, "map")),
        inner,
        paired,
        str(value.get("parent", "")).lower(),
        verb,  # type: ignore[arg-type]
        _text(file, value.get("myst", ""), (*keys, "myst")),
        _text(file, value.get("inline", ""), (*keys, "inline")),
        file.choice(value.get("place", "block"), (*keys, "place"), ("block", "inline")),
        function,
        call,
        bool(value.get("silent")),
        bool(value.get("as_typed")),
    )
    for part in ("myst", "inline"):
        _check_holes(file, rule, getattr(rule, part), (*keys, part))
    return rule, file.words(value.get("aliases", []), (*keys, "aliases"))


def _text(file: _File, value: Any, keys: Keys) -> str:
    if not isinstance(value, str):
        file.fail(keys, "must be text")
    return value


def _params(file: _File, value: Any, keys: Keys) -> dict[str, Param]:
    params: dict[str, Param] = {}
    for name, spec in file.mapping(value, keys).items():
        here = (*keys, str(name))
        if spec is None:
            spec = {}
        elif isinstance(spec, str):
            spec = {"type": spec}
        elif isinstance(spec, int) and not isinstance(spec, bool):
            spec = {"pos": spec}
        spec = file.mapping(spec, here, PARAM_KEYS)
        pos = spec.get("pos")
        if pos is not None and (not isinstance(pos, int) or isinstance(pos, bool) or pos < 0):
            file.fail((*here, "pos"), "must be a number from 0")
        kind = spec.get("type", "")
        if kind:
            file.choice(kind, (*here, "type"), TYPES)
        default = spec.get("default", "")
        if isinstance(default, (list, dict)):
            file.fail((*here, "default"), "must be one value")
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        names = file.words(spec.get("names", []), (*here, "names"))
        params[str(name)] = Param(pos, shown, kind, names)
    return params


def _maps(
    file: _File, value: Any, params: Mapping[str, Param], keys: Keys
) -> dict[str, Mapping[str, str]]:
    maps: dict[str, Mapping[str, str]] = {}
    for name, table in file.mapping(value, keys).items():
        here = (*keys, str(name))
        if name not in params:
            file.fail(here, "maps a parameter that `params` doesn't name")
        if isinstance(table, str):
            if table not in _TABLES:
                file.fail(here, f"names a table `{table}`; known: {', '.join(_TABLES)}")
            maps[name] = _TABLES[table]
            continue
        table = file.mapping(table, here)
        maps[name] = {_word(key).lower(): _word(to) for key, to in table.items()}
    return maps


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_holes(file: _File, rule: Rule, text: str, keys: Keys) -> None:
    """Every `[[name]]` must be a parameter, or one of the words that are always there."""
    if not text:
        return
    try:
        names = template.names(text)
    except template.TemplateError as error:
        file.fail(keys, str(error))
    for name in names:
        if (
            name not in rule.params
            and name not in template.ALWAYS
            and rule.inner
            not in (
                "toml",
                "yaml",
            )
        ):
            near = difflib.get_close_matches(name, [*rule.params, *template.ALWAYS], 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            file.fail(keys, f"has `[[{name}]]`, which `params` doesn't name{hint}")


def _function(file: _File, value: Any, keys: Keys) -> tuple[str, Callable[..., str | None] | None]:
    """The name of a function of the package, or the user's function itself.

    The user's is named `file.py:function`, the file beside hugo2myst.yml.
    """
    if not value:
        return "", None
    if not isinstance(value, str):
        file.fail(keys, "must be a function's name, such as `mine.py:video`")
    script, colon, name = value.rpartition(":")
    if not colon:
        if file.known is not None and value not in file.known:
            near = difflib.get_close_matches(value, file.known, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            file.fail(keys, f"names `{value}`, which is no function of the package{hint}")
        return value, None
    path = Path(file.path).parent / script
    namespace: dict[str, Any] = {"__name__": path.stem, "__file__": str(path)}
    try:
        source = path.read_text(encoding="utf-8")
        exec(compile(source, str(path), "exec"), namespace)
    except OSError as error:
        file.fail(keys, f"names `{script}`, which can't be read: {error.strerror}")
    except Exception as error:
        file.fail(keys, f"names `{script}`, which fails: {type(error).__name__}: {error}")
    function = namespace.get(name)
    if not callable(function):
        file.fail(keys, f"names `{name}`, which `{script}` doesn't define")
    return f"{value}#{hashlib.sha256(source.encode()).hexdigest()[:16]}", function


def _html(file: _File, value: Any, keys: Keys) -> HtmlRule:
    value = file.mapping(value, keys, HTML_KEYS)
    select = value.get("select")
    if not isinstance(select, str) or not select.strip(".") or " " in select:
        file.fail(keys, "needs `select`, such as `div.alert.alert-warning`")
    options = file.mapping(value.get("options") or {}, (*keys, "options"))
    rule = HtmlRule(
        select,
        str(value.get("directive", "")),
        str(value.get("title", "")),
        bool(value.get("unwrap")),
        bool(value.get("drop")),
        {str(key): _word(to) for key, to in options.items()},
    )
    if not (rule.directive or rule.unwrap or rule.drop):
        file.fail(keys, "says nothing: give `directive`, `unwrap` or `drop`")
    return rule


def _text_of(path: str) -> str:
    """The YAML of the user's file, for the lines of an error."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _lines(text: str) -> dict[Keys, int]:
    """Key path -> line, of every key in a YAML text."""
    lines: dict[Keys, int] = {}
    if not text:
        return lines
    todo: list[tuple[Keys, Any]] = [((), yaml.compose(text, Loader=_Loader))]
    while todo:
        keys, node = todo.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                path = (*keys, str(key.value))
                lines[path] = key.start_mark.line + 1
                todo.append((path, value))
        elif isinstance(node, yaml.SequenceNode):
            for at, value in enumerate(node.value):
                path = (*keys, str(at))
                lines[path] = value.start_mark.line + 1
                todo.append((path, value))
    return lines
