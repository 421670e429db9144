"""Re-runs over a project that people edit: each row of the table, moves, and ways back."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from trees import actions, codes, outputs, run, tree

from migrate.diagnostics import MigrateError
from migrate.write.manifest import PageRecord, dump, load
from migrate.write.policy import Policy
from migrate.write.tree import open_tree, view_tree
from migrate.write.undo import undo

BASE = "one\ntwo\nthree\nfour\nfive\n"
EDITED = "one\ntwo\nthree\nfour\nfive, by hand\n"
NEW = "one, new\ntwo\nthree\nfour\nfive\n"
BOTH = "one, new\ntwo\nthree\nfour\nfive, by hand\n"
CLASH = "one\ntwo\nthree\nfour\nfive, new\n"


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """A project with one page, converted once."""
    run(tmp_path / "dest", {"a.md": BASE, "b/index.md": BASE})
    return tmp_path / "dest"


def conflict(dest: Path, name: str = "a.md") -> Path:
    return dest / ".hugo2myst/conflicts" / name


def test_first_run_writes_files_and_record(dest: Path) -> None:
    assert tree(dest) == {"a.md": BASE, "b/index.md": BASE}
    record = json.loads((dest / ".hugo2myst/manifest.json").read_text())
    assert record["version"] == 1
    assert record["files"]["a.md"]["identity"] == "source of a.md"
    base = dest / ".hugo2myst/base" / record["files"]["a.md"]["hash"]
    assert base.read_text() == BASE


def test_second_run_changes_nothing_at_all(dest: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        files = [p for p in dest.rglob("*") if p.is_file() and p.name not in ("lock", "cache.json")]
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_ino) for p in files}

    before = state()
    written = run(dest, {"a.md": BASE, "b/index.md": BASE})
    assert written.counts == {"unchanged": 2}
    assert written.changes == ()
    assert state() == before


def test_the_record_is_the_same_for_the_same_input(dest: Path, tmp_path: Path) -> None:
    run(tmp_path / "other", {"b/index.md": BASE, "a.md": BASE})
    for name in ("manifest.json", ".gitignore", ".gitattributes"):
        first, second = (one / ".hugo2myst" / name for one in (dest, tmp_path / "other"))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("disk", "new", "action", "after"),
    [
        (BASE, BASE, None, BASE),
        (EDITED, BASE, "keep", EDITED),
        (None, BASE, "deleted", None),
        (BASE, NEW, "update", NEW),
        (NEW, NEW, None, NEW),
        (EDITED, NEW, "merge", BOTH),
        (EDITED, CLASH, "conflict", EDITED),
        (None, NEW, "deleted", None),
        (BASE, None, "orphan", BASE),
        (EDITED, None, "orphan", EDITED),
        (None, None, "gone", None),
    ],
)
def test_each_row_of_the_table(
    dest: Path, disk: str | None, new: str | None, action: str | None, after: str | None
) -> None:
    if disk is None:
        (dest / "a.md").unlink()
    else:
        (dest / "a.md").write_text(disk)
    files = {"b/index.md": BASE} | ({"a.md": new} if new is not None else {})
    with view_tree(dest) as seen:
        assert seen is not None
        foretold = {str(c.path): str(c.action) for c in seen.decide(outputs(files))}
    written = run(dest, files)
    assert actions(written).get("a.md") == action
    assert foretold.get("a.md") == (action or "unchanged")
    assert tree(dest).get("a.md") == after
    again = run(dest, files)
    assert not any(done.written for done in again.changes)
    assert tree(dest).get("a.md") == after


def test_a_file_that_was_there_is_never_overwritten_unasked(tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    dest.mkdir()
    (dest / "a.md").write_text("mine\n")
    with pytest.raises(MigrateError, match="isn't empty"):
        run(dest, {"a.md": BASE})
    assert tree(dest, record=True) == {"a.md": "mine\n"}
    written = run(dest, {"a.md": BASE, "b.md": BASE}, adopt=True)
    assert actions(written) == {"a.md": "conflict", "b.md": "create"}
    assert codes(written) == ["HM701"]
    assert (dest / "a.md").read_text() == "mine\n"
    assert conflict(dest).read_text() == BASE
    conflict(dest).unlink()
    assert actions(run(dest, {"a.md": BASE, "b.md": BASE})) == {"a.md": "keep"}


def test_a_conflict_is_named_until_it_is_settled(dest: Path) -> None:
    (dest / "a.md").write_text(EDITED)
    files = {"a.md": CLASH, "b/index.md": BASE}
    for _ in range(3):
        written = run(dest, files)
        assert written.conflicts == 1
        assert codes(written) == ["HM706"]
        assert (dest / "a.md").read_text() == EDITED
        assert conflict(dest).read_text() == CLASH
    (dest / "a.md").write_text("one\ntwo\nthree\nfour\nfive, new, by hand\n")
    conflict(dest).unlink()
    assert actions(run(dest, files)) == {"a.md": "keep"}
    merged = run(dest, files | {"a.md": "one, newer\ntwo\nthree\nfour\nfive, new\n"})
    assert actions(merged) == {"a.md": "merge"}
    assert (dest / "a.md").read_text() == "one, newer\ntwo\nthree\nfour\nfive, new, by hand\n"


def test_a_conflict_ends_when_the_source_goes_back(dest: Path) -> None:
    (dest / "a.md").write_text(EDITED)
    run(dest, {"a.md": CLASH, "b/index.md": BASE})
    assert conflict(dest).exists()
    assert run(dest, {"a.md": BASE, "b/index.md": BASE}).conflicts == 0
    assert not conflict(dest).exists()


@pytest.mark.parametrize(
    ("how", "action", "after"),
    [("keep", "keep", EDITED), ("incoming", "update", CLASH)],
)
def test_conflicts_as_a_person_wants_them(dest: Path, how: str, action: str, after: str) -> None:
    (dest / "a.md").write_text(EDITED)
    files = {"a.md": CLASH, "b/index.md": BASE}
    assert actions(run(dest, files, on_conflict=how)) == {"a.md": action}
    assert (dest / "a.md").read_text() == after
    assert run(dest, files).conflicts == 0


def test_markers_are_a_conflict_until_they_are_gone(dest: Path) -> None:
    (dest / "a.md").write_text(EDITED)
    files = {"a.md": CLASH, "b/index.md": BASE}
    assert run(dest, files, on_conflict="markers").conflicts == 1
    text = (dest / "a.md").read_text()
    assert text == (
        "one\ntwo\nthree\nfour\n<<<<<<< as edited\nfive, by hand\n=======\nfive, new\n"
        ">>>>>>> as converted now\n"
    )
    assert run(dest, files, on_conflict="markers").conflicts == 1
    assert run(dest, files).conflicts == 1
    assert (dest / "a.md").read_text() == text
    (dest / "a.md").write_text("one\ntwo\nthree\nfour\nfive\n")
    assert actions(run(dest, files)) == {"a.md": "keep"}


def test_prune_removes_only_what_nobody_edited(dest: Path) -> None:
    (dest / "a.md").write_text(EDITED)
    written = run(dest, {"c.md": BASE}, prune=True)
    assert actions(written) == {"a.md": "orphan", "b/index.md": "remove", "c.md": "create"}
    assert tree(dest) == {"a.md": EDITED, "c.md": BASE}
    assert not (dest / "b").exists()


def test_what_was_deleted_comes_back_on_request(dest: Path) -> None:
    files = {"a.md": NEW, "b/index.md": BASE}
    (dest / "a.md").unlink()
    shutil.rmtree(dest / "b")
    assert actions(run(dest, files)) == {"a.md": "deleted", "b/index.md": "deleted"}
    back = run(dest, files, restore=(PurePosixPath("a.md"), PurePosixPath("b")))
    assert actions(back) == {"a.md": "create", "b/index.md": "create"}
    assert tree(dest) == files


def test_hand_edits_go_only_if_the_file_itself_is_named(dest: Path) -> None:
    files = {"a.md": NEW, "b/index.md": BASE}
    (dest / "a.md").write_text(CLASH)
    (dest / "b/index.md").write_text(EDITED)
    written = run(dest, files, restore=(PurePosixPath("a.md"), PurePosixPath("b")))
    assert actions(written) == {"a.md": "update", "b/index.md": "keep"}
    assert tree(dest) == {"a.md": NEW, "b/index.md": EDITED}
    undo(dest)
    assert tree(dest)["a.md"] == CLASH


def test_a_feed_forgets_and_we_do_not(dest: Path) -> None:
    for _ in range(2):
        written = run(dest, {"c.md": BASE}, partial=True, prune=True)
        assert "orphan" not in written.counts
    assert tree(dest) == {"a.md": BASE, "b/index.md": BASE, "c.md": BASE}


def test_line_ends_of_a_checkout_are_no_edits_that_clash(dest: Path) -> None:
    (dest / "a.md").write_bytes(BASE.replace("\n", "\r\n").encode())
    run(dest, {"a.md": NEW, "b/index.md": BASE})
    assert (dest / "a.md").read_bytes() == NEW.replace("\n", "\r\n").encode()


class TestMoves:
    """The same identity at another path."""

    def move(self, dest: Path, files: dict[str, str], of: dict[str, str], **policy: object):
        return run(dest, files, {new: f"source of {old}" for new, old in of.items()}, **policy)

    def test_a_file_moves_with_its_edits(self, dest: Path) -> None:
        (dest / "b/index.md").write_text(EDITED)
        files = {"a.md": BASE, "c/index.md": NEW}
        written = self.move(dest, files, {"c/index.md": "b/index.md"})
        assert actions(written) == {"c/index.md": "merge"}
        assert str(written.changes[0].moved_from) == "b/index.md"
        assert tree(dest) == {"a.md": BASE, "c/index.md": BOTH}
        assert not (dest / "b").exists()
        assert self.move(dest, files, {"c/index.md": "b/index.md"}).changes[0].action == "keep"

    def test_a_clash_moves_too_and_is_named(self, dest: Path) -> None:
        (dest / "a.md").write_text(EDITED)
        written = self.move(dest, {"c.md": CLASH, "b/index.md": BASE}, {"c.md": "a.md"})
        assert actions(written) == {"c.md": "conflict"}
        assert tree(dest) == {"c.md": EDITED, "b/index.md": BASE}
        assert conflict(dest, "c.md").read_text() == CLASH

    def test_two_files_change_places(self, dest: Path) -> None:
        (dest / "a.md").write_text("A " + BASE)
        (dest / "b/index.md").write_text("B " + BASE)
        files = {"a.md": BASE, "b/index.md": BASE}
        self.move(dest, files, {"a.md": "b/index.md", "b/index.md": "a.md"})
        assert tree(dest) == {"a.md": "B " + BASE, "b/index.md": "A " + BASE}

    def test_a_chain_of_moves(self, dest: Path) -> None:
        (dest / "a.md").write_text("A " + BASE)
        (dest / "b/index.md").write_text("B " + BASE)
        files = {"b/index.md": BASE, "c.md": BASE, "a.md": "fresh\n"}
        of = {"b/index.md": "a.md", "c.md": "b/index.md", "a.md": "fresh"}
        self.move(dest, files, of)
        assert tree(dest) == {"a.md": "fresh\n", "b/index.md": "A " + BASE, "c.md": "B " + BASE}

    def test_a_move_onto_a_persons_file_waits(self, dest: Path) -> None:
        (dest / "c.md").write_text("mine\n")
        (dest / "a.md").write_text(EDITED)
        files = {"c.md": BASE, "b/index.md": BASE}
        written = self.move(dest, files, {"c.md": "a.md"})
        assert codes(written) == ["HM707"]
        assert tree(dest) == {"a.md": EDITED, "b/index.md": BASE, "c.md": "mine\n"}
        (dest / "c.md").unlink()
        self.move(dest, files, {"c.md": "a.md"})
        assert tree(dest) == {"b/index.md": BASE, "c.md": EDITED}

    def test_what_a_person_deleted_stays_so_where_it_moves_to(self, dest: Path) -> None:
        (dest / "a.md").unlink()
        files = {"c.md": BASE, "b/index.md": BASE}
        for _ in range(2):
            written = self.move(dest, files, {"c.md": "a.md"})
            assert actions(written) == {"c.md": "deleted"}
        assert tree(dest) == {"b/index.md": BASE}

    def test_a_file_that_a_person_moved_already(self, dest: Path) -> None:
        (dest / "a.md").rename(dest / "c.md")
        (dest / "c.md").write_text(EDITED)
        files = {"c.md": NEW, "b/index.md": BASE}
        assert actions(self.move(dest, files, {"c.md": "a.md"})) == {"c.md": "merge"}
        assert tree(dest) == {"b/index.md": BASE, "c.md": BOTH}
        assert not self.move(dest, files, {"c.md": "a.md"}, prune=True).changes[0].written

    def test_former_urls_are_remembered(self, tmp_path: Path) -> None:
        for url in ("/one/", "/two/", "/three/", "/three/"):
            with open_tree(tmp_path / "d") as project:
                pages = {"p": PageRecord("key", url, (), ("p.md",))}
                project.write(outputs({"p.md": BASE}, {"p.md": "p"}), (), pages)
        with view_tree(tmp_path / "d") as project:
            assert project is not None
            assert project.manifest.former_urls("p", "/three/") == ("/one/", "/two/")
            assert project.manifest.former_urls("p", "/one/") == ("/two/", "/three/")


class TestIncremental:
    """Pages that are not converted again."""

    def first(self, dest: Path) -> None:
        with open_tree(dest) as project:
            pages = {"p": PageRecord("key 1", "/p/", (), ("p.md", "p.png"))}
            files = outputs({"p.md": BASE, "p.png": b"\0png"}, {"p.md": "p"})
            project.write(files, (), pages, {"p": '{"links": 3}'})

    def test_current_pages_are_kept(self, tmp_path: Path) -> None:
        self.first(tmp_path / "d")
        with open_tree(tmp_path / "d") as project:
            assert project.manifest.is_current("p", "key 1")
            assert not project.manifest.is_current("p", "key 2")
            assert not project.manifest.is_current("q", "")
            assert project.note("p", "key 1") == '{"links": 3}'
            assert project.note("p", "key 2") is None
            assert project.write((), {"p"}).counts == {"unchanged": 2}
        with open_tree(tmp_path / "d") as project:
            assert project.note("p", "key 1") == '{"links": 3}'
            assert project.manifest.is_current("p", "key 1")

    def test_edits_of_kept_pages_are_seen(self, tmp_path: Path) -> None:
        self.first(tmp_path / "d")
        (tmp_path / "d/p.md").write_text(EDITED)
        (tmp_path / "d/p.png").unlink()
        with open_tree(tmp_path / "d") as project:
            assert project.write((), {"p"}).counts == {"keep": 1, "deleted": 1}

    def test_a_conflict_of_a_kept_page_stays_named(self, tmp_path: Path) -> None:
        self.first(tmp_path / "d")
        (tmp_path / "d/p.md").write_text(EDITED)
        pages = {"p": PageRecord("key 2", "/p/", (), ("p.md",))}
        for _ in range(2):
            with open_tree(tmp_path / "d") as project:
                kept = {"p"} if project.manifest.is_current("p", "key 2") else set()
                files = () if kept else outputs({"p.md": CLASH}, {"p.md": "p"})
                written = project.write(files, kept, pages)
                assert written.conflicts == 1
            assert conflict(tmp_path / "d", "p.md").read_text() == CLASH

    def test_an_edit_with_the_same_size_and_time_is_seen(self, dest: Path) -> None:
        page = dest / "a.md"
        times = page.stat()
        page.write_text(BASE.replace("one", "eno"))
        os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert actions(run(dest, {"a.md": BASE, "b/index.md": BASE})) == {"a.md": "keep"}


class TestRecord:
    """A record that can't be used is a clear error or a clean rebuild."""

    @pytest.mark.parametrize(
        "damage",
        [
            b"",
            b"{",
            b"[]",
            b'{"version": 1}',
            b'{"version": 1, "tool": "1", "settings": "", "pages": {}, "files": {"a.md": {}}}',
            b'{"version": 1, "tool": "1", "settings": "", "pages": [], "files": {}}',
            b"\xff\xfe",
            b"[" * 100_000,
            b"<<<<<<< HEAD\n{}\n",
        ],
    )
    def test_damage(self, dest: Path, damage: bytes) -> None:
        manifest = dest / ".hugo2myst/manifest.json"
        manifest.write_bytes(damage)
        files = {"a.md": NEW, "b/index.md": BASE}
        with pytest.raises(MigrateError, match=r"damaged.*--force") as raised:
            run(dest, files)
        assert raised.value.path == ".hugo2myst/manifest.json"
        assert tree(dest)["a.md"] == BASE
        written = run(dest, files, adopt=True)
        assert actions(written) == {"a.md": "conflict"}
        assert tree(dest)["a.md"] == BASE

    def test_newer(self, dest: Path) -> None:
        manifest = dest / ".hugo2myst/manifest.json"
        manifest.write_text('{"version": 99, "tool": "7.1"}')
        with pytest.raises(MigrateError, match=r"newer hugo2myst \(7\.1\)"):
            run(dest, {"a.md": BASE})

    def test_missing(self, dest: Path) -> None:
        (dest / ".hugo2myst/manifest.json").unlink()
        with pytest.raises(MigrateError, match="isn't empty"):
            run(dest, {"a.md": BASE})
        assert run(dest, {"a.md": BASE, "b/index.md": BASE}, adopt=True).counts == {"unchanged": 2}
        assert actions(run(dest, {"a.md": NEW, "b/index.md": BASE})) == {"a.md": "update"}

    def test_missing_base_is_a_conflict_not_a_guess(self, dest: Path) -> None:
        shutil.rmtree(dest / ".hugo2myst/base")
        (dest / "a.md").write_text(EDITED)
        assert actions(run(dest, {"a.md": NEW, "b/index.md": BASE})) == {"a.md": "conflict"}

    def test_a_lost_cache_costs_nothing_but_time(self, dest: Path) -> None:
        for content in (b"{", b'{"version": 1, "files": {"a.md": [1]}, "notes": {}}'):
            (dest / ".hugo2myst/cache.json").write_bytes(content)
            assert run(dest, {"a.md": BASE, "b/index.md": BASE}).counts == {"unchanged": 2}

    def test_paths_in_a_forged_record_lead_nowhere(self, dest: Path, tmp_path: Path) -> None:
        victim = tmp_path / "victim.md"
        victim.write_text(BASE)
        manifest = dest / ".hugo2myst/manifest.json"
        record = load(manifest.read_bytes())
        known = record.files["a.md"]
        forged = {"../victim.md": known, str(victim): known, **record.files}
        manifest.write_bytes(dump(replace(record, files=forged)))
        run(dest, {"b/index.md": BASE}, prune=True)
        assert victim.read_text() == BASE

    def test_names_that_are_no_utf8_survive_in_identities(self, tmp_path: Path) -> None:
        run(tmp_path / "d", {"a.md": BASE}, {"a.md": "content/\udcff.md"})
        run(tmp_path / "d", {"c.md": BASE}, {"c.md": "content/\udcff.md"})
        assert tree(tmp_path / "d") == {"c.md": BASE}


class TestAssets:
    """Files that are copied."""

    def test_copied_and_compared(self, tmp_path: Path) -> None:
        image = tmp_path / "x.png"
        image.write_bytes(b"\0one")
        dest = tmp_path / "d"
        assert actions(run(dest, {"x.png": image})) == {"x.png": "create"}
        assert (dest / "x.png").read_bytes() == b"\0one"
        assert (dest / "x.png").stat().st_nlink == 1
        assert run(dest, {"x.png": image}).counts == {"unchanged": 1}
        image.write_bytes(b"\0two")
        assert actions(run(dest, {"x.png": image})) == {"x.png": "update"}
        (dest / "x.png").write_bytes(b"mine")
        assert actions(run(dest, {"x.png": image})) == {"x.png": "keep"}
        image.write_bytes(b"\0three")
        assert actions(run(dest, {"x.png": image})) == {"x.png": "conflict"}
        assert (dest / "x.png").read_bytes() == b"mine"
        assert conflict(dest, "x.png").read_bytes() == b"\0three"

    def test_moved(self, tmp_path: Path) -> None:
        image = tmp_path / "x.png"
        image.write_bytes(b"\0one")
        run(tmp_path / "d", {"x.png": image}, {"x.png": "x"})
        run(tmp_path / "d", {"img/x.png": image}, {"img/x.png": "x"})
        assert tree(tmp_path / "d") == {"img/x.png": "\0one"}

    def test_one_that_is_gone_is_an_error_for_that_file(self, tmp_path: Path) -> None:
        written = run(tmp_path / "d", {"x.png": tmp_path / "x.png", "a.md": BASE})
        assert codes(written) == ["HM709"]
        assert tree(tmp_path / "d") == {"a.md": BASE}


class TestUndo:
    """The state before the last run."""

    def test_everything_that_a_run_does(self, dest: Path) -> None:
        (dest / "a.md").write_text(EDITED)
        before = tree(dest)
        record = (dest / ".hugo2myst/manifest.json").read_bytes()
        files = {"a.md": NEW, "c/index.md": NEW, "d.md": BASE}
        run(dest, files, {"c/index.md": "source of b/index.md"})
        after = tree(dest)
        assert after == {"a.md": BOTH, "c/index.md": NEW, "d.md": BASE}
        undone = undo(dest)
        assert tree(dest) == before
        assert undone.left == ()
        assert (dest / ".hugo2myst/manifest.json").read_bytes() == record
        run(dest, files, {"c/index.md": "source of b/index.md"})
        assert tree(dest) == after

    def test_removed_files_come_back(self, dest: Path) -> None:
        run(dest, {}, prune=True)
        assert tree(dest) == {}
        undo(dest)
        assert tree(dest) == {"a.md": BASE, "b/index.md": BASE}

    def test_the_first_run(self, dest: Path) -> None:
        undo(dest)
        assert tree(dest) == {}
        with pytest.raises(MigrateError, match="no run has left"):
            undo(dest)
        assert run(dest, {"a.md": BASE}).counts == {"create": 1}

    def test_what_was_edited_since_is_left_and_named(self, dest: Path) -> None:
        run(dest, {"a.md": NEW, "b/index.md": NEW})
        (dest / "a.md").write_text("by hand\n")
        undone = undo(dest)
        assert [str(path) for path in undone.left] == ["a.md"]
        assert tree(dest) == {"a.md": "by hand\n", "b/index.md": BASE}

    def test_a_run_without_changes_takes_no_way_back_away(self, dest: Path) -> None:
        run(dest, {"a.md": NEW, "b/index.md": BASE})
        run(dest, {"a.md": NEW, "b/index.md": BASE})
        undo(dest)
        assert tree(dest)["a.md"] == BASE

    def test_merges_work_after_an_undo(self, dest: Path) -> None:
        (dest / "a.md").write_text(EDITED)
        run(dest, {"a.md": "other\n" * 3, "b/index.md": BASE}, on_conflict="incoming")
        undo(dest)
        assert actions(run(dest, {"a.md": NEW, "b/index.md": BASE})) == {"a.md": "merge"}
        assert tree(dest)["a.md"] == BOTH


def test_two_runs_at_once(dest: Path) -> None:
    with (
        open_tree(dest),
        pytest.raises(MigrateError, match=rf"another run .*process {os.getpid()}\)"),
        open_tree(dest),
    ):
        pass
    assert run(dest, {"a.md": BASE, "b/index.md": BASE}).counts == {"unchanged": 2}


def test_looking_writes_nothing(dest: Path, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in sorted(dest.rglob("*"))}
    with view_tree(dest, Policy(prune=True)) as project:
        assert project is not None
        assert [str(c.action) for c in project.decide(outputs({"a.md": NEW}))] == [
            "update",
            "remove",
        ]
    assert {p: p.stat().st_mtime_ns for p in sorted(dest.rglob("*"))} == before
    with view_tree(tmp_path / "none") as project:
        assert project is None
    assert not (tmp_path / "none").exists()


def test_the_records_own_folder_takes_machine_files(dest: Path) -> None:
    files = {"a.md": BASE, "b/index.md": BASE, ".hugo2myst/urls.json": "{}\n"}
    assert actions(run(dest, files)) == {".hugo2myst/urls.json": "create"}
    (dest / ".hugo2myst/urls.json").write_text("edited")
    assert actions(run(dest, files)) == {".hugo2myst/urls.json": "update"}
    assert run(dest, files).counts == {"unchanged": 3}
    for name in ("manifest.json", "base/x", "lock", "undo/x", "run/changes.jsonl"):
        assert codes(run(dest, files | {f".hugo2myst/{name}": "{}"})) == ["HM702"]
