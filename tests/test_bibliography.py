"""Works that pages cite, publications, and pictures that only CSS names, in real mystmd."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import PNG, Converted, convert_site

from migrate.engines import mystmd
from migrate.options import Options
from migrate.pipeline import convert
from migrate.read.csl import entry

REFS = """\
@string{me = {Doe}}
@article{doe2020, title={A Title}, author={Doe, Jane}, year={2020}, journal={J}}
@book{roe2021, title={B}, author={Roe, Rich}, year={2021}, publisher={P}}
"""
CSL = """[{"id": "smith", "type": "article-journal", "title": "On <i>Things</i> & {more}",
"container-title": "J", "author": [{"family": "Smith", "given": "Ann"}, {"literal": "A Team"}],
"issued": {"date-parts": [[2019, 3]]}, "page": "1–9"}]"""
PAPER = """\
---
title: Paper
date: 2021-01-01
doi: 10.1000/xyz
publication: "*A Journal*"
url_pdf: paper.pdf
links:
  - {type: code, url: "https://example.org/code"}
  - {name: The project, url: /post/}
  - {type: dataset, url: ""}
images: [one.png, two.png]
---

<div style="color: red; background-image: url('deco.png')" title="Trees"><p>Over it.</p></div>

<style>.x { background: url(/img/styled.png) }</style>

<link rel="stylesheet" href="/css/own.css">
"""
POST = """\
---
title: Post
---

As {{< cite "doe2020" >}} says, and {{< cite "doe2020; roe2021" >}}, {{< cite "smith:12" >}},
{{< cite roe2021 "chapter 2" >}}, {{< citet smith >}}. {{< cite page="/pub/a" view="4" >}}
{{< cite key="nobody" >}}

{{< bibliography >}}
"""

FILES: dict[str, str | bytes] = {
    "hugo.toml": 'title = "T"\ntheme = "hugo-cite"\n[markup.goldmark.renderer]\nunsafe = true\n',
    "data/refs.bib": REFS,
    "content/bib.json": CSL,
    "content/post/_index.md": POST,
    "content/pub/a/index.md": PAPER,
    "content/pub/a/cite.bib": "@misc{doe2020, title={The same key}, year={2020}}\n",
    "content/pub/a/paper.pdf": b"%PDF",
    "content/pub/a/one.png": PNG,
    "content/pub/a/two.png": PNG + b"2",
    "content/pub/a/deco.png": PNG + b"3",
    "static/img/styled.png": PNG + b"4",
    "static/css/own.css": "p { background: url('../img/by css.png') url(../img/css.png) }",
    "static/img/css.png": PNG + b"5",
    "static/css/theme.css": "p { background: url(../img/theme.png) }",
    "static/img/theme.png": PNG + b"6",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_site(tmp_path_factory.mktemp("works"), FILES)


def test_calls_become_citations(site: Converted) -> None:
    assert site.body("post/index.md").startswith(
        "As [@doe2020] says, and [@doe2020; @roe2021], [@smith, p. 12],\n"
        "[@roe2021, chapter 2], {cite:t}`smith`. [](../pub/a/index.md)\n\n"
        "% hugo2myst HM301: nothing tells what this becomes\n\n"
        '```\n{{< cite key="nobody" >}}\n```\n\n:::{bibliography}\n:::'
    )
    assert site.project()["project"]["bibliography"] == ["refs.bib", "references.bib"]
    assert site.text("refs.bib") == REFS
    assert "HM301" in site.codes()


def test_mystmd_knows_the_works(site: Converted) -> None:
    built = mystmd.build(site.folder)
    assert [str(message) for message in built.ours] == []
    text = str(built.pages["post/index.md"].tree)
    assert "Doe, 2020" in text and "Smith & A Team, 2019, p. 12" in text


def test_a_list_of_more_than_the_page_cites_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {**FILES, "content/post/_index.md": '{{< cite "doe2020" >}}\n\n{{< bibliography >}}\n'}
    site = convert_site(tmp_path_factory.mktemp("more"), files)
    assert "{bibliography}" not in site.text("post/index.md")
    assert site.project()["project"]["bibliography"] == ["refs.bib", "references.bib"]


def test_sites_without_citations_get_no_list(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {**FILES, "content/post/_index.md": "No citation.\n"}
    site = convert_site(tmp_path_factory.mktemp("none"), files)
    assert "bibliography" not in site.project()["project"]
    assert not (site.folder / "references.bib").exists()


def test_the_sites_own_templates_cite_what_is_there(tmp_path: Path) -> None:
    post = "---\ntitle: P\n---\n\nSee {{< cite doe2020 >}} and {{< cite nobody >}}.\n"
    files = {
        "hugo.toml": 'title = "T"\n',
        "data/refs.bib": REFS,
        "layouts/shortcodes/cite.html": "<a href='#ref-{{ .Get 0 }}'>({{ .Get 0 }})</a>",
        "layouts/shortcodes/bibliography.html": "<ul><li>All of them</li></ul>",
        "content/p.md": f"{post}\n{{{{< bibliography >}}}}\n",
        "content/q.md": '{{< cite "doe2020;roe2021" >}}\n\n{{< bibliography >}}\n',
    }
    convert_site(tmp_path, files)
    result = convert(tmp_path / "site", tmp_path / "out", Options())
    assert "HM307" not in {one.code for one in result.diagnostics}  # `#ref-` reaches no page
    text = (tmp_path / "out/p.md").read_text("utf-8")
    assert text.endswith("See [@doe2020] and [(nobody)](p.md).\n\n- All of them\n")
    assert (
        (tmp_path / "out/q.md")
        .read_text("utf-8")
        .endswith("[@doe2020; @roe2021]\n\n:::{bibliography}\n:::\n")
    )


def test_a_work_in_bibtex() -> None:
    work = {"id": "a", "type": "chapter", "title": "50 % of {it} & \\more",
            "container-title": "B_C",
            "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "A"}],
            "issued": "2001-02-03", "URL": "https://x.org/a_b", "volume": 3}  # fmt: skip
    assert entry(work) == (
        "@incollection{a,\n  author = {van den Berg, A},\n  title = {50 \\% of it \\& more},\n"
        "  booktitle = {B\\_C},\n  year = {2001},\n  volume = {3},\n  url = {https://x.org/a_b}\n}\n"
    )
    for key in ("a}, x = {b", "a]b", "a`b", "a b", "<a>", ""):
        assert entry({**work, "id": key}) == ""


def test_a_publications_files_and_links(site: Converted) -> None:
    front = site.front("pub/a/index.md")
    assert (front["doi"], front["venue"]) == ("10.1000/xyz", "A Journal")
    assert front["downloads"] == [
        {"file": "paper.pdf", "title": "PDF"},
        {"url": "https://example.org/code", "title": "Code"},
        {"url": "/post", "title": "The project"},
        {"file": "cite.bib", "title": "BibTeX"},
    ]


def test_further_pictures_go_along(site: Converted) -> None:
    front = site.front("pub/a/index.md")
    assert (front["thumbnail"], front["options"]["images"]) == ("one.png", ["two.png"])
    assert (site.folder / "pub/a/two.png").is_file()


def test_backgrounds_are_pictures(site: Converted) -> None:
    assert site.body("pub/a/index.md").startswith("![Trees](deco.png)\n\nOver it.")
    styles = [one.message for one in site.diagnostics if one.code == "HM502"]
    assert len(styles) == 2
    assert any("/css/own.css" in text for text in styles)
    assert any(".x {" in text for text in styles)
    there = ("img/styled.png", "css/own.css", "img/css.png")
    assert all((site.folder / name).is_file() for name in there)
    assert not (site.folder / "css/theme.css").exists()  # the theme's, which MyST doesn't use
