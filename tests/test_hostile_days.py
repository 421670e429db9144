"""Bad days from end to end: special files, permissions, full disks, signals, changing sources."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.convert import batch
from migrate.options import Options
from migrate.pipeline import convert, load
from tests.hostile.sandbox import GOOD, ROOT, Ran, Sandbox

MANY = {f"content/s/p{number}.md": GOOD for number in range(150)}
PR_CAPBSET_DROP = 24


def good(ran: Ran) -> None:
    """The rest of the site is converted."""
    assert (ran.project / "good.md").read_text() == GOOD
    assert "TOPSECRET" not in ran.texts()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _outside(path: Path) -> None:
    path.symlink_to(path.anchor + "etc/passwd")


def _secret(path: Path) -> None:
    path.symlink_to(next(p for p in path.parents if (p / "outside").is_dir()) / "outside/secret.md")


def _folder(path: Path) -> None:
    path.symlink_to(next(p for p in path.parents if (p / "outside").is_dir()) / "outside")


def _loop(path: Path) -> None:
    path.symlink_to(path.parent)


def _self(path: Path) -> None:
    path.symlink_to(path)


def _directory(path: Path) -> None:
    path.mkdir()


KINDS: tuple[Callable[[Path], None], ...] = (
    _fifo, _device, _outside, _secret, _folder, _loop, _self, _directory,
)  # fmt: skip
PLACES = (
    "content/x.md", "content/_index.md", "content/b/index.md", "content/b/x.png", "static/x.png",
    "static/netlify.toml", "assets/x.png", "data/x.yaml", "layouts/shortcodes/x.html",
    "layouts/_markup/render-image.html", "config/_default/params.yaml", "hugo.toml", "go.mod",
    "i18n/en.yaml", "themes/t/theme.toml", "netlify.toml", ".gitmodules",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_special_files_wherever_a_file_may_lie(
    kind: Callable[[Path], None], tmp_path: Path
) -> None:
    body = "---\ntitle: b\n---\n\n![p](x.png) ![q](/x.png) {{< x >}}\n"
    box = Sandbox.make(tmp_path, {"content/b/text.md": body})
    for place in PLACES:
        path = box.site / place
        path.parent.mkdir(parents=True, exist_ok=True)
        kind(path)
    good(box.run())


def test_a_feed_that_is_no_plain_file(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {})
    os.mkfifo(box.site / "feed.xml")
    for source in (box.site / "feed.xml", "/dev/zero", "file:///etc/passwd", "x\nx", "\x01"):
        ran = box.run(source=str(source))
        assert ran.code == 2 and ran.output.startswith("Error: ")


FEEDS = (
    b"", b"\0", b"<", b"<rss", b"<rss/>", b"<html><body>x</body></html>", b"\xff\xfe<", b"<rss>" * 50_000,
    b'<!DOCTYPE r [<!ENTITY a "x">%s]><rss><channel><title>&z;</title></channel></rss>'
    % b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(25)),
    b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    b"<title>&x;</title></item></channel></rss>",
    b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><rss version="2.0"><channel><item/></channel></rss>',
    b'<?xml version="1.0" encoding="\xff"?><rss/>', b'<?xml version="1.0" encoding="idna"?><rss/>',
    *(
        b'<rss version="2.0"><channel><link>%s</link><item><title>t</title><link>%s</link><guid>%s'
        b'</guid><enclosure url="%s"/><description>x</description></item></channel></rss>' % ((url,) * 4)
        for url in (b"http://[x", b"http://[::1", b"../../x", b"file:///etc/passwd", b"javascript:x",
                    b"//x", b"http://x:99999999/", b"http://a@b:c@d/../../x", b"\\\\x\\y", b"C:\\x",
                    b"http://x/%00/%2e%2e/%2e%2e/", b"http://x/con/", b"x" * 5000)
    ),
)  # fmt: skip


def test_hostile_feeds(tmp_path: Path) -> None:
    """Refused by a sentence or read; in one process, the last ones by the command line too."""
    from migrate.diagnostics import MigrateError

    for number, data in enumerate(FEEDS):
        feed = tmp_path / f"{number}.xml"
        feed.write_bytes(data)
        begun = time.process_time()
        try:
            convert(feed, tmp_path / "p" / str(number), Options())
        except MigrateError as error:
            assert str(error)
        assert time.process_time() - begun < 20
        assert b"root:" not in b"".join(
            path.read_bytes() for path in (tmp_path / "p").rglob("*.md") if path.is_file()
        )
    assert {path.name for path in tmp_path.iterdir()} == {
        "p", *(f"{number}.xml" for number in range(len(FEEDS)))
    }  # fmt: skip


def test_a_home_and_a_locale_are_not_needed(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {"content/é.md": GOOD, "content/\udcff.md": GOOD})
    for variables in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"HOME": "/nowhere"},
        {"LC_ALL": "tr_TR.ISO-8859-9", "LANG": "x"}, {"PYTHONIOENCODING": "ascii"}, {"TZ": "Nowhere/X"},
        {"COLUMNS": "x", "TERM": "", "NO_COLOR": "1"},
    ):  # fmt: skip
        good(box.run(environment=variables))


def test_times_that_jump(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {})
    for seconds in (0, 1, 2**31 - 1, 2**32, 2**33):
        os.utime(box.site / "content/good.md", (seconds, seconds))
        good(box.run())
    (box.site / "content/good.md").write_text(GOOD + "More.\n")
    os.utime(box.site / "content/good.md", (0, 0))
    box.run()
    assert (box.project / "good.md").read_text() == GOOD + "More.\n"


def test_a_file_that_vanishes_or_grows_after_the_site_was_read(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {"content/b/index.md": "![x](x.png) ![y](y.png)\n",
                                  "content/b/x.png": b"x", "content/b/y.png": b"y"})  # fmt: skip

    def progress(stage: str, done: int, total: int) -> None:
        del stage, done, total
        (box.site / "content/b/x.png").unlink(missing_ok=True)
        (box.site / "content/good.md").unlink(missing_ok=True)
        (box.site / "content/b/y.png").write_bytes(b"y" * 100_000)

    result = convert(box.site, box.project, Options(hugo=False), progress=progress)
    assert result.exit_code == 1
    assert [d.code for d in result.diagnostics if "x.png" in d.message] == ["HM709"]
    assert (box.project / "good.md").read_text() == GOOD
    assert (box.project / "b/y.png").read_bytes() == b"y" * 100_000


def test_killed_workers_cost_nothing(tmp_path: Path) -> None:
    plan = load(Sandbox.make(tmp_path, MANY).site, Options(hugo=False))
    done = batch.convert_all(plan.site.pages, plan, 2)
    found = [next(done)]
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())],
                              capture_output=True, text=True, check=False).stdout.split()  # fmt: skip
    for child in children:
        try:
            if b"pytest" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
        except OSError:
            continue
    found += done
    assert [page.identity for page, _ in found] == [page.identity for page in plan.site.pages]


def _command(box: Sandbox) -> list[str]:
    return [
        sys.executable,
        "-m",
        "migrate",
        "convert",
        str(box.site),
        str(box.project),
        "--no-hugo",
        "-q",
    ]


def test_ctrl_c_says_what_to_do(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {f"content/s/p{n}.md": GOOD for n in range(3000)})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(_command(box), stderr=subprocess.PIPE, env=environment,
                               start_new_session=True)  # fmt: skip
    while not list(box.project.glob("s/*.md")) and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert b"Traceback" not in said, said.decode()
    if running.returncode != 0:
        assert running.returncode == 130 and b"Run the same command again" in said
    good(box.run())
    assert len(list(box.project.glob("s/p*.md"))) == 3000


def test_ctrl_c_before_there_is_a_command() -> None:
    code = """
import sys
class Stop:
    def find_spec(self, name, *rest):
        if name == "migrate.cli.commands":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
import migrate.cli
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True,
                          check=False)  # fmt: skip
    assert done.returncode == 130 and done.stderr == b""


def test_more_tags_on_a_page_than_anybody_reads(tmp_path: Path) -> None:
    tags = ", ".join(f"tag{number}" for number in range(5000))
    box = Sandbox.make(tmp_path, {"content/tags.md": f"---\ntags: [{tags}]\n---\nWords.\n"})
    site = load(box.site, Options(hugo=False)).site
    assert sum(page.kind == "term" for page in site.pages) == 2000
    assert [one.code for one in site.diagnostics if "5000" in one.message] == ["HM111"]
    (kept,) = [page.front["tags"] for page in site.pages if "tags" in page.front]
    assert isinstance(kept, list) and len(kept) == 5000


def _mounted(folder: Path, options: str) -> bool:
    """Whether a small file system of its own lies at `folder`: only root may do that."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("options", ["size=400k", "nr_inodes=40"])
def test_a_disk_that_is_really_full(options: str, tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {f"content/s/p{n}.md": "word " * 1500 for n in range(120)})
    if not _mounted(box.project, options):
        return  # the disk of `test_a_disk_that_is_full` is as full
    try:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(_command(box), capture_output=True, env=environment, check=False)
        assert done.returncode in (1, 2) and b"No space left" in done.stderr
        assert b"Traceback" not in done.stderr
        remount = ["mount", "-o", "remount,size=50m,nr_inodes=9999", str(box.project)]
        subprocess.run(remount, check=True)
        assert subprocess.run(_command(box), env=environment, check=False).returncode == 0
        assert len(list(box.project.glob("s/p*.md"))) == 120
    finally:
        subprocess.run(["umount", str(box.project)], check=True)


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """No file can grow above a limit: one of 200 kB fails, is reported, and heals later."""
    box = Sandbox.make(tmp_path, {"content/big.md": "word " * 40_000})

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(_command(box), preexec_fn=limit, capture_output=True, env=environment,
                          timeout=60, check=False)  # fmt: skip
    assert done.returncode in (1, 2) and b"Traceback" not in done.stderr
    assert b"File too large" in done.stderr + done.stdout
    assert box.run().code == 0
    assert "word word" in (box.project / "big.md").read_text()


@pytest.mark.parametrize("closed", ["source", "page", "destination", "record"])
def test_permission_denied(closed: str, tmp_path: Path) -> None:
    """As a person without rights: for root nothing is closed, so the run drops its rights first."""
    box = Sandbox.make(tmp_path, {"content/closed.md": GOOD})
    if closed == "record":
        box.run()
        (box.site / "content/good.md").write_text(GOOD + "More.\n")
    place = {"source": box.site / "content", "page": box.site / "content/closed.md",
             "destination": box.project.parent, "record": box.project / ".hugo2myst"}[closed]  # fmt: skip

    def drop() -> None:
        if os.getuid() == 0:
            for capability in (1, 2):  # to write and to read whatever the mode says
                assert ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0

    place.chmod(0)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
                   "TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home")}  # fmt: skip
    done = subprocess.run(_command(box), preexec_fn=drop, capture_output=True, env=environment,
                          cwd=tmp_path / "work", timeout=60, check=False)  # fmt: skip
    place.chmod(0o755)
    said = (done.stderr + done.stdout).decode()
    assert "Traceback" not in said and "mistake of hugo2myst" not in said, said
    assert done.returncode == (
        1 if closed == "page" else 2 if closed in ("destination", "record") else done.returncode
    )
    assert done.returncode in (0, 1, 2) and ("ermission denied" in said or done.returncode == 0), (
        said
    )
