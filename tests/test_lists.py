"""What list pages list, in which form, and when they list nothing."""

from __future__ import annotations

import pytest
from small_site import Converted, convert_site
from whole_site import FILES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_site(tmp_path_factory.mktemp("lists"), FILES)


def test_a_section_of_documentation(site: Converted) -> None:
    assert site.body("docs/index.md").split("\n\n")[-2] == (
        "- [Sub](sub/index.md)\n- [First](a.md)\n- [Second \\[b\\]](b.md): About b."
    )


def test_a_blog_has_cards_then_lines(site: Converted) -> None:
    body = site.body("blog/index.md")
    assert body.startswith("What we write.\n\n::::{grid} 1 2 3 3\n:::{card} Post 15\n")
    assert body.count(":::{card}") == 12
    assert (
        ":::{card} Post 15\n:link: p15/index.md\n:footer: 2024-01-15 · Jane Doe\n\n"
        "![](p15/featured.png)\n\nThe words of post number 15 are here.\n:::" in body
    )
    assert body.endswith(
        "::::\n\n- 2024-01-03 · [Post 3](p3/index.md)\n"
        "- 2024-01-02 · [Post 2](p2/index.md)\n- 2024-01-01 · [Post 1](p1/index.md)"
    )


def test_terms_and_taxonomies(site: Converted) -> None:
    assert site.body("tags/index.md") == "- [News](news/index.md) (15)"
    body = site.body("tags/news/index.md")
    assert body.startswith(
        "::::{grid} 1 2 3 3\n:::{card} Post 15\n:link: /blog/p15/index.md\n"
        ":footer: 2024-01-15 · Jane Doe\n\n![](/blog/p15/featured.png)\n\n"
        "The words of post number 15 are here.\n:::"
    )
    assert body.count(":::{card}") == 12
    assert body.endswith("- 2024-01-01 · [Post 1](/blog/p1/index.md)")


def test_an_author_page_shows_profile_text_and_posts(site: Converted) -> None:
    parts = site.body("authors/jane/index.md").split("\n\n")
    assert parts[:4] == [
        "![Jane Doe](avatar.png)",
        "Lead, [The Org](https://org.example.org)",
        "[Email](mailto:jane@site.org) · [GitHub](https://github.com/jane)"
        " · [ORCID](https://orcid.org/0000-0002-1825-0097)",
        "She is.",
    ]
    grid = parts.index("::::{grid} 1 2 3 3\n:::{card} Post 15\n:link: /blog/p15/index.md\n"
                       ":footer: 2024-01-15 · Jane Doe")  # fmt: skip
    assert parts[grid - 1] == "- **PhD**, A School, 2010-01 – 2014-06"
    assert site.front("authors/jane/index.md") == {"title": "Jane"}


@pytest.mark.parametrize(
    ("config", "section", "listed"),
    [
        ("", "", True),
        ("", "Own words.", True),
        ("", "{{< children >}}", False),
        ("theme = 'hextra'\n", "Own words.", False),
        ("theme = 'hextra'\n", "", True),
    ],
)
def test_when_a_section_lists(
    config: str, section: str, listed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {
        "hugo.toml": config + 'title = "T"\n',
        "content/docs/_index.md": f"---\ntitle: Docs\n---\n\n{section}\n",
        "content/docs/a.md": "---\ntitle: A\nweight: 1\n---\n\nText.\n",
    }
    site = convert_site(tmp_path_factory.mktemp("section"), files)
    assert ("- [A](a.md)" in site.text("docs/index.md")) is listed


def test_no_list_is_heard(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {
        "hugo.toml": 'title = "T"\n',
        "content/docs/_index.md": "---\ntitle: Docs\nno_list: true\n---\n\nText.\n",
        "content/docs/a.md": "---\ntitle: A\n---\n\nText.\n",
    }
    site = convert_site(tmp_path_factory.mktemp("nolist"), files)
    assert site.body("docs/index.md") == "Text."


def test_an_empty_home_page_shows_the_newest_posts(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    files = {"hugo.toml": 'title = "T"\n', "content/about.md": "---\ntitle: About\n---\n\nUs.\n"}
    for number in range(1, 4):
        text = f"---\ntitle: P{number}\ndate: 2024-01-0{number}\n---\n\nText of it.\n"
        files[f"content/posts/p{number}.md"] = text
    site = convert_site(tmp_path_factory.mktemp("home"), files)
    body = site.body("index.md")
    assert [line for line in body.split("\n") if line.startswith(":::{card}")] == [
        ":::{card} P3",
        ":::{card} P2",
        ":::{card} P1",
    ]
    assert body.endswith("- [Posts](posts/index.md)\n- [About](about.md)")


def test_a_summary_from_html(tmp_path_factory: pytest.TempPathFactory) -> None:
    body = "<h2>No</h2><p>The <b>first</b> real words here.</p>"
    text = f"---\ntitle: P\ndate: 2024-01-01\n---\n\n{body}\n"
    files = {
        "hugo.toml": 'title = "T"\ntheme = "congo"\n',
        "content/posts/p.html": text.replace("title: P", "title: 'P :tada: 1:2:3'"),
    }
    site = convert_site(tmp_path_factory.mktemp("html"), files)
    assert "title: P 🎉 1:2:3\n" in site.text("posts/p.md")
    assert site.body("posts/index.md") == (
        "::::{grid} 1 2 3 3\n:::{card} P 🎉 1:2:3\n:link: p.md\n:footer: 2024-01-01\n\n"
        "The first real words here.\n:::\n::::"
    )


def test_a_summary_has_no_footnotes(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "---\ntitle: P\ndate: 2024-01-01\n---\n\nFour words with notes[^1].\n\n[^1]: A note.\n"
    files = {"hugo.toml": 'title = "T"\ntheme = "congo"\n', "content/posts/p.md": text}
    site = convert_site(tmp_path_factory.mktemp("notes"), files)
    assert "Four words with notes." in site.body("posts/index.md")


def test_pages_that_a_layout_fills(tmp_path_factory: pytest.TempPathFactory) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'title = "T"\n',
        "content/archives.md": "---\ntitle: All\nlayout: archives\n---\n\nAll of them.\n",
        "content/words.md": "---\ntitle: Words\nlayout: glossary\n---\n",
        "content/notes/n.md": "---\ntitle: Note\ndate: 2024-05-01\n---\n\nText.\n",
        "data/en/termbase.yaml": (
            "- {term: markup language, abbr: ML, definition: How *text* is marked.}\n"
            "- {term: html, abbr: HTML, definition: One of them.}\n- {term: empty}\n"
        ),
    }
    for year in (2022, 2023):
        for day in (1, 2):
            name = f"content/posts/{year}-{day}.md"
            front = f"title: Post {year}-{day}\ndate: {year}-02-0{day}"
            files[name] = f"---\n{front}\n---\n\nText.\n"
    site = convert_site(tmp_path_factory.mktemp("layouts"), files)
    assert site.body("archives.md") == (
        "All of them.\n\n## 2023\n\n- 2023-02-02 · [Post 2023-2](posts/2023-2.md)\n"
        "- 2023-02-01 · [Post 2023-1](posts/2023-1.md)\n\n## 2022\n\n"
        "- 2022-02-02 · [Post 2022-2](posts/2022-2.md)\n"
        "- 2022-02-01 · [Post 2022-1](posts/2022-1.md)"
    )
    assert site.body("words.md") == (
        ":::{glossary}\nHTML\n: One of them.\n\nmarkup language (ML)\n: How *text* is marked.\n:::"
    )


def test_weights_of_a_term_come_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": 'title = "T"\n'}
    for day, more in ((1, "tags_weight: 2"), (2, "tags_weight: 1"), (3, "weight: 1"), (4, "")):
        front = f"title: Post {day}\ndate: 2024-01-0{day}\ntags: [One]\n{more}"
        files[f"content/posts/p{day}.md"] = f"---\n{front}\n---\n\nText.\n"
    files["content/docs/d.md"] = "---\ntitle: D\ntags: [Two]\n---\n\nText.\n"
    site = convert_site(tmp_path_factory.mktemp("weights"), files)
    found = [line[10:] for line in site.body("tags/one/index.md").split("\n") if "{card}" in line]
    assert found == ["Post 2", "Post 1", "Post 4", "Post 3"]
    assert site.body("tags/two/index.md") == "- [D](/docs/d.md)"


def test_a_summary_is_no_code_and_may_be_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    code = "```sh\na\n\nsome words of the code\n```"
    files = {
        "hugo.toml": 'title = "T"\n',
        "content/posts/a.md": f"---\ntitle: A\ndate: 2024-01-02\n---\n\n{code}\n\nTwo words\n",
    }
    site = convert_site(tmp_path_factory.mktemp("short"), files)
    assert site.body("posts/index.md").endswith("\n\nTwo words\n:::\n::::")


def test_a_layout_shows_the_list_of_its_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    front = "title: L\nlayout: links\nlinks:\n- {title: One, description: Of all, website: 'https://one.net'}"
    site = convert_site(
        tmp_path_factory.mktemp("links"),
        {"hugo.toml": 'title = "T"\n', "content/l.md": f"---\n{front}\n---\n"},
    )
    assert site.body("l.md") == (
        "::::{grid} 1 2 3 3\n:::{card} One\n:link: https://one.net\n\nOf all\n:::\n::::"
    )
