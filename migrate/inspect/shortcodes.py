"""Which way each shortcode of a site goes, and what its example becomes there."""

from __future__ import annotations

import re
from pathlib import Path

from migrate import shortcodes, themes
from migrate.context import Context
from migrate.convert.calls import Place, convert_call, needs_hugo
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.inspect.findings import ShortcodeFound
from migrate.model import Page, Shortcode, Site
from migrate.plan import Plan
from migrate.shortcodes.survey import Use
from migrate.themes import Rule, Theme

_DIRECTIVE = re.compile(r"^ *(?::{3,}|`{3,})\{([\w-]+)\}", re.M)
_ROLE = re.compile(r"\{([\w-]+)\}`")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\(")
_LINK = re.compile(r"\[[^\[\]]*\]\(|<https?:")
_MATH = re.compile(r"\A\$")
_SAID = {"drop": "left out", "keep": "kept as code", "text": "its inner text only"}


def found(use: Use, plan: Plan, kept: int) -> ShortcodeFound:
    """A row of the inspection; `kept` are its calls that the conversion left as they are."""
    theme, rules = decided_by(use.name, plan)
    way = way_of(use.name, theme, plan)
    return ShortcodeFound(
        name=use.name,
        calls=use.count,
        pages=len(use.pages),
        defined=defined(use.name, plan),
        way=way,
        becomes=_becomes(use, way, rules, kept, plan),
        kept=0 if way == "rendered" else kept,
        params={**{str(at): v for at, v in enumerate(use.positional)}, **use.named},
        example=use.example,
        place=use.place,
    )


def decided_by(name: str, plan: Plan) -> tuple[Theme | None, tuple[Rule, ...]]:
    """The theme whose mapping is asked first, with its rules; None: no mapping has the name."""
    return next(iter(themes.candidates(plan.themes, name)), (None, ()))


def way_of(name: str, theme: Theme | None, plan: Plan) -> str:
    """Which way is tried first; see `ShortcodeFound.way`."""
    rendered = name.lower() in plan.site.templates
    if rendered and needs_hugo(Shortcode(name, "<"), plan.site, plan.themes):
        return "rendered"
    if theme is None:
        value = plan.site.params.get(name.lower())
        return "value" if isinstance(value, (str, int, float)) else "kept"
    return {"user": "mapping", "hugo": "hugo", "others": "others"}.get(theme.name, "theme")


def defined(name: str, plan: Plan) -> str:
    """Where the shortcode's template is, as far as it is known."""
    template = plan.site.templates.get(name.lower())
    if template is not None:
        return place_of(template, plan.site)
    theme, _ = decided_by(name, plan)
    rest = [one for one, _ in themes.candidates(plan.themes, name) if one.name != "user"]
    if rest and rest[0].name == "hugo":
        return "Hugo"
    if rest and rest[0].name.startswith("site:"):
        return "the site (not here)"
    if rest and rest[0].name != "others":
        return f"theme {rest[0].name}"
    return "your mapping" if theme is not None and theme.name == "user" else "nowhere here"


def place_of(file: Path, site: Site) -> str:
    """A file of the site or of a theme, as a person knows it."""
    if site.source is not None and file.is_relative_to(site.source):
        return file.relative_to(site.source).as_posix()
    return "/".join(file.parts[-4:])


def example(use: Use, plan: Plan) -> str:
    """What the example of `use` becomes by its mapping, without real Hugo."""
    if use.page is None or use.call is None:
        return ""
    return convert_call(use.call, use.text, context(use.page, plan), Place.BLOCK)


def context(page: Page, plan: Plan) -> Context:
    """What converts single calls on a page."""
    return Context(page, plan, markdown_to_myst, _html)


def _html(text: str, ctx: Context, *, inline: bool = False) -> str:
    return html_to_myst(text, ctx, inline=inline)


def shape(text: str) -> str:
    """The form of a piece of MyST in a word or two: `{note}`, `image`, `link`, `text`."""
    if directive := _DIRECTIVE.search(text):
        return f"{{{directive[1]}}}"
    if role := _ROLE.search(text):
        return f"{{{role[1]}}}"
    for pattern, word in ((_IMAGE, "image"), (_LINK, "link"), (_MATH, "math")):
        if pattern.search(text):
            return word
    return "code block" if text.startswith("```") else "text" if text.strip() else "nothing"


def _becomes(use: Use, way: str, rules: tuple[Rule, ...], kept: int, plan: Plan) -> str:
    if way == "rendered":
        return "what real Hugo renders"
    if way == "value":
        return f"`{plan.site.params[use.name.lower()]}`"
    if len(rules) == 1 and rules[0].verb in _SAID:
        return _SAID[rules[0].verb]
    text = example(use, plan)
    if text.startswith("% hugo2myst HM301") or (kept and not rules):
        return "kept as it is: map it"
    return shape(text)


def reason(rule: Rule) -> str:
    """Why a function was needed, in the first words of its own description; else empty."""
    if rule.call is not None or not rule.function:
        return ""
    text = shortcodes.function(rule.function).__doc__ or ""
    return " ".join(text.split())
