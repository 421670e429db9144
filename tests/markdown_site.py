"""A site in memory: Markdown bodies in, MyST bodies and diagnostics out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from migrate import themes
from migrate.context import Context
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.model import Asset, Diagnostic, Markup, Page, Site
from migrate.options import Options
from migrate.plan import Plan, make_plan

OPEN = Markup(unsafe=True)


@dataclass(frozen=True)
class Done:
    """One converted body."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    plan: Plan

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics, in order."""
        return [diagnostic.code for diagnostic in self.diagnostics]


def page(name: str, body: str) -> Page:
    """The page `content/<name>.md`."""
    return Page(
        identity=f"content/{name}.md",
        source=PurePosixPath(f"content/{name}.md"),
        kind="page",
        url=f"/{name}/",
        title=name,
        body=body,
        logical=f"/{name}",
    )


def convert_all(
    bodies: Mapping[str, str],
    markup: Markup = OPEN,
    *,
    assets: Iterable[str] = (),
    math: bool | None = None,
    by_script: Iterable[str] = (),
    hosts: tuple[str, ...] = (),
) -> dict[str, Done]:
    """Convert each body as a page of one site.

    `assets` are static files by path, `math` sets the project's dollar math against what the
    plan says, `by_script` names the pages on which a theme's script reads formulas.
    """
    files = tuple(
        Asset(PurePosixPath(f"static/{path}"), Path("/nowhere") / path, f"/{path}")
        for path in assets
    )
    pages = tuple(page(name, body) for name, body in bodies.items())
    site = Site(Path("/nowhere"), "T", hosts=hosts, markup=markup, pages=pages, assets=files)
    options = Options(hugo=False)
    plan = make_plan(site, options, themes.lookup(site, options))
    plan = replace(
        plan,
        math=plan.math if math is None else math,
        math_pages=frozenset(f"content/{name}.md" for name in by_script),
    )
    done = {}
    for converted in pages:
        ctx = Context(converted, plan, markdown_to_myst, html_to_myst)
        text = markdown_to_myst(converted.body, ctx)
        done[str(converted.title)] = Done(text, tuple(ctx.record.diagnostics), plan)
    return done


def convert(body: str, markup: Markup = OPEN, *, math: bool | None = None) -> Done:
    """Convert one body."""
    return convert_all({"page": body}, markup, math=math)["page"]
