"""The one module that spells MyST: directives, roles, targets and escapes.

The escapes are exact: a character is escaped only where mystmd 1.11 would read it as syntax.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrate.hosts import bare_hosts, decodable

_SYNTAX = re.compile(r"[\\`*_\[\]<&@${|]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ROLE = re.compile(r"\{[a-zA-Z0-9_\-:.+ #=\"']{1,80}\}(?=`|$)")
_CITATION = re.compile(r"(?<![a-zA-Z0-9])@(?=[a-zA-Z0-9_])")
_BLOCK_START = re.compile(
    r"[ ]{0,3}(?:"
    r"(?P<first>[%#>|]|\+\+\+|\+(?=[ \t])|-(?=[ \t]|-+[ \t]*$|$)|\*(?=[ \t])|={1,}[ \t]*$"
    r"|:{3,}|~{3,}"
    r"|[:~](?=[ \t])|\((?=[a-zA-Z0-9|@<>*./_\-+:]{1,100}\)=[ \t]*$)|\[(?=[^\]\n]{1,999}\]:))"
    r"|\d{1,9}(?P<after>[.)])(?=[ \t]|$))"
)
_CARD_TO_LABEL = re.compile(
    r"^(:{3,}\{card\})[ ]([^\n]+)((?:\n:[a-z]+:[^\n]*)*?)\n:link: (#\S+)"
    r"((?:\n:[a-z]+:[^\n]*)*)(\n(?=\n))?",
    re.M,
)
TRANSLATIONS = "translations"
"""Class of the `{div}` with links to the page in other languages."""
_RULE = re.compile(r"-{3,}[ \t]*(?=\n|\Z)")
_URL = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_REFERENCE = re.compile(r"(\[\^[^\[\]\s]+\])")
_NEAR = 1000
"""Characters before a bracket in which it may have been opened."""
_LINE_END = re.compile(r"(?:(?<![ \t])[ \t]+)?[\r\n]\s*")
_CARD_HEADER = re.compile(r"^\^{3}", re.MULTILINE)
_FENCE_LINE = re.compile(r"(?m)^[ \t>]*([:`~]{3,})")


def escape(
    text: str, *, dollar: bool = True, line_start: bool = False, in_table: bool = False
) -> str:
    """Plain text as MyST that shows exactly this text.

    `dollar`: the project's dollar math is on. `line_start`: the text begins a block or a line
    (lines after the first always do). `in_table`: the text stands in a pipe table's cell.
    The text may stand next to any inline markup, so its first and last characters are escaped
    where a neighbour could make syntax of them; an image (`!` before a link) is the caller's.
    """
    escaped = _escape_inline(text, dollar=dollar, in_table=in_table)
    if not line_start and "\n" not in escaped:
        return escaped
    lines = escaped.split("\n")
    for number, line in enumerate(lines):
        if number or line_start:
            lines[number] = escape_line_start(line)
    return "\n".join(lines)


def escape_line_start(line: str) -> str:
    """A line of text, escaped where its first characters would begin a block in MyST."""
    found = _BLOCK_START.match(line)
    if found is None:
        return line
    group = "first" if found["first"] else "after"
    if found[0].lstrip().startswith("#") and not re.match(r"[ ]{0,3}#{1,6}(?:[ \t]|$)", line):
        return line
    return line[: found.start(group)] + "\\" + line[found.start(group) :]


def _escape_inline(text: str, *, dollar: bool, in_table: bool) -> str:
    """Escape what would be inline syntax anywhere in a line."""
    edits = [
        (at, "&#64;" if char == "@" and _in_brackets(text, at) else "\\" + char)
        for found in _SYNTAX.finditer(text)
        if _is_syntax(text, at := found.start(), char := found[0], dollar, in_table)
    ]
    if "." in text:
        edits += [(dot, "\\.") for dot in bare_hosts(text, 0, len(text))]
        edits.sort()
    if "%" in text and "://" in text:
        edits += [
            (found.end() - 3, "\\:")
            for found in _URL.finditer(text)
            if decodable(word := _WORD.match(text, found.start())[0]) != word  # type: ignore[index]
        ]
        edits.sort()
    if not edits:
        return text
    parts: list[str] = []
    last = 0
    for at, escaped in edits:
        parts += text[last:at], escaped
        last = at + 1
    parts.append(text[last:])
    return "".join(parts)


def _is_syntax(text: str, at: int, char: str, dollar: bool, in_table: bool) -> bool:
    """Whether mystmd would read the character at `at` as markup."""
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if char == "\\":
        math = not dollar and text.startswith("\\begin{", at)
        return not after or after in _PUNCTUATION or after == "\n" or math
    if char in "*_":
        if before.isspace() and (after.isspace() or not after):
            return False
        return char == "*" or not (before.isalnum() and after.isalnum())
    if char == "[":
        close = text.find("]", at)
        return after == "^" or close < 0 or text[close + 1 : close + 2] in ("(", "[", ":")
    if char == "]":  # the end of a link's text that this text is put into
        opening = text.rfind("[", max(0, at - _NEAR), at)
        return (
            opening < 0
            or "]" in text[opening + 1 : at]
            or _is_syntax(text, opening, "[", dollar, in_table)
        )
    if char == "<":
        return not after or after.isalpha() or after in "/!?"
    if char == "&":
        return _ENTITY.match(text, at) is not None
    if char == "@":
        return _CITATION.match(text, at) is not None
    if char == "{":
        return _ROLE.match(text, at) is not None
    return char == "`" or (char == "$" and dollar) or (char == "|" and in_table)


def _in_brackets(text: str, at: int) -> bool:
    """mystmd takes `[see @x]` for a citation whatever is escaped inside."""
    opening = text.rfind("[", 0, at)
    return opening >= 0 and "]" not in text[opening:at]


def role(name: str, text: str) -> str:
    """A role around text that is already MyST; nests by longer backticks.

    mystmd finds no footnotes in it, so they stand between two roles or behind one.
    """
    if "[^" in text and (parts := _beside_footnotes(text)):
        return "".join(
            part if number % 2 else _one_role(name, part) if part.strip() else part
            for number, part in enumerate(parts)
        )
    return _one_role(name, text)


def _beside_footnotes(text: str) -> list[str]:
    """Words and footnotes in turn; empty where markup goes across them."""
    parts = _REFERENCE.split(text)
    within = len(parts) > 3 or parts[-1]
    return [] if within and any(sign in part for part in parts[::2] for sign in "*_`[<") else parts


def _one_role(name: str, text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1 if longest else 1)
    before = " " if text.startswith("`") else ""
    after = " " if text.endswith("`") else ""
    return f"{{{name}}}{ticks}{before}{text}{after}{ticks}"


def target(label: str) -> str:
    """The line that names the block after it."""
    return f"({label})="


def bare(text: str) -> str:
    """The words of inline MyST, for the places that mystmd reads as plain text: titles of tabs."""
    if _INLINE.search(text) is None:
        return text
    import pyromark

    events = [one for one in pyromark.events(text) if isinstance(one, dict)]
    found = [one.get("Text") or one.get("Code") for one in events]
    return " ".join("".join(str(part) for part in found if part).split()) or text


def directive(
    name: str,
    argument: str = "",
    options: Mapping[str, str | int | bool | None] | None = None,
    body: str = "",
    fence: str = ":",
) -> str:
    """A directive, without a line break at its end.

    An option that is None or False is left out, one that is True or empty is a flag. The fence
    is longer than any that `body` holds; `fence` is its character, `:` or a backtick.
    """
    if name == "card":
        body = card_body(body)
    marker = fence * fence_length(body, fence)
    lines = [f"{marker}{{{name}}} {one_line(argument)}".rstrip()]
    for key, value in (options or {}).items():
        if value is None or value is False:
            continue
        lines.append(f":{key}:" if value is True or value == "" else f":{key}: {one_line(value)}")
    body = body.strip("\n")
    if fence == ":" and (rule := _RULE.match(body)):  # mystmd would take `---` for YAML options
        body = f"***{body[rule.end() :]}"
    if body:
        if len(lines) > 1 or (body.startswith((":", "---")) and not body.startswith(":::")):
            lines.append("")
        lines.append(body)
    lines.append(marker)
    return "\n".join(lines)


def card_titles(text: str) -> str:
    """Cards that lead to a label, with the link in their title.

    mystmd resolves no label in a card's `link`: it stays a place on the card's own page.
    """
    return _CARD_TO_LABEL.sub(_titled, text) if ":link: #" in text else text


def _titled(match: re.Match[str]) -> str:
    opener, title, before, label, after, blank = match.groups()
    if "](" in title:
        return match.group()
    end = blank if blank and (before or after) else ""  # the line between options and body
    return f"{opener} [{title}]({label}){before}{after}{end}"


_INLINE = re.compile(r"[*_`\\\[&<]")


def one_line(value: str | int) -> str:
    """An argument or an option's value: what goes on in a second line would be the body."""
    return _LINE_END.sub(" ", value) if isinstance(value, str) else str(value)


def card_body(text: str) -> str:
    """A card's text, in which no line parts a header from the rest."""
    return _CARD_HEADER.sub(r"\\\g<0>", text) if "^^^" in text and "```" not in text else text


_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.M)


def fence_length(body: str, fence: str = ":") -> int:
    """How many characters a fence around `body` needs, three at least."""
    longest = 2
    for run in _FENCE_LINE.findall(body):
        if run[0] == fence:
            longest = max(longest, len(run))
    return longest + 1


def closed(text: str) -> str:
    """The text with its last code fence closed, so that what is put below it isn't code."""
    fence = ""
    for match in _FENCE.finditer(text):
        marks, info = match.groups()
        if not fence:
            fence = "" if marks[0] == "`" and "`" in info else marks
        elif marks.startswith(fence) and not info.strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
