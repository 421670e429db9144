"""What shortcodes a site uses, what knows each, and a mapping to start from for the others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from migrate.model import Page, Shortcode
from migrate.plan import Plan
from migrate.read.blocks import with_calls
from migrate.read.lexer import lex, walk
from migrate.shortcodes.call import shown
from migrate.themes import candidates

_LONGEST = 300
"""Characters of an example."""
_MOST = 6
"""Positional parameters that get a name; more are a list, `[[args]]`."""
_PICTURES = ("src", "image", "img", "picture", "photo")
_LINKS = ("url", "href", "link")
_CAPTIONS = ("caption", "title", "description", "text")
_TITLES = ("title", "header", "heading", "summary", "label", "name")
"""Names of parameters that tell what they hold, the surest first."""


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
    pages: set[str] = field(default_factory=set)
    """Identities of the pages that call it."""
    page: Page | None = None
    """The page of the example."""
    call: Shortcode | None = None
    """The example; its spans are those of `text`."""
    text: str = ""


def survey(plan: Plan) -> list[Use]:
    """Every shortcode that the site's pages call, the most used first."""
    uses: dict[str, Use] = {}
    for page, text in with_calls(plan.site.pages):
        for call in walk(lex(text, plan.closers).calls):
            key = call.name.lower()
            use = uses.get(key)
            if use is None:
                use = uses[key] = Use(call.name, _known(key, plan), key in plan.site.templates)
            if not use.example or (call.paired and not use.paired):
                line = page.body_line + text.count("\n", 0, call.start)
                use.example = text[call.start : call.end]
                use.place = f"{page.name}:{line}" if text is page.body else page.name
                use.page, use.call, use.text = page, call, text
            use.pages.add(page.identity)
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
        calls = f"{use.count} call{'s' if use.count > 1 else ''}"
        lines.append(f"  # {calls}, such as {_printable(use.place)}")
        lines += [f"  # {line}".rstrip() for line in _example(use)]
        lines.append(f"  {_quoted(use.name)}:")
        many = len(use.positional) > _MOST
        places = range(0 if many else len(use.positional))
        names = [_free(f"arg{at + 1}", use.named) for at in places]
        if names or use.named:
            lines.append("    params:")
            lines += [f"      {name}: {{pos: {at}}}" for at, name in enumerate(names)]
            lines += [f"      {_quoted(name)}:" for name in use.named]
        lines += _form(["args"] if many else [*names, *use.named], use.paired)
    return "\n".join(lines) + "\n"


def _example(use: Use) -> list[str]:
    text = use.example[:_LONGEST] + ("…" if len(use.example) > _LONGEST else "")
    return [_printable(line) for line in text.splitlines()]


def _printable(text: str) -> str:
    """Text that a YAML comment holds on one line."""
    return "".join(char if char.isprintable() else " " for char in text)


def _free(name: str, taken: Iterable[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _form(names: list[str], paired: bool) -> list[str]:
    """What it could become, guessed from the names of its parameters: a form to start from."""
    first = {kind: next((n for n in kind if n in names), "") for kind in (_PICTURES, _LINKS)}
    picture, link = first[_PICTURES], first[_LINKS]
    title = next((name for name in _TITLES if name in names), names[0] if names else "")
    body: list[str]
    if paired:
        body = [f":::{{note}} [[{title}]]" if title else ":::{note}", "[[inner]]", ":::"]
    elif picture:
        caption = next((name for name in _CAPTIONS if name in names), "")
        alt = [":alt: [[alt?]]"] if "alt" in names else []
        body = [
            f":::{{figure}} [[{picture}]]",
            *alt,
            *([f"[[{caption}?]]"] if caption else []),
            ":::",
        ]
    elif link:
        words = next((name for name in (*_TITLES, "text") if name in names), "")
        body = [f"[[[{words}|{link}]]]([[{link}]])" if words else f"<[[{link}]]>"]
    elif names:
        body = [" ".join(f"[[{name}]]" for name in names)]
    else:
        return ["    drop: true"]
    return ["    myst: |", *(f"      {line}" for line in body)]


def _quoted(name: str) -> str:
    """A name as a key of YAML that is read as text."""
    plain = name.replace("-", "").replace("_", "").replace("/", "")
    word = plain.isalnum() and plain.isascii() and not plain.isdigit()
    reserved = name.lower() in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    return name if word and name[0].isalpha() and not reserved else json.dumps(name)
