"""The files around the pages: project, redirects, feed, URL map, ledger, report; and page notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from migrate import __version__
from migrate.diagnostics import from_row, to_row
from migrate.model import Asset, Converted, Diagnostic, Output, Page
from migrate.plan import Plan
from migrate.write import feed, ledger, redirects
from migrate.write.ledger import Entry
from migrate.write.paths import RECORD
from migrate.write.site import project

FEED = "index.xml"


@dataclass(frozen=True, slots=True)
class Around:
    """What a project has beside its pages."""

    outputs: tuple[Output, ...]
    assets: tuple[Asset, ...]
    """Further files that the project needs: logo, favicon."""
    ledger: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]


def around(plan: Plan, used: Mapping[str, Asset], former: Mapping[str, str]) -> Around:
    """Everything beside the pages. `used` are the assets that pages need, by URL; `former` are
    URLs that pages had in earlier runs, with the page's identity."""
    branding = project(plan).assets
    kept = {**used, **{asset.url: asset for asset in branding}}
    outputs: list[Output] = []
    feeds = []
    if rss := feed.feed(plan):
        feeds.append(f"/{FEED}")
        outputs.append(_output(PurePosixPath("feed", FEED), rss))
    entries = ledger.ledger(plan, kept, feeds, former)
    stubs, static, said = redirects.files(entries, plan.options.redirects)
    outputs += [_output(path, data) for path, data in stubs.items()]
    static += [f"feed/{FEED}"] if feeds else []
    static += sorted({plan.asset_places[a.url].parts[0] for a in kept.values() if a.published})
    outputs += project(plan, static).outputs
    outputs.append(record_file("urls.json", _urls(plan)))
    outputs.append(record_file("ledger.json", ledger.as_json(entries)))
    return Around(tuple(outputs), branding, entries, tuple(said))


def _output(path: PurePosixPath, data: bytes) -> Output:
    return Output(path, data, f"made:{path}")


def record_file(name: str, value: Any) -> Output:
    """A JSON file of ours in the record's folder."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return _output(PurePosixPath(RECORD, name), text.encode("utf-8", "backslashreplace"))


def _urls(plan: Plan) -> dict[str, str]:
    """`{"/old/url/": "new/file.md"}` for every page and alias."""
    urls: dict[str, str] = {}
    for page in plan.site.pages:
        for url in (page.url, *page.aliases):
            urls.setdefault(url, str(plan.places[page.identity]))
    return dict(sorted(urls.items()))


def summary(
    title: str,
    pages: int,
    diagnostics: Iterable[Diagnostic],
    calls: Mapping[tuple[str, str], int],
    links: int,
    urls: Mapping[str, int],
) -> dict[str, Any]:
    """What a conversion did, as a JSON object."""
    told = sorted(diagnostics, key=lambda d: (d.source, d.line, d.code, d.message))
    outcomes: dict[str, dict[str, int]] = {}
    for (name, outcome), count in sorted(calls.items()):
        outcomes.setdefault(name, {})[outcome] = count
    return {
        "version": __version__,
        "source": title,
        "pages": pages,
        "urls": dict(urls),
        "links": links,
        "shortcodes": outcomes,
        "diagnostics": [asdict(d) for d in told],
    }


def report(*parts: Any) -> Output:
    """`.hugo2myst/report.json`."""
    return record_file("report.json", summary(*parts))


def to_note(converted: Converted, others: str) -> dict[str, Any]:
    """What the next run needs to know of a page that it doesn't convert again."""
    return {
        "others": others,
        "wide": converted.wide,
        "links": converted.links,
        "asked": [list(question) for question in converted.asked],
        "assets": [asset.url for asset in converted.assets],
        "calls": [list(call) for call in converted.calls],
        "diagnostics": [to_row(d) for d in converted.diagnostics],
    }


def from_note(note: Mapping[str, Any], page: Page, plan: Plan) -> Converted | None:
    """The page as it was converted, without its text; None where an asset is gone."""
    assets = [plan.links.by_url(url) for url in note["assets"]]
    if None in assets:
        return None
    return Converted(
        Output(plan.places[page.identity], b"", page.identity),
        tuple(asset for asset in assets if asset is not None),
        tuple(from_row(row) for row in note["diagnostics"]),
        tuple((name, outcome) for name, outcome in note["calls"]),
        note["links"],
        tuple((way, dest, language, text) for way, dest, language, text in note["asked"]),
        note["wide"],
    )
