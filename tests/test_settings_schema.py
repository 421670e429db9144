"""The JSON Schema of hugo2myst.yml says what the code that reads the file says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from one_of_everything import ROOT, accepted
from test_cli import run

from migrate.diagnostics import MigrateError
from migrate.inspect.schema import schema

VALID = """
{}
{drafts: true, future: false, expired: true, hugo: false, all_assets: true, fetch_assets: false}
{icons: emoji, environment: staging, config: a.toml, site_urls: [a, b], redirects: [html, nginx]}
{redirects: gitlab}
{shortcodes: {a: drop, b: keep, c: text, d: hugo, e: "[[inner]]"}}
{shortcodes: {a: {myst: "x [[p]] [[q|r]]", params: {p: , q: 0, r: url}}}}
{shortcodes: {a: {params: {p: {pos: 0, default: 3, type: pixels, names: [w, v]}}, myst: "[[p]]"}}}
{shortcodes: {a: {params: {k: 0}, map: {k: {x: y, "*": note}}, myst: "[[k]]", inner: html}}}
{shortcodes: {a: {params: {k: 0}, map: {k: kinds}, myst: "[[k]]", paired: true, aliases: b}}}
{shortcodes: {a: [{parent: tabs, drop: true}, {text: true, silent: true}]}}
{shortcodes: {a: {function: media.figure, place: inline, inline: x}}}
{html: [{select: div.a, directive: note, title: .t, options: {class: dropdown}}]}
{html: [{select: .a, unwrap: true}, {select: p, drop: true}]}
{frontmatter: {teaser: description, secret: }}
{shortcodes: , html: , frontmatter: }
"""
INVALID = """
[drafts]
draft
{draft: true}
{drafts: 1}
{drafts: "yes"}
{icons: unicode}
{icons: }
{redirects: [apache, lighttpd]}
{redirects: iis}
{site_urls: [1]}
{config: {a: b}}
{environment: 3}
{shortcodes: [a]}
{shortcodes: {a: 3}}
{shortcodes: {a: {}}}
{shortcodes: {a: {mist: x}}}
{shortcodes: {a: {myst: [x]}}}
{shortcodes: {a: {myst: x, inner: markup}}}
{shortcodes: {a: {myst: x, place: cell}}}
{shortcodes: {a: {myst: x, paired: maybe}}}
{shortcodes: {a: {myst: x, params: [p]}}}
{shortcodes: {a: {myst: x, params: {p: {position: 0}}}}}
{shortcodes: {a: {myst: x, params: {p: {pos: -1}}}}}
{shortcodes: {a: {myst: x, params: {p: {type: number}}}}}
{shortcodes: {a: {myst: x, params: {p: number}}}}
{shortcodes: {a: {myst: x, params: {p: {default: [1]}}}}}
{shortcodes: {a: {myst: x, aliases: [1]}}}
{html: {select: div}}
{html: [{select: div}]}
{html: [{directive: note}]}
{html: [{select: div, directives: note}]}
{frontmatter: [a]}
{detect: {themes: [a]}}
"""


def is_accepted(text: str, folder: Path) -> bool:
    try:
        accepted(text, folder)
    except MigrateError:
        return False
    return True


def documents(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("text", documents(VALID) + documents(INVALID))
def test_the_schema_agrees_with_what_is_read(text: str, tmp_path: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    value = yaml.safe_load(text)
    assert validator.is_valid(value) == is_accepted(text, tmp_path) == (text in documents(VALID))


def test_the_schema_is_one_and_takes_all_themes() -> None:
    told: dict[str, Any] = json.loads(run("init", "--schema").stdout)
    assert told == schema()
    jsonschema.Draft202012Validator.check_schema(told)
    validator = jsonschema.Draft202012Validator(told)
    for file in (ROOT / "migrate/themes").glob("*.yaml"):
        theme = yaml.safe_load(file.read_text())
        mapping = {k: v for k, v in theme.items() if k in ("shortcodes", "html", "frontmatter")}
        errors = [error.message for error in validator.iter_errors(mapping)]
        assert not errors, (file.name, errors[:3])
