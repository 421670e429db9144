"""Patches: what `diff` prints is what `convert` does, for git and for patch."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import Content, outputs, run, tree

from migrate.diagnostics import MigrateError
from migrate.write.differences import edits, patch_of, port
from migrate.write.history import commit_run
from migrate.write.patch import FilePatch, render, whole
from migrate.write.policy import Policy
from migrate.write.tree import open_tree, view_tree
from migrate.write.views import name_status, side_by_side, stat, words

BEFORE: dict[str, Content] = {
    "same.md": "same\n",
    "changed.md": "".join(f"line {n}\n" for n in range(40)),
    "noeol.md": "one\ntwo",
    "crlf.md": b"one\r\ntwo\r\nthree\r\n",
    "odd.md": b"caf\xe9 \x0c form feed \xe2\x80\xa8 line separator\x0bx\nend\n",
    "gone.md": "gone\n",
    "old/index.md": "moving\n" + "text\n" * 20,
    "a.md": "this was a\n" + "a\n" * 9,
    "b.md": "this was b\n" + "b\n" * 9,
    "img/x.png": b"\0PNG one",
    "with space/ü 日本.md": "one\n",
    "merged.md": "one\n2\n3\n4\nfive\n",
    "empty.md": "",
}
AFTER: dict[str, Content] = {
    "same.md": "same\n",
    "changed.md": "".join(f"line {n}{' new' * (n in (3, 4, 30))}\n" for n in range(41)),
    "noeol.md": "one\ntwo\nthree",
    "crlf.md": b"one\r\n2\r\nthree\r\n",
    "odd.md": b"caf\xe9 \x0c form feed \xe2\x80\xa8 line separator\x0by\nend",
    "new/index.md": "moving\n" + "text\n" * 20,
    "a.md": "this was b\n" + "b\n" * 9,
    "b.md": "this was a\n" + "a\n" * 8,
    "img/x.png": b"\0PNG two",
    "with space/ü 日本.md": "two\n",
    'new "quoted".md': "new\n",
    "merged.md": "one\n2\n3\n4\n5\n",
    "empty.md": "no more\n",
    "now-empty.md": "",
}
NAMES = {
    "new/index.md": "source of old/index.md",
    "a.md": "source of b.md",
    "b.md": "source of a.md",
}


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """A project that a second run changes in every way."""
    run(tmp_path / "dest", BEFORE)
    (tmp_path / "dest/merged.md").write_text("1\n2\n3\n4\nfive\n")
    return tmp_path / "dest"


def patches(dest: Path, files: dict[str, Content], names: dict[str, str]) -> list[FilePatch]:
    with view_tree(dest, Policy(prune=True)) as project:
        made = [patch_of(change, project) for change in project.decide(outputs(files, names))]
        return [patch for patch in made if patch]


def shell(*command: str, cwd: Path, feed: bytes = b"") -> str:
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "HOME": str(cwd),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": "x@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    done = subprocess.run(
        command, cwd=cwd, input=feed, capture_output=True, check=False, env=environment
    )
    assert done.returncode == 0, (command, done.stdout.decode(), done.stderr.decode())
    return done.stdout.decode()


def commit(folder: Path, message: str) -> None:
    shell("git", "init", "-q", cwd=folder)
    shell("git", "add", "-A", cwd=folder)
    shell("git", "commit", "-q", "-m", message, cwd=folder)


def test_git_apply_gives_what_convert_writes(dest: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(dest, copy)
    text = b"".join(whole(patches(dest, AFTER, NAMES), binary=True))
    shell("git", "init", "-q", cwd=copy)
    shell("git", "apply", "--whitespace=nowarn", "-", cwd=copy, feed=text)
    shutil.rmtree(copy / ".git")
    run(dest, AFTER, NAMES, prune=True)
    assert tree(copy) == tree(dest)
    assert not (copy / "old").exists()
    assert run(copy, AFTER, NAMES, prune=True).conflicts == 0
    assert tree(copy) == tree(dest)


def test_git_takes_it_back(dest: Path) -> None:
    before = tree(dest)
    text = b"".join(whole(patches(dest, AFTER, NAMES), binary=True))
    run(dest, AFTER, NAMES, prune=True)
    shell("git", "init", "-q", cwd=dest)
    shell("git", "apply", "-R", "--whitespace=nowarn", "-", cwd=dest, feed=text)
    shutil.rmtree(dest / ".git")
    assert tree(dest) == before


@pytest.mark.parametrize("program", [("git", "apply", "-"), ("patch", "-p1", "--binary", "-s")])
def test_binary_files_are_named_and_passed_over(
    dest: Path, tmp_path: Path, program: Sequence[str]
) -> None:
    swapped = ("a.md", "b.md")  # patch(1) can't do that
    files = {name: data for name, data in AFTER.items() if name not in swapped}
    files |= {name: BEFORE[name] for name in swapped}
    names = {"new/index.md": NAMES["new/index.md"]}
    copy = tmp_path / "copy"
    shutil.copytree(dest, copy)
    text = b"".join(whole(patches(dest, files, names)))
    assert b"# img/x.png: changed binary file, 8 bytes, not in this patch\n" in text
    shell(*program, cwd=copy, feed=text)
    run(dest, files, names, prune=True)
    assert tree(copy) == tree(dest) | {"img/x.png": "\0PNG one"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.binary(max_size=60) | st.text("ab\n\r", max_size=60).map(str.encode)] * 2),
        max_size=6,
    )
)
def test_any_content_goes_through_git(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[bytes, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = b""
    for number, (before, after) in enumerate(pairs):
        path = PurePosixPath(f"{number}.md")
        (folder / path).write_bytes(before)
        if before != after:
            text += render(FilePatch(path, path, before, after), binary=True)
    if text:
        shell(
            "git",
            "-c",
            "core.autocrlf=false",
            "apply",
            "--whitespace=nowarn",
            "-",
            cwd=folder,
            feed=text,
        )
    assert [(folder / f"{n}.md").read_bytes() for n in range(len(pairs))] == [b for _, b in pairs]


def test_the_form_of_a_patch(dest: Path) -> None:
    shown = {
        str(patch.new): render(patch).decode()
        for patch in patches(dest, AFTER, NAMES)
        if patch.new.name in ("gone.md", "noeol.md", "index.md", 'new "quoted".md')
    }
    before, after = blob(b"one\ntwo"), blob(b"one\ntwo\nthree")
    assert shown["noeol.md"] == (
        "diff --git a/noeol.md b/noeol.md\n"
        f"index {before}..{after} 100644\n"
        "--- a/noeol.md\n+++ b/noeol.md\n@@ -1,2 +1,3 @@\n one\n-two\n"
        "\\ No newline at end of file\n+two\n+three\n\\ No newline at end of file\n"
    )
    assert shown["new/index.md"] == (
        "diff --git a/old/index.md b/new/index.md\nsimilarity index 100%\n"
        "rename from old/index.md\nrename to new/index.md\n"
    )
    assert shown["gone.md"].startswith(
        "diff --git a/gone.md b/gone.md\ndeleted file mode 100644\nindex "
    )
    assert '+++ "b/new \\"quoted\\".md"\t\n' in shown['new "quoted".md']


def blob(data: bytes) -> str:
    done = subprocess.run(
        ["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def test_views(dest: Path) -> None:
    made = [p for p in patches(dest, AFTER, NAMES) if p.new.name not in ("a.md", "b.md", "odd.md")]
    status = "\n".join(sorted(map(name_status, made)))
    assert "R100\told/index.md\tnew/index.md" in status
    assert "D\tgone.md" in status and "M\tchanged.md" in status and 'A\tnew "quoted".md' in status
    lines = stat(made).splitlines()
    assert " changed.md                   | 7 ++++---" in lines
    assert any(
        line.startswith(" img/x.png") and line.endswith("Bin 8 -> 8 bytes") for line in lines
    )
    assert lines[-1] == f" {len(made)} files changed, +11 -8"
    changed = next(patch for patch in made if patch.new.name == "crlf.md")
    assert words(changed).replace("\r", "") == "crlf.md\n@@ line 1 @@\none\n[-two-]{+2+}\nthree\n"
    assert stat([]) == ""


def test_side_by_side() -> None:
    left = "same\n{{< note >}}\na long line that does not fit\n"
    right = "same\n:::{note}\n:::\na long line that does not fit\n日本\n"
    assert list(side_by_side(left, right, 33)) == [
        "same              same",
        "{{< note >}}    | :::{note}",
        "                | :::",
        "a long line tha   a long line tha",
        "t does not fit    t does not fit",
        "                | 日本",
    ]


def test_edits_are_what_people_changed(dest: Path) -> None:
    (dest / "same.md").unlink()
    (dest / "img/x.png").write_bytes(b"\0mine")
    (dest / "own.md").write_text("mine\n")
    with view_tree(dest) as project:
        assert project is not None
        made = {str(patch.new): patch for patch in edits(project)}
        assert list(edits(project, (PurePosixPath("img"),))) == [made["img/x.png"]]
    assert sorted(made) == ["img/x.png", "merged.md", "same.md"]
    assert name_status(made["same.md"]) == "D\tsame.md"
    assert b"-one\n+1\n" in render(made["merged.md"])


def test_dry_run_and_run_say_the_same(dest: Path) -> None:
    with view_tree(dest, Policy(prune=True)) as project:
        said = [
            (c.path, c.action, c.moved_from, c.writes)
            for c in project.decide(outputs(AFTER, NAMES))
        ]
    done = run(dest, AFTER, NAMES, prune=True).changes
    assert [row for row in said if row[1] != "unchanged" or row[3]] == [
        (one.path, one.action, one.moved_from, one.written) for one in done
    ]


class TestPort:
    """A change of the sources as a change of the project."""

    def test_it_applies_to_an_edited_project(self, dest: Path) -> None:
        commit(dest, "converted and edited")
        (dest / "noeol.md").unlink()
        with view_tree(dest) as project:
            ported = port(outputs(BEFORE), outputs(AFTER, NAMES), project)
        assert [str(path) for path in ported.absent] == ["noeol.md"]
        assert ported.clashes == ()
        text = b"".join(whole(ported.patches, binary=True))
        shell("git", "apply", "--3way", "--whitespace=nowarn", "-", cwd=dest, feed=text)
        assert (dest / "merged.md").read_text() == "1\n2\n3\n4\n5\n"
        assert (dest / "new/index.md").exists() and not (dest / "old").exists()
        assert (dest / "img/x.png").read_bytes() == b"\0PNG two"

    def test_a_clash_shows_both_sides_with_3way(self, dest: Path) -> None:
        commit(dest, "converted")
        (dest / "merged.md").write_text("one\n2\n3\n4\nfive by hand\n")
        commit(dest, "edited")
        files = BEFORE | {"merged.md": "one\n2\n3\n4\nfive from Hugo\n"}
        with view_tree(dest) as project:
            ported = port(outputs(BEFORE), outputs(files), project)
        assert [str(path) for path in ported.clashes] == ["merged.md"]
        text = b"".join(whole(ported.patches))
        done = subprocess.run(
            ["git", "apply", "--3way", "-"], cwd=dest, input=text, capture_output=True, check=False
        )
        assert b"with conflicts" in done.stderr, done.stderr
        merged = (dest / "merged.md").read_text()
        assert "five by hand" in merged and "five from Hugo" in merged

    def test_without_a_project_it_is_the_change_of_the_conversion(self, tmp_path: Path) -> None:
        ported = port(outputs(BEFORE), outputs(AFTER, NAMES), None)
        folder = tmp_path / "plain"
        run(folder, BEFORE)
        text = b"".join(whole(ported.patches, binary=True))
        shell("git", "init", "-q", cwd=folder)
        shell("git", "apply", "--whitespace=nowarn", "-", cwd=folder, feed=text)
        shutil.rmtree(folder / ".git")
        fresh = tmp_path / "fresh"
        run(fresh, AFTER)
        assert tree(folder) == tree(fresh)

    def test_no_change_no_patch(self, dest: Path) -> None:
        with view_tree(dest) as project:
            assert port(outputs(BEFORE), outputs(BEFORE), project).patches == ()


class TestHistory:
    """Two commits: moves, then edits."""

    @pytest.fixture(autouse=True)
    def identity(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_NAME", "A Person")
            monkeypatch.setenv(f"GIT_{who}_EMAIL", "person@example.org")

    def test_moves_of_a_second_run(self, dest: Path) -> None:
        commit(dest, "first")
        (dest / "own.md").write_text("mine, staged\n")
        shell("git", "add", "own.md", cwd=dest)
        heavy = {**AFTER, "new/index.md": "all\nother\nwords\n"}
        written = run(dest, heavy, NAMES, prune=True)
        made = commit_run(dest, written.changes)
        moves = shell("git", "show", "--name-status", "-M100%", "--format=", made.moves, cwd=dest)
        assert "R100\told/index.md\tnew/index.md" in moves
        assert all(line.startswith(("R100", "M")) for line in moves.splitlines())
        log = shell("git", "log", "--follow", "--format=%s", "--", "new/index.md", cwd=dest)
        assert log.splitlines()[-1] == "first"
        assert shell("git", "status", "--porcelain", cwd=dest) == "A  own.md\n"

    def test_history_follows_from_the_hugo_source(self, tmp_path: Path) -> None:
        repository = tmp_path / "repository"
        content = repository / "content"
        content.mkdir(parents=True)
        sources = {}
        for number in range(20):
            (content / f"p{number}.md").write_text(f"+++\ntitle = 'x'\n+++\n{number}\n")
            sources[PurePosixPath(f"posts/p{number}.md")] = content / f"p{number}.md"
        commit(repository, "written in Hugo")
        (content / "p3.md").write_text("changed meanwhile\n")
        files = {str(path): f"wholly different {path}\n" for path in sources}
        written = run(repository / "myst", files)
        moved = {path: source for path, source in sources.items()}
        commit_run(repository / "myst", written.changes, moved)
        for number in range(20):
            name = f"myst/posts/p{number}.md"
            log = shell("git", "log", "--follow", "--format=%s", "--", name, cwd=repository)
            assert log.splitlines() == [
                "Convert with hugo2myst",
                "Move 20 files to their places in the MyST project",
                "written in Hugo",
            ]
        assert [path.name for path in content.iterdir()] == ["p3.md"]
        assert shell("git", "status", "--porcelain", cwd=repository) == ""

    def test_a_first_run_in_an_empty_repository(self, tmp_path: Path) -> None:
        shell("git", "init", "-q", str(tmp_path / "d"), cwd=tmp_path)
        written = run(tmp_path / "d", {"a.md": "a\n"})
        made = commit_run(tmp_path / "d", written.changes)
        assert made.moves == "" and made.edits
        listed = shell("git", "ls-files", cwd=tmp_path / "d").split()
        assert ".hugo2myst/manifest.json" in listed and ".hugo2myst/cache.json" not in listed
        assert commit_run(tmp_path / "d", run(tmp_path / "d", {"a.md": "a\n"}).changes).edits == ""

    def test_no_repository(self, dest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(dest.parent))
        with pytest.raises(MigrateError, match="not a git repository"):
            commit_run(dest, ())


def test_a_conflict_is_in_no_patch(dest: Path) -> None:
    (dest / "same.md").write_text("by hand\n")
    with view_tree(dest) as project:
        (change,) = (
            change
            for change in project.decide(outputs({**BEFORE, "same.md": "new\n"}))
            if change.path.name == "same.md"
        )
        assert change.action == "conflict"
        assert patch_of(change, project) is None


def test_a_first_run_as_a_patch(tmp_path: Path) -> None:
    with view_tree(tmp_path / "none") as project:
        assert project is None
    with open_tree(tmp_path / "d") as project:
        made = [patch_of(change, project) for change in project.decide(outputs({"a.md": "a\n"}))]
    assert [name_status(patch) for patch in made if patch] == ["A\ta.md"]
