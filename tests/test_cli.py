"""The command line as people see it: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FEED = ROOT / "fixtures/feeds/2i2c-author/feed.xml"

LOCAL = ("cache.json", "last.json", "texts.jsonl")
"""Files of the record that git ignores: they hold times of this machine."""

PAGES = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Example"\n',
    "content/_index.md": "---\ntitle: Home\n---\nWelcome to [the post](/blog/first/).\n",
    "content/blog/_index.md": "---\ntitle: Blog\n---\n",
    "content/blog/first.md": "---\ntitle: First\ndate: 2024-01-02\naliases: [/old/]\n---\n"
    "Thanks @jane, see [second](../second/#part).\n",
    "content/blog/second.md": "---\ntitle: Second\ndate: 2024-02-03\n---\n## Part\n\nText.\n",
}


def run(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "migrate", *map(str, args)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd or ROOT, env=env, timeout=120
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in PAGES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def project(site: Path, tmp_path: Path) -> Path:
    done = run("convert", site, tmp_path / "project")
    assert done.returncode == 0, done.stderr
    return tmp_path / "project"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in LOCAL and "undo" not in path.parts
    }


def test_converts_a_site(project: Path) -> None:
    first = (project / "blog/first.md").read_text()
    assert first == (
        "---\ntitle: First\ndate: 2024-01-02\n---\n\nThanks \\@jane, see [second](#part).\n"
    )
    assert "(part)=\n## Part" in (project / "blog/second.md").read_text()
    assert "[the post](blog/first.md)" in (project / "index.md").read_text()
    urls = json.loads((project / ".hugo2myst/urls.json").read_text())
    assert urls["/old/"] == urls["/blog/first/"] == "blog/first.md"
    assert (project / "redirects/html/old/index.html").exists()


def test_a_second_run_changes_nothing(site: Path, project: Path) -> None:
    before = tree(project)
    again = run("convert", site, project)
    assert again.returncode == 0
    assert "create" not in again.stdout and "update" not in again.stdout
    assert tree(project) == before


def test_status_names_what_would_change(site: Path, project: Path) -> None:
    assert run("status", site, project).stdout == "nothing to do\n"
    with (site / "content/blog/second.md").open("a") as page:
        page.write("\nMore.\n")
    told = run("status", site, project, "--json")
    assert told.returncode == 1
    files = {row["path"]: row["action"] for row in json.loads(told.stdout)["files"]}
    assert files["blog/second.md"] == "update"
    assert run("convert", site, project, "--dry-run").returncode == 1


def test_hand_edits_survive_and_clashes_exit_3(site: Path, project: Path) -> None:
    page = project / "blog/second.md"
    page.write_text(page.read_text() + "\nBy hand.\n")
    source = site / "content/blog/second.md"
    source.write_text(source.read_text().replace("title: Second", "title: The second"))
    assert run("convert", site, project).returncode == 0
    assert "title: The second" in page.read_text() and "By hand." in page.read_text()
    page.write_text(page.read_text().replace("Text.", "Text by hand."))
    source.write_text(source.read_text().replace("Text.", "Text of the source."))
    clash = run("convert", site, project)
    assert clash.returncode == 3
    assert "Text by hand." in page.read_text()
    assert "Text of the source." in (project / ".hugo2myst/conflicts/blog/second.md").read_text()


def test_the_diff_applied_is_the_conversion(site: Path, project: Path, tmp_path: Path) -> None:
    (site / "content/blog/third.md").write_text("---\ntitle: Third\ndate: 2024-03-04\n---\nNew.\n")
    (site / "content/blog/second.md").write_text("---\ntitle: Second\n---\n## Part\n\nOther.\n")
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    patch = run("diff", site, project)
    assert patch.returncode == 1
    subprocess.run(["git", "apply"], input=patch.stdout, text=True, cwd=copy, check=True)
    assert run("convert", site, project).returncode == 0
    pages = {
        path: data for path, data in tree(project).items() if not path.startswith(".hugo2myst")
    }
    assert pages == {p: d for p, d in tree(copy).items() if not p.startswith(".hugo2myst")}
    assert run("diff", site, project).returncode == 0


def test_port_brings_an_open_change_along(site: Path, project: Path, tmp_path: Path) -> None:
    head = tmp_path / "head"
    shutil.copytree(site, head)
    (head / "content/blog/first.md").write_text(
        PAGES["content/blog/first.md"].replace("Thanks", "Many thanks")
    )
    patch = run("port", site, head, project)
    assert patch.returncode == 0, patch.stderr
    subprocess.run(["git", "apply"], input=patch.stdout, text=True, cwd=project, check=True)
    assert "Many thanks \\@jane" in (project / "blog/first.md").read_text()


def test_undo_takes_the_last_run_back(site: Path, project: Path) -> None:
    before = (project / "blog/second.md").read_text()
    (site / "content/blog/second.md").write_text("---\ntitle: Second\n---\n## Part\n\nOther.\n")
    assert run("convert", site, project).returncode == 0
    assert (project / "blog/second.md").read_text() != before
    after = (project / "blog/second.md").read_text()
    assert run("undo", project).returncode == 0
    assert (project / "blog/second.md").read_text() == before
    assert run("convert", site, project).returncode == 0
    assert (project / "blog/second.md").read_text() == after


def test_a_foreign_folder_is_refused(site: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine")
    refused = run("convert", site, foreign)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr and "--force" in refused.stderr
    assert list(foreign.iterdir()) == [foreign / "mine.txt"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("convret",), "convert"),
        (("convert", "no-such-folder", "x"), "no such file or folder"),
        (("convert", "--draft", ".", "x"), "--drafts"),
        (("undo", "no-such-folder"), "no such folder"),
    ],
)
def test_mistakes_are_answered_in_a_sentence(
    args: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    told = run(*args, cwd=tmp_path)
    assert told.returncode == 2
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_a_settings_file_with_a_wrong_key_names_the_line(site: Path, tmp_path: Path) -> None:
    (site / "hugo2myst.yml").write_text("# mine\ndraft: true\n")
    told = run("convert", site, tmp_path / "project")
    assert told.returncode == 2
    assert "hugo2myst.yml:2" in told.stderr and "`drafts`" in told.stderr


def test_the_summary_as_json(site: Path, tmp_path: Path) -> None:
    told = run("convert", site, tmp_path / "project", "--json")
    summary = json.loads(told.stdout)
    assert summary["urls"]["same"] >= 4
    assert summary == json.loads((tmp_path / "project/.hugo2myst/report.json").read_text())


def test_a_feed_keeps_its_posts_by_guid(tmp_path: Path) -> None:
    done = run("convert", FEED, tmp_path / "blog", "--json")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "blog/.hugo2myst/manifest.json").read_text())
    guid = "https://deploy-preview-612--2i2c-org.netlify.app/blog/public-roadmap/"
    assert guid in manifest["pages"]
    assert guid in (tmp_path / "blog/feed/index.xml").read_text()
