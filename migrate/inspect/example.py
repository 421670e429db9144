"""A call of a shortcode made up from its mapping, and what that becomes on a page of its own."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from migrate import themes
from migrate.convert.calls import Place, convert_call
from migrate.inspect.shortcodes import context
from migrate.model import Asset, Markup, Page, Site
from migrate.options import Options
from migrate.plan import make_plan
from migrate.read.lexer import lex
from migrate.themes import Rule, Theme

_SHOWN = 4
"""Parameters of an example."""
_PICTURE = "picture.png"
_FILE = re.compile(r"src|image|img|file(?:name)?|path|picture|photo|poster|cover|avatar")
_LINK = re.compile(r"(?:.*[-_])?(?:url|href|link|page|to)|.*(?:Link|Url|URL)")
_LENGTH = re.compile(r".*(?:width|height|size)")
_NUMBER = re.compile(r"cols?|columns?|count|weight|level|start|end|limit")
_LOOKS = re.compile(r".*(?:class|style|colou?r|theme|id|new_tab|target|rel|group|loading)")
_WORDS = {"caption": "A *caption*", "alt": "What it shows", "title": "Title", "lang": "python"}


def sample(name: str, rule: Rule) -> str:
    """A call that the mapping of `rule` takes, made from its parameters."""
    used = [key for key in rule.params if not rule.myst or f"[[{key}" in rule.myst]
    chosen = [key for key in used if not _LOOKS.fullmatch(key)] or used
    placed = sorted((one.pos, key) for key, one in rule.params.items() if one.pos is not None)
    if placed and placed[0][0] == 0:
        words = [f'"{_value(rule, key)}"' for _, key in placed[:_SHOWN]]
    else:
        words = [f'{key}="{_value(rule, key)}"' for key in chosen[:_SHOWN]]
    call = " ".join([name, *words])
    inner = rule.paired or (rule.paired is None and "[[inner" in rule.myst)
    child = _child(name, rule)
    if not (inner or child):
        return f"{{{{< {call} >}}}}"
    body = child or "Some *text*."
    return f"{{{{< {call} >}}}}\n{body}\n{{{{< /{name} >}}}}"


def _child(name: str, rule: Rule) -> str:
    """A call inside one that is made of its children, such as a tab of tabs."""
    if rule.inner != "children" and "[[children" not in rule.myst:
        return ""
    theme = _theme(rule.theme)
    for other, rules in theme.shortcodes.items():
        for one in rules:
            inside = one.parent == name.lower() or (not one.parent and other == name.lower()[:-1])
            if inside and one is not rule and "[[children" not in one.myst:
                return sample(other, one)
    return ""


def _theme(name: str) -> Theme:
    return next((theme for theme in themes.catalogue() if theme.name == name), Theme(name))


def _value(rule: Rule, name: str) -> str:
    table = [key for key in rule.map.get(name, {}) if key != "*"]
    kind = rule.params[name].type
    if table:
        return table[0]
    if kind == "pixels" or _LENGTH.fullmatch(name):
        return "300"
    if _NUMBER.fullmatch(name):
        return "2"
    if kind in ("path", "file") or _FILE.fullmatch(name.lower()):
        return _PICTURE
    if kind in ("url", "page") or _LINK.fullmatch(name):
        return "https://example.org/"
    return _WORDS.get(name, name.replace("-", " ").replace("_", " ").capitalize())


def converted(source: str, name: str, rule: Rule) -> str:
    """The MyST of a sample on a page of its own; empty where it can't show anything."""
    picture = Asset(PurePosixPath("p", _PICTURE), Path(_PICTURE), f"/p/{_PICTURE}")
    page = Page("p.md", PurePosixPath("content/p.md"), "page", "/p/", "Example", body=source,
                logical="/p", bundle=True, resources=(picture,))  # fmt: skip
    site = Site(
        Path(), "Example", "https://example.org/", pages=(page,), markup=Markup(unsafe=True)
    )
    theme = _theme(rule.theme)
    own = Theme(rule.theme, shortcodes={**theme.shortcodes, name.lower(): (rule,)})
    ctx = context(page, make_plan(site, Options(), (own,)))
    calls = lex(source, ctx.plan.closers).calls
    if len(calls) != 1:
        return ""
    text = convert_call(calls[0], source, ctx, Place.BLOCK, rule.parent)
    return "" if any(outcome == "kept" for _, outcome in ctx.record.calls) else text
