"""Configuration in all of Hugo's forms, themes, settings of Markdown, what is missing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hugo_oracle import write_site

from migrate.diagnostics import MigrateError
from migrate.model import Site
from migrate.options import Options
from migrate.read import read_site

PAGE = "---\ntitle: A\n---\ntext\n"


def read(root: Path, files: dict[str, str | bytes], options: Options | None = None) -> Site:
    return read_site(str(write_site(root, files)), options or Options())


def codes(site: Site) -> list[str]:
    return [problem.code for problem in site.diagnostics]


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({"hugo.toml": "title = 'a'", "config.toml": "title = 'b'"}, "a"),
        ({"hugo.toml": "", "config.toml": "title = 'b'"}, ""),
        ({"hugo.yml": "TITLE: a", "hugo.json": '{"title": "b"}'}, "a"),
        ({"config.json": '{"Title": "a"}'}, "a"),
        ({"config/_default/config.yaml": "title: a"}, "a"),
        ({"hugo.toml": "title = 'a'", "config/_default/hugo.toml": "title = 'b'"}, "b"),
        ({"config/_default/hugo.toml": "title = 'a'", "config/production/hugo.toml": "title = 'b'",
          "config/staging/hugo.toml": "title = 'c'"}, "b"),
        ({"config/_default/languages.yaml": "en: {title: a}"}, "a"),
        ({"config/_default/languages.en.toml": "title = 'a'"}, "a"),
    ],
)  # fmt: skip
def test_finds_and_merges(tmp_path: Path, files: dict[str, str | bytes], title: str) -> None:
    assert read(tmp_path, files).title == title


def test_environment_and_named_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "title = 'root'",
        "a.toml": "title = 'a'\n[params]\nx = 'a'\nz = 'a'",
        "b.yaml": "title: b\nparams: {x: b, y: b}",
        "config/staging/params.toml": "y = 'staging'",
    }
    site = read(tmp_path, files, Options(config=("a.toml", "b.yaml"), environment="staging"))
    assert (site.title, site.params) == ("b", {"x": "b", "z": "a", "y": "staging"})


def test_split_files_hold_the_key_of_their_name(tmp_path: Path) -> None:
    site = read(tmp_path, {
        "config/_default/params.toml": "Foo = 1\n[Deep]\nBar = 2",
        "config/_default/params.en.toml": "foo = 3",
        "config/_default/menus.en.toml": "[[main]]\nname = 'x'\nurl = '/x/'",
        "config/_default/menu.toml": "[[menus.side]]\nname = 'y'\nurl = '/y/'",
        "config/_default/markup.yaml": "goldmark: {renderer: {unsafe: true}}",
    })  # fmt: skip
    assert site.params == {"foo": 1, "deep": {"bar": 2}}
    assert site.languages[0].params == {"foo": 3, "deep": {"bar": 2}}
    assert {n: [e.url for e in es] for n, es in site.languages[0].menus.items()} == {
        "main": ["/x/"],
    }  # fmt: skip
    assert site.config["menus"] == {"side": [{"name": "y", "url": "/y/"}]}
    assert site.markup.unsafe


def test_base_url_and_hosts(tmp_path: Path) -> None:
    config = "baseURL: https://Ex.org/sub/dir/\nparams: {description: D}"
    site = read(tmp_path, {"hugo.yaml": config}, Options(site_urls=("https://old.org/x", "p.net")))
    assert (site.base_path, site.hosts) == ("/sub/dir", ("ex.org", "old.org", "p.net"))
    assert site.description == "D"


@pytest.mark.parametrize("url", ["/", ".", "./", "", "https://ex.org"])
def test_base_urls_without_a_path(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, {"hugo.yaml": f"baseURL: '{url}'"}).base_path == ""


def test_a_theme_lies_below_the_site(tmp_path: Path) -> None:
    site = read(tmp_path, {
        "hugo.yaml": "theme: t\nmodule: {imports: [{path: ex.org/m}, {path: ex.org/gone}]}\n"
                     "params: {a: site}\nmarkup: {_merge: deep}",
        "themes/t/hugo.yaml": "title: t\nparams: {a: t, b: t}\nmodule: {imports: {path: n}}\n"
                              "markup: {goldmark: {renderer: {unsafe: true, hardWraps: true}}}",
        "themes/t/layouts/_shortcodes/Box.html": "t",
        "themes/t/layouts/_shortcodes/box.md": "md",
        "themes/n/layouts/shortcodes/dir/x.fr.html": "n",
        "themes/n/layouts/_default/_markup/render-blockquote-alert.html": "n",
        "_vendor/ex.org/m/data/people/ann.yaml": "Name: Ann",
        "_vendor/ex.org/m/content/m.md": PAGE,
        "layouts/shortcodes/own.html": "s",
        "data/people.json": '{"bob": {"Name": "Bob"}}',
        "data/people/cy.toml": "Name = 'Cy'",
        "data/t.csv": "a,b\n1,2\n",
        "data/bad.json": "{",
    })  # fmt: skip
    assert site.modules == ("t", "n", "ex.org/m", "ex.org/gone")
    assert (site.title, site.params) == ("", {"a": "site", "b": "t"})
    assert site.markup.unsafe and site.markup.hard_wraps
    assert set(site.templates) == {"box", "dir/x", "own"}
    assert site.templates["box"].suffix == ".html"
    assert not site.markup.link_hook
    assert site.data["people"] == {
        "ann": {"Name": "Ann"}, "bob": {"Name": "Bob"}, "cy": {"Name": "Cy"},
    }  # fmt: skip
    assert site.data["t"] == [["a", "b"], ["1", "2"]]
    assert [page.url for page in site.pages if page.kind == "page"] == ["/m/"]
    assert codes(site) == ["HM253", "HM106"]


def test_what_is_not_here_is_told(tmp_path: Path) -> None:
    mounts = "module: {mounts: [{source: sub, target: content}, {source: ../x, target: content}]}"
    site = read(tmp_path / "site", {"hugo.yaml": mounts, "content/a.md": PAGE})
    assert [(d.code, d.source) for d in site.diagnostics] == [("HM108", "sub"), ("HM105", "../x")]


def test_no_configuration_is_told_and_defaults_count(tmp_path: Path) -> None:
    site = read(tmp_path, {"content/posts/a.md": PAGE})
    assert [page.url for page in site.pages if page.kind in ("page", "section")] == [
        "/posts/a/", "/posts/",
    ]  # fmt: skip
    assert codes(site) == ["HM250"]


def test_a_configuration_that_a_script_makes(tmp_path: Path) -> None:
    site = read(tmp_path, {
        "config.yaml.in": "title: t\nlanguages:\n  en: {contentDir: content/en}\n"
                          "  pt: {contentDir: content/pt, include-files: [content/pt/x.yaml]}",
        "content/pt/x.yaml": "params: {a: 1}",
        "content/en/a.md": PAGE,
        "content/pt/a.md": PAGE,
    })  # fmt: skip
    assert {page.url for page in site.pages if page.kind == "page"} == {"/a/", "/pt/a/"}
    assert site.languages[1].params == {"a": 1}
    assert codes(site) == ["HM251"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("a: [", ["HM252"]),
        ("title: t\nparams:\n\ta: 1\n", ["HM255"]),
        ("title: s\ntitle: t\n", ["HM102"]),
    ],
)
def test_a_bad_configuration_is_told(tmp_path: Path, config: str, expected: list[str]) -> None:
    site = read(tmp_path, {"hugo.yaml": config, "content/a.md": PAGE})
    assert codes(site) == expected
    assert site.title == ("" if expected == ["HM252"] else "t")


def test_settings_of_markdown(tmp_path: Path) -> None:
    site = read(tmp_path, {"hugo.yaml": """\
enableEmoji: true
markup:
  goldmark:
    parser: {autoIDType: blackfriday, attribute: {block: true, title: false}}
    renderHooks: {link: {useEmbedded: fallback}, image: {enableDefault: true}}
    extensions:
      typographer: {disable: true}
      footnote: {enable: false}
      linkify: false
      extras: {mark: {enable: true}, subscript: {enable: false}}
      passthrough: {enable: true, delimiters: {block: [[$$, $$]], inline: [[\\(, \\)], [$]]}}
"""})  # fmt: skip
    markup = site.markup
    assert markup.emoji and markup.block_attributes and markup.mark and markup.link_hook
    assert markup.image_hook and markup.tables and markup.heading_ids == "blackfriday"
    assert not (markup.heading_attributes or markup.typographer or markup.footnotes)
    assert not (markup.linkify or markup.subscript or markup.alert_hook or markup.unsafe)
    assert markup.passthrough_block == (("$$", "$$"),)
    assert markup.passthrough_inline == (("\\(", "\\)"),)


def test_render_hooks_on_disk_and_of_several_languages(tmp_path: Path) -> None:
    hook = "layouts/posts/_markup/render-blockquote.html"
    assert read(tmp_path / "a", {"hugo.yaml": "", hook: "x"}).markup.alert_hook
    two = read(tmp_path / "b", {"hugo.yaml": "languages: {en: {}, fr: {}}"}).markup
    assert two.link_hook and two.image_hook
    never = "markup: {goldmark: {renderHooks: {link: {useEmbedded: never}}}}"
    none = read(tmp_path / "c", {"hugo.yaml": f"languages: {{en: {{}}, fr: {{}}}}\n{never}"}).markup
    assert not none.link_hook and none.image_hook


def test_drafts_future_and_expired_by_option_and_configuration(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.yaml": "",
        "content/d.md": "---\ndraft: true\n---\n",
        "content/f.md": "---\ndate: 2999-01-01\n---\n",
        "content/e.md": "---\nexpiryDate: 2000-01-01\n---\n",
    }
    root = write_site(tmp_path, files)

    def urls(options: Options) -> set[str]:
        return {page.url for page in read_site(str(root), options).pages if page.kind == "page"}

    assert urls(Options()) == set()
    assert urls(Options(drafts=True)) == {"/d/"}
    assert urls(Options(future=True, expired=True)) == {"/f/", "/e/"}
    (root / "hugo.yaml").write_text("buildDrafts: true\nbuildFuture: true\nbuildExpired: true")
    assert urls(Options()) == {"/d/", "/f/", "/e/"}


def test_one_bad_page_stops_nothing(tmp_path: Path) -> None:
    site = read(tmp_path, {
        "hugo.yaml": "",
        "content/good.md": PAGE,
        "content/bad.md": "---\ntitle: a\nno end",
        "content/latin.md": "---\ntitle: é\n---\nü".encode("latin-1"),
        "content/twice.md": "---\ntitle: a\ntitle: b\n---\n",
        "content/date.md": "---\ndate: 2024-1-2\n---\n",
        "content/s/_content.gotmpl": "{{ }}",
    })  # fmt: skip
    assert len([page for page in site.pages if page.kind == "page"]) == 5
    assert sorted((problem.code, problem.source) for problem in site.diagnostics) == [
        ("HM101", "content/bad.md"), ("HM102", "content/twice.md"), ("HM103", "content/latin.md"),
        ("HM107", "content/s/_content.gotmpl"), ("HM110", "content/date.md"),
    ]  # fmt: skip
    pages = {page.url: page for page in site.pages}
    assert pages["/latin/"].title == "é" and pages["/latin/"].body == "ü"
    assert pages["/twice/"].title == "b" and pages["/date/"].date == "2024-01-02"


WEIRD: list[Any] = [5, True, None, "x", "\0", [[]], {"a": {"b": [1]}}, [{"a": 1}], "../.."]


@pytest.mark.parametrize("weird", WEIRD, ids=repr)
def test_values_of_the_wrong_type_stop_nothing(tmp_path: Path, weird: Any) -> None:
    config = dict.fromkeys(
        "languages menus permalinks taxonomies cascade params markup module theme contentDir "
        "staticDir disableKinds defaultContentLanguage uglyURLs timeZone frontmatter ignoreFiles "
        "baseURL title dataDir".split(),
        weird,
    )
    front = dict.fromkeys(
        "title slug url aliases tags menu cascade build date expiryDate weight params markup "
        "translationKey".split(),
        weird,
    )
    page = {"content/s/a.md": json.dumps(front), "content/s/_index.md": json.dumps(front)}
    (tmp_path / "c" / "content").mkdir(parents=True)
    assert read(tmp_path / "a", {"hugo.json": "{}", **page}).pages
    read(tmp_path / "b", {"hugo.json": json.dumps(config), **page})
    for key in ("module", "menus", "markup"):
        for inner in ({"mounts": [{"source": weird, "target": "content"}]}, {"main": [weird]},
                      {"goldmark": weird}, {"imports": weird}):  # fmt: skip
            read(tmp_path / "c", {"hugo.json": json.dumps({key: inner})})


def test_nothing_outside_of_the_site_is_read(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {
        "hugo.yaml": "theme: ../../out\nstaticDir: /etc\ndataDir: ../out\nignoreFiles: ['(a+)+$']",
        "content/a.md": PAGE,
        "content/in/b.md": PAGE,
    })  # fmt: skip
    write_site(tmp_path / "out", {"secret.md": PAGE, "data.yaml": "a: 1"})
    (root / "content" / "link").symlink_to(tmp_path / "out")
    (root / "content" / "secret.md").symlink_to(tmp_path / "out" / "secret.md")
    (root / "content" / "inside.md").symlink_to(root / "content" / "a.md")
    (root / "content" / "in" / "loop").symlink_to(root / "content")
    (root / "content" / "broken.md").symlink_to(root / "nowhere")
    os.mkfifo(root / "content" / "pipe.md")
    os.mkfifo(root / "hugo.toml")
    site = read_site(str(root), Options())
    urls = {page.url for page in site.pages if page.kind == "page"}
    assert urls == {"/a/", "/in/b/", "/inside/"}
    assert not site.data and not [asset for asset in site.assets if asset.published]
    assert sorted(problem.source for problem in site.diagnostics if problem.code == "HM105") == [
        "../out", "/etc", "content/broken.md", "content/in/loop", "content/link",
        "content/pipe.md", "content/secret.md",
    ]  # fmt: skip
    assert {"HM253", "HM254"} <= set(codes(site))


def test_urls_stay_below_the_root(tmp_path: Path) -> None:
    site = read(tmp_path, {
        "hugo.yaml": "permalinks: {p: '/../../:slug/'}",
        "content/u.md": "---\nurl: /../../x/\naliases: [../../../y, '/../z/']\n---\n",
        "content/s.md": "---\nslug: ../../s\n---\n",
        "content/p/a.md": "---\ntitle: ..\n---\n",
    })  # fmt: skip
    for page in site.pages:
        for url in (page.url, *page.aliases):
            assert url.startswith("/") and ".." not in url.split("/")


def test_content_and_themes_beside_the_site_in_its_repository(tmp_path: Path) -> None:
    write_site(tmp_path, {
        ".git/HEAD": "x",
        "docs/a.md": PAGE,
        "docs/b.png": "x",
        "theme/static/t.css": "x",
        "layouts/shortcodes/mine.html": "x",
        "theme.toml": "name = 'Mine'",
        "static/m.css": "x",
    })  # fmt: skip
    site = read(tmp_path / "site", {
        "hugo.yaml": "theme: mine\nmodule:\n  mounts: [{source: ../docs, target: content}]\n"
                     "  imports: [{path: ex.org/t}]",
        "go.mod": "module x\nreplace ex.org/t v1.0.0 => ../theme\n",
    })  # fmt: skip
    page = next(page for page in site.pages if page.kind == "page")
    assert (page.url, str(page.source), page.body) == ("/a/", "../docs/a.md", "text\n")
    assert sorted(asset.url for asset in site.assets) == ["/b.png", "/m.css", "/t.css"]
    assert set(site.templates) == {"mine"} and not codes(site)


def test_a_folder_without_a_site(tmp_path: Path) -> None:
    write_site(tmp_path, {"web/hugo.toml": "", "web/content/a.md": PAGE})
    with pytest.raises(MigrateError, match=r"no Hugo site.*there is one in `web`"):
        read_site(str(tmp_path), Options())


def test_a_source_that_is_not_there() -> None:
    with pytest.raises(MigrateError, match="no such file or folder"):
        read_site("/nowhere/at/all", Options())
