"""What a run over hostile sites asks of the system, heard by strace: each file that it opens, each
name that it makes, moves or deletes, each program and each connection."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.hostile import parsers, paths
from tests.hostile.sandbox import ROOT, Sandbox
from tests.test_hostile_days import KINDS, PLACES

CALLS = (
    "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,"
    "unlinkat,mkdir,mkdirat,rmdir,mknod,mknodat,truncate,chmod,fchmodat,chown,fchownat,utimensat,"
    "execve,connect"
)
_CALL = re.compile(r"^(?:\[pid +)?\d*\]? *(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?")
_AT = re.compile(r'(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>), "((?:[^"\\]|\\.)*)"|"((?:[^"\\]|\\.)*)"')
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")


def touched(log: str, cwd: str) -> tuple[set[str], set[str], set[str]]:
    """(paths that were opened to read, paths that were changed, programs and connections)."""
    read, written, other = set(), set(), set()
    for line in log.splitlines():
        found = _CALL.match(line)
        if found is None or found[3].startswith("-"):
            continue
        name, arguments, _, opened = found.groups()
        if name in ("execve", "connect"):
            other.add(arguments[:200])
            continue
        names = [
            os.path.normpath(Path(m[1] or m[2] or cwd, m[4] if m[3] is None else m[3]))
            for m in _AT.finditer(arguments)
        ]
        if name in ("open", "openat", "openat2") and not any(w in arguments for w in _WRITING):
            read.add(opened or names[0])
        else:
            written.update([opened] if opened else names)
    return read, written, other


def test_the_parser_of_the_log() -> None:
    log = (
        '12 openat(AT_FDCWD</w>, "a/../b", O_RDONLY|O_CLOEXEC) = 3</w/b>\n'
        '12 openat(3</w/d>, "x", O_WRONLY|O_CREAT, 0666) = 4</w/d/x>\n'
        '12 renameat(3</w/d>, "x", 5</w/e>, "../y") = 0\n12 mkdir("m", 0777) = 0\n'
        '12 unlink("/z") = -1 ENOENT (No such file or directory)\n'
        "12 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0\n"
    )
    read, written, other = touched(log, "/w")
    assert read == {"/w/b"} and written == {"/w/d/x", "/w/y", "/w/m"} and len(other) == 1


def test_a_run_touches_its_own_places_only(tmp_path: Path) -> None:
    """Reads nothing beside SOURCE and DEST, not even for a moment; starts nothing; calls nobody.
    `Sandbox.run` compares before and after, and can't see that."""
    strace = shutil.which("strace")
    if strace is None:
        return  # the snapshots of `Sandbox.run` still hold
    cases = [*paths.cases(), *paths.names(), *parsers.shortcodes()]
    box = Sandbox.make(
        tmp_path, {name: data for case in cases for name, data in case.files.items()}
    )
    for number, (kind, place) in enumerate((k, p) for k in KINDS for p in PLACES[:8]):
        path = box.site / f"content/special{number}" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        kind(path)
    log = tmp_path / "tmp/strace.log"
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"),
    }  # fmt: skip
    done = subprocess.run(
        [strace, "-f", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(log), sys.executable,
         "-m", "migrate", "convert", str(box.site), str(box.project), "--no-hugo", "-q"],
        cwd=tmp_path / "work", env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    if "PTRACE" in done.stderr.decode("utf-8", "replace"):
        return  # a machine that lets nobody watch
    assert done.returncode in (0, 1) and (box.project / "good.md").exists(), done.stderr[-500:]
    read, written, other = touched(text, str(tmp_path / "work"))
    own = tuple(
        f"{tmp_path}/{place}" for place in ("deep/er/site", "deep/er/project-parent/project")
    )
    temporary = f"{tmp_path}/tmp"
    beside = [path for path in read if path.startswith(str(tmp_path))]
    assert len(beside) > 400
    strays = [path for path in beside if not path.startswith((*own, temporary, f"{tmp_path}/work"))]
    assert not strays
    assert not [
        path for path in read if path.startswith(("/etc/passwd", "/etc/shadow", "/proc/self"))
    ]
    changed = [
        path for path in written
        if not path.startswith((own[1], temporary, "/dev/null", "/dev/tty", "/dev/shm"))
    ]  # fmt: skip
    assert not [path for path in changed if path not in (str(tmp_path / "deep/er/project-parent"),)]
    assert [call for call in other if "AF_INET" in call] == []
    assert len([call for call in other if call.startswith('"')]) <= 2, other  # Python itself
