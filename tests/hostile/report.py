"""The documentation's table of hostile cases: `python -m tests.hostile.report` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.hostile import doors, parsers, paths, smuggled

PAGE = Path(__file__).parents[2] / "docs/explanation/hostile-input.md"
BEGIN, END = "% made: hostile cases\n", "% end\n"


def table(days: Iterable[int]) -> str:
    """Class of input, number of cases, outcome. `days` counts special files, feeds, bad days."""
    special, feeds, other = days
    paths_of = "the page is there under a safe name, or an error names it (HM702, HM703, HM109)"
    rows = (
        ("Slugs, URLs, aliases, titles, sources and names in front matter and links",
         len(list(paths.cases())), paths_of),
        ("Names of content files", len(list(paths.names())), paths_of),
        ("Front matter: YAML, TOML, JSON", len(list(parsers.front())),
         "the body is there; what can't be read is named (HM101, HM104)"),
        ("Encodings and control characters", len(list(parsers.encodings())),
         "read; what isn't UTF-8 is named (HM103)"),
        ("Markdown that is slow to parse", len(list(parsers.markdown())), "converted"),
        ("HTML, nested and unclosed", len(list(parsers.html())), "converted; flattened where too deep"),
        ("Shortcodes, nested and unclosed", len(list(parsers.shortcodes())),
         "converted; what Hugo refuses stays and is named (HM302)"),
        ("Pages, lines and numbers of tags too large", len(list(parsers.sizes())),
         "converted; above 32 MB an error for that page alone (HM101)"),
        ("Text about MyST, as Markdown and as HTML", len(list(smuggled.cases())),
         "shown; in mystmd's tree there is no directive and no role"),
        ("Strings that would be more than text, behind each door of a site and of a feed", doors.count(),
         "text; in mystmd's tree there are only the nodes that the page means"),
        ("Links, pipes, devices and folders where a file should be", special,
         "not read; the rest is converted"),
        ("Feeds", feeds, "read, or refused by a sentence"),
        ("Bad days", other, "the run ends by a documented code, and the next one heals the project"),
    )  # fmt: skip
    lines = ["| class of input | cases | outcome |", "|---|--:|---|"]
    lines += [f"| {name} | {count} | {outcome} |" for name, count, outcome in rows]
    lines.append(f"| all | {sum(count for _, count, _ in rows)} | |")
    return "\n".join(lines) + "\n"


def current() -> str:
    """The table as the tests have it now."""
    from tests import test_hostile_days as bad

    return table((len(bad.KINDS) * len(bad.PLACES), len(bad.FEEDS) + 5, 20))


def main() -> None:
    """Write the table into its page."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{current()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
