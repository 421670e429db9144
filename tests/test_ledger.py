"""Every URL of real Hugo is in the ledger, and the built project serves what the ledger says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hugo_urls import plain, published
from odd_site import FILES, UGLY
from small_site import Converted, convert_site

from migrate import pipeline
from migrate.engines import mystmd
from migrate.options import Options

Ledger = dict[str, dict[str, str]]


def ledger_of(folder: Path) -> Ledger:
    """The ledger of a project, by URL."""
    entries = json.loads((folder / ".hugo2myst/ledger.json").read_text("utf-8"))
    return {plain(entry["url"]): entry for entry in entries}


def served_by(folder: Path) -> set[str]:
    """URLs that the built project serves, without final slashes."""
    built = mystmd.build(folder)
    assert not [m for m in built.messages if "tatic file not found" in m.text]
    public = folder / "_build/site/public"
    files = {
        "/" + path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()
    }
    pages = {built_page.url for built_page in built.pages.values()}
    return pages | files | {url.removesuffix("/index.html") for url in files}


def unkept(ledger: Ledger, served: set[str]) -> list[str]:
    """URLs of which the ledger says more than is true."""
    own = {"/sitemap.xml", "/robots.txt"}
    bad = []
    for url, entry in ledger.items():
        if entry["fate"] == "same" and url not in own and (url.rstrip("/") or "/") not in served:
            bad.append(url)
        if entry["fate"] == "redirected":
            to = entry["to"]
            stub = url.rstrip("/") in served
            if not stub or ("://" not in to and (to.rstrip("/") or "/") not in served):
                bad.append(f"{url} -> {to}")
        if entry["fate"] == "gone" and not entry["why"]:
            bad.append(url)
    return bad


def site_of(files: Mapping[str, str | bytes], folder: Path) -> tuple[Converted, Ledger, set[str]]:
    """The site converted, its ledger, and Hugo's own URLs."""
    site = convert_site(folder, files)
    hugo = published(pipeline.load(folder / "site", Options(hugo=False)).site)
    return site, ledger_of(site.folder), hugo


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Converted, Ledger, set[str]]:
    return site_of(FILES, tmp_path_factory.mktemp("odd"))


def test_every_url_of_hugo_is_in_the_ledger(odd: tuple[Converted, Ledger, set[str]]) -> None:
    _, ledger, hugo = odd
    assert len(hugo) > 70
    assert hugo - set(ledger) == set()
    further = {url for url in set(ledger) - hugo if "/page/" not in url}
    assert further == {"/index.json", "/fr/index.json", "/chat", "/short"}


def test_the_project_serves_what_the_ledger_says(odd: tuple[Converted, Ledger, set[str]]) -> None:
    site, ledger, _ = odd
    assert unkept(ledger, served_by(site.folder)) == []


@pytest.mark.parametrize(
    ("url", "fate", "to"),
    [
        ("/", "same", ""),
        ("/about/", "same", ""),
        ("/fr/about/", "same", ""),
        ("/old/about/", "redirected", "/about/"),
        ("/who.html", "redirected", "/about/"),
        ("/A Space/", "redirected", "/about/"),
        ("/über-uns/", "redirected", "/uber-uns/"),
        ("/日本語/", "redirected", "/ribenyu/"),
        ("/intro/", "same", ""),
        ("/01-intro/", "redirected", "/intro-2/"),
        ("/snake-case/", "same", ""),
        ("/snake_case/", "redirected", "/snake-case-2/"),
        ("/footer/", "same", ""),
        ("/Some Where/Else.html", "redirected", "/some-where/else/"),
        ("/2024/01/news-1/", "same", ""),
        ("/docs/a/p.png", "same", ""),
        ("/docs/a/unused.ipynb", "same", ""),
        ("/docs/a/unused.png", "gone", ""),
        ("/topic/go/gopher.png", "gone", ""),
        ("/img/a b.png", "same", ""),
        ("/img/bg.png", "same", ""),
        ("/img/unused.png", "gone", ""),
        ("/css/theme.css", "gone", ""),
        ("/files/My Talk.pdf", "same", ""),
        ("/files/paper.pdf", "same", ""),
        ("/slides/talk/", "same", ""),
        ("/slides/talk/reveal.js", "same", ""),
        ("/CNAME", "same", ""),
        ("/_headers", "same", ""),
        ("/_redirects", "same", ""),
        ("/.well-known/security.txt", "same", ""),
        ("/index.xml", "same", ""),
        ("/news/index.xml", "same", ""),
        ("/topic/go/index.xml", "same", ""),
        ("/docs/index.xml", "gone", ""),
        ("/news/page/3/", "redirected", "/news/"),
        ("/topic/go/page/2/", "redirected", "/topic/go/"),
        ("/sitemap.xml", "same", ""),
        ("/fr/sitemap.xml", "gone", ""),
        ("/short", "redirected", "/about/"),
        ("/chat", "redirected", "https://chat.example.org"),
    ],
)
def test_fates(odd: tuple[Converted, Ledger, set[str]], url: str, fate: str, to: str) -> None:
    entry = odd[1][url]
    assert (entry["fate"], entry.get("to", "")) == (fate, to)


def test_downloads_with_blanks_keep_their_name(odd: tuple[Converted, Ledger, set[str]]) -> None:
    assert "![x](img/a-b.png) [t](files/My%20Talk.pdf)" in odd[0].text("uber-uns.md")


def test_the_hosts_settings_are_told(odd: tuple[Converted, Ledger, set[str]]) -> None:
    assert "HM711" in odd[0].codes()


def test_ugly_urls_in_upper_case(tmp_path: Path) -> None:
    site, ledger, hugo = site_of(UGLY, tmp_path)
    assert hugo - set(ledger) == set()
    assert unkept(ledger, served_by(site.folder)) == []
    assert ledger["/Posts/Post1.html"]["to"] == "/posts/post1/"
    assert ledger["/Posts/b.html"]["to"] == "/posts/b/"
    assert ledger["/Posts/b/i.png"]["fate"] == "gone"


MADE_BY_TEMPLATES = re.compile(r"/images/(?:qr|examples)/|/quick-reference/glossary/page/")
"""In the Hugo manual: images that shortcodes make or publish, and pagers over pages that Hugo lists
but never publishes. No page of the project leads there."""
CORPUS = Path(__file__).parents[2] / "shared/corpus"


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(p.name for p in CORPUS.glob("*") if (p / "site").is_dir()))
def test_corpus(name: str, tmp_path: Path) -> None:
    source = CORPUS / name / "site"
    pipeline.convert(source, tmp_path, Options(hugo=False))
    ledger = ledger_of(tmp_path)
    hugo = published(pipeline.load(source, Options(hugo=False)).site)
    assert {url for url in hugo - set(ledger) if not MADE_BY_TEMPLATES.match(url)} == set()
    assert unkept(ledger, served_by(tmp_path)) == []
