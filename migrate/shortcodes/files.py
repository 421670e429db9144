"""Read the files that shortcodes read (`file="team.toml"`), before conversion, which reads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from migrate.memory import NOTHING, Memory, digest
from migrate.model import Page, Shortcode
from migrate.plan import Plan
from migrate.read.blocks import with_calls
from migrate.read.lexer import lex, walk
from migrate.shortcodes.call import candidates, shown
from migrate.themes import Rule, fingerprint

_LARGEST = 1_000_000
"""Bytes; a larger file is no text for a page."""


def read_files(plan: Plan, memory: Memory = NOTHING) -> dict[str, str]:
    """Path from the site's root -> text, for the parameters of type `file` of all calls.

    A name without a suffix is a Markdown file too. Nothing outside of the site is read.
    """
    root = plan.site.source
    rules = _file_rules(plan)
    files: dict[str, str] = {}
    if root is None or not rules:
        return files
    root = root.resolve()
    missing: set[str] = set()
    paired = sorted(plan.closers)
    # Which names a page's calls give depends on the themes, the user's mapping, and on what pairs.
    about = digest(fingerprint(), plan.options.mapping, [t.name for t in plan.themes], *paired)
    for page in plan.calling(rules):
        find = partial(_names_in, page, plan, rules)
        for name in memory.recall(find, "files", about, page.front, page.body):
            _read(root, name, page, files, missing)
    return files


def _names_in(page: Page, plan: Plan, rules: Mapping[str, Iterable[Rule]]) -> list[str]:
    names: dict[str, None] = {}
    for _, text in with_calls([page]):
        for call in walk(lex(text, plan.closers).calls):
            for rule in rules.get(call.name.lower(), ()):
                names |= dict.fromkeys(_names(call, rule))
    return list(names)


def _file_rules(plan: Plan) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for theme in plan.themes:
        for name, rules in theme.shortcodes.items():
            chosen = [rule for rule in rules if any(p.type == "file" for p in rule.params.values())]
            if chosen:
                found.setdefault(name, []).extend(chosen)
    return found


def _names(call: Shortcode, rule: Rule) -> list[str]:
    names: list[str] = []
    for name, param in rule.params.items():
        if param.type != "file":
            continue
        names += [shown(call.kwargs[key]) for key in (name, *param.names) if key in call.kwargs]
        if param.pos is not None and param.pos < len(call.args):
            names.append(shown(call.args[param.pos]))
    return names


def _read(root: Path, name: str, page: Page, files: dict[str, str], missing: set[str]) -> None:
    """Read the first file that `name` may mean; `missing` are paths that are known to be none."""
    for path in candidates(name, page):
        for spelling in (path, f"{path}.md"):
            if spelling in files:
                return
            if spelling in missing:
                continue
            missing.add(spelling)
            file = root / spelling
            try:
                if not file.is_file() or not file.resolve().is_relative_to(root):
                    continue
                if file.stat().st_size <= _LARGEST:
                    files[spelling] = file.read_text(encoding="utf-8-sig")
                    return
            except (OSError, ValueError):
                continue
