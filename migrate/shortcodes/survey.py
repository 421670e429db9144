"""What shortcodes a site uses, what knows each, and a mapping to start from for the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from migrate.model import Shortcode
from migrate.plan import Plan
from migrate.read.lexer import lex, walk
from migrate.shortcodes.call import shown
from migrate.themes import candidates

_LONGEST = 300
"""Characters of an example."""


@dataclass(slots=True)
class Use:
    """How a site uses one shortcode."""

    name: str
    known: str = ""
    """What has a mapping: `user`, a theme's name, `hugo`, `others`; empty: nothing."""
    template: bool = False
    """The site or its theme brings a template, which Hugo can render."""
    count: int = 0
    paired: bool = False
    markup: str = "<"
    named: dict[str, str] = field(default_factory=dict)
    """Named parameters and a value of each."""
    positional: list[str] = field(default_factory=list)
    """A value of each positional parameter."""
    example: str = ""
    place: str = ""
    """`file:line` of the example."""


def survey(plan: Plan) -> list[Use]:
    """Every shortcode that the site's pages call, the most used first."""
    uses: dict[str, Use] = {}
    for page in plan.site.pages:
        if "{{<" not in page.body and "{{%" not in page.body:
            continue
        for call in walk(lex(page.body, plan.closers).calls):
            key = call.name.lower()
            use = uses.get(key)
            if use is None:
                use = uses[key] = Use(call.name, _known(key, plan), key in plan.site.templates)
            if not use.example or (call.paired and not use.paired):
                line = page.body_line + page.body.count("\n", 0, call.start)
                use.example = page.body[call.start : call.end]
                use.place = f"{page.name}:{line}"
            _add(use, call)
    return sorted(uses.values(), key=lambda use: (-use.count, use.name))


def _known(name: str, plan: Plan) -> str:
    return next((theme.name for theme, _ in candidates(plan.themes, name)), "")


def _add(use: Use, call: Shortcode) -> None:
    use.count += 1
    use.paired = use.paired or call.paired
    use.markup = call.markup if use.count == 1 else use.markup
    for name, value in call.kwargs.items():
        use.named.setdefault(name, shown(value))
    for value in call.args[len(use.positional) :]:
        use.positional.append(shown(value))


def stanza(uses: Iterable[Use]) -> str:
    """The `shortcodes:` of a hugo2myst.yml that maps `uses`, to be edited by a person."""
    lines = ["shortcodes:"]
    for use in uses:
        example = use.example[:_LONGEST] + ("…" if len(use.example) > _LONGEST else "")
        lines.append(f"  # {use.count} calls, such as {use.place}")
        lines += [f"  # {line}".rstrip() for line in example.split("\n")]
        lines.append(f"  {_quoted(use.name)}:")
        names = [f"arg{at + 1}" for at in range(len(use.positional))]
        if names or use.named:
            lines.append("    params:")
            lines += [f"      {name}: {{pos: {at}}}" for at, name in enumerate(names)]
            lines += [f"      {_quoted(name)}:" for name in use.named if name not in names]
        lines += _form([*names, *use.named], use.paired)
    return "\n".join(lines) + "\n"


def _form(names: list[str], paired: bool) -> list[str]:
    """A directive to start from."""
    if not paired:
        words = " ".join(f"[[{name}]]" for name in names)
        return ["    myst: |", f"      {words}"] if words else ["    drop: true"]
    title = f" [[{names[0]}]]" if names else ""
    return ["    myst: |", f"      :::{{note}}{title}", "      [[inner]]", "      :::"]


def _quoted(name: str) -> str:
    plain = name.replace("-", "").replace("_", "").replace("/", "")
    word = plain.isalnum() and plain.isascii() and not plain.isdigit()
    reserved = name.lower() in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    return name if word and name[0].isalpha() and not reserved else f'"{name}"'
