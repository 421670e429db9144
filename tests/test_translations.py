"""Pages in several languages: each leads to the others, and links stay in their language."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import Converted, convert_site

CONFIG = """\
baseURL: https://site.org/
defaultContentLanguage: en
languages:
  en: {languageName: English, weight: 1}
  fr: {languageName: Français, weight: 2}
  de: {weight: 3, title: Ort}
"""


def _page(title: str, more: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


LINKS = '[a]({{< ref "/docs/a" >}}) [b]({{< ref "/docs/b" >}}) [c](/docs/a/)'
FILES: dict[str, str | bytes] = {
    "hugo.yaml": CONFIG,
    "content/_index.md": _page("Home"),
    "content/_index.fr.md": _page("Accueil"),
    "content/docs/a.md": _page("A", "tags: [x]\n"),
    "content/docs/a.fr.md": _page("A fr", "tags: [x]\n", LINKS),
    "content/docs/a.de.md": _page("A de"),
    "content/docs/b.md": _page("B"),
    "content/docs/open.md": _page("Open", body="- x\n\n~~~~yaml {a\n```"),
    "content/docs/open.fr.md": _page("Ouvert"),
    "content/docs/other.md": _page("Other", "translationKey: same\n"),
    "content/docs/autre.fr.md": _page("Autre", "translationKey: same\n"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    return convert_site(tmp_path_factory.mktemp("languages"), FILES)


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ("index.md", "[Français](fr/index.md) · [Ort](de/index.md)"),
        ("docs/a.md", "[Français](../fr/docs/a.md) · [Ort](../de/docs/a.md)"),
        ("fr/docs/a.md", "[English](/docs/a.md) · [Ort](/de/docs/a.md)"),
        ("docs/other.md", "[Français](../fr/docs/autre.md)"),
    ],
)
def test_a_page_leads_to_its_translations(site: Converted, page: str, links: str) -> None:
    assert site.body(page).endswith(f"\n\n:::{{div .translations}}\n{links}\n:::")


def test_they_are_no_code_below_a_fence_that_nothing_closes(site: Converted) -> None:
    links = "[Français](../fr/docs/open.md)"
    end = f"~~~~yaml {{a\n```\n~~~~\n\n:::{{div .translations}}\n{links}\n:::"
    assert site.body("docs/open.md").endswith(end)


@pytest.mark.parametrize("page", ["docs/b.md", "tags/x/index.md"])
def test_others_stay_as_they_are(site: Converted, page: str) -> None:
    assert "translations" not in site.text(page)


def test_links_stay_in_their_language(site: Converted) -> None:
    assert site.body("fr/docs/a.md").startswith("[a](a.md) [b](/docs/b.md) [c](a.md)\n")


def test_the_default_language_keeps_its_place_in_the_tree(site: Converted) -> None:
    toc = site.project()["project"]["toc"]
    assert toc[0] == {"file": "index.md"}
    assert [entry["title"] for entry in toc if "title" in entry] == ["Français", "Ort"]
    assert site.project()["site"]["nav"] == [
        {
            "title": "English",
            "children": [{"title": "Français", "url": "/fr"}, {"title": "Ort", "url": "/de"}],
        }
    ]


def test_a_new_translation_is_shown_on_the_pages_that_were_there(tmp_path: Path) -> None:
    convert_site(tmp_path, FILES)
    more = {**FILES, "content/docs/b.fr.md": _page("B fr")}
    assert "[Français](../fr/docs/b.md)" in convert_site(tmp_path, more).body("docs/b.md")
