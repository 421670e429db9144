"""A run that converts only what could have changed gives what a first run would give, whatever
changed; and so does a run with any number of processes."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import PNG
from trees import tree

from migrate.options import Options
from migrate.pipeline import convert
from migrate.write.paths import TEXTS
from migrate.write.policy import Policy
from migrate.write.undo import undo

OPTIONS = Options(hugo=False)
OF_THE_PAST = ("redirects/", ".hugo2myst/undo/", ".hugo2myst/base/")
"""Folders in which an earlier run may have left more than a first run would write."""
LOCAL = ("cache.json", "last.json", "texts.jsonl", "ledger.json", "report.json", "manifest.json")

POST = """\
---
title: Post {n}
date: 2024-{month:02}-{day:02}
tags: [tag{tag}, Common]
aliases: [/old/{n}/]
---

Words of post {n}, [next](../post{next}/#part-{next}), {{{{< ref "post{next}.md" >}}}}.

## Part {n}

![x](/x.png) and {{{{< note >}}}}inner text{{{{< /note >}}}}

### Shared heading
"""


class Site:
    """A site in which each kind of change is one method."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.pick = random.Random(seed)
        self.count = 0
        self.write("hugo.yaml", "baseURL: https://site.org/\ntitle: Site\nparams: {author: A B}\n")
        self.write("content/_index.md", "---\ntitle: Home\n---\nSee [it](/blog/post0/).\n")
        self.write("content/about.md", "---\ntitle: About\n---\n[Tags](/tags/) {#a}\n")
        self.write("data/people.yaml", "- name: Jane\n")
        (folder / "static").mkdir()
        (folder / "static/x.png").write_bytes(PNG)
        for _ in range(7):
            self.add()

    def write(self, name: str, text: str) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)

    def post(self) -> Path:
        return self.pick.choice(sorted(self.folder.glob("content/blog/*.md")))

    def edit(self, change: Callable[[str], str]) -> None:
        page = self.post()
        page.write_text(change(page.read_text()))

    def add(self) -> None:
        n = self.count
        values = {"n": n, "next": (n + 1) % 7, "day": n + 1, "month": n % 3 + 1, "tag": n % 3}
        self.write(f"content/blog/post{n}.md", POST.format(**values))
        self.count += 1

    def remove(self) -> None:
        self.post().unlink()

    def append(self) -> None:
        self.edit(lambda text: text + f"\nMore words, {self.pick.random()}.\n")

    def retitle(self) -> None:
        self.edit(lambda text: text.replace("title: ", "title: Again ", 1))

    def retag(self) -> None:
        self.edit(lambda text: text.replace("tags: [", f"tags: [new{self.pick.randrange(9)}, ", 1))

    def redate(self) -> None:
        self.edit(lambda text: text.replace("date: 2024", "date: 2025", 1))

    def rename(self) -> None:
        page = self.post()
        page.rename(page.with_name(f"renamed{self.pick.randrange(99)}.md"))

    def slug(self) -> None:
        slug = f"slug: s{self.pick.randrange(99)}"
        self.edit(lambda text: text.replace("---\n", f"---\n{slug}\n", 1))

    def heading(self) -> None:
        self.edit(lambda text: text + f"\n## Part {self.pick.randrange(7)}\n")

    def unheading(self) -> None:
        self.edit(lambda text: text.replace("## Part", "## Piece"))

    def dollars(self) -> None:
        self.edit(lambda text: text + "\nCosts $5 to $6, or $x_{1}$.\n")

    def close(self) -> None:
        self.edit(lambda text: text + "\n{{< box >}}in it{{< /box >}}\n")

    def open(self) -> None:
        self.edit(lambda text: text + "\n{{< box >}}\n\nand after\n")

    def section(self) -> None:
        front = "---\ntitle: Blog\ncascade: {subtitle: handed down}\n---\nAll posts.\n"
        self.write("content/blog/_index.md", front)

    def bundle(self) -> None:
        page = self.post()
        page.rename((page.with_suffix("").mkdir(), page.with_suffix("") / "index.md")[1])

    def setting(self) -> None:
        config = (self.folder / "hugo.yaml").read_text()
        self.write("hugo.yaml", config + f"x{self.pick.randrange(9999)}: 1\n")

    def data(self) -> None:
        self.write("data/people.yaml", f"- name: Joe{self.pick.randrange(9)}\n")

    def picture(self) -> None:
        (self.folder / "static/x.png").write_bytes(PNG + bytes([self.pick.randrange(256)]))


STEPS = (
    "add remove append retitle retag redate rename slug heading unheading dollars close open "
    "section bundle setting data picture"
).split()


def seen(folder: Path) -> dict[str, str]:
    """What a project holds that doesn't tell of its past."""
    return {
        name: text
        for name, text in tree(folder, record=True).items()
        if not name.startswith(OF_THE_PAST) and name.rsplit("/", 1)[-1] not in LOCAL
    }


def told(folder: Path) -> object:
    """The diagnostics of the last run, but for those on what earlier runs left."""
    report = json.loads((folder / ".hugo2myst/report.json").read_text())
    return [one for one in report["diagnostics"] if one["code"] != "HM708"]


def keys(folder: Path) -> dict[str, str]:
    """What each page depends on, as the record has it."""
    pages = json.loads((folder / ".hugo2myst/manifest.json").read_text())["pages"]
    return {identity: page["key"] for identity, page in pages.items()}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changes_a_run_gives_what_a_first_run_gives(tmp_path: Path, seed: int) -> None:
    site = Site(tmp_path / "site", seed)
    dest, fresh = tmp_path / "dest", tmp_path / "fresh"
    prune = Policy(prune=True)
    convert(site.folder, dest, OPTIONS, prune, workers=1)
    steps = site.pick.sample(STEPS, len(STEPS))
    for step in steps:
        getattr(site, step)()
        convert(site.folder, dest, OPTIONS, prune, workers=1)
        convert(site.folder, fresh, OPTIONS, prune, workers=1)
        assert seen(dest) == seen(fresh), step
        assert told(dest) == told(fresh), step
        assert keys(dest) == keys(fresh), step
        shutil.rmtree(fresh)


def test_a_run_after_undo(tmp_path: Path) -> None:
    """What the run that was taken back had noted of pages is not what the files hold now."""
    site = Site(tmp_path / "site", 1)
    dest = tmp_path / "dest"
    convert(site.folder, dest, OPTIONS, workers=1)
    page = site.folder / "content/blog/post3.md"
    page.write_text(page.read_text().replace("---\n", "---\nslug: other\n", 1))
    before = (dest / "blog/post2.md").read_text()
    convert(site.folder, dest, OPTIONS, workers=1)
    assert (dest / "blog/post2.md").read_text() != before
    undo(dest)
    assert (dest / "blog/post2.md").read_text() == before
    convert(site.folder, dest, OPTIONS, Policy(prune=True), workers=1)
    convert(site.folder, tmp_path / "fresh", OPTIONS, workers=1)
    assert seen(dest) == seen(tmp_path / "fresh")


@pytest.mark.parametrize("damage", ["", "x", "cut", "byte", "version"])
def test_what_is_remembered_is_damaged(tmp_path: Path, damage: str) -> None:
    site = Site(tmp_path / "site", 1)
    dest = tmp_path / "dest"
    convert(site.folder, dest, OPTIONS, workers=1)
    place = dest / TEXTS
    good = place.read_bytes()
    at = good.index(b"Post 3")
    bad = {
        "cut": good[: len(good) // 2],
        "byte": good[:at] + b"Past 3" + good[at + 6 :],
        "version": b"0" + good[1:],
    }.get(damage, damage.encode())
    place.write_bytes(bad)
    site.append()
    convert(site.folder, dest, OPTIONS, workers=1)
    convert(site.folder, tmp_path / "fresh", OPTIONS, workers=1)
    assert seen(dest) == seen(tmp_path / "fresh")
    assert place.read_bytes() != bad


def test_one_process_or_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, record and diagnostics included."""
    monkeypatch.setattr("migrate.convert.batch._WORTH_IT", 2)
    monkeypatch.setattr("migrate.convert.batch._BATCH", 2)
    site = Site(tmp_path / "site", 1)
    for _ in range(20):
        site.add()
        site.close()
        site.dollars()
    found = []
    for workers in (1, 2, 3):
        dest = tmp_path / f"dest{workers}"
        result = convert(site.folder, dest, OPTIONS, workers=workers)
        local = ("cache.json", "last.json")
        files = tree(dest, record=True).items()
        found.append({name: text for name, text in files if not name.endswith(local)})
        assert result.pages > 30
    assert found[0] == found[1] == found[2]
