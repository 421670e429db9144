"""The table of diagnostics: every code that the tool can report, once, with its words.

HM1xx reading, HM2xx front matter and configuration, HM3xx shortcodes, HM4xx Markdown,
HM5xx HTML, HM6xx links and assets, HM7xx writing, HM8xx check and verify.
A code is never given a second meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrate.model import Diagnostic, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class MigrateError(Exception):
    """Ends a page or the run; shown to the person as one sentence.

    `path` is the file as the person knows it, `line` is counted from 1 (0: none).
    """

    def __init__(self, message: str, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return place + self.message


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the table. `message` and `hint` are `str.format` templates."""

    code: str
    name: str
    severity: Severity
    message: str
    hint: str = ""


_TABLE = (
    Code("HM101", "unreadable-page", ERROR, "the page can't be read: {reason}",
         "mend the file; all other pages are converted"),
    Code("HM301", "unknown-shortcode", WARNING, "nothing tells what `{name}` becomes",
         "map it in hugo2myst.yml; `hugo2myst inspect` prints a stanza to start from"),
    Code("HM601", "broken-link", WARNING, "`{destination}` leads nowhere",
         "it is broken in Hugo too, or points to content that isn't here; left as it was"),
    Code("HM602", "repaired-link", INFO, "`{destination}` was broken as typed and is repaired"),
    Code("HM603", "broken-anchor", WARNING, "`{destination}`: the page has no `#{fragment}`",
         "the link leads to the page's head, as it does in Hugo; mend the anchor or drop it"),
)  # fmt: skip

CODES = {row.code: row for row in _TABLE}


def diagnostic(code: str, source: str, line: int = 0, **values: object) -> Diagnostic:
    """The diagnostic `code` at a place; `values` fill the words of its row."""
    row = CODES[code]
    return Diagnostic(
        code, row.severity, source, line, row.message.format(**values), row.hint.format(**values)
    )
