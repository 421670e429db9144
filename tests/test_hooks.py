"""What hooks show, captions below images and boxes for alerts, is read from the hooks on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.options import Options
from migrate.pipeline import convert, load, outputs
from migrate.read import read_site
from migrate.verification import verify

HOOKS = {
    "{{ with .Title }}<figcaption>{{ . }}</figcaption>{{ end }}": "title",
    '<figure><img src="x"><figcaption>{{ .Text }}</figcaption></figure>': "alt",
    "{{ $caption := .Title }}<figcaption>{{ $caption | markdownify }}</figcaption>": "title",
    "{{ if .PlainText }}<figcaption>{{ .PlainText }}</figcaption>{{ end }}": "alt",
    '<img src="{{ .Destination }}" title="{{ .Title }}">': "",
}


@pytest.mark.parametrize(("hook", "shown"), HOOKS.items())
def test_the_hook_on_disk_decides(hook: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('theme = "own"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\n---\n\nText.\n")
    markup = tmp_path / "themes/own/layouts/_default/_markup"
    markup.mkdir(parents=True)
    (markup / "render-image.html").write_text(hook)
    assert read_site(str(tmp_path), Options()).markup.image_captions == shown


def test_without_a_hook_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('title = "T"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\n---\n\nText.\n")
    assert read_site(str(tmp_path), Options()).markup.image_captions is None


@pytest.mark.parametrize("template", ["", "shortcodes/x.html", "_markup/render-blockquote.html"])
def test_alerts_of_any_kind_where_the_theme_draws_them(template: str, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text('theme = "hextra"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\n---\n\n> [!INFO]\n> Low tide.\n")
    if template:
        file = tmp_path / "themes/hextra/layouts" / template
        file.parent.mkdir(parents=True)
        file.write_text("<div>{{ .Text }}</div>")
    page = next(one for one in outputs(tmp_path) if str(one.path) == "a.md")
    drawn = b":::{note} Info\nLow tide.\n:::" in page.data
    assert drawn == (not template.startswith("shortcodes"))


def test_verify_stands_in_for_the_hooks_of_a_theme_that_is_not_here(tmp_path: Path) -> None:
    source = tmp_path / "site"
    (source / "content").mkdir(parents=True)
    (source / "hugo.toml").write_text('theme = "hextra"\n')
    (source / "content/a.md").write_text(
        '---\ntitle: A\n---\n\n![Boats](https://elsewhere.net/a.png "Seen from the *pier*.")\n\n'
        "> [!INFO]\n> Low tide.\n\n> A quote.\n"
    )
    convert(source, tmp_path / "project", Options(), adopt=True)
    verified = verify(load(source, Options()), tmp_path / "project")
    assert verified.verdicts() == {"identical": len(verified.pages)}
    assert "Seen from" in (tmp_path / "project/a.md").read_text()
