"""What the tool knows of a shortcode: parameters, target, an example, and why this way."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from migrate import themes
from migrate.diagnostics import MigrateError
from migrate.inspect import example, shortcodes
from migrate.plan import Plan
from migrate.shortcodes.survey import survey
from migrate.themes import Param, Rule, Theme

_VALUES = 6
"""Values of a table that are told."""
WHY = {
    "mapping": "your hugo2myst.yml says so, which wins over all else",
    "theme": "the site names this theme, and so its shortcode is meant",
    "site": "this very site is known, and what its shortcode shows",
    "hugo": "it is one of Hugo's own",
    "others": "no theme of the site is known to have it; of all mappings with this name the one "
    "that fits the call's parameters best is taken",
    "rendered": "what readers see is decided by the template of the site, so real Hugo renders it "
    "and the HTML is converted",
    "unfit": "a mapping has the name, but no form for a call with these parameters. The call stays "
    "in sight and is reported (HM301)",
    "value": "without parameters it prints the site's parameter of this name",
    "kept": "nothing here tells what it stands for: no template, no mapping of the name. The call "
    "stays in sight and is reported (HM301)",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One mapping of a shortcode."""

    theme: str
    params: tuple[tuple[str, str], ...]
    """Name, and what it takes in words."""
    inner: str
    """What it may hold: `nothing`, `markdown` …"""
    parent: str
    target: str
    """The mapping as a theme file has it, or what is done instead."""
    why: str
    source: str = ""
    """An example: the call …"""
    result: str = ""
    """… and its MyST."""


@dataclass(frozen=True, slots=True)
class OnSite:
    """How a site uses a shortcode."""

    calls: int
    pages: int
    defined: str
    becomes: str
    why: str
    example: str
    place: str
    result: str
    """What the example becomes; empty where real Hugo renders it."""


def names() -> dict[str, list[str]]:
    """Every name that the catalogue knows -> the themes that have it."""
    found: dict[str, list[str]] = {}
    for theme in themes.catalogue():
        for name in theme.shortcodes:
            found.setdefault(name, []).append(theme.name)
    return dict(sorted(found.items()))


def on_site(name: str, plan: Plan) -> OnSite | None:
    """How the site uses the shortcode; None if it doesn't."""
    use = next((use for use in survey(plan) if use.name.lower() == name.lower()), None)
    if use is None:
        return None
    row = shortcodes.found(use, plan, 0)
    result = "" if row.way == "rendered" else shortcodes.example(use, plan)
    theme, _ = shortcodes.decided_by(name, plan)
    own = theme is not None and theme.name.startswith("site:") and row.way == "theme"
    why = WHY["site" if own else row.way]
    if row.way != "kept" and result.startswith("% hugo2myst HM301"):
        why = WHY["unfit"]
    return OnSite(
        row.calls, row.pages, row.defined, row.becomes, why, row.example, row.place, result
    )


def explain(name: str, plan: Plan | None = None) -> list[Explained]:
    """Each mapping of the name, the ones that a site of `plan` would take first.

    Raises MigrateError, with the nearest names, for one that neither tool nor site knows.
    """
    known = list(plan.themes) if plan else list(themes.catalogue())
    every = [
        _explained(name, theme, rule)
        for theme, rules in themes.candidates(known, name)
        for rule in rules
    ]
    if not every and (plan is None or on_site(name, plan) is None):
        near = difflib.get_close_matches(name.lower(), names(), 3)
        hint = f"; did you mean {' or '.join(f'`{one}`' for one in near)}?" if near else ""
        raise MigrateError(f"no shortcode `{name}` is known{hint}")
    return _alike(every)


def _alike(every: list[Explained]) -> list[Explained]:
    """Mappings that differ only in the theme that they are of, put together."""
    found: dict[Explained, list[str]] = {}
    for one in every:
        found.setdefault(replace(one, theme=""), []).append(one.theme)
    return [replace(one, theme=", ".join(dict.fromkeys(of))) for one, of in found.items()]


def _explained(name: str, theme: Theme, rule: Rule) -> Explained:
    source = example.sample(name, rule)
    return Explained(
        theme=rule.theme,
        params=tuple(
            (key, _spoken(one, rule.map.get(key, {}))) for key, one in rule.params.items()
        ),
        inner="nothing" if rule.paired is False else rule.inner,
        parent=rule.parent,
        target=_target(rule),
        why=_why(rule, theme),
        source=source,
        result=example.converted(source, name, rule),
    )


def _spoken(param: Param, table: Mapping[str, str]) -> str:
    """What a parameter takes, in words."""
    said = [f"position {param.pos + 1}"] if param.pos is not None else []
    said += [param.type] if param.type else []
    said += [f"default `{param.default}`"] if param.default else []
    said += ["also " + ", ".join(param.names)] if param.names else []
    said += [f"{key} → {value}" for key, value in [*table.items()][:_VALUES] if key != value]
    return ", ".join(said) + (" …" if len(table) > _VALUES else "")


def _target(rule: Rule) -> str:
    words = {
        "drop": "left out",
        "keep": "kept as it is, in a code block",
        "text": "its inner text and no more",
        "hugo": "what real Hugo renders, converted from HTML",
    }
    if rule.verb in words:
        return words[rule.verb]
    return rule.myst.rstrip("\n") or f"what the function {rule.function.partition('#')[0]} makes"


def _why(rule: Rule, theme: Theme) -> str:
    reason = shortcodes.reason(rule)
    if theme.name == "user":
        return WHY["mapping"]
    if theme.fallback:
        return WHY["others"]
    return reason or {"drop": "MyST has no counterpart"}.get(rule.verb, "")
