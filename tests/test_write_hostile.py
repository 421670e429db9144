"""Paths and files that would lead out of the project, hang us or destroy something."""

from __future__ import annotations

import os
import socket
from pathlib import Path, PurePosixPath

import pytest
from trees import actions, codes, outputs, run, tree

from migrate.diagnostics import MigrateError
from migrate.model import Output
from migrate.places import collision_key
from migrate.write.folder import Blocked, Folder
from migrate.write.paths import refusal
from migrate.write.policy import Policy
from migrate.write.tree import open_tree, write

HOSTILE = [
    "",
    ".",
    "..",
    "../x.md",
    "a/../../x.md",
    "a/..",
    "/etc/passwd",
    "//server/share/x.md",
    "C:/x.md",
    "C:x.md",
    "a\\..\\..\\x.md",
    "\\\\server\\share\\x.md",
    "a\0.md",
    "a\n.md",
    "a\x1b[31m.md",
    "a\x85.md",
    "a\udcff.md",
    "a.md:stream",
    "con",
    "CON.md",
    "a/nul",
    "aux.txt",
    "com1.md",
    "COM¹",
    "LPT9.x.y",
    "conin$",
    "a.",
    "a./x.md",
    "a /x.md",
    "x.md ",
    ".git/config",
    ".git/hooks/post-checkout",
    ".GIT/config",
    "sub/.Git/config",
    "git~1/config",
    ".g\u200cit/config",
    ".hugo2myst/manifest.json",
    ".hugo2myst/base/x",
    ".hugo2myst",
    ".Hugo2MyST/manifest.json",
    "x" * 256 + ".md",
    "é" * 128,
    "a/" * 600 + "x.md",
]

FINE = [
    "a.md",
    "blog/2024-01-01-x/index.md",
    "...a.md",
    "a..b.md",
    "contact.md",
    "console.md",
    "com.md",
    "lpt.md",
    "nullable.md",
    ".github/x.md",
    ".gitignore",
    "Ünïcode/日本語.md",
    "with space.md",
    "100%.md",
    "a&b(c)'d.md",
    ".nojekyll",
    "x" * 250 + ".md",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_paths_are_refused(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "around"
    dest = outside / "dest"
    written = write(
        [*outputs({"good.md": "good\n"}), Output(PurePosixPath(path), b"evil", "evil")], dest
    )
    assert codes(written) == ["HM702"]
    assert [path.name for path in outside.iterdir()] == ["dest"]
    assert [path.name for path in tmp_path.iterdir()] == ["around"]
    assert tree(dest) == {"good.md": "good\n"}


@pytest.mark.parametrize("path", FINE)
def test_odd_paths_are_fine(path: str) -> None:
    assert refusal(PurePosixPath(path)) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.md", "A.md"),
        ("blog/x.md", "Blog/x.md"),
        ("é.md", "e\u0301.md"),
        ("straße.md", "STRASSE.md"),
        ("Å.md", "\u212b.md"),
        ("a\u200d.md", "a.md"),
        ("a.md", "a.md"),
    ],
)
def test_paths_that_are_one_file_somewhere_collide(tmp_path: Path, one: str, other: str) -> None:
    files = [
        Output(PurePosixPath(path), f"of {number}".encode(), str(number))
        for number, path in enumerate((one, other))
    ]
    written = write(files, tmp_path / "d")
    assert codes(written) == ["HM703"]
    assert tree(tmp_path / "d") == {one: "of 0"}
    assert write(files[:1], tmp_path / "d").counts == {"unchanged": 1}
    assert collision_key(PurePosixPath("a/b")) != collision_key(PurePosixPath("a/c"))


def test_links_in_the_destination_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("mine\n")
    dest = tmp_path / "dest"
    run(dest, {"keep.md": "k\n"})
    (dest / "folder").symlink_to(outside)
    (dest / "file.md").symlink_to(outside / "x.md")
    (dest / "dangling.md").symlink_to(outside / "new.md")
    files = {"folder/x.md": "evil", "folder/sub/y.md": "evil", "file.md": "evil"}
    written = run(dest, {"keep.md": "k\n", "dangling.md": "evil", **files})
    assert codes(written) == ["HM704"] * 4
    assert tree(outside) == {"x.md": "mine\n"}
    assert (dest / "file.md").is_symlink()
    pruned = run(dest, {}, prune=True)
    assert actions(pruned)["keep.md"] == "remove"
    assert tree(outside) == {"x.md": "mine\n"}


def test_a_page_that_became_a_link_is_left(tmp_path: Path) -> None:
    dest, outside = tmp_path / "dest", tmp_path / "x.md"
    outside.write_text("mine\n")
    run(dest, {"a.md": "one\n", "b/c.md": "one\n"})
    (dest / "a.md").unlink()
    (dest / "a.md").symlink_to(outside)
    (dest / "b").rename(tmp_path / "b")
    (dest / "b").symlink_to(tmp_path / "b")
    for how in ("incoming", "markers", "keep", "stop"):
        written = run(dest, {"a.md": "two\n", "b/c.md": "two\n"}, on_conflict=how)
        assert codes(written) == ["HM704"] * 2
    assert outside.read_text() == "mine\n"
    assert (tmp_path / "b/c.md").read_text() == "one\n"


@pytest.mark.parametrize("inside", [".hugo2myst", ".hugo2myst/base", ".hugo2myst/tmp"])
def test_a_record_that_is_a_link_is_not_followed(tmp_path: Path, inside: str) -> None:
    dest, outside = tmp_path / "dest", tmp_path / "outside"
    run(dest, {"a.md": "one\n"})
    outside.mkdir()
    place = dest / inside
    if place.exists():
        place.rename(tmp_path / "moved")
    place.symlink_to(outside)
    try:
        run(dest, {"a.md": "two\n"}, adopt=True)
    except MigrateError as error:
        assert "link" in str(error)
    assert list(outside.iterdir()) == []


def test_a_folder_swapped_for_a_link_in_the_middle_of_a_run(tmp_path: Path) -> None:
    dest, outside = tmp_path / "dest", tmp_path / "outside"
    outside.mkdir()
    run(dest, {"b/first.md": "one\n"})

    def swapping():
        yield from outputs({"b/first.md": "two\n"})
        (dest / "b").rename(tmp_path / "away")
        (dest / "b").symlink_to(outside)
        yield from outputs({"b/second.md": "evil\n", "b/c/third.md": "evil\n"})

    with open_tree(dest) as project:
        project.write(swapping())
    assert list(outside.iterdir()) == []


def test_special_files_neither_hang_nor_are_written(tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    run(dest, {"keep.md": "k\n"})
    os.mkfifo(dest / "fifo.md")
    (dest / "folder.md").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(dest)  # the name of a socket must be short
        listening.bind("socket.md")
        os.chdir(here)
        names = ("fifo.md", "folder.md", "socket.md", "keep.md/x.md")
        written = run(dest, {"keep.md": "k\n", **dict.fromkeys(names, "evil")})
    assert codes(written) == ["HM704"] * 4
    assert tree(dest) == {"keep.md": "k\n"}


def test_hard_links_are_cut_not_written_through(tmp_path: Path) -> None:
    dest, other = tmp_path / "dest", tmp_path / "other.md"
    run(dest, {"a.md": "one\n"})
    os.link(dest / "a.md", other)
    run(dest, {"a.md": "two\n"})
    assert other.read_text() == "one\n"
    assert (dest / "a.md").read_text() == "two\n"


class TestSources:
    """Assets on disk."""

    def test_links_out_of_the_site(self, tmp_path: Path) -> None:
        site, secret = tmp_path / "site", tmp_path / "secret"
        site.mkdir()
        secret.write_text("secret")
        (site / "real.png").write_bytes(b"png")
        (site / "in.png").symlink_to("real.png")
        (site / "out.png").symlink_to(secret)
        (site / "folder").symlink_to(tmp_path)
        files = {name: site / name for name in ("in.png", "out.png", "folder/secret")}
        written = run(tmp_path / "d", files, roots=(site,))
        assert codes(written) == ["HM709"] * 2
        assert tree(tmp_path / "d") == {"in.png": "png"}

    def test_special_files(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fifo.png")
        files = {
            "fifo.png": tmp_path / "fifo.png",
            "zero.png": Path("/dev/zero"),
            "folder.png": tmp_path,
            "good.md": "good\n",
        }
        written = run(tmp_path / "d", files)
        assert codes(written) == ["HM709"] * 3
        assert tree(tmp_path / "d") == {"good.md": "good\n"}

    def test_one_that_changes_while_we_copy(self, tmp_path: Path) -> None:
        image = tmp_path / "x.png"
        image.write_bytes(b"one")

        def changing():
            yield Output(PurePosixPath("x.png"), image, "x")
            image.write_bytes(b"three")

        write(changing(), tmp_path / "d")
        assert actions(run(tmp_path / "d", {"x.png": image}, {"x.png": "x"})) == {"x.png": "update"}
        assert (tmp_path / "d/x.png").read_bytes() == b"three"


def test_the_destination_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MigrateError, match="no folder"):
        run(tmp_path / "file", {"a.md": "a"})
    with pytest.raises(MigrateError, match="can't be written"):
        run(tmp_path / "file/below", {"a.md": "a"})
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    run(tmp_path / "link", {"a.md": "a"})
    assert tree(tmp_path / "real") == {"a.md": "a"}


def test_an_edit_in_the_moment_of_writing_is_not_lost(tmp_path: Path) -> None:
    dest = tmp_path / "d"
    run(dest, {"a.md": "one\n"})
    with open_tree(dest, Policy()) as project:
        (change,) = list(project.decide(outputs({"a.md": "two\n"})))
        (dest / "a.md").write_text("by hand\n")
        from migrate.write.apply import Applier

        applier = Applier(project.record)
        (done,) = list(applier.apply([change]))
        assert done.action == "refused"
        assert [d.code for d in applier.diagnostics] == ["HM704"]
    assert (dest / "a.md").read_text() == "by hand\n"


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "."])
def test_the_folder_guards_itself(tmp_path: Path, path: str) -> None:
    folder = Folder(tmp_path)
    with pytest.raises(Blocked):
        folder.write(PurePosixPath(path), b"x")
    with pytest.raises(Blocked):
        folder.read(PurePosixPath(path))
    folder.close()


def test_many_deep_folders(tmp_path: Path) -> None:
    files = {f"{'/'.join('abcdefgh'[: n % 8 + 1])}/{n}/x.md": f"{n}\n" for n in range(300)}
    run(tmp_path / "d", files)
    assert tree(tmp_path / "d") == dict(sorted(files.items()))
    assert run(tmp_path / "d", files).counts == {"unchanged": 300}


class TestWithoutDescriptors:
    """Systems that can't open a file relative to an open folder check each step by name."""

    @pytest.fixture(autouse=True)
    def by_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("migrate.write.folder._AT", False)

    def test_a_run_and_another(self, tmp_path: Path) -> None:
        dest = tmp_path / "d"
        files = {"a.md": "one\ntwo\nthree\n", "b/c/d.md": "two\n", "x.png": b"\0"}
        run(dest, files)
        (dest / "a.md").write_text("one\ntwo\nthree, by hand\n")
        names = {"e/d.md": "source of b/c/d.md"}
        run(dest, {"a.md": "1\ntwo\nthree\n", "e/d.md": "two\n"}, names, prune=True)
        assert tree(dest) == {"a.md": "1\ntwo\nthree, by hand\n", "e/d.md": "two\n"}
        assert not (dest / "b").exists()

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        dest, outside = tmp_path / "d", tmp_path / "outside"
        run(dest, {"a.md": "one\n"})
        outside.mkdir()
        (dest / "b").symlink_to(outside)
        assert codes(run(dest, {"a.md": "one\n", "b/c.md": "evil\n"})) == ["HM704"]
        assert list(outside.iterdir()) == []
