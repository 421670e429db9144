"""Front matter that only the layouts of home and section pages show: none of it stays unseen."""

from __future__ import annotations

import pytest
from small_site import Converted, convert_site

HOME = """\
---
title: Home
mission: {text: "We keep [tools](/tools/) that people need."}
works:
  text: Cited in these works.
  citations:
    - {id: a, url: "https://example.org/a", text: "A. Author: One work"}
    - {id: b, url: "https://example.org/b", text: "B. Author: Another work"}
banner: {image: /none.png, text: "A banner that every page has."}
closed: {enable: false, text: "This part is switched off."}
---
"""
SECTION = """\
---
title: Meeting
buttons: [{name: Register, url: "https://example.org/r"}, {name: Tools, url: /tools/}]
dates: [{date: Open now, event: Call for talks}, {date: "1 May", event: Last day & more}]
said: [{when: "9:00", what: Said below already}]
---
Said below already, 9:00.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    files = {
        "hugo.toml": 'title = "A"\n',
        "content/_index.md": HOME,
        "content/meeting/_index.md": SECTION,
        "content/tools.md": "---\ntitle: Tools\ndates: [{date: a, event: b}]\n---\nText.\n",
    }
    return convert_site(tmp_path_factory.mktemp("parts"), files)


def test_mappings_with_text(site: Converted) -> None:
    assert site.body("index.md").startswith(
        "We keep [tools](tools.md) that people need.\n\nCited in these works.\n\n"
        "- [A. Author: One work](https://example.org/a)\n"
        "- [B. Author: Another work](https://example.org/b)\n"
    )
    assert set(site.front("index.md")["options"]) == {"hugo_banner", "closed"}


def test_lists_of_short_texts(site: Converted) -> None:
    body = site.body("meeting/index.md")
    assert "{button}`Register <https://example.org/r>` {button}`Tools <../tools.md>`" in body
    assert "- **Open now**: Call for talks\n- **1 May**: Last day & more" in body
    assert body.count("Said below already") == 1


def test_other_pages_keep_them_as_options(site: Converted) -> None:
    assert site.front("tools.md")["options"] == {"dates": [{"date": "a", "event": "b"}]}
