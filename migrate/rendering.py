"""What only real Hugo can say: calls that nobody maps, and pages in Org, AsciiDoc and others.

Hugo is started once for a whole site, and not at all while its answers of the last run hold: they
are kept in the record under a hash of all that they depend on.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.convert import calls, hooked
from migrate.diagnostics import MigrateError, diagnostic
from migrate.memory import NOTHING, Memory, digest
from migrate.model import Diagnostic, Page, Shortcode
from migrate.plan import Plan, labels_with
from migrate.read import blocks
from migrate.read.lexer import lex

if TYPE_CHECKING:
    from migrate.engines.hugo import Wanted
    from migrate.engines.layouts import Layouts

NAME = "rendered.json"
"""File of the record that keeps Hugo's answers."""
_REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers of earlier runs, by the hash of what each depends on."""

    html: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    """Why Hugo couldn't render a call; empty: it holds one that has no template."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What Hugo rendered for a plan."""

    html: Mapping[str, str]
    """For `Plan.rendered`: key of a call, or identity of a page, -> HTML."""
    refused: Mapping[str, str]
    """For `Plan.refused`: key of a call -> why Hugo can't render it."""
    kept: Mapping[str, str | Mapping[str, str]]
    """For the record: hash of what an answer depends on -> HTML, or `{refused: reason}`."""
    diagnostics: tuple[Diagnostic, ...] = ()
    lists: frozenset[str] = frozenset()
    """For `Plan.lists`: keys of the calls whose answer changes with other pages."""


NONE = Answers({}, {}, {})


def render(plan: Plan, known: Kept) -> Answers:
    """Ask Hugo for all that the plan needs of it. `known` are the answers of the last run.

    Without Hugo, or where it can't build the site, that is reported and nothing is rendered.
    """
    wanted = list(_wanted(plan))
    pages = [p for p in plan.needed if p.format not in ("markdown", "html")]
    if not plan.options.hugo or not (wanted or pages):
        return NONE
    from migrate.engines.hugo import render_calls
    from migrate.engines.layouts import Layouts

    layouts = Layouts(plan.whole)
    lists = frozenset(w.key for w in wanted if layouts.looks_around(w.text))
    hashes = _hashes(plan, wanted, pages, layouts, lists)
    html = {key: known.html[name] for key, name in hashes.items() if name in known.html}
    refused = {key: known.refused[name] for key, name in hashes.items() if name in known.refused}
    said: list[Diagnostic] = []
    try:
        if missing := [w for w in wanted if w.key not in html and w.key not in refused]:
            rendered = render_calls(plan.whole, missing)
            html |= rendered.html
            refused |= {w.key: "" for w in missing if w.key not in html}
            refused |= rendered.refused
        if any(page.identity not in html for page in pages):
            html |= _whole_pages(plan, pages)
    except MigrateError as error:
        said.append(diagnostic("HM309", "hugo", calls=len(wanted), pages=len(pages), reason=error))
    kept: dict[str, str | Mapping[str, str]] = {
        hashes[key]: text for key, text in sorted(html.items())
    }
    kept |= {hashes[key]: {_REFUSED: reason} for key, reason in sorted(refused.items())}
    return Answers(html, refused, kept, tuple(said), lists)


def _wanted(plan: Plan) -> Iterator[Wanted]:
    yield from _calls(plan)
    markup = plan.site.markup
    if not (markup.code_hooks or markup.own_link_hook or markup.own_image_hook):
        return
    from migrate.engines.hugo import Wanted

    for page in plan.needed:
        if page.format == "markdown":
            for key, text in dict(hooked.questions(page, plan)).items():
                yield Wanted(key, page, text)


def _calls(plan: Plan) -> Iterator[Wanted]:
    """The calls that only Hugo can render."""
    known = dict(plan.site.templates) | _inline_shortcodes(plan)
    if not known:
        return
    from migrate.engines.hugo import Wanted

    seen: set[str] = set()
    for page, source in blocks.with_calls(plan.calling(known)):
        for call, in_markdown in _unknown(lex(source, plan.closers).calls, plan):
            key = calls.key(call, source, page)
            if key not in seen:
                seen.add(key)
                text = source[call.start : call.end]
                yield Wanted(key, page, _as_markdown(text, call) if in_markdown else text)


def _inline_shortcodes(plan: Plan) -> dict[str, object]:
    """The names of the inline shortcodes that pages define, where Hugo runs them."""
    if not plan.site.runs_inline_shortcodes:
        return {}
    named = (name for names in plan.calls.values() for name in names)
    return {name: None for name in named if name.endswith(".inline")}


def _unknown(
    found: Sequence[Shortcode], plan: Plan, *, in_markdown: bool = False
) -> Iterator[tuple[Shortcode, bool]]:
    """Calls that Hugo must render; what is inside them is rendered with them.

    With each, whether what it prints is read as Markdown: a `%` call is around it.
    """
    for call in found:
        if calls.needs_hugo(call, plan.site, plan.themes):
            if call.inline or call.name.lower() in plan.site.templates:
                yield call, in_markdown
        else:
            inside = in_markdown or call.markup == "%"
            yield from _unknown(call.children, plan, in_markdown=inside)


def _as_markdown(text: str, call: Shortcode) -> str:
    """A call whose output Hugo reads as Markdown, without the margin that its place gives it."""
    if call.markup == "<":
        opener = call.inner_start - call.start if call.paired else len(text)
        ends = [2, opener - 3]
        if call.paired:
            ends += [text.rindex("{{<") + 2, len(text) - 3]
        for at in ends:
            text = f"{text[:at]}%{text[at + 1 :]}"
    first, line_break, rest = text.partition("\n")
    return first + line_break + textwrap.dedent(rest)


def _whole_pages(plan: Plan, pages: Sequence[Page]) -> dict[str, str]:
    from migrate.engines.hugo import render_site

    rendering = render_site(plan.whole)
    return {
        page.identity: found.content
        for page in pages
        if (found := rendering.pages.get(page.url)) and found.content.strip() and not found.error
    }


def _hashes(
    plan: Plan,
    wanted: Sequence[Wanted],
    pages: Sequence[Page],
    layouts: Layouts,
    lists: frozenset[str],
) -> dict[str, str]:
    """For each answer the hash of all that it may depend on: configuration, data, layouts, its
    own page, every page where a template looks at others, and files where one reads some."""
    from migrate.engines.pieces import own_notes

    site = plan.whole
    fixed = digest(site.config, site.data, layouts.hash)
    about = ((p.url, p.title, p.date, p.weight, p.front) for p in site.pages)
    every = digest(*about) if lists else ""
    hashes = {
        w.key: digest(
            fixed,
            every if w.key in lists else "",
            layouts.files_for(w.text),
            *(w.key, repr(w.page.front), w.text),
            *(own_notes(w.page.body) if w.page.format == "markdown" else ()),
        )
        for w in wanted
    }
    return hashes | {p.identity: digest(fixed, p.identity, repr(p.front), p.body) for p in pages}


def read_answers(record: Path) -> Kept:
    """The answers kept in the record's folder; none where there are none that can be read."""
    try:
        found = json.loads((record / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Kept()
    if not isinstance(found, dict):
        return Kept()
    reasons = {key: value.get(_REFUSED) for key, value in found.items() if isinstance(value, dict)}
    return Kept(
        {key: value for key, value in found.items() if isinstance(value, str)},
        {key: reason for key, reason in reasons.items() if isinstance(reason, str)},
    )


def with_answers(plan: Plan, answers: Answers, memory: Memory = NOTHING) -> Plan:
    """The plan that knows what Hugo rendered, and the links and anchors in it."""
    if not (answers.html or answers.refused):
        return plan
    labels = plan.labels
    if any("#" in html or " id=" in html for html in answers.html.values()):
        labels = labels_with(plan, answers.html, memory)
    return replace(
        plan,
        rendered=answers.html,
        refused=answers.refused,
        lists=answers.lists,
        labels=labels,
    )
