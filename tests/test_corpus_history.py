"""Real sites that go on living while people edit the result, and their history in git."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from test_write_replay import Person, run

from migrate.write.history import commit_run

pytestmark = pytest.mark.corpus
CORPUS = Path(__file__).parents[2] / "shared/corpus"
BUILT = ("public", "resources", ".hugo_build.lock")


def copied(name: str, place: Path) -> Path:
    shutil.copytree(CORPUS / name / "site", place, ignore=shutil.ignore_patterns(*BUILT))
    for path in [place, *place.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    return place


@pytest.mark.parametrize("name", ["spblog", "drmowinckels"])
def test_posts_come_change_move_and_go_between_hand_edits(tmp_path: Path, name: str) -> None:
    site, later, dest = copied(name, tmp_path / "site"), tmp_path / "later", tmp_path / "dest"
    pick = random.Random(3)
    files = [p for p in sorted((site / "content").rglob("*.md")) if not p.stem.startswith("_")]
    posts = [p.parent if p.stem == "index" else p for p in files if len(p.parts) > 3]
    posts = pick.sample([p for p in posts if not set(p.parents) & set(posts)], 40)
    coming, living = posts[:8], posts[8:]
    for number, post in enumerate(coming):
        later.mkdir(exist_ok=True)
        shutil.move(post, later / str(number))
    run(site, dest)
    person = Person(dest, 5)

    def add() -> None:
        for _ in range(2):
            post = coming.pop()
            shutil.move(later / str(len(coming)), post)

    def change() -> None:
        for unit in pick.sample(living, 5):
            post = unit / "index.md" if unit.is_dir() else unit
            text = post.read_text()
            post.write_text(text.replace("\n\n", "\n\nA new first paragraph.\n\n", 1) + "\nMore.\n")

    def rename() -> None:
        post = living.pop()
        post.rename(post.with_name(f"renamed-{post.name}"))

    def remove() -> None:
        post = living.pop()
        shutil.rmtree(post) if post.is_dir() else post.unlink()

    for step in (add, change, rename, add, remove, change, add, rename, remove, add):
        person.edit(4)
        step()
        result = run(site, dest)
        fresh = tmp_path / "fresh"
        run(site, fresh)
        for project in (dest, fresh):  # earlier runs leave redirects that a first run can't know
            shutil.rmtree(project / "redirects", ignore_errors=True)
        person.check(fresh, result)
        shutil.rmtree(fresh)
        again = run(site, dest).written.changes
        assert not [one for one in again if one.written and one.path.parts[0] != "redirects"]


@pytest.mark.parametrize("name", ["spblog", "scientific-python", "learnsp", "numpy"])
def test_git_follows_pages_to_their_hugo_sources(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "a")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")

    def git(*args: str) -> str:
        command = ["git", *args]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    site = copied(name, tmp_path / "hugo")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "written in Hugo")
    result = run(site, tmp_path / "myst")
    commit_run(tmp_path / "myst", result.written.changes, result.sources)
    followed = [
        place
        for place in result.sources
        if "written in Hugo" in git("log", "--follow", "--format=%s", "--", f"myst/{place}")
    ]
    assert len(followed) >= 0.95 * len(result.sources) > 20
