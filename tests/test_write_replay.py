"""A real feed at two dates and a site with a history, edited by hand in between."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import PNG
from trees import tree

from migrate.diagnostics import MigrateError
from migrate.options import Options
from migrate.pipeline import Result, convert
from migrate.write.policy import Policy

FEED = Path(__file__).parents[1] / "fixtures/feeds/2i2c-author/feed.xml"
OPTIONS = Options(hugo=False)


def run(source: Path, dest: Path, **policy: object) -> Result:
    return convert(source, dest, OPTIONS, Policy(**policy), workers=1)  # type: ignore[arg-type]


class Person:
    """Somebody who edits pages at random, and knows what they wrote."""

    def __init__(self, dest: Path, seed: int) -> None:
        self._dest = dest
        self._random = random.Random(seed)
        self.lines: dict[str, list[str]] = {}

    def edit(self, count: int) -> None:
        pages = sorted(path for path in self._dest.rglob("*.md") if ".hugo2myst" not in path.parts)
        for page in self._random.sample(pages, min(count, len(pages))):
            name = page.relative_to(self._dest).as_posix()
            line = f"A thought of mine, number {sum(map(len, self.lines.values()))}."
            page.write_text(page.read_text().rstrip("\n") + f"\n\n{line}\n")
            self.lines.setdefault(name, []).append(line)
        project = self._dest / "myst.yml"
        project.write_text(project.read_text().replace("version: 1\n", "version: 1  # mine\n"))

    def check(self, fresh: Path, result: Result) -> None:
        """Each edit is in the project; what is not edited is as a fresh conversion has it."""
        there, new = tree(self._dest), tree(fresh)
        everything = "\n".join(there.values())
        for lines in self.lines.values():
            for line in lines:
                assert line in everything
        named = {str(done.path) for done in result.written.changes if done.action == "conflict"}
        for name, text in new.items():
            if name == "myst.yml":
                assert "version: 1  # mine\n" in there[name]
                continue
            if name in named:
                assert (self._dest / ".hugo2myst/conflicts" / name).read_text() == text
                continue
            mine = [line for lines in self.lines.values() for line in lines if line in there[name]]
            without = re.sub(r"\n\nA thought of mine, number \d+\.", "", there[name])
            assert without.rstrip("\n") == text.rstrip("\n"), (name, mine)


def windows(tmp_path: Path) -> Iterator[Path]:
    """The feed as it was when five items were not there yet, and as it is once five are gone."""
    text = FEED.read_text()
    items = re.findall(r"\s*<item>.*?</item>", text, re.DOTALL)
    assert len(items) == 20
    for number, gone in enumerate((items[:5], items[15:])):
        shown = text
        for item in gone:
            shown = shown.replace(item, "")
        (tmp_path / f"{number}.xml").write_text(shown)
        yield tmp_path / f"{number}.xml"


def test_a_feed_at_two_dates(tmp_path: Path) -> None:
    early, late = windows(tmp_path)
    dest = tmp_path / "dest"
    run(early, dest)
    before = tree(dest)
    person = Person(dest, 1)
    person.edit(8)
    result = run(late, dest, prune=True)
    there = tree(dest)
    assert set(before) <= set(there)  # what the feed doesn't show any more is still here
    run(FEED, tmp_path / "all")
    whole = tree(tmp_path / "all")
    assert set(there) == set(whole)
    for name in there:
        if name.startswith("blog/") and name.endswith(".md"):
            assert f"file: {name}" in there["myst.yml"], name
            # What was listed or linked once still is, and by its file.
            if name not in person.lines:
                assert there[name] == whole[name]
    clashes = [one for one in result.written.changes if one.action == "conflict"]
    assert all(str(one.path) in person.lines for one in clashes)
    for line in (line for lines in person.lines.values() for line in lines):
        assert line in "\n".join(there.values())
    again = run(late, dest, prune=True)
    assert not [one for one in again.written.changes if one.written]
    assert tree(dest) == there


def test_what_earlier_feeds_showed_is_damaged(tmp_path: Path) -> None:
    run(FEED, tmp_path / "d")
    for damage in ("{", "[]", '{"version": 9}', '{"version": 1, "items": [{"identity": 1}]}'):
        (tmp_path / "d/.hugo2myst/items.json").write_text(damage)
        with pytest.raises(MigrateError, match="earlier feeds"):
            run(FEED, tmp_path / "d")
    (tmp_path / "d/.hugo2myst/items.json").unlink()
    assert not run(FEED, tmp_path / "d").written.conflicts


CONFIG = "baseURL: https://site.org/\ntitle: Site\n"
POST = """\
---
title: {title}
date: 2024-01-{day:02}
---

{body}

See [{to}]({{{{< relref "{to}" >}}}}).

Text of {title}.

The end.
"""


class Hugo:
    """A site whose posts are added, changed, renamed and removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        (folder / "content/blog").mkdir(parents=True)
        (folder / "static").mkdir()
        (folder / "hugo.yaml").write_text(CONFIG)
        (folder / "static/x.png").write_bytes(PNG)
        for _ in range(6):
            self.add()

    def _write(self, number: int, body: str = "The body.", title: str = "") -> None:
        to = f"post{(number + 1) % 6}.md"
        text = POST.format(title=title or f"Post {number}", day=number + 1, to=to, body=body)
        (self.folder / f"content/blog/post{number}.md").write_text(text)

    def add(self) -> None:
        self._write(self.number, "![x](/x.png)")
        self.number += 1

    def change(self, number: int) -> None:
        self._write(number, "Another body.", f"Post {number} again")

    def rename(self, number: int, slug: str) -> None:
        page = self.folder / f"content/blog/post{number}.md"
        page.write_text(page.read_text().replace("---\ntitle", f"---\nslug: {slug}\ntitle", 1))

    def remove(self, number: int) -> None:
        (self.folder / f"content/blog/post{number}.md").unlink()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_site_that_goes_on_living(tmp_path: Path, seed: int) -> None:
    site = Hugo(tmp_path / "site")
    dest = tmp_path / "dest"
    run(site.folder, dest)
    person = Person(dest, seed)
    steps = (
        site.add,
        lambda: site.change(2),
        lambda: site.rename(1, "renamed"),
        lambda: site.rename(4, "moved-on"),
        lambda: site.change(6),
    )
    for step in steps:
        person.edit(2)
        step()
        result = run(site.folder, dest)
        fresh = tmp_path / "fresh"
        run(site.folder, fresh)
        # Redirects of earlier runs are more than a fresh conversion can know.
        for project in (dest, fresh):
            shutil.rmtree(project / "redirects", ignore_errors=True)
        person.check(fresh, result)
        shutil.rmtree(fresh)
        again = run(site.folder, dest).written.changes
        assert not [one for one in again if one.written and one.path.parts[0] != "redirects"]


def test_a_renamed_post_changes_the_links_of_others_and_only_theirs(tmp_path: Path) -> None:
    site = Hugo(tmp_path / "site")
    dest = tmp_path / "dest"
    run(site.folder, dest)
    old = next(path for path in dest.rglob("*.md") if "post1" in str(path.relative_to(dest)))
    old.write_text(old.read_text() + "\nBy hand.\n")
    site.rename(1, "renamed")
    result = run(site.folder, dest)
    changed = {
        str(one.path): str(one.action)
        for one in result.written.changes
        if one.written and one.path.suffix == ".md" and one.path.parts[0] == "blog"
    }
    moved = next(one for one in result.written.changes if one.moved_from)
    assert not old.exists()
    assert "By hand." in (dest / moved.path).read_text()
    linking = next(name for name in changed if "post0" in name)
    assert "renamed" in (dest / linking).read_text()
    assert set(changed) == {str(moved.path), linking, "blog/index.md"}
    urls = (dest / ".hugo2myst/ledger.json").read_text()
    assert "/blog/post1/" in urls


def test_a_removed_post_is_reported_and_pruned_unless_edited(tmp_path: Path) -> None:
    site = Hugo(tmp_path / "site")
    dest = tmp_path / "dest"
    run(site.folder, dest)
    pages = {n: next(p for p in dest.rglob("*.md") if f"post{n}" in str(p)) for n in (3, 5)}
    pages[3].write_text(pages[3].read_text() + "\nBy hand.\n")
    site.remove(3)
    site.remove(5)
    orphans = [one for one in run(site.folder, dest).written.changes if one.action == "orphan"]
    assert len(orphans) == 2
    run(site.folder, dest, prune=True)
    assert pages[3].exists() and not pages[5].exists()
