"""The project file: people, menus, tree of pages, branding; the whole site in real mystmd."""

from __future__ import annotations

import pytest
from small_site import PNG, Converted, convert_site
from whole_site import FILES

from migrate.engines import mystmd
from migrate.read import contacts, people


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_site(tmp_path_factory.mktemp("whole"), FILES)


def test_mystmd_says_nothing(site: Converted) -> None:
    built = mystmd.build(site.folder)
    assert [str(message) for message in built.ours] == []
    assert built.pages["blog/p3/index.md"].front["authors"][0]["name"] == "Jane Doe"
    assert "authors" not in built.pages["docs/a.md"].front


def test_people_are_contributors_of_the_project(site: Converted) -> None:
    project = site.project()["project"]
    assert project["contributors"] == [
        {
            "id": "jane",
            "name": "Jane Doe",
            "email": "jane@site.org",
            "orcid": "0000-0002-1825-0097",
            "github": "jane",
            "affiliations": ["the-org"],
        }
    ]
    assert project["affiliations"] == [
        {"id": "the-org", "name": "The Org", "url": "https://org.example.org"}
    ]
    assert "authors" not in project


def test_description_licence_and_switches(site: Converted) -> None:
    project = site.project()["project"]
    assert project["description"] == "What it is about."
    assert project["copyright"] == "© The Site"
    assert project["license"] == "CC-BY-4.0"
    assert project["github"] == "https://github.com/org/repo"
    assert project["settings"] == {"parser": {"dollarmath": False}}
    assert not any(project["numbering"].values())


def test_toc_is_in_hugos_order_and_has_every_page(site: Converted) -> None:
    toc = site.project()["project"]["toc"]
    assert toc[0] == {"file": "index.md"}
    assert toc[1] == {
        "file": "docs/index.md",
        "children": [
            {"file": "docs/sub/index.md", "children": [{"file": "docs/sub/c.md"}]},
            {"file": "docs/a.md"},
            {"file": "docs/b.md"},
        ],
    }
    assert [e["file"] for e in toc[2]["children"]] == [
        f"blog/p{number}/index.md" for number in range(15, 0, -1)
    ]
    assert {"file": "imprint.md", "hidden": True} in toc
    assert toc[-1]["title"] == "Français"
    assert toc[-1]["children"][:2] == [{"file": "fr/index.md"}, {"file": "fr/docs/index.md"}]
    listed = set(_files(toc))
    assert listed == {
        path.relative_to(site.folder).as_posix()
        for path in site.folder.rglob("*.md")
        if path.name != "footer.md"
        and not path.relative_to(site.folder).parts[0].startswith((".", "_"))
    }


def _files(entries: list[dict[str, object]]) -> list[str]:
    found = []
    for entry in entries:
        found += [entry["file"]] if "file" in entry else []
        found += _files(entry.get("children", []))
    return found


def test_menus(site: Converted) -> None:
    settings = site.project()["site"]
    assert settings["nav"] == [
        {"title": "Home", "url": "https://site.org/"},
        {"title": "Docs", "url": "/docs"},
        {
            "title": "More",
            "children": [
                {"title": "Deep", "url": "https://site.org/docs#deep"},
                {"title": "Blog", "url": "/blog"},
            ],
        },
        {"title": "Away now", "url": "https://example.org/x"},
        {"title": "English", "children": [{"title": "Français", "url": "/fr"}]},
    ]
    assert settings["actions"] == [{"title": "Join", "url": "/docs/a"}]
    assert "(deep)=\n## Deep" in site.text("docs/index.md")


def test_branding_and_footer(site: Converted) -> None:
    settings = site.project()["site"]
    assert settings["options"] == {
        "folders": True,
        "logo": "img/logo.png",
        "favicon": "favicon.ico",
        "analytics_google": "G-ABCDEF1234",
    }
    assert (site.folder / "img/logo.png").is_file()
    assert settings["parts"] == {"footer": "footer.md"}
    assert site.text("footer.md") == (
        "[Imprint](/imprint.md)\n\n[GitHub](https://github.com/org)\n\n© The Site\n"
    )


def test_the_same_site_gives_the_same_file(
    site: Converted, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = convert_site(tmp_path_factory.mktemp("again"), FILES)
    assert again.text("myst.yml") == site.text("myst.yml")


def test_one_author_of_the_site_signs_its_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {
        "hugo.toml": 'title = "T"\n[params.author]\nname = "Ann Bee"\nemail = "a@b.org"\n',
        "content/a.md": "---\ntitle: A\nauthor: Ann Bee\n---\n\nText.\n",
    }
    site = convert_site(tmp_path_factory.mktemp("owner"), files)
    assert site.project()["project"]["authors"] == [
        {"id": "ann-bee", "name": "Ann Bee", "email": "a@b.org"}
    ]
    assert site.front("a.md")["authors"] == ["ann-bee"]


def test_author_and_icons_of_a_languages_configuration(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    language = """\
[params.author]
name = "Ann Bee"
links = [{ email = "mailto:a@b.org" }]
"""
    menu = '[[main]]\nidentifier = "gh"\npre = "github"\nurl = "https://github.com/ann"\n'
    files = {
        "config/_default/hugo.toml": 'title = "T"\n',
        "config/_default/languages.en.toml": language,
        "config/_default/menus.en.toml": menu,
        "content/a.md": "---\ntitle: A\n---\n\nText.\n",
        "content/s/_index.md": "---\ntitle: S\n---\n\nText.\n",
        "content/s/b.md": "---\ntitle: B\ndescription: Says {{% param x %}}\nx: so\n---\n\nText.\n",
    }
    site = convert_site(tmp_path_factory.mktemp("language"), files)
    assert site.project()["project"]["authors"] == [
        {"id": "ann-bee", "name": "Ann Bee", "email": "a@b.org"}
    ]
    assert site.project()["site"]["nav"] == [{"title": "GitHub", "url": "https://github.com/ann"}]
    assert "- [B](b.md): Says so" in site.text("s/index.md")


def test_a_team_signs_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {"hugo.toml": 'title = "T"\n[params]\nauthor = "The Docs Authors"\n'}
    site = convert_site(tmp_path_factory.mktemp("team"), files)
    assert "authors" not in site.project()["project"]


def test_parameters_serve_where_there_is_no_menu(tmp_path_factory: pytest.TempPathFactory) -> None:
    config = """\
title: T
params:
  navbar: [{title: A, url: /a}, {title: Far, url: "https://example.org"}]
  footer:
    socialmedia: [{icon: github, link: "https://github.com/x"}]
    quicklinks: {one: {links: [{text: A, link: /a}]}}
  hero: {title: Hello, subtitle: Words, buttontext: Go, buttonlink: /a}
  cases: {title: Cases, items: [{title: One, text: First}]}
  tabs: {title: Tabs}
  pictures: {list: [{img: a.png, alttext: An A}]}
  search: {title: Nothing}
"""
    files = {
        "hugo.yaml": config,
        "content/_index.md": "---\ntitle: T\n---\n\nBody.\n",
        "content/a.md": "---\ntitle: A\n---\n\nText.\n",
        "static/images/a.png": PNG,
    }
    site = convert_site(tmp_path_factory.mktemp("params"), files)
    assert site.project()["site"]["nav"] == [
        {"title": "A", "url": "/a"},
        {"title": "Far", "url": "https://example.org"},
    ]
    assert site.text("footer.md") == "[A](/a.md)\n\n[GitHub](https://github.com/x)\n"
    assert site.body("index.md").split("\n\n") == [
        '+++ {"kind": "centered"}',
        "## Hello",
        "Words",
        "{button}`Go <a.md>`",
        "+++",
        "Body.",
        "+++",
        "## Cases",
        "::::{grid} 1 2 3 3\n:::{card} One\nFirst\n:::\n::::",
        "+++",
        "## Tabs",
        "+++",
        "![An A](images/a.png)",
    ]


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"social": [{"icon": "github", "link": "https://github.com/x"}]}, {"github": "x"}),
        ({"social": {"twitter": "https://twitter.com/some_one"}}, {"twitter": "some_one"}),
        ({"links": [{"email": "mailto:a@b.org"}]}, {"email": "a@b.org"}),
        (
            {"links": [{"name": "M", "url": "https://fosstodon.org/@x"}]},
            {"mastodon": "@x@fosstodon.org"},
        ),
        ({"links": [{"icon": "globe", "url": "https://me.org"}]}, {"url": "https://me.org"}),
        ({"orcid": "0000-0002-1825-0097"}, {"orcid": "0000-0002-1825-0097"}),
        ({"orcid": "unknown"}, {}),
        ({"twitter": "ab"}, {}),
        ({"email": "#contact", "avatar": "https://github.com/x"}, {}),
        ({"linkedin": "jane"}, {"linkedin": "https://www.linkedin.com/in/jane"}),
    ],
)
def test_contacts(details: dict[str, object], expected: dict[str, str]) -> None:
    assert contacts.contacts(details) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe, John Roe & Ann Bee", ["Jane Doe", "John Roe", "Ann Bee"]),
        ("jane-doe, john-roe", ["jane-doe", "john-roe"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("The Salt and Pepper Team", ["The Salt and Pepper Team"]),
        ([{"name": {"given": "Jane", "family": "Doe"}}, "X"], ["Jane Doe", "X"]),
        ({"name": "<b>Jane</b>"}, ["Jane"]),
        (
            "[Jane Doe](https://a.example/) (Org), [John Roe](https://b.example)",
            ["Jane Doe", "John Roe"],
        ),
        ("[Jane Doe](https://a.example/) and John Roe", ["Jane Doe", "John Roe"]),
        (None, []),
        (3, []),
    ],
)
def test_mentions(value: object, expected: list[str]) -> None:
    assert [mention.name for mention in people.mentions({"author": value})] == expected


def test_pages_of_people_linked_in_a_text() -> None:
    text = "[Jane Doe](https://github.com/jd) (Org), [John Roe](https://b.example)"
    jane, john = people.mentions({"author": text})
    assert jane.details == {"url": "https://github.com/jd", "affiliation": "Org"}
    assert john.details == {"url": "https://b.example"}
