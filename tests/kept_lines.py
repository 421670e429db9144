"""Which lines of a corpus site's Markdown stay byte for byte, and which change.

    python tests/kept_lines.py SITE...             shares of the lines, per site
    python tests/kept_lines.py SITE --changed 40   the same, and up to so many changes

Blank lines and those of shortcodes don't count. The second share leaves out raw HTML, too, and
lines that hold a link, whose destination is the project's business and no difference of Markdown.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from migrate import pipeline  # noqa: E402
from migrate.model import Page  # noqa: E402
from migrate.options import Options  # noqa: E402
from migrate.plan import Plan  # noqa: E402
from migrate.read.lexer import lex  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
_NOT_PLAIN = re.compile(r"</?[A-Za-z!]|\]\(|\]:|https?://")
_FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


@dataclass
class Kept:
    """Lines of Markdown sources: how many there are and how many the project has as they were."""

    lines: int = 0
    same: int = 0
    plain: int = 0
    """Lines without HTML and links."""
    plain_same: int = 0
    changes: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    """(page, its lines, the lines in their place) of each change."""

    def __str__(self) -> str:
        """Both shares in per cent."""
        share = 100 * self.same / (self.lines or 1)
        plain = 100 * self.plain_same / (self.plain or 1)
        return f"{share:.2f} % of {self.lines} lines, {plain:.2f} % of {self.plain} plain ones"


def kept_lines(plan: Plan, project: Path) -> Kept:
    """Compare the body of each Markdown page with the page's file in the project."""
    found = Kept()
    for page in plan.site.pages:
        place = plan.places.get(page.identity)
        if page.format != "markdown" or not page.body.strip() or place is None:
            continue
        file = project / place
        if file.is_file():
            _compare(page, plan, _FRONT.sub("", file.read_text("utf-8")), found)
    return found


def _compare(page: Page, plan: Plan, text: str, found: Kept) -> None:
    old = list(_lines(page, plan))
    new = [line for line in text.split("\n") if line.strip()]
    found.lines += len(old)
    found.plain += sum(_is_plain(line) for line in old)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.same += b - a
            found.plain_same += sum(_is_plain(line) for line in old[a:b])
        elif a < b:
            found.changes.append((page.name, old[a:b], new[c:d]))


def _is_plain(line: str) -> bool:
    return _NOT_PLAIN.search(line) is None


def _lines(page: Page, plan: Plan) -> Iterator[str]:
    """The lines of a page that no shortcode touches."""
    lexed = lex(page.body, plan.closers)
    spans = [(call.start, call.end) for call in lexed.calls] + [e[:2] for e in lexed.escapes]
    calls = {
        number
        for start, end in spans
        for number in range(page.body.count("\n", 0, start), page.body.count("\n", 0, end) + 1)
    }
    for number, line in enumerate(page.body.replace("\r\n", "\n").split("\n")):
        if number not in calls and line.strip():
            yield line


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", nargs="+")
    parser.add_argument("--changed", type=int, default=0, metavar="N")
    args = parser.parse_args()
    for site in args.sites:
        source = CORPUS / site / "site"
        with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
            pipeline.convert(str(source), folder)
            found = kept_lines(pipeline.load(str(source), Options()), Path(folder))
        print(f"{site}: {found}")
        for page, old, new in found.changes[: args.changed]:
            print(f"  {page}", *(f"    - {line}" for line in old), sep="\n")
            print(*(f"    + {line}" for line in new), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
