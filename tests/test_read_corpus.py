"""The corpus sites: the pages that real Hugo published with the site's theme, and no others."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from migrate.model import Page, Site
from migrate.options import Options
from migrate.read import read_site

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
SITES = sorted(path.parent.name for path in CORPUS.glob("*/truth.jsonl"))
NOW = datetime(2026, 8, 20, tzinfo=UTC)
"""About when the truth was rendered: the newest page's date and the oldest one in the future."""
LISTS = ("taxonomy", "term")
"""Left out of the truth."""

pytestmark = pytest.mark.corpus


def read(name: str) -> Site:
    return read_site(str(CORPUS / name / "site"), Options(now=NOW))


def truth(name: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What Hugo published, by URL and kind, of the files that the corpus has."""
    lines = (CORPUS / name / "truth.jsonl").read_text("utf-8").splitlines()
    pages = [json.loads(line) for line in lines if line]
    return {
        (unquote(page["relpermalink"]), page["kind"]): page
        for page in pages
        if not page["source"] or (CORPUS / name / "site" / page["source"]).is_file()
    }


@pytest.mark.parametrize("name", SITES)
def test_reads_the_pages_that_hugo_published(name: str) -> None:
    site, expected = read(name), truth(name)
    pages = {
        (unquote(site.base_path + page.url), page.kind): page
        for page in site.pages
        if page.kind not in LISTS
    }
    # A section whose `_index.md` was left out of the corpus is one that Hugo would make itself.
    left_out = {
        key for key, page in pages.items() if page.source is None and name == "digitalgov"
    } - set(expected)
    overwritten = {key for key in expected if key not in pages and _term_at(site, key[0])}
    assert set(pages) - left_out == set(expected) - overwritten
    for key in set(pages) & set(expected):
        assert (key, *_facts(pages[key])) == (key, *_expected(expected[key]))


def _term_at(site: Site, url: str) -> bool:
    return any(page.kind == "term" and page.url == url for page in site.pages)


def _facts(page: Page) -> tuple[object, ...]:
    date = page.date if page.kind == "page" else ""
    return page.title, page.language, str(page.source or ""), date, _redirected(page)


def _redirected(page: Page) -> bool:
    own = [alias for alias in page.aliases if alias != f"/{page.language}/"]
    return bool(own)


def _expected(page: dict[str, Any]) -> tuple[object, ...]:
    date = page["date"][:10] if page["kind"] == "page" else ""
    date = "" if date.startswith("0001") else date
    return page["title"], page["lang"], page["source"], date, bool(page["aliases"])


def test_reads_a_thousand_pages_in_less_than_a_second() -> None:
    read("hugodocs")
    started = time.perf_counter()
    site = read("hugodocs")
    assert len(site.pages) > 700
    assert time.perf_counter() - started < 1
