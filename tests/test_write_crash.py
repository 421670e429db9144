"""Bad days: killed at any point, every system call failing in turn. Nothing is lost, all heals."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from trees import actions, run, tree

from migrate.diagnostics import MigrateError
from migrate.write.undo import undo

OLD = {f"p{n}.md": f"page {n}\nmiddle\nend\n" for n in range(8)} | {
    "old/index.md": "moving\nmiddle\nend\n",
    "swap-a.md": "a\nmiddle\nend\n",
    "swap-b.md": "b\nmiddle\nend\n",
    "gone.md": "gone\n",
    "img/x.png": b"\0one",
}
EDITS = {
    "p1.md": "page 1\nmiddle\nend, by hand\n",
    "p2.md": "page 2, by hand\nmiddle\nend\n",
    "p3.md": None,
    "old/index.md": "moving\nmiddle\nend, by hand\n",
    "swap-a.md": "a\nmiddle\nend, by hand in a\n",
    "swap-b.md": "b\nmiddle\nend, by hand in b\n",
    "mine.md": "mine\n",
}
NEW = {f"p{n}.md": f"page {n}, new\nmiddle\nend\n" for n in range(6)} | {
    "p6.md": "page 6\nmiddle\nend\n",
    "new/index.md": "moving, new\nmiddle\nend\n",
    "swap-a.md": "b, new\nmiddle\nend\n",
    "swap-b.md": "a, new\nmiddle\nend\n",
    "added/index.md": "added\n",
    "img/x.png": b"\0two",
    "myst.yml": "version: 1\n",
}
NAMES = {
    "new/index.md": "source of old/index.md",
    "swap-a.md": "source of swap-b.md",
    "swap-b.md": "source of swap-a.md",
}
SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
import test_write_crash as crash
crash.second(Path(sys.argv[1]))
"""


def first(dest: Path) -> None:
    """A conversion, and a person's work on it."""
    run(dest, OLD)
    for name, text in EDITS.items():
        if text is None:
            (dest / name).unlink()
        else:
            (dest / name).write_text(text)


def second(dest: Path):
    """The run that is cut off."""
    return run(dest, NEW, NAMES, prune=True)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is such a thing: these tests wait for the disk a lot."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project before the run."""
    dest = tmp_path_factory.mktemp("before") / "dest"
    first(dest)
    return dest


@pytest.fixture(scope="module")
def expected(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The project, record included, after the run when nothing goes wrong."""
    dest = tmp_path_factory.mktemp("expected") / "dest"
    shutil.copytree(before, dest)
    second(dest)
    after = steady(dest)
    assert after["swap-b.md"] == "a, new\nmiddle\nend, by hand in a\n"
    assert after["new/index.md"] == "moving, new\nmiddle\nend, by hand\n"
    assert after["p2.md"] == EDITS["p2.md"]
    assert after["mine.md"] == "mine\n"
    assert "p3.md" not in after and "gone.md" not in after and "old/index.md" not in after
    return after


def steady(dest: Path) -> dict[str, str]:
    """The project and the part of the record that is committed."""
    passing = ("cache.json", "lock", "undo/", "run/", "tmp/")
    return {
        name: text
        for name, text in tree(dest, record=True).items()
        if not name.startswith(tuple(f".hugo2myst/{one}" for one in passing))
    }


def hand_work(dest: Path) -> None:
    """Each line that a person wrote is in the project or in what `undo` keeps."""
    everything = "\n".join(tree(dest, record=True).values())
    for text in EDITS.values():
        for line in (text or "").splitlines():
            assert line in everything


def healed(dest: Path, before: Path, expected: dict[str, str], cut_off: bool = True) -> None:
    """A clean run gives what an undisturbed one gives; if the other was cut off, both are one
    run and are taken back as one."""
    hand_work(dest)
    second(dest)
    assert steady(dest) == expected
    assert not any(done.written for done in second(dest).changes)
    if cut_off:
        undo(dest)
        assert tree(dest) == tree(before)


def test_killed_at_random_points(before: Path, expected: dict[str, str], tmp_path: Path) -> None:
    """One child process forks 50 runs and kills each after another number of system calls."""
    picks = random.Random(7)
    total = len(list(calls_of(before, tmp_path / "count")))
    assert total > 100
    for point in sorted(picks.sample(range(total), 50)):
        dest = tmp_path / str(point)
        shutil.copytree(before, dest)
        child = os.fork()
        if child == 0:
            with interrupted(point, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                second(dest)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), point
        healed(dest, before, expected)
        shutil.rmtree(dest)


def test_killed_by_the_clock(before: Path, expected: dict[str, str], tmp_path: Path) -> None:
    """A process of its own, killed from outside while it writes."""
    root = Path(__file__).parents[1]
    script = SCRIPT.format(tests=str(root / "tests"), root=str(root))
    for number, delay in enumerate((0.0, 0.004, 0.012)):
        dest = tmp_path / str(number)
        shutil.copytree(before, dest)
        with subprocess.Popen([sys.executable, "-c", script, str(dest)]) as process:
            while not (dest / ".hugo2myst/run").exists() and process.poll() is None:
                pass
            time.sleep(delay)
            process.kill()
        healed(dest, before, expected)


CALLS = (
    "open",
    "write",
    "replace",
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "fsync",
    "copy_file_range",
)


@contextmanager
def interrupted(point: int, what) -> Iterator[list[str]]:
    """`what` happens instead of the system call number `point` of those that change something."""
    made: list[str] = []

    def wrap(name: str, real):
        def call(*args, **kwargs):
            if name == "open" and not (len(args) > 1 and args[1] & os.O_CREAT):
                return real(*args, **kwargs)
            made.append(name)
            if len(made) == point + 1:
                what()
            return real(*args, **kwargs)

        return call

    reals = {name: getattr(os, name) for name in CALLS}
    try:
        for name, real in reals.items():
            setattr(os, name, wrap(name, real))
        yield made
    finally:
        for name, real in reals.items():
            setattr(os, name, real)


def calls_of(before: Path, dest: Path) -> list[str]:
    """The names of all calls that a run makes."""
    shutil.copytree(before, dest)
    with interrupted(-1, lambda: None) as made:
        second(dest)
    return made


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_each_call_fails_in_turn(
    before: Path, expected: dict[str, str], tmp_path: Path, number: int
) -> None:
    """After each failure a clean run heals the tree; what failed was said."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    names = calls_of(before, tmp_path / "count")
    step = 1 if number == errno.ENOSPC else 5
    for point in range(0, len(names), step):
        dest = tmp_path / str(point)
        shutil.copytree(before, dest)
        with interrupted(point, fail):
            try:
                said = bool(second(dest).diagnostics)
                cut_off = False
            except MigrateError:
                said = cut_off = True
        assert said or steady(dest) == expected, (point, names[point])
        healed(dest, before, expected, cut_off)
        shutil.rmtree(dest)


def test_each_call_fails_in_turn_on_the_way_back(before: Path, tmp_path: Path) -> None:
    after = tmp_path / "after"
    shutil.copytree(before, after)
    second(after)
    shutil.copytree(after, tmp_path / "count")
    with interrupted(-1, lambda: None) as names:
        undo(tmp_path / "count")
    assert tree(tmp_path / "count") == tree(before)

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for point in range(0, len(names), 2):
        dest = tmp_path / str(point)
        shutil.copytree(after, dest)
        with interrupted(point, fail):
            try:
                undo(dest)
            except MigrateError:
                undo_again = True
            else:
                undo_again = False
        if undo_again and (dest / ".hugo2myst/undo/changes.jsonl").exists():
            undo(dest)
        assert tree(dest) == tree(before), (point, names[point])


def test_disk_full_during_a_first_run(tmp_path: Path) -> None:
    dest = tmp_path / "d"

    def fail() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    names = first_calls(tmp_path / "count")
    for point in range(0, len(names), 3):
        with interrupted(point, fail):
            try:
                run(dest, OLD)
            except MigrateError as error:
                assert "No space left" in str(error)
        run(dest, OLD)
        assert steady(dest) == steady(tmp_path / "count")
        shutil.rmtree(dest)


def first_calls(dest: Path) -> list[str]:
    """The names of the calls of a first run."""
    with interrupted(-1, lambda: None) as made:
        run(dest, OLD)
    return made


def test_a_change_of_the_source_after_a_kill_is_no_conflict(before: Path, tmp_path: Path) -> None:
    """What a killed run wrote is ours: a person did not write it."""
    total = len(calls_of(before, tmp_path / "count"))
    for point in range(10, total, 17):
        dest = tmp_path / str(point)
        shutil.copytree(before, dest)
        child = os.fork()
        if child == 0:
            with interrupted(point, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                second(dest)
            os._exit(0)
        os.waitpid(child, 0)
        newer = {
            name: data.replace("new", "newer") if isinstance(data, str) else data
            for name, data in NEW.items()
        }
        written = run(dest, newer, NAMES, prune=True)
        assert [n for n, action in actions(written).items() if action == "conflict"] == ["p2.md"]
        assert tree(dest)["p1.md"] == "page 1, newer\nmiddle\nend, by hand\n"


def test_ctrl_c_leaves_a_tree_that_heals(
    before: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    for point in (5, 60, 120):
        dest = tmp_path / str(point)
        shutil.copytree(before, dest)
        with pytest.raises(KeyboardInterrupt), interrupted(point, stop):
            second(dest)
        healed(dest, before, expected)
