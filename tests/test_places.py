"""Where files go: the rule by which real mystmd makes URLs, collisions, odd names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.engines import mystmd
from migrate.model import Asset, Page
from migrate.places import keeps_url, page_part, place_assets, place_pages, served

LONG = "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff"
ODD = [
    "top.md", "404.md", "_x/_y/z.md", "a.b/c.d.md", "build/x.md",
    *(
        f"docs/{name}.md"
        for name in (
            "a", "Über", "a b", "R&D", "e & f", "&x", "日本", "日本x", "v1.2.3", "2024",

            "2024-01-x", "2024x", "01-intro", "01/02_b", "007bond", "100", "12345-x", "1234567",
            "3d", "(1) one",
            "_under", "__two__", ".dot", "-dash-", "C++", "Foo_Bar", "index/x", "sub/index",
            "sub2/Index", "sub3/_index", "sub4/01-index", "index/index", "constructor", LONG,
            "b---c", "b_-_d", "İx", "Kelvin", "1", "1.2", "1_000", "x’s", "x+y~z@w", "10000x",
            "1000", "9999-xx", "x.y.ipynb", "%41", "#h", "q?r", "emoji😀x", "10-2024-z", "w--",
            "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee_",
        )
    ),
]  # fmt: skip
"""Paths of page files of which mystmd serves no two at one URL."""


def page(url: str, kind: str = "page", *, bundle: bool = False, identity: str = "") -> Page:
    """A page that Hugo publishes at `url`."""
    return Page(
        identity=identity or f"content{url}",
        source=PurePosixPath("content/x.md"),
        kind=kind,  # type: ignore[arg-type]
        url=url,
        title="",
        bundle=bundle,
    )


def place(url: str, kind: str = "page", *, bundle: bool = False) -> str:
    """Where one page alone goes."""
    return str(*place_pages([page(url, kind, bundle=bundle)]).values())


def test_served_is_mystmds_rule(tmp_path: Path) -> None:
    for name in ["index.md", *ODD]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# T\n", encoding="utf-8")
    project = {
        "project": {"toc": [{"file": name} for name in ["index.md", *ODD]]},
        "site": {"template": "book-theme", "options": {"folders": True}},
    }
    (tmp_path / "myst.yml").write_text(yaml.safe_dump({"version": 1, **project}), encoding="utf-8")
    built = mystmd.build(tmp_path)
    assert {name: built.pages[name].url for name in ODD} == {
        name: served(PurePosixPath(name)) for name in ODD
    }


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/about/", "about.md"),
        ("/posts/a/", "posts/a.md"),
        ("/posts/a.html", "posts/a.md"),
        ("/2024/01/15/a/", "2024/01/15/a.md"),
        ("/posts/über-uns/", "posts/uber-uns.md"),
        ("/日本語/", "ribenyu.md"),
        ("/posts/a%20b/", "posts/a-b.md"),
        ("/v1.2/x/", "v1.2/x.md"),
        ("/con/nul.html", "con-page/nul-page.md"),
        ("/_build/x/", "build/x.md"),
        ("/posts/index/", "posts/index/index.md"),
        ("/posts/_index/", "posts/_index/index.md"),
        ("/footer/", "footer/index.md"),
        ("/🎉/", "tada.md"),
        ("/++/", "page-2b-2b.md"),
        ("/a/../../etc/", "a/etc.md"),
        ("/a%2Fb/", "a-b.md"),
    ],
)
def test_a_page_is_named_for_its_url(url: str, file: str) -> None:
    assert place(url) == file


def test_pages_with_a_folder_of_their_own() -> None:
    assert place("/", "home") == "index.md"
    assert place("/posts/", "section", bundle=True) == "posts/index.md"
    assert place("/posts/a/", bundle=True) == "posts/a/index.md"
    assert place("/posts/a.html", bundle=True) == "posts/a/index.md"
    assert place("/tags/go-lang/", "term") == "tags/go-lang/index.md"


def test_the_page_whose_url_it_is_keeps_the_place() -> None:
    places = place_pages(page(url) for url in ("/A/", "/a/", "/1-a/", "/a_/"))
    assert places["content/a/"] == PurePosixPath("a.md")
    assert len({served(one) for one in places.values()}) == 4
    assert str(places["content/A/"]).startswith("A-") or str(places["content/A/"]) == "A-2.md"


def test_two_pages_at_one_url() -> None:
    same = [page("/a/", identity="x"), page("/a/", identity="y"), page("/", "home")]
    bundles = [page("/b/", bundle=True, identity="p"), page("/b/", identity="q")]
    assert {k: str(v) for k, v in place_pages([*same, *bundles]).items()} == {
        "x": "a.md", "y": "a-2.md", "content/": "index.md", "p": "b/index.md", "q": "b-2.md",
    }  # fmt: skip


def test_a_number_survives_the_cut() -> None:
    places = place_pages(page(f"/{LONG}{end}/") for end in ("x", "y", "z"))
    urls = sorted(served(one) for one in places.values())
    assert len(set(urls)) == 3
    assert all(len(url) <= 51 for url in urls)


def test_a_name_that_mystmd_can_not_count() -> None:
    assert place("/constructor/") == "constructor-2.md"


@pytest.mark.parametrize(
    ("place", "url", "keeps"),
    [
        ("a.md", "/a/", True),
        ("a.md", "/a", True),
        ("a.md", "/A/", False),
        ("a.md", "/a.html", False),
        ("uber.md", "/über/", False),
        ("index.md", "/", True),
    ],
)
def test_keeps_url(place: str, url: str, keeps: bool) -> None:
    assert keeps_url(PurePosixPath(place), url) is keeps


@given(st.text(max_size=200))
def test_every_name_is_safe(name: str) -> None:
    part = page_part(name)
    assert part in ("",) or (part.isascii() and served(PurePosixPath(f"x/{part}.md")) != "/x/")
    assert not set(part) & set('/\\:*?"<>|\n\0') and part not in (".", "..")


def asset(url: str, *, published: bool = True) -> Asset:
    """A file that Hugo publishes at `url`."""
    return Asset(PurePosixPath("static" + url), Path("/none"), url, published)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/img/a.png", "img/a.png"),
        ("/img/a%20b.png", "img/a-b.png"),
        ("/files/My%20Talk.pdf", "files/My Talk.pdf"),
        ("/files/what%3F.pdf", "files/what-.pdf"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/_headers", "_headers"),
        ("/-x-.txt", "-x-.txt"),
        ("/a/%2E%2E/b.txt", "a/b.txt"),
        ("/nul.txt", "_nul.txt"),
        ("/myst.yml", "myst-2.yml"),
        ("/_build/a.png", "build/a.png"),
    ],
)
def test_a_file_is_named_for_its_url(url: str, file: str) -> None:
    assert str(place_assets([asset(url)], [])[url]) == file


def test_files_never_stand_in_each_others_way() -> None:
    urls = ["/A.png", "/a.png", "/docs", "/docs/x", "/docs/x/y.txt", "/b.md"]
    places = place_assets(map(asset, urls), [PurePosixPath("docs/p.md"), PurePosixPath("b.md")])
    low = [str(one).lower() for one in places.values()]
    assert len(set(low)) == len(urls)
    folders = {str(up).lower() for one in places.values() for up in one.parents}
    assert not folders & set(low) and "docs" not in low and "b.md" not in low


def test_a_published_file_comes_before_one_of_assets() -> None:
    both = [asset("/img/A.png", published=False), asset("/img/a.png")]
    assert str(place_assets(both, [])["/img/a.png"]) == "img/a.png"
