"""The real engines: mystmd and Hugo, as our wrappers see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_pages import CONFIG, build_pages

from migrate.diagnostics import MigrateError
from migrate.engines import mystmd
from migrate.model import Severity


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
