"""An inspection and what is known of shortcodes, printed: tables on a terminal, plain in a pipe."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from migrate.inspect.amounts import many, size
from migrate.inspect.estimate import BROKEN

if TYPE_CHECKING:
    from rich.console import Console

    from migrate.inspect import Inspection
    from migrate.inspect.findings import Decision
    from migrate.inspect.known import Explained, OnSite

_ROWS = 15
"""Rows of a table, unless all are wanted."""
_NEVER = 10_000
"""Columns of a pipe: lines aren't broken there."""


def console() -> Console:
    """Where to print: as wide as the terminal; colours only there, and if NO_COLOR lets us."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _NEVER
    return Console(width=width, highlight=False, markup=False, emoji=False)


class Printer:
    """Prints headings, tables and lists."""

    def __init__(self, *, all_rows: bool = False) -> None:
        self._console = console()
        self.all_rows = all_rows

    def heading(self, text: str) -> None:
        """A line over what follows."""
        self._console.print()
        self._console.print(_clean(text), style="bold")

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """A line of text, broken between words; all parts of it are indented."""
        from rich.padding import Padding
        from rich.text import Text

        words = Text(_clean(text), style=style)
        self._print(Padding(words, (0, 0, 0, indent), expand=False) if indent else words)

    def _print(self, what: Any) -> None:
        with self._console.capture() as drawn:
            self._console.print(what)
        for line in drawn.get().rstrip("\n").split("\n"):
            print(line.rstrip(" "))

    def listed(self, rows: Sequence[tuple[str, str]]) -> None:
        """Things at their places, as a compiler names them."""
        shown = rows if self.all_rows else rows[:_ROWS]
        for what, place in shown:
            self.line(what)
            self.line(place, "dim", indent=4)
        self._more(len(rows) - len(shown))

    def _more(self, count: int) -> None:
        if count:
            self.line(f"… and {count} more (--all lists them)", "dim")

    def block(self, text: str) -> None:
        """Lines to copy: never broken, never changed."""
        for line in text.rstrip("\n").split("\n"):
            print(_clean(line).rstrip())

    def table(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A table; numbers stand on the right. Says how many rows are not shown."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for at, name in enumerate(names):
            number = bool(rows) and isinstance(rows[0][at], int)
            last = at == len(names) - 1
            table.add_column(
                name, justify="right" if number else "left", no_wrap=number,
                overflow="fold", ratio=None, min_width=12 if last and not number else None,
            )  # fmt: skip
        shown = rows if self.all_rows else rows[:_ROWS]
        for row in shown:
            table.add_row(*(_clean(str(cell)) for cell in row))
        self._print(table)
        self._more(len(rows) - len(shown))


def _clean(text: str) -> str:
    """Text without control characters: what a site holds must not steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def print_inspection(found: Inspection, *, all_rows: bool) -> None:
    """Everything, the decisions last, so that they are in sight."""
    out = Printer(all_rows=all_rows)
    base = f" ({found.base_url})" if found.base_url else ""
    out.line(f"{found.title or 'Untitled'}{base}: {found.kind}, {found.pages.total} pages", "bold")
    _pages(found, out)
    if found.themes:
        out.heading("Themes and modules")
        rows = [
            ("here" if one.here else "not here", one.known or "none", one.name)
            for one in found.themes
        ]
        out.table(("files", "our mapping", "name"), rows)
    _contents(found, out)
    _links_and_files(found, out)
    _left(found, out)
    _decisions(found.decisions, out)


def _pages(found: Inspection, out: Printer) -> None:
    out.heading("Pages")
    pages = found.pages
    rows: list[tuple[str, str]] = [
        ("kind", _counts(pages.by_kind)),
        ("section", _counts(pages.by_section)),
        ("language", _counts(pages.by_language)),
        ("format", _counts(pages.by_format)),
    ]
    if pages.withheld:
        rows.append(("not public", _counts(pages.withheld)))
    out.table(("by", "pages"), [row for row in rows if row[1]])


def _counts(counts: Mapping[str, int]) -> str:
    rows = [f"{name} {count}" for name, count in counts.items()]
    more = f", {len(rows) - _ROWS} more" if len(rows) > _ROWS else ""
    return ", ".join(rows[:_ROWS]) + more


def _contents(found: Inspection, out: Printer) -> None:
    if found.shortcodes:
        out.heading("Shortcodes")
        rows = [(s.name, s.calls, s.defined, s.becomes) for s in found.shortcodes]
        out.table(("name", "calls", "defined", "becomes"), rows)
    if found.html:
        out.heading("Raw HTML")
        html = [(f"<{e.name}>", e.count, e.pages, e.left, e.becomes) for e in found.html]
        out.table(("element", "count", "pages", "stay", "becomes"), html)
    if found.frontmatter:
        out.heading("Front matter")
        keys = [(k.name, k.pages, _fates(k.becomes)) for k in found.frontmatter]
        out.table(("key", "pages", "becomes"), keys)


def _fates(becomes: Mapping[str, int]) -> str:
    if len(becomes) == 1:
        return next(iter(becomes))
    return "; ".join(f"{fate} ({count})" for fate, count in becomes.items())


def _links_and_files(found: Inspection, out: Printer) -> None:
    if found.broken_links:
        out.heading(f"Links that are broken already: {len(found.broken_links)}")
        if out.all_rows:
            rows = [(one.what, f"{one.source}:{one.line}") for one in found.broken_links]
        else:
            counts = Counter(one.what for one in found.broken_links)
            first = {one.what: f"{one.source}:{one.line}" for one in found.broken_links[::-1]}
            rows = [
                (what, first[what] + (f" and {many(n - 1, 'other place')}" if n > 1 else ""))
                for what, n in counts.most_common()
            ]
        out.listed(rows)
    files = found.files
    if files.count:
        out.heading("Files")
        unused, weight = files.count - files.used, files.size - files.used_size
        out.line(f"{files.used} used ({size(files.used_size)}), {unused} unused ({size(weight)})")
        suffixes = [*files.by_suffix.items()][:8]
        out.line(", ".join(f"{name} {size(weight)}" for name, weight in suffixes))
        if files.largest_unused:
            out.line("largest unused: " + ", ".join(
                f"{name} ({size(weight)})" for name, weight in files.largest_unused
            ))  # fmt: skip
    if found.elsewhere:
        out.heading("From elsewhere")
        out.table(("what", "where", ""), [(e.kind, e.where, e.note) for e in found.elsewhere])


def _left(found: Inspection, out: Printer) -> None:
    told = [one for one in found.said if one.severity != "info" or out.all_rows]
    told = [one for one in told if one.code not in BROKEN]
    if told:
        out.heading("What else a conversion would say")
        rows = [(f"{s.count:5} {s.severity:8} {s.code} {s.message}", s.place) for s in told]
        out.listed(rows)
    out.heading("What is left to do by hand")
    left = found.estimate
    out.line(f"{left.clean} of {many(found.pages.total, 'page')} need nothing, {left.look} have a "
             f"place to look at, {left.by_hand} need a person.")  # fmt: skip
    hours, minutes = divmod(left.minutes, 60)
    time = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
    out.line(f"About {time}: 10 minutes for a shortcode to map ({left.shortcodes}), 5 for an "
             "error, 1 for a warning. Links that are broken already don't count.")  # fmt: skip


def _decisions(decisions: Iterable[Decision], out: Printer) -> None:
    decisions = tuple(decisions)
    if not decisions:
        return
    out.heading("To decide: lines for hugo2myst.yml (`hugo2myst init` writes the file)")
    for one in decisions:
        out.line()
        out.line(one.question)
        out.line(f"({one.why})", "dim")
        out.line()
        out.block(one.lines)


def print_names(names: Mapping[str, Sequence[str]]) -> None:
    """Every shortcode that the tool knows."""
    out = Printer(all_rows=True)
    out.table(
        ("name", "themes"), [(name, ", ".join(found) or "none") for name, found in names.items()]
    )
    out.line()
    out.line(f"{len(names)} names. What one becomes: hugo2myst shortcodes NAME [--site SOURCE]")


def print_explained(name: str, found: Sequence[Explained], site: OnSite | None) -> None:
    """What the tool does with one shortcode, on a site and by each theme."""
    out = Printer(all_rows=True)
    if site is not None:
        out.line(f"{name} on this site: {site.calls} calls on {site.pages} pages", "bold")
        rows = (("defined", site.defined), ("becomes", site.becomes), ("why", site.why))
        for key, said in rows:
            out.line(f"  {key:14} {said}")
        _example(site.example, site.result, out, site.place)
    for one in found:
        out.heading(f"{name} of {one.theme}" + (f", inside {one.parent}" if one.parent else ""))
        for key, takes in one.params:
            out.line(f"  {key:14} {takes or 'by name'}")
        out.line(f"  {'holds':14} {one.inner}")
        if one.why:
            out.line(f"  {'why':14} {one.why}")
        out.line("  becomes")
        out.block("\n".join(f"    {line}" for line in one.target.split("\n")))
        _example(one.source if one.result else "", one.result, out)
    out.line()
    out.line("Asked in this order: your hugo2myst.yml, a template of the site's own (rendered by "
             "real Hugo), the themes that the site names, Hugo's own, other templates, then "
             "themes that the site doesn't name.", "dim")  # fmt: skip


def _example(source: str, result: str, out: Printer, place: str = "") -> None:
    if not source:
        return
    out.line("  example" + (f", {place}" if place else ""))
    out.block("\n".join(f"    {line}" for line in source.split("\n")))
    if result.strip():
        out.line("  gives")
        out.block("\n".join(f"    {line}" for line in result.split("\n")))
