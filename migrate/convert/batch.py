"""Many pages, one after another; a page that fails is reported and the others go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.convert.frontmatter import dump
from migrate.convert.page import convert_page
from migrate.diagnostics import MigrateError, diagnostic
from migrate.model import Converted, Output, Page
from migrate.plan import Plan

_OURS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a bug of ours may raise on a page of a kind that nobody has seen."""


def convert_all(pages: Sequence[Page], plan: Plan) -> Iterator[tuple[Page, Converted]]:
    """Convert `pages`, in their order."""
    for page in pages:
        yield page, convert_one(page, plan)


def convert_one(page: Page, plan: Plan) -> Converted:
    """The page converted; where that fails its source as it is, and an error that says so."""
    try:
        return convert_page(page, plan)
    except MigrateError as error:
        said = diagnostic("HM120", page.name, error.line, reason=error.message)
    except _OURS as error:
        said = diagnostic("HM121", page.name, page.body_line, reason=f"{type(error).__name__}: {error}")
    text = f"---\n{dump({'title': page.title})}---\n\n{page.body}"
    return Converted(Output(plan.places[page.identity], text.encode(), page.identity), (), (said,))
