"""One shortcode call to MyST: which way it goes, and the form for the place where it stands.

Ways, in order: the user's mapping; the site's own template, rendered by Hugo, for which a mapping
that says the same may stand; the file about this very site; the theme's mapping; Hugo's built-ins;
Hugo's rendering of any other; the mapping of another theme that has the name; kept in sight and
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate import myst, shortcodes
from migrate.context import Context
from migrate.convert import callhtml
from migrate.convert.agreement import agrees
from migrate.memory import digest
from migrate.model import Page, Severity, Shortcode, Site
from migrate.read.lexer import lex
from migrate.shortcodes.call import Call, Place, splice
from migrate.shortcodes.data import load
from migrate.shortcodes.render import code_span, encode, fill, fill_inline
from migrate.shortcodes.values import named_param
from migrate.themes import Rule, Theme, candidates, detect, template

__all__ = ["Place", "convert_call", "key", "needs_hugo", "render_text", "renders_blocks"]

_WHY = {"HM301": "nothing tells what this becomes", "HM801": "real Hugo can't render this"}
MAX_DEPTH = 40
"""Calls nested deeper than this, in each other or by inclusion, are kept as they are."""

_USER = "user"
_MARGIN = re.compile(r"\r?\n[ \t>]*")
_MARKDOWN = re.compile(r"[*_`]\S|\]\(|^[ \t]*(?:[-+]|\d+\.|#+)[ \t]", re.MULTILINE)
_EMPTY = re.compile(r"(:{3,})\{(?:grid|tab-set)\}[^\n]*\n(?::[\w-]+:[^\n]*\n)*\1")
"""A frame around nothing."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one way gave."""

    text: str
    outcome: str


def key(call: Shortcode, text: str, page: Page) -> str:
    """The key of a call in `Plan.rendered`: page and source text, so that it is stable.

    Margins don't count: in a list or a quote the text being converted has lost them.
    """
    source = _MARGIN.sub("\n", text[call.start : call.end])
    return f"{page.identity}\n{digest(source)}"


def needs_hugo(call: Shortcode, site: Site, themes: tuple[Theme, ...]) -> bool:
    """Whether Hugo's rendering of the call is asked for: nothing that comes before it knows it."""
    for theme, rules in candidates(themes, call.name):
        if theme.name == _USER:
            return rules[0].verb == "hugo"
        if call.name.lower() in site.templates and _is_own(call.name, site):
            return True
        return theme.fallback or rules[0].verb == "hugo"
    return True


def convert_call(call: Shortcode, text: str, ctx: Context, where: Place, parent: str = "") -> str:
    """The MyST of `call`, whose spans index `text`; no line break at its ends.

    In BLOCK and ITEM the result is lines without indentation, to be set apart by blank lines;
    elsewhere it is one line. An empty result means that nothing is shown. In ATTRIBUTE a page is
    its URL in Hugo, still to be resolved like any typed link; in DESTINATION `ref` is the path in
    MyST. `parent` is the name of the call that it stands in, in lower case.
    """
    if ctx.depth > MAX_DEPTH:
        found = _Found(_kept(call, text, ctx, where), "kept")
    elif call.inline and not ctx.plan.site.runs_inline_shortcodes:
        ctx.report("HM313", call.start, name=call.name)
        found = _Found("", "dropped")
    else:
        found = _first_way(call, text, ctx, where, parent)
    ctx.record.calls.append((call.name, found.outcome))
    result = found.text.strip("\r\n")
    if where.is_block:
        return _stand_alone(result, parent)
    if where is Place.CODE:
        return result
    result = " ".join(result.split("\n")).strip()
    if where is Place.CELL:
        return result.replace("\\|", "|").replace("|", "\\|")
    return encode(result) if where is Place.DESTINATION else result


def render_text(text: str, ctx: Context) -> str:
    """A string of front matter with its calls replaced by their plain text."""
    found = lex(text, ctx.plan.closers)
    if not (found.calls or found.escapes):
        return text
    spans = [
        (call.start, call.end, convert_call(call, text, ctx, Place.CODE)) for call in found.calls
    ]
    inside = [(call.start, call.end) for call in found.calls]
    spans += [
        (start, end, literal)
        for start, end, literal in found.escapes
        if not any(first <= start < last for first, last in inside)
    ]
    return splice(text, spans)


def _first_way(call: Shortcode, text: str, ctx: Context, where: Place, parent: str) -> _Found:
    for found in _ways(call, text, ctx, where, parent):
        if found is not None:
            return found
    return _Found(_kept(call, text, ctx, where), "kept")


def _ways(
    call: Shortcode, text: str, ctx: Context, where: Place, parent: str
) -> Iterator[_Found | None]:
    """The ways in order, each tried when the one before gave None."""
    plan = ctx.plan
    known = list(candidates(plan.themes, call.name))
    own = _is_own(call.name, plan.site)
    asked = False
    for theme, rules in known:
        if theme.name != _USER and own and not asked:
            asked = True
            yield _own(known, call, text, ctx, where, parent) or _rendered(call, text, ctx, where)
        if theme.fallback and not asked:
            asked = True
            yield _rendered(call, text, ctx, where)
        for rule in _ranked(rules, call, parent, of_all=theme.fallback):
            if rule.verb == "hugo":
                asked = True
                yield _rendered(call, text, ctx, where)
            else:
                said = ctx.record.diagnostics
                told = len(said)
                found = _mapped(rule, call, text, ctx, where)
                silent = len(said) == told
                if theme.fallback and found and silent and _vanishes(found, call, text):
                    continue  # the mapping is for another shortcode of this name
                if theme.fallback and any(d.code == "HM305" for d in said[told:]):
                    del said[told:]
                    continue  # so is one that wants data where there are none
                yield found
    if not asked:
        yield _rendered(call, text, ctx, where)
    yield _safe_guess(call, text, ctx, where)


def _own(
    known: list[tuple[Theme, tuple[Rule, ...]]],
    call: Shortcode,
    text: str,
    ctx: Context,
    where: Place,
    parent: str,
) -> _Found | None:
    """The mapping of a name that the site has a template for, if it says what Hugo renders.

    Citations do so whoever's the mapping is: mystmd writes their words from the same entries.
    """
    rendered = ctx.plan.rendered.get(key(call, text, ctx.page))
    if rendered is None or where.is_plain:
        return None
    for theme, rules in known:
        rule = _ranked(rules, call, parent, of_all=False)[0]
        cites = rule.function.startswith("citations.")
        if theme.name == _USER or (theme.fallback and not cites) or rule.verb == "hugo":
            continue
        trial = replace(ctx, record=ctx.record.trial())
        found = _mapped(rule, call, text, trial, where)
        if found is None or any(d.severity is not Severity.INFO for d in trial.record.diagnostics):
            continue
        if agrees(found.text, rendered, ctx.plan.site.hosts):
            ctx.record.take(trial.record)
            return found
    return None


def _vanishes(found: _Found, call: Shortcode, text: str) -> bool:
    """Nothing is left of a call that says something."""
    shown = found.text.strip()
    if found.outcome != "mapped" or (shown and not _EMPTY.fullmatch(shown)):
        return False
    inner = text[call.inner_start : call.inner_end].strip()
    return bool(call.args or call.kwargs or inner)


def _is_own(name: str, site: Site) -> bool:
    """The template is the site's own, or of a theme that the catalogue doesn't know."""
    template = site.templates.get(name.lower())
    if template is None:
        return False
    if site.source is None:
        return True
    try:
        parts = template.relative_to(site.source).parts
    except ValueError:
        return False
    if parts[0] not in ("themes", "_vendor") or "layouts" not in parts:
        return True
    return not detect(["/".join(parts[1 : parts.index("layouts")])])


def _ranked(rules: tuple[Rule, ...], call: Shortcode, parent: str, *, of_all: bool) -> list[Rule]:
    """Rules of one name: those for the call's parent first, else in the theme's order.

    `of_all` themes together the one that fits the call's parameters best comes first.
    """
    if len(rules) == 1:
        return list(rules)
    if not of_all:
        return sorted(rules, key=lambda rule: rule.parent != parent)

    def score(rule: Rule) -> tuple[int, int, int]:
        known = _spellings(rule)
        given = [name.lower() for name in call.kwargs]
        fits = sum(1 if name in known else -1 for name in given)
        positions = sum(one.pos is not None for one in rule.params.values())
        fits -= max(0, len(call.args) - positions)
        pairs = rule.paired is None or rule.paired == call.paired
        return (rule.parent == parent, pairs, fits)

    return sorted(rules, key=score, reverse=True)


def _rendered(call: Shortcode, text: str, ctx: Context, where: Place) -> _Found | None:
    found = ctx.plan.rendered.get(key(call, text, ctx.page))
    if found is None:
        return None
    if key(call, text, ctx.page) in ctx.plan.lists:
        ctx.report("HM307", call.start, name=call.name)
    if where.is_plain:
        return _Found(callhtml.plain(found), "rendered")
    converted = ctx.html(callhtml.mended(found), call.start, inline=not where.is_block)
    return _Found(converted, "rendered")


def renders_blocks(call: Shortcode, text: str, ctx: Context) -> bool:
    """Whether Hugo's rendering of the call has elements that can't be in a paragraph."""
    found = ctx.plan.rendered.get(key(call, text, ctx.page))
    return found is not None and callhtml.has_blocks(found)


def _mapped(rule: Rule, call: Shortcode, text: str, ctx: Context, where: Place) -> _Found | None:
    each = Call(call, text, ctx, rule, where, convert_call)
    if rule.verb == "keep":
        return _Found(_visible(call, text, where), "mapped")
    if rule.verb == "drop":
        if not rule.silent:
            ctx.report("HM308", call.start, name=call.name)
        return _Found("", "dropped")
    if rule.verb == "text":
        return _Found(each.body() if not where.is_plain else each.literal(), "mapped")
    if where.is_plain:
        return _in_plain(rule, each)
    result = _asked(rule, each)
    if result is None and rule.myst and not _says_nothing(rule, each):
        result = fill(_form(rule, each), _with_data(rule, each) or each)
    if result is None:
        return None
    _report_lost(rule, each)
    if rule.as_typed and call.markup == "<" and _MARKDOWN.search(each.inner()):
        ctx.report("HM312", call.start, name=call.name)
    return _Found(result, "mapped")


def _asked(rule: Rule, call: Call) -> str | None:
    """What the rule's function says, if it has one."""
    if rule.call is not None:
        try:
            result = rule.call(call)
        except Exception as error:  # the user's own code may raise anything
            reason = f"{type(error).__name__}: {error}"
            call.ctx.report("HM320", call.shortcode.start, name=call.name, reason=reason)
            return None
        return None if result is None else str(result)
    if rule.function:
        return shortcodes.function(rule.function)(call)
    return None


def _form(rule: Rule, call: Call) -> str:
    return rule.inline if rule.inline and not call.place.is_block else rule.myst


def _says_nothing(rule: Rule, call: Call) -> bool:
    """The call gives none of the parameters that the mapping is made of."""
    if call.shortcode.paired or call.shortcode.args or call.shortcode.kwargs:
        return False
    wanted = [name for name in template.names(rule.myst) if name in rule.params]
    return bool(wanted) and not any(rule.params[name].default for name in wanted)


def _with_data(rule: Rule, call: Call) -> Call | None:
    """The call with the values of its TOML or YAML body, if it has one."""
    if rule.inner not in ("toml", "yaml") or not call.shortcode.paired:
        return None
    data = load(call)
    return None if data is None else replace(call, data=data)


def _in_plain(rule: Rule, call: Call) -> _Found | None:
    """Plain text: of a value its value, of a body its words."""
    if rule.place == "inline" or rule.function.startswith("values."):
        result = _asked(rule, call)
        if result is None and rule.myst:
            result = fill_inline(_form(rule, call), call)
        return None if result is None else _Found(result, "mapped")
    if call.shortcode.paired:
        return _Found(call.literal(), "mapped")
    if call.place is Place.CODE:
        return _Found(call.text[call.shortcode.start : call.shortcode.end], "kept")
    return None


def _report_lost(rule: Rule, call: Call) -> None:
    """Say which parameters the mapping doesn't know."""
    if rule.function or rule.call is not None or not call.shortcode.kwargs:
        return
    known = _spellings(rule)
    lost = [name for name in call.shortcode.kwargs if name.lower() not in known]
    if lost and rule.inner not in ("toml", "yaml"):
        call.ctx.report("HM303", call.shortcode.start, name=call.name, parameters=", ".join(lost))


def _spellings(rule: Rule) -> set[str]:
    """The parameters that a rule knows, in lower case."""
    return {word.lower() for name, one in rule.params.items() for word in (name, *one.names)}


def _safe_guess(call: Shortcode, text: str, ctx: Context, where: Place) -> _Found | None:
    """What can be told without a mapping.

    A call without parameters whose name is that of a scalar of the site's `params` prints it;
    a paired `%` call holds Markdown of the page, whose words are content in any case.
    """
    each = Call(call, text, ctx, Rule(call.name), where, convert_call)
    if not (call.paired or call.args or call.kwargs):
        value = named_param(each)
        return None if value is None else _Found(value, "mapped")
    if not (call.paired and call.markup == "%" and text[call.inner_start : call.inner_end].strip()):
        return None
    return _Found(_inner_kept(each, _report(call, text, ctx)), "kept")


def _report(call: Shortcode, text: str, ctx: Context) -> str:
    """Say that the call is kept, and why; the code that says it."""
    reason = ctx.plan.refused.get(key(call, text, ctx.page))
    if not reason:
        ctx.report("HM301", call.start, name=call.name)
        return "HM301"
    ctx.report("HM801", call.start, call=text[call.start : call.end][:60], reason=reason)
    return "HM801"


def _inner_kept(call: Call, code: str) -> str:
    """The inner text as content, below a comment with the call that was around it."""
    if not call.place.is_block:
        return call.literal() if call.place.is_plain else call.body()
    body = call.body()
    if not body:
        return ""
    opener = call.text[call.shortcode.start : call.shortcode.inner_start]
    return f"% hugo2myst {code}: {' '.join(opener.split())}\n\n{body}"


def _kept(call: Shortcode, text: str, ctx: Context, where: Place) -> str:
    """A call that nothing knows, in sight: a comment and the call, or its inner text."""
    code = _report(call, text, ctx)
    if call.paired and ctx.depth <= MAX_DEPTH:
        words = _inner_kept(Call(call, text, ctx, Rule(call.name), where, convert_call), code)
        if words.strip():
            return words
    if where.is_block:
        said = _WHY[code]
        return f"% hugo2myst {code}: {said}\n\n{_visible(call, text, where)}"
    return _visible(call, text, where)


def _visible(call: Shortcode, text: str, where: Place) -> str:
    """The call as it was typed, as code."""
    source = text[call.start : call.end]
    if where.is_block:
        marker = "`" * myst.fence_length(source, "`")
        return f"{marker}\n{source}\n{marker}"
    return source if where.is_plain else code_span(source)


def _stand_alone(result: str, parent: str) -> str:
    """A tab outside of any tabs gets a set of its own."""
    if parent or "{tab-item}" not in result.partition("\n")[0]:
        return result
    return myst.directive("tab-set", body=result)
