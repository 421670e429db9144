"""Themes: what shortcodes, HTML classes and front matter keys become, as data.

Each `*.yaml` in this folder is one theme; a user's `hugo2myst.yml` has the same form and wins.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.memory import NOTHING, Memory, digest
from migrate.options import FILE
from migrate.themes.read import functions_of, parse, read_theme
from migrate.themes.schema import Detect, HtmlRule, Param, Rule, Theme

if TYPE_CHECKING:
    from migrate.model import Site
    from migrate.options import Options

__all__ = [
    "Detect",
    "HtmlRule",
    "Param",
    "Rule",
    "Theme",
    "candidates",
    "catalogue",
    "detect",
    "fingerprint",
    "lookup",
    "parse",
]

_HUGO = "hugo"


@lru_cache(maxsize=2)
def catalogue(memory: Memory = NOTHING) -> tuple[Theme, ...]:
    """The themes that come with the package, by name."""
    texts = _texts().values()
    values = memory.recall(lambda: [parse(text) for text in texts], "themes", fingerprint())
    return tuple(
        read_theme(value, name, text=text)
        for value, (name, text) in zip(values, _texts().items(), strict=True)
    )


@cache
def _texts() -> dict[str, str]:
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


@cache
def fingerprint() -> str:
    """Hash of all theme files that come with the package."""
    return digest(*_texts().values())


def detect(
    modules: Iterable[str],
    config: Mapping[str, Any] | None = None,
    memory: Memory = NOTHING,
) -> tuple[Theme, ...]:
    """The catalogue's themes that a site names: by theme name or module path, in the site's order.

    `config` finds the files that are about one site: by its title or `baseURL`.
    """
    names = [name.strip().lower().rstrip("/") for name in modules]
    ranked: list[tuple[int, Theme]] = []
    for theme in catalogue(memory):
        if theme.name == _HUGO:
            continue
        if theme.detect.sites and config and _is_site(theme.detect.sites, config):
            ranked.append((-1, theme))
            continue
        for rank, name in enumerate(names):
            if _matches(theme.detect, name):
                ranked.append((rank, theme))
                break
    return tuple(theme for _, theme in sorted(ranked, key=lambda pair: pair[0]))


def lookup(site: Site, options: Options, memory: Memory = NOTHING) -> tuple[Theme, ...]:
    """Where this site's shortcodes, classes and keys are looked up, first match wins.

    The user's mapping, the site's themes, Hugo's own, and last one theme with all entries of all
    the others, for names that nothing else knows. Raises `MigrateError` for a mapping that isn't
    valid; its Python files lie beside the file that it is in.
    """
    shipped = catalogue(memory)
    found: list[Theme] = []
    if options.mapping:
        found.append(
            read_theme(
                dict(options.mapping),
                options.mapping_file or FILE,
                known=functions_of(shipped),
            )
        )
    found += detect(site.modules, site.config, memory)
    found += [theme for theme in shipped if theme.name == _HUGO]
    taken = {theme.name for theme in found}
    others: dict[str, tuple[Rule, ...]] = {}
    for theme in shipped:
        if theme.name not in taken:
            for name, rules in theme.shortcodes.items():
                others[name] = others.get(name, ()) + rules
    return (*found, Theme("others", shortcodes=others, fallback=True))


def candidates(themes: Iterable[Theme], name: str) -> Iterable[tuple[Theme, tuple[Rule, ...]]]:
    """The rules for a shortcode's name, theme by theme."""
    lower = name.lower()
    for theme in themes:
        rules = theme.shortcodes.get(lower) or theme.shortcodes.get(lower.removesuffix(".html"))
        if rules:
            yield theme, rules


def _is_site(marks: tuple[str, ...], config: Mapping[str, Any]) -> bool:
    base = str(config.get("baseurl") or "").lower()
    title = str(config.get("title") or "").lower()
    return any(mark == title or f"//{mark}" in base for mark in marks)


def _matches(rule: Detect, name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last in rule.themes or any(fnmatch.fnmatchcase(name, glob) for glob in rule.modules)
