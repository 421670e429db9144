"""The fixture site of the shortcodes, under any theme of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from migrate import pipeline, themes
from migrate.context import Context, Record
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.model import Page
from migrate.options import Options
from migrate.plan import Plan
from migrate.read import bibliography, lexer
from migrate.shortcodes.files import read_files
from migrate.themes import Theme

ROOT = Path(__file__).parent.parent
SITE = ROOT / "fixtures" / "sites" / "shortcodes" / "source"
FOLDER = "p"
"""Where the page is that every snippet is converted as; its files lie there too."""


@cache
def plan() -> Plan:
    return pipeline.load(str(SITE), Options())


@cache
def works() -> bibliography.Bibliography:
    return bibliography.read(plan().site)


def under(name: str) -> tuple[Theme, ...]:
    """The look-up of a site that uses the theme, as `themes.lookup` makes it."""
    base = plan().themes
    own = [theme for theme in themes.catalogue() if theme.name == name and name != "hugo"]
    return (*own, *base)


def page() -> Page:
    return next(page for page in plan().site.pages if page.url == f"/{FOLDER}/")


def convert(text: str, theme: str = "hugo", **changes: object) -> tuple[str, Record]:
    """The MyST of a page with this body, and what was gathered; `changes` are of the plan."""
    body = replace(page(), body=text, body_line=1)
    pages = tuple(body if one.url == body.url else one for one in plan().site.pages)
    used = replace(
        plan(),
        site=replace(plan().site, pages=pages),
        themes=under(theme),
        closers=frozenset(lexer.closers(text)),
        calls={page.identity: [*lexer.names(text)] for page in pages},
    )
    used = replace(used, files=read_files(used), bibliography=works(), **changes)  # type: ignore[arg-type]
    record = Record()
    ctx = Context(body, used, markdown_to_myst, html_to_myst, record)
    return markdown_to_myst(text, ctx).strip("\n"), record


def files() -> dict[str, bytes]:
    """The files of the project that the converted pages may show."""
    base = plan()
    assets = [*base.site.assets, *(one for each in base.site.pages for one in each.resources)]
    found = {str(base.asset_places[one.url]): one.file.read_bytes() for one in assets
             if one.url in base.asset_places}  # fmt: skip
    for other in base.site.pages:
        if (
            other.url not in ("/", f"/{FOLDER}/")
            and other.kind == "page"
            and "{{" not in other.body
        ):
            text = f"---\ntitle: {other.title}\n---\n\n{other.body}"
            found[str(base.places[other.identity])] = text.encode()
    return found
