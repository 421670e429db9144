"""Tiny sites with every rule of Hugo's content model, compared with what real Hugo makes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hugo_oracle import hugo_pages, write_site
from tiny_sites import SITES

from migrate.model import Page, Site
from migrate.options import Options
from migrate.read import read_site


@pytest.mark.parametrize("name", SITES)
def test_equals_hugo(name: str, tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", dict(SITES[name]))
    public = tmp_path / "public"
    theirs = {_key(page["url"]): page for page in hugo_pages(root, public)}
    site = read_site(str(root), Options(now=datetime(2026, 6, 1, tzinfo=UTC)))
    ours = {_key(site.base_path + page.url): page for page in site.pages}

    assert sorted(ours) == sorted(theirs)
    for url, page in ours.items():
        assert (url, _facts(page, site)) == (url, _hugo_facts(theirs[url]))
    assert _order(site) == {
        page["language"]: [key for url in page["order"] if (key := _key(url)) in theirs]
        for page in theirs.values()
        if page["kind"] == "home"
    }
    assert _menus(site) == {
        page["language"]: page["menus"] for page in theirs.values() if page["kind"] == "home"
    }
    assert _files(site) == {
        "/" + path.relative_to(public).as_posix()
        for path in public.rglob("*")
        if path.is_file() and path.suffix not in (".html", ".xml", "")
    } | ({"/.nojekyll"} if "static/.nojekyll" in SITES[name] else set())
    redirects = {
        _key("/" + path.relative_to(public).as_posix())
        for path in public.rglob("*.html")
        if path.is_file() and 'http-equiv="refresh"' in path.read_text("utf-8")
    }
    assert {_key(alias) for page in site.pages for alias in page.aliases} == redirects


def _key(url: str) -> str:
    """One form for `/a/` and `/a/index.html`."""
    url = unquote(url)
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def _facts(page: Page, site: Site) -> dict[str, Any]:
    base = site.base_path
    return {
        "kind": page.kind,
        "title": page.title,
        "path": page.logical,
        "language": page.language,
        "section": page.section,
        # Hugo's date of a list is that of its newest page.
        "date": page.date if page.kind == "page" else "",
        "weight": page.weight,
        "resources": sorted(
            unquote(base + asset.url) for asset in page.resources if asset.published
        ),
        "terms": sorted(unquote(base + url) for urls in page.terms.values() for url in urls),
        "params": _handed_down({**page.front, **page.front.get("params", {})}),
    }


def _hugo_facts(page: Mapping[str, Any]) -> dict[str, Any]:
    date = page["date"] if page["kind"] == "page" else ""
    generated = page["kind"] != "page" and not page["file"]
    return {
        "kind": page["kind"],
        "title": page["title"],
        "path": page["path"],
        "language": page["language"],
        "section": page["section"],
        "date": "" if date.startswith("0001") else date,
        "weight": page["weight"],
        "resources": [] if generated else sorted(unquote(url) for url in page["resources"] if url),
        "terms": sorted(unquote(url) for url in page["terms"]),
        "params": _handed_down(page["params"]),
    }


def _handed_down(params: Mapping[str, Any]) -> dict[str, Any]:
    """Those that the sites' cascades are about; Hugo adds some of its own."""
    return {key: value for key, value in params.items() if key in "c deep k n m fromhome".split()}


def _order(site: Site) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {language.code: [] for language in site.languages}
    for page in site.pages:
        if page.kind == "page":
            found[page.language].append(_key(site.base_path + page.url))
    return found


def _menus(site: Site) -> dict[str, Any]:
    return {
        language.code: {
            name: [
                {
                    "name": entry.name,
                    "url": entry.url if "//" in entry.url else quote(site.base_path + entry.url),
                    "children": [child.name for child in entry.children],
                }
                for entry in entries
            ]
            for name, entries in language.menus.items()
        }
        for language in site.languages
    }


def _files(site: Site) -> set[str]:
    assets = [*site.assets, *(asset for page in site.pages for asset in page.resources)]
    return {unquote(asset.url) for asset in assets if asset.published}
