"""Code blocks: their language, line numbers and highlighted lines, out of a highlighter's spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.soup import attribute, classes, first, words
from migrate.convert.structure import block
from migrate.model import natural

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_ENGINES = frozenset(
    "r python bash sh sql css js javascript yaml json stan cpp c html julia perl ruby awk".split()
)
"""Languages that R Markdown runs, by the class of their `<pre>`."""
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush)[-:](?:source-)?([\w+#.-]+)$")
_NO_LANGUAGE = frozenset(
    ["fallback", "text", "plaintext", "plain", "none", "txt", "nohighlight", "auto"]
)
_NUMBERS = frozenset(
    ["ln", "lnt", "lnlinks", "linenos", "lineno", "line-number", "line-numbers-rows"]
)
FILE_NAMES = frozenset(
    """hextra-code-filename filename code-filename code-title code-block-title codeblock-title
    code-name highlight-title code-header gblog-code__title file-name""".split()
)
"""Classes of the element above a code block that names its file."""


@dataclass(slots=True)
class Lines:
    """What the lines of a code block say of themselves."""

    text: list[str] = field(default_factory=list)
    at: int = 1
    marked: set[int] = field(default_factory=set)
    numbers: list[str] = field(default_factory=list)


def preformatted(el: Tag, to: Converter, around: Tags) -> str | None:
    """`<pre>`, with or without `<code>` and a highlighter's spans, as a fence."""
    if "mermaid" in classes(el):
        return diagram(el, to, around)
    language = _language(el)
    if language == "mermaid":
        return diagram(el, to, around)
    lines = Lines()
    _read(el, lines, marked=False)
    return _write("".join(lines.text), language, lines, to, _title(el))


def line_table(el: Tag, to: Converter, around: Tags) -> str | None:
    """The table in which highlighters put line numbers beside code; None for other tables."""
    cells = el.find_all("td", limit=3)
    if len(cells) != 2 or el.find("th") is not None:
        return None
    pre = cells[1].find("pre")
    if not isinstance(pre, Tag):
        return None
    numbers = cells[0].get_text()
    listed = numbers.split()
    if not listed or any(natural(number) is None for number in listed):
        return None
    to.account(numbers)
    lines = Lines()
    _read(pre, lines, marked=False)
    lines.numbers = listed
    return _write("".join(lines.text), _language(pre), lines, to, _title(el))


def diagram(el: Tag, to: Converter, around: Tags) -> str | None:
    """A mermaid diagram."""
    if el.name not in ("pre", "div"):
        return None
    for line_break in el.find_all("br"):
        line_break.replace_with("<br/>")
    text = el.get_text().strip("\n").rstrip()
    return block(myst.directive("mermaid", body=_dedent(text), fence="`")) if text else ""


def file_name(el: Tag, to: Converter, around: Tags) -> str | None:
    """The name of a file above its code: the code block says it."""
    after = [node for node in el.next_siblings if isinstance(node, Tag)]
    if any(node.name == "pre" or first(node, ("pre",)) is not None for node in after):
        return ""
    return None


def _title(el: Tag) -> str:
    """The file name that a theme prints above the code."""
    node: Tag | None = el
    for _ in range(5):
        node = node.parent if node is not None else None
        if node is None or node.name not in ("div", "figure"):
            return ""
        if len(node.find_all("pre", limit=3)) > 2:
            return ""
        for child in node.children:
            if isinstance(child, Tag) and FILE_NAMES.intersection(classes(child)):
                return words(child)
    return ""


def _language(el: Tag) -> str:
    """The language by its class or data, of the code, the `<pre>` or what is around it."""
    code = el.find("code")
    for node in (code, el, *list(el.parents)[:3]):
        if not isinstance(node, Tag) or node.name not in ("code", "pre", "div", "figure", "td"):
            continue
        said = (
            attribute(node, "data-lang") or attribute(node, "lang")
            if node.name in ("code", "pre")
            else ""
        )
        for name in classes(node):
            if not said and (found := _LANGUAGE.match(name)):
                said = found[1]
        if not said and node.name in ("code", "pre"):
            said = _of_pandoc(classes(node))
        said = said.strip("{}.").lower()
        if said:
            return "" if said in _NO_LANGUAGE or not re.fullmatch(r"[\w+#.-]+", said) else said
    return ""


def _of_pandoc(names: list[str]) -> str:
    """`sourceCode r` of pandoc; `r` alone of R Markdown."""
    if len(names) == 2 and names[0] == "sourceCode":
        return names[1]
    return names[0] if len(names) == 1 and names[0] in _ENGINES else ""


def _read(el: Tag, lines: Lines, *, marked: bool) -> None:
    """Gather the text; remember highlighted lines; leave line numbers out."""
    for node in el.children:
        if isinstance(node, Tag):
            if node.name == "br":
                lines.text.append("\n")
                lines.at += 1
                continue
            names = node.attrs.get("class") or ()
            style = str(node.attrs.get("style") or "")
            if "user-select:none" in style or (names and _NUMBERS.intersection(names)):
                lines.numbers.extend(node.get_text().split())
                continue
            hit = (
                marked or "hl" in names or ("display:flex" in style and "background-color" in style)
            )
            _read(node, lines, marked=hit)
        elif type(node) is NavigableString:
            text = str(node)
            count = text.count("\n")
            if marked:
                end = lines.at + count - (1 if text.endswith("\n") else 0)
                lines.marked.update(range(lines.at, end + 1))
            lines.at += count
            lines.text.append(text)


def _write(text: str, language: str, lines: Lines, to: Converter, title: str) -> str:
    """A plain fence where it says everything, else a `code-block`."""
    if lines.numbers:
        to.account(" ".join(lines.numbers))
    shift = len(text) - len(text.lstrip("\n"))
    text = text.rstrip().lstrip("\n") if text.strip() else ""
    if not text and not title:
        return ""
    first = lines.numbers[0] if lines.numbers else ""
    options = {
        "filename": title or None,
        "linenos": bool(lines.numbers),
        "lineno-start": number if (number := natural(first)) not in (None, 1) else None,
        "emphasize-lines": spans(sorted(n - shift for n in lines.marked if n > shift)) or None,
    }
    if any(options.values()):
        return block(_with_language("code-block", language, options, text))
    ticks = "`" * myst.fence_length(text, "`")
    return block(f"{ticks}{language}\n{text}\n{ticks}")


def _with_language(
    name: str, language: str, options: dict[str, str | int | bool | None], text: str
) -> str:
    return myst.directive(name, language or "text", options, text, fence="`")


def spans(numbers: list[int]) -> str:
    """`1,3-5` of 1, 3, 4, 5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def _dedent(text: str) -> str:
    import textwrap

    return textwrap.dedent(text)
