"""Heading ids: ours against those of real Hugo, for each way that Hugo makes them."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

from migrate.model import Markup
from migrate.read.anchors import headings, named
from tests.hugo_oracle import HUGO

HEADINGS = """\
# A & B < C
## foo_bar -- baz
## 1. Intro: what's "new"?
## C++ / C#
## a.b.c
## A—B – C…
## $x^2$
## ---x---
## H [link](https://x.org) and `code` *em* **st**
## x {#y .z}
## y
## y
## Hello-1
## hello
## Hello
## x -
## x --
## see http://x.org now
## <b>Bold</b> and ![alt](a.png)
## Ünï çödé 日本
## 日本
## 😀 x
## a    b
## A\tB
## a &amp; b &eacute; c
## foo-bar-baz
## what's a/b
## :smile: ~~gone~~
## Trailing ##
## 10% of $5 (USD)
## e.g. "quoted"... <<x>>
## ____
## !?
## \\*escaped\\* \\# signs
## www.x.org is it
## me@x.org

Setext one
==========

Setext *two* {#own}
---

> ## In a quote

- ## In a list

### UPPER case ÀÉ
#### a  {.only-class}
#### b {key=val}
#### c {not attributes}
"""
SETTINGS = {
    "github": Markup(),
    "github-ascii": Markup(heading_ids="github-ascii"),
    "blackfriday": Markup(heading_ids="blackfriday"),
    "plain": Markup(typographer=False, linkify=False),
}
CONFIG = """\
baseURL: https://example.org/
disableKinds: [taxonomy, term, RSS, sitemap, robotsTXT, "404", section, home]
markup:
  goldmark:
    parser: {autoIDType: %s}
    extensions: {typographer: {disable: %s}, linkify: %s}
"""


def ids_of_hugo(name: str, markup: Markup) -> list[str]:
    """The ids in the order of the page's headings."""
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        root = Path(folder)
        (root / "hugo.yaml").write_text(
            CONFIG
            % (
                markup.heading_ids,
                str(not markup.typographer).lower(),
                str(markup.linkify).lower(),
            )
        )
        (root / "layouts/_markup").mkdir(parents=True)
        (root / "layouts/_markup/render-heading.html").write_text("\n@@{{ .Anchor | jsonify }}\n")
        (root / "layouts/all.html").write_text("{{ .Content }}")
        (root / "content").mkdir()
        (root / "content/page.md").write_text(f"---\ntitle: {name}\n---\n{HEADINGS}")
        done = subprocess.run(
            [HUGO, "--quiet", "--source", root], capture_output=True, text=True, check=False
        )
        assert not done.returncode, done.stdout + done.stderr
        html = (root / "public/page/index.html").read_text("utf-8")
    return [json.loads(line[2:]) for line in html.splitlines() if line.startswith("@@")]


@pytest.mark.parametrize("name", SETTINGS)
def test_ids_are_hugos(name: str) -> None:
    markup = SETTINGS[name]
    assert [heading.id for heading in headings(HEADINGS, markup)] == ids_of_hugo(name, markup)


def test_headings_of_shortcodes_count_where_their_text_is_part_of_the_page() -> None:
    body = "# a\n\n{{% n %}}\n## a\n{{% /n %}}\n\n{{< n >}}\n## a\n{{< /n >}}\n\n## a\n"
    found = headings(body, Markup(), frozenset(["n"]))
    assert [heading.id for heading in found] == ["a", "a-1", "a", "a-2"]
    assert [body[heading.start] for heading in found] == ["#"] * 4


TERMS = "a\n: x\n\n## a\n\nSome `code` *b* -- c\n: x\n\na\n: y\n\n> a.b\n> : z\n"


def test_ids_of_terms_are_hugos(tmp_path: Path) -> None:
    config = CONFIG.replace("parser: {", "parser: {autoDefinitionTermID: true, ")
    (tmp_path / "hugo.yaml").write_text(config % ("github", "false", "true"))
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/all.html").write_text("{{ .Content }}")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/page.md").write_text(f"---\ntitle: T\n---\n{TERMS}")
    subprocess.run([HUGO, "--quiet", "--source", tmp_path], check=True)
    html = (tmp_path / "public/page/index.html").read_text("utf-8")
    found = named(TERMS, Markup(definition_ids=True))
    assert [one.id for one in found] == re.findall(r'<(?:dt|h2) id="([^"]*)"', html)
    assert [one.id for one in named(TERMS, Markup())] == ["a"]
