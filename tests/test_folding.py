"""On a file system that ignores case and normal forms nothing is overwritten, nothing lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from trees import run, tree

from migrate.options import Options
from migrate.pipeline import convert
from migrate.places import collision_key
from migrate.write import folder
from tests.folding import folding

ONE, OTHER = "one\n", "other\n"
PAIRS = [
    ("Foo.md", "foo.md"), ("a/É.md", "a/é.md"), ("é.md", "e\u0301.md"), ("B/x.md", "b/x.md"),
    ("straße.md", "STRASSE.md"), ("\u212b.png", "Å.png"),
]  # fmt: skip


@pytest.fixture
def dest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(folder, "os", folding(os))
    return tmp_path / "dest"


@pytest.mark.parametrize(("old", "new"), PAIRS)
@pytest.mark.parametrize("prune", [False, True])
@pytest.mark.parametrize("same", [False, True])
@pytest.mark.parametrize("identity", [False, True])
def test_a_name_changes_its_case(
    old: str, new: str, prune: bool, same: bool, identity: bool, dest: Path
) -> None:
    names = {old: "page", new: "page" if identity else "another"}
    run(dest, {old: ONE, "c.md": ONE}, names)
    incoming = ONE if same else OTHER
    run(dest, {new: incoming, "c.md": ONE}, names, prune=prune)
    found = {collision_key(name): text for name, text in tree(dest).items()}
    assert found == {collision_key(new): incoming, "c.md": ONE}
    again = run(dest, {new: incoming, "c.md": ONE}, names, prune=prune)
    assert {collision_key(n): t for n, t in tree(dest).items()} == found
    assert again.counts.get("unchanged") == 2, again


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_an_edit_outlives_it(old: str, new: str, dest: Path) -> None:
    for identity in ("page", "another"):
        place = dest / identity
        names = {old: "page", new: identity}
        run(place, {old: ONE}, names)
        (place / old).write_text("by hand\n")
        run(place, {new: OTHER}, names, prune=True)
        assert "by hand\n" in tree(place).values()


def test_files_of_a_site_that_differ_in_spelling_only(tmp_path: Path) -> None:
    """Pages, their assets, static files, redirect stubs: each has a place of its own."""
    source = tmp_path / "source"
    shown = "\n".join(f"![p]({name})" for pair in PAIRS for name in pair if name.endswith("png"))
    files = {
        "hugo.yaml": "baseURL: https://example.org/\n",
        "content/b/index.md": f"---\naliases: [/Old/, /old/, /\u00e9/, /e\u0301/]\n---\n\n{shown}\n"
        "![](X.png) ![](x.png) ![e](\u00e9.png) ![e](e\u0301.png) ![f](/I/a.png) ![f](/i/a.png)\n",
        **{f"content/c/{name}": f"page {name}\n" for pair in PAIRS for name in pair},
        **{f"content/b/{name}.png": name for name in ("X", "x", "\u00e9", "e\u0301")},
        **{f"static/{name}/a.png": name for name in ("I", "i", "\u00e9", "e\u0301")},
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    options = Options(hugo=False, all_assets=True, redirects=("html",))
    result = convert(source, tmp_path / "dest", options)
    assert not [d for d in result.diagnostics if d.code.startswith("HM7")]
    found = tree(tmp_path / "dest")
    assert len({collision_key(name) for name in found}) == len(found)
    for name, text in files.items():
        if name.endswith("png"):
            assert text in found.values(), name
