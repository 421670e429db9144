"""`check` and `verify`: what the real engines say of the result."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrate.cli.settings import (
    dest_argument,
    json_option,
    read_options,
    source_argument,
    source_options,
)

if TYPE_CHECKING:
    from migrate.options import Options
    from migrate.verification import PageVerdict, Verified

_EXAMPLES = 10
"""Pages with differences that are shown without --verbose."""


@click.command()
@dest_argument
@click.option(
    "--source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The Hugo site's folder, for lines in its files (default: as of the last run).",
)
@click.option("--no-build", is_flag=True, help="Only our own checks, without mystmd.")
@json_option
def check(dest: Path, source: Path | None, *, no_build: bool, as_json: bool) -> None:
    """Build the project DEST with the real mystmd and lead what it says back to the old site.

    Each finding has its place in DEST, its place in the Hugo sources, and who is to mend it: the
    conversion, the original page, or an edit made by hand. Exit code: 0 nothing, 1 findings.
    """
    from migrate import checking
    from migrate.unchanged import last_source

    found = checking.check(dest, source or last_source(dest), build=not no_build)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=1))
    for finding in () if as_json else found:
        code = f" {finding.code}" if finding.code else " mystmd"
        click.echo(f"{finding.file}:{finding.line}: {finding.severity}{code}: {finding.text}")
        if finding.source:
            line = f":{finding.source_line}" if finding.source_line else ""
            click.echo(f"    from {finding.source}{line}, to be mended in the {finding.blame}")
    if not as_json:
        click.echo(f"{len(found)} findings" if found else "nothing to find fault with")
    sys.exit(bool(found))


@click.command()
@source_argument
@dest_argument
@source_options
@click.option(
    "--sample",
    type=click.IntRange(1),
    default=None,
    help="Compare only so many pages: mystmd takes a tenth of a second for each.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=100,
    show_default=True,
    help="Exit with 1 if fewer per cent of the pages compared show the same words.",
)
@json_option
@click.option("-v", "--verbose", is_flag=True, help="Show all differences of all pages.")
def verify(
    source: str, dest: Path, *, sample: int | None, fail_under: float, as_json: bool,
    verbose: bool, **given: Any,
) -> None:  # fmt: skip
    """Compare, page by page, what Hugo rendered of SOURCE with what mystmd makes of DEST.

    Words in order, headings, links with their targets, images, captions, code, tables, lists,
    footnotes, admonitions, math and embeds. A feed's own HTML stands for Hugo.

    A page with a shortcode whose template isn't here can't be compared, for Hugo shows it in
    part; it is named and doesn't count. Exit code: 0 proved, 1 fewer pages than --fail-under
    show the same words, a page is missing, or nothing could be compared.
    """
    found = verified(source, dest, read_options(source, dest, **given), sample=sample or 0)
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    else:
        print_verified(found, verbose=verbose)
    sys.exit(int(found.same_words < fail_under or found.verdicts()["missing"] > 0))


def verified(source: str, dest: Path, options: Options, *, sample: int) -> Verified:
    """Compare; the source is read once more, as it is now."""
    from migrate import pipeline, verification

    return verification.verify(pipeline.load(source, options, dest), dest, sample=sample)


def print_verified(found: Verified, *, verbose: bool) -> None:
    """Pages that aren't proved and who is to blame, what could not be compared, and totals."""
    from migrate.inspect.amounts import many

    unproved = sorted(found.unproved, key=lambda page: not page.compared)
    for page in unproved if verbose else unproved[:_EXAMPLES]:
        _print_page(page, verbose=verbose)
    if not verbose and len(unproved) > _EXAMPLES:
        click.echo(f"and {many(len(unproved) - _EXAMPLES, 'more page')} (--verbose)")
    for message in found.messages:
        click.echo(f"mystmd: {message}")
    click.echo("")
    if found.stubs:
        names = ", ".join(found.stubs[:8]) + ("…" if len(found.stubs) > 8 else "")
        click.echo(f"templates missing: {names}")
    if found.lost:
        click.echo(f"mended so that Hugo could build: {many(len(found.lost), 'file')}, "
                   f"the first is {next(iter(found.lost))}")  # fmt: skip
    if found.sampled:
        click.echo(
            f"a sample of {many(found.sampled, 'page')}; links between pages are not compared"
        )
    verdicts = (f"{count} {verdict}" for verdict, count in found.verdicts().most_common())
    click.echo("pages:       " + ", ".join(verdicts))
    if found.kinds():
        kinds = ", ".join(f"{n} {kind}" for kind, n in found.kinds().most_common())
        click.echo(f"differences: {kinds}")
    if blames := found.blames():
        click.echo("to be mended in the " + ", the ".join(f"{b}: {n}" for b, n in blames.items()))
    if count := len(found.compared):
        share = f"{found.same_words:.1f} % of {many(count, 'page')} compared"
    else:
        share = "nothing could be compared, so nothing is proved"
    click.echo(f"same words:  {share}")


def _print_page(page: PageVerdict, *, verbose: bool) -> None:
    click.echo(f"{page.source} -> {page.file}: {page.verdict}")
    click.echo(f"    to be mended in the {page.blame}: {page.why}")
    told = page.comparison.differences if page.compared or verbose else ()
    for d in told if verbose else told[:3]:
        click.echo(f"    line {d.line}: {d.kind}: {d.hugo!r} in Hugo, {d.myst!r} in MyST")
    if not verbose and len(told) > 3:
        click.echo(f"    and {len(told) - 3} more")
