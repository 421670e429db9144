"""What the corpus lacks, page by page: such a page can't be held against Hugo's as a whole.

The sites' templates are not in the corpus. What a shortcode shows that no theme's catalogue knows,
or a theme's render hook adds, is in Hugo's HTML and nowhere in what is converted. So is what was
fetched from the network. `corpus_lacks.yaml` names what can't be told by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from migrate.check.blame import Told
from migrate.check.targets import trimmed
from migrate.plan import Plan

CAUSES = {
    "source": "the page's source isn't in the corpus",
    "shortcode": "the template of a shortcode isn't in the corpus",
    "file": "a file that a shortcode reads isn't in the corpus",
    "hook": "the theme's render hook isn't in the corpus",
    "broken": "Hugo shows the source of a call, or a part of it, as it was typed",
}
DIFFERS = "differs"
"""Of an entry in the file that tells why a whole page differs."""
_CODES = {
    "HM301": "shortcode", "HM801": "shortcode", "HM306": "file", "HM122": "file", "HM312": "broken",
}  # fmt: skip
STUB = "data-h2m-shortcode"
"""In the HTML of `truth.jsonl`, in place of a shortcode for which Hugo had no template."""


@cache
def named() -> list[dict[str, Any]]:
    """The entries of the file, checked."""
    entries: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text("utf-8")
    )
    for entry in entries:
        assert entry["proof"]
        assert entry["cause"] in (*CAUSES, DIFFERS)
    return entries


def lacking(
    site: str, plan: Plan, truth: Iterable[Mapping[str, Any]], told: Told
) -> dict[str, tuple[str, str]]:
    """URL of a page -> the cause for which it isn't whole, one of `CAUSES`, and what tells so.

    `truth` is what Hugo rendered, `told` what the conversion said.
    """
    pages = {trimmed(page.url): page for page in plan.site.pages}
    found = {}
    for row in truth:
        url = row["relpermalink"].removeprefix(plan.site.base_path)
        page = pages.get(trimmed(url))
        if page is None:
            found[url] = ("source", f"{row['source']} isn't there")
        elif STUB in row["content"]:
            found[url] = ("shortcode", "Hugo had no template for a call either")
        elif said := [one for one in told.pages.get(page.name, ()) if one[0] in _CODES]:
            code, message = said[0]
            found[url] = (_CODES[code], f"{code}: {message}")
        elif entry := _entry(site, url, row["content"], plan.calls.get(page.identity, ())):
            found[url] = (entry["cause"], entry["why"])
    return found


def why_differs(site: str, url: str) -> str:
    """The cause, found by reading both pages, for which a whole page differs."""
    return next((one["why"] for one in _entries(site, differs=True) if url in one["pages"]), "?")


def _entries(site: str, *, differs: bool) -> Iterator[dict[str, Any]]:
    for entry in named():
        if entry["site"] == site and (entry["cause"] == DIFFERS) is differs:
            yield entry


def _entry(site: str, url: str, html: str, calls: Iterable[str]) -> dict[str, Any] | None:
    for entry in _entries(site, differs=False):
        if (
            url in entry.get("pages", ())
            or entry.get("trace", "\0") in html
            or not set(entry.get("shortcodes", ())).isdisjoint(calls)
        ):
            return entry
    return None
