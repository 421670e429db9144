"""A `hugo2myst.yml` to start from: every key with what it does, and what the site asks for."""

from __future__ import annotations

from collections.abc import Collection

from migrate.inspect.findings import Decision, Inspection
from migrate.inspect.schema import descriptions
from migrate.options import Options

_WIDTH = 90
_SKIPPED = ("config", "environment")
"""Keys that few need: only the schema has them."""


def settings_file(found: Inspection, chosen: Collection[str]) -> str:
    """The text of the file. Lines of the decisions in `chosen` (by their question) are in force,
    all others stand there as comments, so that an answer is a `#` less."""
    decided = {_key(one): one for one in found.decisions}
    lines = [
        f"# How hugo2myst converts {' '.join(found.title.split()) or 'this site'}.",
        "# `hugo2myst inspect` tells what the site holds, `hugo2myst shortcodes NAME` what one",
        "# becomes. Every key: `hugo2myst init --schema`.",
    ]
    told = descriptions()
    for key in told:
        if key in _SKIPPED or key in ("shortcodes", "html", "frontmatter"):
            continue
        lines += ["", *_comment(told[key])]
        one = decided.get(key)
        if one is not None:
            lines += _comment(f"Here: {one.why}.")
            lines += _lines(one, one.question in chosen)
        else:
            lines.append(f"# {key}: {_shown(getattr(Options(), key))}")
    lines += ["", *_comment(told["shortcodes"])]
    one = decided.get("shortcodes")
    if one is not None:
        lines += _comment("Nothing tells what these become; edit the guesses and take off the `#`.")
        lines += _lines(one, one.question in chosen)
    else:
        lines += ["# shortcodes:", "#   name: drop"]
    lines += ["", *_comment(told["html"]), "# html:", "#   - {select: div.lead, unwrap: true}"]
    lines += ["", *_comment(told["frontmatter"]), "# frontmatter:", "#   teaser: description"]
    return "\n".join(lines) + "\n"


def _key(decision: Decision) -> str:
    return decision.lines.partition(":")[0]


def _lines(decision: Decision, in_force: bool) -> list[str]:
    lines = decision.lines.rstrip("\n").split("\n")
    return lines if in_force else [f"# {line}".rstrip() for line in lines]


def _comment(text: str) -> list[str]:
    lines = [""]
    for word in "".join(char if char.isprintable() else " " for char in text).split():
        if lines[-1] and len(lines[-1]) + len(word) >= _WIDTH - 2:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [f"# {line}" for line in lines]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(value) + "]"
    return str(value) or '""'
