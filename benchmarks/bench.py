"""How fast a conversion is beside Hugo's own build of the same site, measured in one run.

    python benchmarks/bench.py                      the corpus site and 1,000 generated pages
    python benchmarks/bench.py --pages 1000 10000 100000 --rounds 3
    python benchmarks/bench.py --site PATH --others a site of yours, and other tools on it (slow)

Every command runs as a process of its own, in turn, several rounds; the medians count. Times are
wall and CPU seconds of the process and its children, memory is the largest process. Python's
bytecode is there before the first round, as after `pip install`. Ratios to Hugo
are what compares between machines; they go into `benchmarks/results.json`; with `--readme` times
and targets go into the README.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared/corpus"
RESULTS = Path(__file__).with_name("results.json")
START, END = "<!-- benchmark -->", "<!-- /benchmark -->"

HUGO_CONFIG = {
    "baseURL": "https://example.org/",
    "disableKinds": ["sitemap", "robotstxt", "404", "rss"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}
LAYOUT = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    wall: float
    cpu: float
    memory: float
    """Megabytes of the largest process."""


def cost(command: list[str], cwd: Path | None = None) -> Cost:
    """Run a command to its end; it must succeed (ours exits with 1 where pages have errors)."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ((0, 1) if "migrate" in command else (0,)):
        raise SystemExit(f"{' '.join(command)} exited with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def generated(pages: int, folder: Path, seed: int = 1) -> Path:
    """A site of `pages` pages made from real ones: distinct text, links between them."""
    pick = random.Random(seed)
    bodies = list(_real_bodies())
    words = [w for body in bodies for w in re.findall(r"[a-z]{4,}", body)]
    site = folder / f"generated-{pages}"
    (site / "content").mkdir(parents=True)
    (site / "hugo.json").write_text(json.dumps({**HUGO_CONFIG, "title": "Generated"}))
    for number in range(pages):
        section = f"section-{number % 50:02}"
        path = site / "content" / section / f"page-{number:06}.md"
        path.parent.mkdir(exist_ok=True)
        body = bodies[number % len(bodies)]
        paragraphs = body.split("\n\n")
        at = pick.randrange(len(paragraphs) + 1)
        other = pick.randrange(pages)
        link = f"[page {other}](/section-{other % 50:02}/page-{other:06}/)"
        fresh = " ".join(pick.choices(words, k=60)).capitalize()
        paragraphs.insert(at, f"{fresh}, see {link}.")
        day = f"20{number % 20 + 5:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        front = f"---\ntitle: Page {number}\ndate: {day}\ntags: [t{number % 30}]\n---\n"
        path.write_text(front + "\n\n".join(paragraphs) + "\n")
    return site


def _real_bodies() -> Iterator[str]:
    """Bodies of plain Markdown from the corpus: no shortcodes, so that bare Hugo builds them."""
    for file in sorted((CORPUS / "hugodocs/site/content").rglob("*.md")):
        parts = file.read_text(encoding="utf-8").split("---\n", 2)
        if len(parts) == 3 and "{{" not in parts[2] and 500 < len(parts[2]) < 20_000:
            yield parts[2].strip()


def bare(site: Path, folder: Path) -> Path:
    """The content of a site with bare layouts, every shortcode a stub: what Hugo builds of it."""
    copy = folder / f"bare-{site.parent.name}"
    shutil.copytree(site / "content", copy / "content")
    (copy / "hugo.json").write_text(json.dumps(HUGO_CONFIG))
    closed, names = set(), set()
    for file in copy.rglob("*.md"):
        text = file.read_text(encoding="utf-8", errors="replace")
        names |= set(re.findall(r"\{\{[<%]\s*([\w.-][\w/.-]*)", text))
        closed |= set(re.findall(r"\{\{[<%]\s*/\s*([\w/.-]+)", text))
    for name in names | closed:
        stub = copy / f"layouts/shortcodes/{name}.html"
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("{{ .Inner | markdownify }}" if name in closed else "{{ .Name }}")
    return copy


def with_layout(site: Path) -> Path:
    """Put the bare page layout into a site of ours."""
    (site / "layouts").mkdir(exist_ok=True)
    (site / "layouts/all.html").write_text(LAYOUT)
    return site


def measure(
    commands: dict[str, tuple[Callable[[], None], list[str]]], rounds: int
) -> dict[str, list[Cost]]:
    """Each command `rounds` times, in turn; the preparation before each run isn't counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (prepare, command) in commands.items():
            prepare()
            costs[name].append(cost(command))
    return costs


MARKDOWNIFY = """
import pathlib, sys
from markdownify import markdownify
for page in pathlib.Path(sys.argv[1]).rglob("*.html"):
    markdownify(page.read_text(encoding="utf-8", errors="replace"))
"""
MYSTMD = """
import pathlib, sys
from migrate.engines.mystmd import build
build(pathlib.Path(sys.argv[1]))
"""
"""Without network: all but the theme's files, which mystmd asks a server for."""


class Edits:
    """Changes of one page of a site, each to be made before a run, and taken back in the end."""

    def __init__(self, content: Path) -> None:
        pages = sorted(content.rglob("*.md"))
        self._page = next(page for page in pages if page.stem != "_index")
        self._original = self._page.read_bytes()
        self._added = self._page.with_name("added-by-bench.md")

    def change(self) -> None:
        """One more line in a page."""
        line = f"\nOne more line {time.time_ns()}.\n"
        self._page.write_bytes(self._original + line.encode())

    def add(self) -> None:
        """A page more."""
        self._added.write_text(f"---\ntitle: Added {time.time_ns()}\n---\n\nA [link](/).\n")

    def remove(self) -> None:
        """The added page goes."""
        self._added.unlink(missing_ok=True)

    def undo(self) -> None:
        """The site as it was."""
        self._page.write_bytes(self._original)
        self.remove()


def bench(
    name: str, source: Path, hugo_site: Path, folder: Path, rounds: int, others: bool
) -> dict[str, object]:
    """Measure one site; `hugo_site` is what Hugo builds of it."""
    out, public, copied = (folder / f"{what}-{name}" for what in ("out", "public", "copy"))
    ours = [sys.executable, "-m", "migrate"]
    convert = [*ours, "convert", str(source), str(out), "-q"]
    hugo = str(Path(sys.executable).with_name("hugo"))
    edits = Edits(source / "content")
    cost(convert)  # compiles our modules

    def fresh(*folders: Path) -> Callable[[], None]:
        return lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders] and None

    nothing: Callable[[], None] = lambda: None  # noqa: E731
    commands = {
        "cp": (fresh(copied), ["cp", "-r", str(source / "content"), str(copied)]),
        "hugo": (fresh(public, hugo_site / "resources"),
                 [hugo, "--quiet", "-s", str(hugo_site), "-d", str(public), "--logLevel", "error"]),
        "convert": (fresh(out), convert),
        "no-op": (nothing, convert),
        "status": (nothing, [*ours, "status", str(source), str(out)]),
        "one changed": (edits.change, convert),
        "one added": (edits.add, convert),
        "one removed": (edits.remove, convert),
        "help": (nothing, [*ours, "--help"]),
    }  # fmt: skip
    try:
        costs = measure(commands, rounds)
    finally:
        edits.undo()
    if others:
        costs |= measure(_others(source, out, public, folder), 1)
    pages = len(list((source / "content").rglob("*.md")))
    base = statistics.median(c.wall for c in costs["hugo"])
    full = statistics.median(c.wall for c in costs["convert"])
    rows = {
        what: {
            "wall": round(statistics.median(c.wall for c in runs), 3),
            "spread": [round(min(c.wall for c in runs), 3), round(max(c.wall for c in runs), 3)],
            "cpu": round(statistics.median(c.cpu for c in runs), 3),
            "memory_mb": round(max(c.memory for c in runs)),
            "to_hugo": round(statistics.median(c.wall for c in runs) / base, 3),
            "to_convert": round(statistics.median(c.wall for c in runs) / full, 3),
        }
        for what, runs in costs.items()
    }
    return {"pages": pages, "ms_per_page": round(full / pages * 1000, 3), "commands": rows}


def _others(
    source: Path, out: Path, public: Path, folder: Path
) -> dict[str, tuple[Callable[[], None], list[str]]]:
    """Other tools at work on the same pages: each as fast as it can be used."""
    nothing: Callable[[], None] = lambda: None  # noqa: E731
    commands = {
        "markdownify": (nothing, [sys.executable, "-c", MARKDOWNIFY, str(public)]),
        "mystmd": (nothing, [sys.executable, "-c", MYSTMD, str(out)]),
    }
    if pandoc := shutil.which("pandoc"):
        pages = map(str, sorted((source / "content").rglob("*.md")))
        # One process for all pages, as one text: it starts once.
        one = [pandoc, "-f", "gfm", "-t", "gfm", "-o", str(folder / "pandoc.md"), *pages]
        commands["pandoc"] = (nothing, one)
    return commands


def table(results: dict[str, dict[str, Any]]) -> str:
    """The README's table: wall seconds, and the most memory that a conversion takes."""
    shown = ("hugo", "convert", "no-op", "status", "one changed", "one added", "one removed")
    heads = "Hugo's build | full | nothing to do | `status` | one page changed | added | removed"
    lines = [f"| pages | {heads} | memory |", f"|---|{'--:|' * (len(shown) + 1)}"]
    for site, found in results.items():
        rows = found["commands"]
        times = " | ".join(f"{rows[what]['wall']:.2f} s" for what in shown)
        name = site if site.startswith("generated") else f"{site}, {found['pages']}"
        lines.append(f"| {name} | {times} | {_memory(rows)} MB |")
    for site, found in results.items():
        rows = found["commands"]
        if "mystmd" in rows:
            others = ("cp", "markdownify", "pandoc", "mystmd")
            told = ", ".join(
                f"{what} {rows[what]['wall']:.2f} s" for what in others if what in rows
            )
            lines += ["", f"Others on the pages of {site} (`cp -r`; markdownify on Hugo's HTML; "
                      f"pandoc reading and writing them as one text; mystmd's build of the "
                      f"result): {told}."]  # fmt: skip
    return "\n".join(lines)


def _memory(rows: dict[str, Any]) -> int:
    """Megabytes (of 1,000,000 bytes) of the largest process of any conversion."""
    runs = ("convert", "no-op", "status", "one changed", "one added", "one removed")
    return round(max(rows[what]["memory_mb"] for what in runs) * 1.048576)


THEMED = 2.7
"""Seconds of Hugo's build of hugodocs with its theme, which the corpus doesn't hold."""


def targets(results: dict[str, dict[str, Any]]) -> str:
    """What was asked for beside what was measured; of what was not measured nothing is said."""
    rows: list[tuple[str, str, bool]] = []
    real = next(
        (found for name, found in results.items() if not name.startswith("generated")), None
    )
    if real:
        wall = {what: row["wall"] for what, row in real["commands"].items()}
        full, base = wall["convert"], wall["no-op"]
        rows += [
            (f"a real site of 1,000 pages as fast as Hugo with its theme ({THEMED} s)",
             f"{full:.2f} s", full <= THEMED),
            (f"half of that; bare Hugo takes {wall['hugo']:.2f} s",
             f"{full:.2f} s", full <= THEMED / 2),
            ("nothing to do: at most 10 % of a full run, under 1 s",
             f"{base / full:.0%}, {base:.2f} s", base <= full / 10 and base < 1),
            *((f"one page {what}: about as much", f"{wall[f'one {what}'] / full:.0%}, "
               f"{wall[f'one {what}']:.2f} s", wall[f"one {what}"] <= full / 10)
              for what in ("changed", "added", "removed")),
            ("`status` no slower than a run with nothing to do",
             f"{wall['status']:.2f} s, {base:.2f} s", wall["status"] <= base * 1.1),
            ("`--help` under 100 ms", f"{wall['help'] * 1000:.0f} ms", wall["help"] < 0.1),
        ]  # fmt: skip
        if "mystmd" in wall:
            times = wall["mystmd"] / full
            rows.append(("20 × as fast as mystmd builds the result", f"{times:.0f} ×", times >= 20))
    small, large = results.get("generated 1,000"), results.get("generated 100,000")
    if small and large:
        ratio = large["ms_per_page"] / small["ms_per_page"]
        memory = _memory(large["commands"])
        rows += [
            ("100,000 pages: time for each at most 1.3 × that at 1,000", f"{ratio:.2f} ×",
             ratio <= 1.3),
            ("and in less than 1,500 MB of memory, in every run", f"{memory} MB", memory < 1500),
        ]  # fmt: skip
    lines = ["| target | measured | |", "|---|---|---|"]
    lines += [
        f"| {what} | {found} | {'met' if met else '**missed**'} |" for what, found, met in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and store."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, nargs="*", default=[1000])
    parser.add_argument("--site", type=Path, default=CORPUS / "hugodocs/site")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--others", action="store_true", help="measure mystmd, markdownify and pandoc, too"
    )
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    args = parser.parse_args()
    results: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(prefix="hugo2myst-bench-") as name:
        folder = Path(name)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        if args.site.is_dir():
            work = folder / "site"
            shutil.copytree(args.site, work)
            hugo_site = with_layout(bare(args.site, folder))
            results[args.site.parent.name] = bench(
                "site", work, hugo_site, folder, args.rounds, args.others
            )
        for pages in args.pages:
            site = with_layout(generated(pages, folder))
            rounds = args.rounds if pages <= 1000 else 1
            results[f"generated {pages:,}"] = bench(str(pages), site, site, folder, rounds, False)
            shutil.rmtree(site)
            print(table(results), flush=True)
    shown = f"{table(results)}\n\n{targets(results)}"
    print(shown)
    RESULTS.write_text(
        json.dumps(
            {
                "date": date.today().isoformat(),
                "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
                f"Python {platform.python_version()}",
                "sites": results,
            },
            indent=1,
        )
        + "\n"
    )
    if args.readme:
        readme = ROOT / "README.md"
        text = readme.read_text()
        before, _, rest = text.partition(START)
        after = rest.partition(END)[2]
        readme.write_text(f"{before}{START}\n{shown}\n{END}{after}")


if __name__ == "__main__":
    main()
