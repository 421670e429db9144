"""Convert a corpus site, build it with mystmd and compare it with what Hugo rendered.

    python tests/corpus.py SITE                 totals, our warnings, differences by kind
    python tests/corpus.py SITE --page /a/b/    one page: its differences and a diff of its words
    python tests/corpus.py SITE --kind link     only differences of this kind, with examples
    python tests/corpus.py SITE --html          convert Hugo's HTML instead of the sources

A project that hasn't changed since the last run isn't built again.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import pickle
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from migrate import pipeline, themes  # noqa: E402
from migrate.check.facts import Facts  # noqa: E402
from migrate.check.fidelity import KINDS, Comparison, compare_page  # noqa: E402
from migrate.check.listing import Listings  # noqa: E402
from migrate.check.rendered import facts_of_html  # noqa: E402
from migrate.check.targets import Places, places_of, trimmed  # noqa: E402
from migrate.check.typeset import has_dollar_math  # noqa: E402
from migrate.check.understood import facts_of_tree  # noqa: E402
from migrate.engines.hugo import render_site  # noqa: E402
from migrate.engines.mystmd import Build, Built, build  # noqa: E402
from migrate.model import Site  # noqa: E402
from migrate.options import Options  # noqa: E402
from migrate.plan import Plan, make_plan  # noqa: E402
from migrate.run import Run  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
SCRATCH = Path(tempfile.gettempdir(), "hugo2myst-corpus")

Truth = dict[str, Any]


def read_truth(site: str) -> list[Truth]:
    """What real Hugo rendered, one mapping a page: with the site's theme, else without."""
    path = CORPUS / site / "truth.jsonl"
    if path.is_file():
        pages = map(json.loads, filter(str.strip, path.read_text("utf-8").split("\n")))
        # What a content adapter makes of data can't be had without its template.
        return [page for page in pages if not page["source"].endswith(".gotmpl")]
    rendering = render_site(pipeline.load(str(CORPUS / site / "site"), Options()).site)
    print(f"  no truth.jsonl: our own Hugo run, stubs {sorted(rendering.stubs)}")
    return [
        {
            "relpermalink": page.url,
            "kind": page.kind,
            "content": page.content,
            "title": page.title,
            "ids": page.ids,
            "source": page.source,
        }
        for page in rendering.pages.values()
        if page.kind not in ("taxonomy", "term") and not page.error
    ]


def convert_sources(site: str, project: Path) -> tuple[Site, Plan]:
    """Convert the site's sources into the folder `project`."""
    source = CORPUS / site / "site"
    pipeline.convert(str(source), str(project))
    plan = pipeline.load(str(source), Options())
    return plan.site, plan


def convert_html(site: str, project: Path) -> tuple[Site, Plan]:
    """Convert Hugo's HTML of the site's pages, as a feed's items would be."""
    source = pipeline.load(str(CORPUS / site / "site"), Options()).site
    bodies = {trimmed(page["relpermalink"]): page["content"] for page in read_truth(site)}
    pages = tuple(
        replace(page, body=bodies[trimmed(page.url)], format="html", body_line=1)
        for page in source.pages
        if trimmed(page.url) in bodies
    )
    read = replace(source, pages=pages)
    plan = make_plan(read, Options(), themes.lookup(read, Options()))
    for output in Run(plan, None).outputs():
        path = project / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        data = output.data.read_bytes() if isinstance(output.data, Path) else output.data
        path.write_bytes(data)
    return read, plan


def build_cached(project: Path) -> Build:
    """Build the project, or recall the last build when no file has changed."""
    digest = hashlib.sha256()
    for path in sorted(project.rglob("*")):
        if path.is_file() and "_build" not in path.parts and ".hugo2myst" not in path.parts:
            digest.update(str(path.relative_to(project)).encode() + b"\0" + path.read_bytes())
    cache = project.with_suffix(".build")
    if cache.is_file():
        key, built = pickle.loads(cache.read_bytes())
        if key == digest.hexdigest():
            return built
    built = build(project)
    cache.write_bytes(pickle.dumps((digest.hexdigest(), built)))
    return built


def pages_of(site: Site, plan: Plan, built: Build) -> dict[str, Built]:
    """mystmd's pages by Hugo's URL, trimmed."""
    return {
        trimmed(page.url): built.pages[str(plan.places[page.identity])]
        for page in site.pages
        if page.identity in plan.places and str(plan.places[page.identity]) in built.pages
    }


def comparisons(
    site: Site, plan: Plan, built: Build, truth: list[Truth]
) -> Iterator[tuple[Comparison, Truth, Built | None, Places]]:
    """Each page that Hugo published, compared."""
    pages = pages_of(site, plan, built)
    places = places_of(site, plan, built)
    ids = {
        pages[trimmed(page["relpermalink"])].url: frozenset(page["ids"] or ())
        for page in truth
        if trimmed(page["relpermalink"]) in pages
    }
    # The truth was rendered with a base URL of its own.
    places = replace(places, ids=ids, hosts=places.hosts | {"example.org", "ex.org"})
    listings = Listings(plan)
    of = {trimmed(page.url): page for page in site.pages}
    for page in truth:
        url = page["relpermalink"].removeprefix(site.base_path)
        found = pages.get(trimmed(url))
        known = of.get(trimmed(url))
        listing = listings.of(known) if known else frozenset[str]()
        comparison = compare_page(
            page["content"], found, url, places, page["title"], listing=listing
        )
        yield comparison, page, found, places


def show_page(truth: Truth, comparison: Comparison, page: Built, places: Places) -> None:
    """Differences of one page and a unified diff of its words, sentence by sentence."""
    for difference in comparison.differences:
        print(f"  {page.file}:{difference.line} {difference.kind}")
        print(f"    hugo {difference.hugo!r}\n    myst {difference.myst!r}")
        print(f"    after {difference.context!r}")
    dollars = has_dollar_math(page.tree)
    hugo = facts_of_html(
        truth["content"], comparison.url, places, title=truth["title"], dollars=dollars
    )
    sides = [_lines(hugo), _lines(facts_of_tree(page, title=truth["title"]))]
    for line in difflib.unified_diff(*sides, "hugo", "myst", lineterm="", n=1):
        print(line)


def _lines(facts: Facts) -> list[str]:
    words = (" ".join(line.split()) for line in facts.text.split("\n"))
    return [line for line in words if line]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", choices=sorted(p.name for p in CORPUS.iterdir() if p.is_dir()))
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--page", metavar="URL")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--examples", type=int, default=4)
    args = parser.parse_args()

    project = SCRATCH / (args.site + ("-html" if args.html else ""))
    started = time.monotonic()
    if project.exists():
        for entry in project.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    site, plan = (convert_html if args.html else convert_sources)(args.site, project)
    converted = time.monotonic()
    built = build_cached(project)
    finished = time.monotonic()
    truth = read_truth(args.site)
    rows = list(comparisons(site, plan, built, truth))
    if args.page:
        wanted = [row for row in rows if trimmed(row[0].url) == trimmed(args.page)]
        for comparison, page, found, places in wanted:
            print(comparison.url, comparison.verdict, page["source"])
            if found:
                show_page(page, comparison, found, places)
        return 0 if wanted else 2
    print(
        f"{args.site}: {len(site.pages)} pages converted in {converted - started:.1f} s, "
        f"mystmd {finished - converted:.1f} s, compared {time.monotonic() - finished:.1f} s"
    )
    show_totals(rows, args.kind, args.examples)
    show_messages(built, args.examples)
    return 0


def show_totals(
    rows: list[tuple[Comparison, Truth, Built | None, Places]], only: str | None, examples: int
) -> None:
    """Shares of pages and differences by kind, with examples from as many pages."""
    verdicts = Counter(row[0].verdict for row in rows)
    same = sum(row[0].same_words for row in rows)
    total = len(rows) or 1
    print(
        f"  {len(rows)} pages of Hugo: {100 * same / total:.1f} % same words, "
        f"{100 * verdicts['identical'] / total:.1f} % identical, {verdicts['missing']} missing"
    )
    found = defaultdict(list)
    for comparison, _, page, _ in rows:
        if page is None:
            print(f"    missing {comparison.url}")
        for difference in comparison.differences:
            found[difference.kind].append((comparison.url, difference))
    for kind in KINDS:
        if not found[kind] or (only and kind != only):
            continue
        urls = Counter(url for url, _ in found[kind])
        print(f"  {kind}: {len(found[kind])} differences on {len(urls)} pages")
        shown: Counter[str] = Counter()
        for url, difference in found[kind]:
            if shown.total() < examples * (5 if only else 1) and shown[url] < (3 if only else 1):
                shown[url] += 1
                print(
                    f"    {url} :{difference.line}  {difference.hugo[:110]!r} -> "
                    f"{difference.myst[:110]!r}"
                    + (f"  after {difference.context[-40:]!r}" if difference.context else "")
                )


def show_messages(built: Build, examples: int) -> None:
    """mystmd's messages that are ours, by their words."""
    print(
        f"  mystmd: {len(built.ours)} messages of ours, "
        f"{len(built.messages) - len(built.ours)} of the machine"
    )
    kinds = defaultdict(list)
    for message in built.ours:
        words = " ".join(word for word in message.text.split() if word.isalpha())
        kinds[words[:60]].append(message)
    for messages in sorted(kinds.values(), key=len, reverse=True):
        print(f"    {len(messages)} x")
        for message in messages[:examples]:
            print(f"      {message.file}:{message.line} {message.text[:160]}")


if __name__ == "__main__":
    sys.exit(main())
