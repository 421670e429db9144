"""Landing pages: every text, picture and link of the blocks is there, in MyST's own forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_site import PNG, Converted, convert_site
from whole_site import FILES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_site(tmp_path_factory.mktemp("landing"), FILES)


@pytest.fixture(scope="module")
def blocks(site: Converted) -> list[str]:
    """The front page, block by block."""
    return [block.strip() for block in re.split(r"(?m)^(?=\+\+\+)", site.body("index.md")) if block]


def test_front_matter(site: Converted) -> None:
    assert site.front("index.md") == {
        "title": "A Site",
        "site": {"hide_outline": True, "hide_toc": True, "hide_title_block": True},
    }


def test_hero(blocks: list[str]) -> None:
    assert blocks[0] == (
        '+++ {"kind": "split-image"}\n\nNew [here](blog/index.md)\n\n## Open *things*\n\n'
        "We do [docs](docs/index.md) and `code`.\n\n"
        "{button}`Start <docs/index.md>` {button}`Away <https://example.org/>`\n\n"
        "![A hero](media/hero.png)"
    )


def test_features(blocks: list[str]) -> None:
    assert blocks[1] == (
        "+++\n\n(features)=\n## Why\n\nBecause\n\n::::{grid} 1 2 3 3\n"
        ":::{card} Fast\n![](media/icons/fast.svg)\n\nIt is *fast*.\n:::\n\n"
        ":::{card} Small\n%\n:::\n::::"
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("News", [":::{card} Post 15", ":::{card} Post 14", "{button}`All posts <blog/index.md>`"]),
        ("Questions", [":::{dropdown} Is it $5?\nNo, \\@all.\n:::"]),
        ("Go", ['+++ {"kind": "justified"}', "Now", "{button}`Press <#features>`"]),
        ("Team", ["### Core", ":::{card} [Jane Doe](authors/jane/index.md)", "avatar.png"]),
        (
            "Contact",
            ["- [+1 234](tel:+1234)", "- 1 Road, Town", "[Chat](https://chat.example.org)"],
        ),
        ("Experience", ["- **Lead**, The Org, 2020-01 – present\n\n  Leads."]),
        ("Skills", ["### Tools", "- Python: 4/5"]),
        ("Text", ["#### Deep", "and {del}`gone`."]),
        ("Unknown", ["A claim of *many* words.", ":::{card} Thing\nWith words\n:::"]),
    ],
)
def test_block(title: str, words: list[str], blocks: list[str]) -> None:
    block = next(block for block in blocks if f"\n## {title}\n" in block)
    for word in words:
        assert word in block


def test_only_what_is_asked_for(blocks: list[str]) -> None:
    news = next(block for block in blocks if "## News" in block)
    assert "Post 13" not in news


def test_quote_slide_and_logo(site: Converted) -> None:
    body = site.body("index.md")
    assert "> Good.\n>\n> -- Ann, Boss" in body
    assert "### One\n\n![](media/hero.png)\n\nFirst." in body
    assert "[![Org](media/hero.png)](https://org.example.org)" in body


def test_what_needs_a_look_is_said(site: Converted) -> None:
    said = {(d.code, d.message.split("`")[1]) for d in site.diagnostics}
    assert said == {("HM203", "contact"), ("HM202", "marvel")}


def test_a_missing_picture_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = (
        "---\ntitle: T\ntype: landing\nsections:\n  - block: features\n    content:\n"
        "      items: [{name: A, image: gone.png}, {name: B, image: here.png}]\n---\n"
    )
    files = {
        "hugo.toml": 'title = "T"\n',
        "content/a/index.md": page,
        "content/a/here.png": PNG,
    }
    site = convert_site(tmp_path_factory.mktemp("gone"), files)
    assert site.codes() == {"HM201"}
    assert ":::{card} A\n%\n:::\n\n:::{card} B\n![B](here.png)\n:::" in site.body("a/index.md")


def test_lists_of_front_matter_are_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = (
        "---\ntitle: T\nchannels:\n  - {title: '[Mail](https://example.org)', desc: Write *us*.}\n"
        "facts: [{key: 1}]\n---\n\nText.\n"
    )
    site = convert_site(
        tmp_path_factory.mktemp("data"), {"hugo.toml": 'title = "T"\n', "content/a.md": page}
    )
    assert site.front("a.md") == {"title": "T", "options": {"facts": [{"key": 1}]}}
    assert site.body("a.md") == (
        "Text.\n\n::::{grid} 1 2 3 3\n:::{card} [Mail](https://example.org)\nWrite *us*.\n:::\n::::"
    )


def test_widget_pages_of_old_themes(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {
        "hugo.toml": 'title = "T"\n',
        "content/_index.md": "",
        "content/home/index.md": '+++\nheadless = true\ntype = "widget_page"\n+++\n',
        "content/home/about.md": (
            '+++\nwidget = "blank"\nweight = 2\ntitle = "Us"\n+++\n\nWe *are*.\n'
        ),
        "content/home/hero.md": (
            '+++\nwidget = "hero"\nheadless = true\nweight = 1\ntitle = "Hi"\n'
            '[cta]\n  label = "Go"\n  url = "/team/"\n+++\n'
        ),
        "content/home/off.md": '+++\nwidget = "blank"\nactive = false\ntitle = "Off"\n+++\n',
        "content/team/index.md": '+++\ntype = "widget_page"\ntitle = "Team"\n+++\n',
        "content/team/people.md": (
            '+++\nwidget = "people"\ntitle = "All"\n[content]\n  user_groups = ["Core"]\n+++\n'
        ),
        "content/authors/ann/_index.md": (
            "---\ntitle: Ann Bee\nrole: Lead\nuser_groups: [Core]\n---\n\nText.\n"
        ),
    }
    site = convert_site(tmp_path_factory.mktemp("widgets"), files)
    assert site.body("index.md") == (
        '+++ {"kind": "centered"}\n\n## Hi\n\n{button}`Go <team/index.md>`\n\n'
        "+++\n\n## Us\n\nWe *are*."
    )
    assert site.body("team/index.md") == (
        "+++\n\n## All\n\n### Core\n\n::::{grid} 1 2 3 3\n"
        ":::{card} Ann Bee\n:link: ../authors/ann/index.md\n\nLead\n:::\n::::"
    )


HEAD = """\
---
title: Ours
---

{{< hextra/hero-headline >}}Big words{{< /hextra/hero-headline >}}

{{< cards >}}
{{< card link="/docs/#deep" title="Deep" icon="book" >}}
{{< card link="/docs" title="Docs" >}}
{{< /cards >}}
"""


def test_a_head_of_shortcodes_and_a_card_that_leads_to_a_heading(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.yaml": "baseURL: https://site.org/\ntheme: hextra\n",
        "content/_index.md": HEAD,
        "content/docs/_index.md": "---\ntitle: Docs\n---\n\n## Deep\n\nText.\n",
    }
    site = convert_site(tmp_path, files)
    hidden = {"hide_outline": True, "hide_toc": True, "hide_title_block": True}
    assert site.front("index.md") == {"title": "Ours", "site": hidden}
    assert site.body("index.md") == (
        '+++ {"kind": "centered"}\n\n# Big words\n\n::::{grid} 1 1 2 3\n'
        ":::{card} [Deep](#deep)\n%\n:::\n:::{card} Docs\n:link: docs/index.md\n\n%\n:::\n::::"
    )


def test_a_head_that_parameters_make_leads_to_a_heading(tmp_path: Path) -> None:
    hero = '{title: Ours, buttontext: See, buttonlink: "/news/#last"}'
    files: dict[str, str | bytes] = {
        "hugo.yaml": f"baseURL: https://site.org/\nparams:\n  hero: {hero}\n",
        "content/_index.md": "---\ntitle: Front\n---\n",
        "content/news.md": "---\ntitle: News\n---\n\n## Last\n\nText.\n",
    }
    site = convert_site(tmp_path, files)
    assert site.front("index.md")["site"]["hide_title_block"] is True
    assert "{button}`See <#last>`" in site.body("index.md")
    assert "(last)=\n## Last" in site.body("news.md")


def test_contact_and_research_in_the_forms_of_newer_blocks(tmp_path: Path) -> None:
    home = """\
---
title: Lab
type: landing
sections:
  - block: contact-info
    content:
      title: Visit
      visit_title: Where
      connect_title: How
      address: {lines: [1 Road, "Room 2, Hall"]}
      office_hours: ["Mon: 9-5"]
      email: a@example.org
      map_url: https://maps.example.org
      social: [{icon: brands/github, url: "https://github.com/a"}]
  - block: research-areas
    content:
      items: [{name: Nets, description: Deep, funding: $2.1M, publications: 45 papers}]
---
"""
    done = convert_site(tmp_path, {"hugo.toml": "", "content/_index.md": home})
    assert "HM202" not in done.codes()
    assert done.body("index.md") == (
        "+++\n\n## Visit\n\nWhere\n\n- 1 Road, Room 2, Hall\n- Mon: 9-5\n\nHow\n\n"
        "- [a@example.org](mailto:a@example.org)\n- [View on Map](https://maps.example.org)\n"
        "- [GitHub](https://github.com/a)\n\n+++\n\n::::{grid} 1 2 3 3\n:::{card} Nets\n"
        "Deep\n\n$2.1M\n\n45 papers\n:::\n::::"
    )
