"""The way from a page to the same page in other languages.

Themes show it in the frame of the page. MyST knows no languages and has no such place, so that it
is the last thing in the page, in a `{div}` whose class tells what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate import myst
from migrate.convert.cards import words
from migrate.destinations import written
from migrate.model import Target

if TYPE_CHECKING:
    from migrate.context import Context
    from migrate.model import Page


def other_languages(page: Page, ctx: Context) -> str:
    """Links to the page's translations, in the order of the site's languages; else empty."""
    links = []
    for other in ctx.plan.translations.get(page.identity, ()):
        name = words(_name(other, ctx), ctx, in_link=True)
        links.append(f"[{name}]({written(Target('page', other), page, ctx.plan)})")
    return myst.directive(f"div .{myst.TRANSLATIONS}", body=" · ".join(links)) if links else ""


def _name(page: Page, ctx: Context) -> str:
    languages = ctx.plan.whole.languages
    found = next((one for one in languages if one.code == page.language), None)
    return (found.name or found.title or found.code) if found else page.language
