"""Front pages that templates make from `data/`: what they show is on the page, in their order."""

from __future__ import annotations

import pytest
from small_site import PNG, Converted, convert_site

TEMPLATE = """\
{{ partial "header.html" . }}{{ .Content }}{{ partial "call.html" . }}
{{/* .Site.Data.unused */}}<h2>{{ .Site.Data.home.partners.title }}</h2>
<p>{{ .Site.Data.home.partners.line }}</p>
{{ range .Site.Data.features.items }}<h4>{{ .title }}</h4>{{ end }}
{{ range sort .Site.Data.voices "weight" }}{{ .text }}{{ end }}
{{ $data := index .Site.Data .Site.Language.Lang }}{{ $data.team.text }}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'title = "A"\n',
        "layouts/index.html": TEMPLATE,
        "layouts/partials/header.html": "{{ range .Site.Data.links }}{{ .title }}{{ end }}",
        "layouts/partials/call.html": "{{ with site.Data.call }}{{ .text }}{{ end }}",
        "data/links.yml": "- {title: Frame, description: On every page of it}\n",
        "data/call.yml": "text: Call us *today*.\nbutton: {text: Contact, url: /contact/}\n",
        "data/home.yml": "partners: {title: Partners, line: They help, text: Not shown there}\n",
        "data/features.json": '{"items": [{"title": "Quick", "description": "It is", '
        '"image": "img/a.png"}]}',
        "data/voices/a.yaml": "{weight: 2, name: Abe, text: I like it}\n",
        "data/voices/b.yaml": "{weight: 1, name: Bea, text: Very good}\n",
        "data/en/team.yml": "text: All of the team.\n",
        "data/unused.yml": "text: Shown on no page at all.\n",
        "static/img/a.png": PNG,
        "content/_index.md": "---\ntitle: Home\n---\nHello. All of the team.\n",
        "content/contact.md": "---\ntitle: Contact\n---\nWrite.\n",
    }
    return convert_site(tmp_path_factory.mktemp("homedata"), files)


def test_data_of_the_front_page(site: Converted) -> None:
    body = site.body("index.md")
    assert body.startswith(
        "Hello. All of the team.\n\nCall us *today*.\n\n{button}`Contact <contact.md>`\n\n"
        "## Partners\n\nThey help\n\n::::{grid} 1 2 3 3\n:::{card} Quick\n"
        "![Quick](img/a.png)\n\nIt is\n:::\n::::\n\n::::{grid} 1 2 3 3\n:::{card} Bea\nVery good\n"
    )
    assert body.count("All of the team.") == 1
    assert not {"Frame", "Not shown", "Shown on no page"} & {
        words for words in ("Frame", "Not shown", "Shown on no page") if words in body
    }


def test_only_the_front_page_has_them(site: Converted) -> None:
    assert site.body("contact.md") == "Write."
