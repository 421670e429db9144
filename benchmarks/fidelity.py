"""How much of real sites' pages comes out the same, for the README's table.

    python benchmarks/fidelity.py                  all corpus sites whose rendering is kept
    python benchmarks/fidelity.py numpy learnsp    these sites; the others keep their last numbers

Each site is converted, built by the real mystmd and compared, page by page, with what real Hugo
rendered (`tests/corpus.py`). The numbers go into `fidelity.json` after each site, and into the
README's table at the end; `fidelity-pages.md` names each page that differs or isn't whole, with
the cause. A page is whole if its source, the files it reads and the templates of its shortcodes and
hooks are in the corpus or in the catalogue of themes (`tests/corpus_lacks.py`).
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
from corpus_lacks import CAUSES, lacking, why_differs  # noqa: E402
from kept_lines import kept_lines  # noqa: E402

from migrate import __version__  # noqa: E402
from migrate.check.blame import read_told  # noqa: E402
from migrate.write.paths import RECORD  # noqa: E402

RESULTS = Path(__file__).with_name("fidelity.json")
PAGES = Path(__file__).with_name("fidelity-pages.md")
README = ROOT / "README.md"
KEYS = (
    "pages", "words", "identical", "whole", "whole_words", "plain", "plain_words",
    "whole_plain", "whole_plain_words", "missing", "warnings", "lines", "kept",
    "plain_lines", "plain_kept",
)  # fmt: skip
START, END = "<!-- fidelity -->", "<!-- /fidelity -->"


def measure(site: str) -> dict[str, Any]:
    """Convert, build and compare one site."""
    project = corpus.SCRATCH / f"{site}-fidelity"
    shutil.rmtree(project, ignore_errors=True)
    read, plan = corpus.convert_sources(site, project)
    built = corpus.build_cached(project)
    truth = corpus.read_truth(site)
    rows = list(corpus.comparisons(read, plan, built, truth))
    apart = lacking(site, plan, truth, read_told(project / RECORD / "report.json"))
    whole = [row[0] for row in rows if row[0].url not in apart]
    verdicts = Counter(row[0].verdict for row in rows)
    calling = {corpus.trimmed(page.url) for page in read.pages if "{{" in page.body}
    plain = [row[0] for row in rows if corpus.trimmed(row[0].url) not in calling]
    whole_plain = [one for one in plain if one.url not in apart]
    kept = kept_lines(plan, project)
    return {
        "pages": len(rows),
        "words": sum(row[0].same_words for row in rows),
        "identical": verdicts["identical"],
        "whole": len(whole),
        "whole_words": sum(one.same_words for one in whole),
        "plain": len(plain),
        "plain_words": sum(one.same_words for one in plain),
        "whole_plain": len(whole_plain),
        "whole_plain_words": sum(one.same_words for one in whole_plain),
        "missing": verdicts["missing"],
        "lines": kept.lines,
        "kept": kept.same,
        "plain_lines": kept.plain,
        "plain_kept": kept.plain_same,
        "warnings": len(built.ours),
        "date": date.today().isoformat(),
        "version": __version__,
        "apart": {url: list(told) for url, told in sorted(apart.items())},
        "differ": {one.url: why_differs(site, one.url) for one in whole if not one.same_words},
    }


def table(results: dict[str, dict[str, Any]]) -> str:
    """The results as a Markdown table, the sum last."""
    lines = [
        "| site | pages | same words | identical | whole pages: same words "
        "| without shortcodes: same words | missing | warnings | lines kept | of plain ones |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    total = {key: sum(row[key] for row in results.values()) for key in KEYS}
    for site, row in [*sorted(results.items()), ("**all**", total)]:
        shares = [
            f"{100 * row[part] / (row[whole] or 1):.1f} %"
            for part, whole in (
                ("words", "pages"),
                ("identical", "pages"),
                ("whole_words", "whole"),
                ("plain_words", "plain"),
                ("kept", "lines"),
                ("plain_kept", "plain_lines"),
            )
        ]
        cells = [site, row["pages"], *shares[:2], f"{shares[2]} of {row['whole']}"]
        cells += [f"{shares[3]} of {row['plain']}", row["missing"], row["warnings"], *shares[4:]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def named(results: dict[str, dict[str, Any]]) -> str:
    """Every page that differs or isn't whole, with its cause, as Markdown."""
    total = {key: sum(row[key] for row in results.values()) for key in KEYS}
    causes = Counter(cause for row in results.values() for cause, _ in row["apart"].values())
    lines = [
        "# Pages of the corpus that differ or aren't whole",
        "",
        "Made by `python benchmarks/fidelity.py`; what it can't tell by itself stands, with the",
        "proof, in `tests/corpus_lacks.yaml`.",
        "",
        f"- all pages: {_share(total['words'], total['pages'])} have the same words",
        f"- whole pages: {_share(total['whole_words'], total['whole'])}",
        f"- without shortcodes: {_share(total['plain_words'], total['plain'])}, of the whole ones "
        f"{_share(total['whole_plain_words'], total['whole_plain'])}",
        "",
        "| cause for which a page isn't whole | pages |",
        "|---|--:|",
        *(f"| {CAUSES[cause]} | {causes[cause]} |" for cause in CAUSES),
        "",
        "## Whole pages whose words differ",
        "",
    ]
    for site, row in sorted(results.items()):
        lines += [f"- {site} `{url}`: {why}" for url, why in sorted(row["differ"].items())]
    lines += ["", "## Pages that aren't whole"]
    for site, row in sorted(results.items()):
        if row["apart"]:
            lines += ["", f"### {site}", ""]
        for url, (cause, why) in sorted(row["apart"].items(), key=lambda one: (one[1][0], one[0])):
            lines.append(f"- {cause}: `{url}` ({why})")
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / (whole or 1):.1f} % of {whole:,}"


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
        counts = {key: results[site][key] for key in KEYS}
        print(site, counts, results[site]["differ"], flush=True)
        text = json.dumps(dict(sorted(results.items())), indent=1) + "\n"
        RESULTS.write_text(text, encoding="utf-8")
    write_readme(results)
    PAGES.write_text(named(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
