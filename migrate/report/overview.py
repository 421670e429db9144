"""Overview: the numbers of a whole site, as bars that are drawn and named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate.diagnostics import CODES
from migrate.report.pages import ENGINE, Row

MOST_BARS = 10
"""Bars of one chart; the rest is told as a number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar."""

    name: str
    colour: str
    """Name of a colour of the style sheet."""
    count: int
    start: float
    """Where it begins, in hundredths of the chart's width."""
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart."""

    label: str
    parts: tuple[Part, ...]
    total: int
    query: str = ""
    """What the list of pages is filtered by when a person follows the bar."""
    hint: str = ""

    @property
    def told(self) -> str:
        """The bar in words."""
        return ", ".join(f"{part.count} {part.name}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one heading."""

    title: str
    says: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...] = ()
    """(name, colour) of parts."""
    left: int = 0
    """Bars that are not shown."""


_VERDICTS = {
    "identical": "good", "differs": "look", "missing": "bad",
    "not comparable": "calm", "not compared": "none",
}  # fmt: skip
_OUTCOMES = {"mapped": "good", "rendered": "calm", "kept": "look", "dropped": "bad"}
_FATES = {"same": "good", "redirected": "calm", "gone": "bad"}


def charts(rows: Sequence[Row], summary: Mapping[str, Any]) -> list[Chart]:
    """All charts that have something to show. `summary` is the record of the last conversion."""
    made = [
        _fidelity(rows),
        _shortcodes(summary.get("shortcodes") or {}),
        _codes(rows, summary.get("diagnostics") or []),
        _urls(summary.get("urls") or {}),
    ]
    return [chart for chart in made if chart.bars]


def tiles(rows: Iterable[Row]) -> dict[str, int]:
    """Pages by how far they are to be trusted."""
    found = Counter(row.trust for row in rows)
    return {trust: found[trust] for trust in ("safe", "changed", "by hand")}


def _fidelity(rows: Sequence[Row]) -> Chart:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row.section][row.verdict or "not compared"] += 1
    table = {name or "(root)": (found, f"section={name or '-'}") for name, found in counts.items()}
    return _chart(
        "Fidelity by section", "pages compared with what Hugo shows", table, _VERDICTS, scaled=False
    )


def _shortcodes(outcomes: Mapping[str, Mapping[str, int]]) -> Chart:
    table = {name: (Counter(found), "") for name, found in outcomes.items()}
    return _chart("Outcomes by shortcode", "what became of each call", table, _OUTCOMES)


def _codes(rows: Iterable[Row], diagnostics: Iterable[Mapping[str, Any]]) -> Chart:
    counts = Counter((str(d["code"]), str(d["severity"])) for d in diagnostics)
    engine = sum(ENGINE in row.codes for row in rows)
    bars = {}
    for (code, severity), count in counts.items():
        known = CODES.get(code)
        label = f"{code} {known.name}" if known else code
        bars[label] = (Counter({severity: count}), f"code={code}")
    if engine:
        bars["said by mystmd"] = (Counter({"warning": engine}), f"code={ENGINE}")
    colours = {"error": "bad", "warning": "look", "info": "calm"}
    return _chart("Diagnostics by code", "what the conversion reported", bars, colours)


def _urls(fates: Mapping[str, int]) -> Chart:
    table = {
        {"same": "same address", "redirected": "redirected", "gone": "gone"}.get(fate, fate): (
            Counter({fate: count}), "",
        )
        for fate, count in fates.items()
        if count
    }  # fmt: skip
    return _chart("Addresses of the old site", "where readers and links arrive", table, _FATES)


def _chart(
    title: str,
    says: str,
    table: Mapping[str, tuple[Counter[str], str]],
    colours: Mapping[str, str],
    *,
    scaled: bool = True,
) -> Chart:
    """`scaled` bars are as long as their totals; others fill the width and show shares."""
    ordered = sorted(table.items(), key=lambda item: (-item[1][0].total(), item[0]))
    longest = max((counts.total() for counts, _ in table.values()), default=1) or 1
    bars = []
    for label, (counts, query) in ordered[:MOST_BARS]:
        whole = longest if scaled else counts.total() or 1
        bars.append(Bar(label, _parts(counts, colours, whole), counts.total(), query))
    used = {name for bar in bars for name in (part.name for part in bar.parts)}
    legend = tuple((name, colour) for name, colour in colours.items() if name in used)
    return Chart(title, says, tuple(bars), legend, max(0, len(ordered) - MOST_BARS))


def _parts(counts: Counter[str], colours: Mapping[str, str], whole: int) -> tuple[Part, ...]:
    parts, start = [], 0.0
    for name in (*colours, *sorted(set(counts) - set(colours))):
        if count := counts[name]:
            width = 100 * count / whole
            parts.append(Part(name, colours.get(name, "none"), count, start, width))
            start += width
    return tuple(parts)
