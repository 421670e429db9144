"""The keys of hugo2myst.yml as a JSON Schema, made from the code that reads them."""

from __future__ import annotations

import ast
import inspect as code
import itertools
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_type_hints

from migrate import options
from migrate.options import Options
from migrate.themes import schema as form

_TEXT: dict[str, Any] = {"type": "string"}
_FLAG: dict[str, Any] = {"type": "boolean"}
_WORDS: dict[str, Any] = {"type": "array", "items": _TEXT}
_ONE_OR_MORE: dict[str, Any] = {"anyOf": [_TEXT, _WORDS]}
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_MAPPING = {
    "shortcodes": "What each shortcode becomes, in the form of a theme file: a word (`drop`, "
    "`keep`, `text`, `hugo`), the MyST text with [[parameter]] holes, or a mapping.",
    "html": "What an element of HTML becomes, by tag and classes: a directive, only its content "
    "(`unwrap`), or nothing (`drop`).",
    "frontmatter": "Other names for keys of front matter; null drops one.",
}


@cache
def descriptions() -> dict[str, str]:
    """Every key of the file with what it does: the words of the code that reads it."""
    tree = ast.parse(code.getsource(Options))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found: dict[str, str] = {}
    known = options.keys()
    for line, after in itertools.pairwise(body):
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)):
            continue
        said = after.value if isinstance(after, ast.Expr) else None
        if line.target.id in known and isinstance(said, ast.Constant):
            found[line.target.id] = " ".join(str(said.value).split())
    return {**found, **_MAPPING}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of hugo2myst.yml."""
    hints = get_type_hints(Options)
    known = options.keys()
    told = descriptions()
    properties = {
        field.name: {"description": told[field.name], **_of(hints[field.name], field.default)}
        for field in fields(Options)
        if field.name in known
    }
    properties["redirects"]["anyOf"] = [
        {"enum": list(options.REDIRECTS)},
        {"type": "array", "items": {"enum": list(options.REDIRECTS)}},
    ]
    rule = {"oneOf": [_TEXT, {"$ref": "#/$defs/rule"}]}
    properties["shortcodes"] = {
        "description": told["shortcodes"],
        "type": ["object", "null"],
        "additionalProperties": {
            "anyOf": [*rule["oneOf"], {"type": "array", "items": {"anyOf": rule["oneOf"]}}]
        },
    }
    properties["html"] = {
        "description": told["html"],
        "type": ["array", "null"],
        "items": {"$ref": "#/$defs/element"},
    }
    properties["frontmatter"] = {
        "description": told["frontmatter"],
        "type": ["object", "null"],
        "additionalProperties": {"type": ["string", "null"]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hugo2myst.yml",
        "description": "How hugo2myst converts a Hugo site to a MyST project",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": properties,
        "$defs": {"rule": _rule(), "param": _param(), "element": _element()},
    }


def _of(hint: Any, default: Any) -> dict[str, Any]:
    """The schema of one option, by its type in the code."""
    if hint is bool:
        return {**_FLAG, "default": default}
    if isinstance(default, tuple):
        return {**_ONE_OR_MORE, "default": list(default)}
    choices = [choice for choice in get_args(hint) if isinstance(choice, str)]
    return {**_TEXT, **({"enum": choices} if choices else {}), "default": default}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if required:
        found["required"] = list(required)
    return {**found, "properties": properties}


def _rule() -> dict[str, Any]:
    """A shortcode's mapping."""
    known: dict[str, Any] = {
        "params": {
            "type": ["object", "null"],
            "additionalProperties": {"$ref": "#/$defs/param"},
        },
        "map": {
            "type": ["object", "null"],
            "additionalProperties": {
                "anyOf": [_TEXT, {"type": "object", "additionalProperties": _SCALAR}]
            },
        },
        "inner": {"enum": list(form.INNERS), "default": "markdown"},
        "paired": {"type": ["boolean", "null"]},
        "parent": _TEXT,
        "myst": _TEXT,
        "inline": _TEXT,
        "place": {"enum": ["block", "inline"], "default": "block"},
        "function": _TEXT,
        "silent": _FLAG,
        "as_typed": _FLAG,
        "aliases": _ONE_OR_MORE,
    }
    known |= {verb: _FLAG for verb in form.VERBS}
    ways = [{"required": [way]} for way in ("myst", "function", *form.VERBS)]
    return {**_object({key: known[key] for key in form.RULE_KEYS}), "anyOf": ways}


def _param() -> dict[str, Any]:
    """A parameter: its position, its type, or all that is to be said of it."""
    known: dict[str, Any] = {
        "pos": {"type": ["integer", "null"], "minimum": 0},
        "default": _SCALAR,
        "type": {"enum": ["", *form.TYPES]},
        "names": _ONE_OR_MORE,
    }
    return {
        "anyOf": [
            {"type": "null"},
            {"type": "integer", "minimum": 0},
            {"enum": ["", *form.TYPES]},
            _object({key: known[key] for key in form.PARAM_KEYS}),
        ]
    }


def _element() -> dict[str, Any]:
    """What an HTML element becomes."""
    known: dict[str, Any] = {
        "select": _TEXT,
        "directive": _TEXT,
        "title": _TEXT,
        "unwrap": _FLAG,
        "drop": _FLAG,
        "options": {"type": ["object", "null"], "additionalProperties": _SCALAR},
    }
    ways = [{"required": [way]} for way in ("directive", "unwrap", "drop")]
    return {**_object({key: known[key] for key in form.HTML_KEYS}, "select"), "anyOf": ways}
