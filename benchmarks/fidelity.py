"""How much of real sites' pages comes out the same, for the README's table.

    python benchmarks/fidelity.py                  all corpus sites whose rendering is kept
    python benchmarks/fidelity.py numpy learnsp    these sites; the others keep their last numbers

Each site is converted, built by the real mystmd and compared, page by page, with what real Hugo
rendered (`tests/corpus.py`). The numbers go into `fidelity.json` after each site, and into the
README's table at the end.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

import corpus  # noqa: E402
from kept_lines import kept_lines  # noqa: E402

from migrate import __version__  # noqa: E402

RESULTS = Path(__file__).with_name("fidelity.json")
README = ROOT / "README.md"
KEYS = (
    "pages", "words", "identical", "plain", "plain_words", "missing", "warnings", "lines", "kept",
    "plain_lines", "plain_kept",
)  # fmt: skip
START, END = "<!-- fidelity -->", "<!-- /fidelity -->"


def measure(site: str) -> dict[str, Any]:
    """Convert, build and compare one site."""
    project = corpus.SCRATCH / f"{site}-fidelity"
    shutil.rmtree(project, ignore_errors=True)
    read, plan = corpus.convert_sources(site, project)
    built = corpus.build_cached(project)
    rows = list(corpus.comparisons(read, plan, built, corpus.read_truth(site)))
    verdicts = Counter(row[0].verdict for row in rows)
    calling = {corpus.trimmed(page.url) for page in read.pages if "{{" in page.body}
    plain = [row[0] for row in rows if corpus.trimmed(row[0].url) not in calling]
    kept = kept_lines(plan, project)
    return {
        "pages": len(rows),
        "words": sum(row[0].same_words for row in rows),
        "identical": verdicts["identical"],
        "plain": len(plain),
        "plain_words": sum(one.same_words for one in plain),
        "missing": verdicts["missing"],
        "lines": kept.lines,
        "kept": kept.same,
        "plain_lines": kept.plain,
        "plain_kept": kept.plain_same,
        "warnings": len(built.ours),
        "date": date.today().isoformat(),
        "version": __version__,
    }


def table(results: dict[str, dict[str, Any]]) -> str:
    """The results as a Markdown table, the sum last."""
    lines = [
        "| site | pages | same words | identical | pages without shortcodes: same words "
        "| missing | warnings | lines kept | of plain ones |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    total = {key: sum(row[key] for row in results.values()) for key in KEYS}
    for site, row in [*sorted(results.items()), ("**all**", total)]:
        shares = [
            f"{100 * row[part] / (row[whole] or 1):.1f} %"
            for part, whole in (
                ("words", "pages"),
                ("identical", "pages"),
                ("plain_words", "plain"),
                ("kept", "lines"),
                ("plain_kept", "plain_lines"),
            )
        ]
        cells = [site, row["pages"], *shares[:2], f"{shares[2]} of {row['plain']}"]
        cells += [row["missing"], row["warnings"], *shares[3:]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def write_readme(results: dict[str, dict[str, Any]]) -> None:
    """Put the table between the README's marks."""
    text = README.read_text(encoding="utf-8")
    made = f"{START}\n\n{table(results)}\n\n{END}"
    README.write_text(
        re.sub(f"{START}.*?{END}", lambda _: made, text, flags=re.S), encoding="utf-8"
    )


def main() -> int:
    """The command."""
    kept = sorted(path.parent.name for path in corpus.CORPUS.glob("*/truth.jsonl"))
    if unknown := set(sys.argv[1:]) - set(kept):
        print(f"no such site: {', '.join(sorted(unknown))}; there are {', '.join(kept)}")
        return 2
    results: dict[str, dict[str, Any]] = {}
    if RESULTS.is_file():
        results = json.loads(RESULTS.read_text(encoding="utf-8"))
    for site in sys.argv[1:] or kept:
        results[site] = measure(site)
        print(site, results[site], flush=True)
        text = json.dumps(dict(sorted(results.items())), indent=1) + "\n"
        RESULTS.write_text(text, encoding="utf-8")
    write_readme(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
