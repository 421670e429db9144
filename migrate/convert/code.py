"""Code blocks: Hugo's fence attributes to the options of `code-block`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import myst
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.attributes import Attributes, parse_attributes
from migrate.read.markdown import Event

_FENCE = re.compile(
    r"(`{3,}|~{3,})[ \t]*+((?>(?:[^ \t\r\n]++|[ \t]++(?!\r?\n|\Z))*))[ \t]*(?=\r?\n|\Z)"
)
_BRACES = re.compile(r"\{([^{}]*)\}")
_GLUED = re.compile(r"[^\s{]+\{")
"""Braces right behind the language, of which mystmd makes a part of its name."""
_NEXT_LINE = re.compile(r"[ \t]*\r?\n[ \t>]*(\{[^{}\n]+\})[ \t]*(?=\r?\n|\Z)")
_WORD = re.compile(r"\{\s*\.?([\w+#\-]+)")
_LINES = re.compile(r"\d+(?:[ \t]*-[ \t]*\d+)?")
_TITLES = ("title", "filename", "file", "name", "path", "location")
_OPTION_LIKE = re.compile(r"[ \t>]*(?::[^:\s]+:|---)")
DIRECTIVES = frozenset(
    """admonition anywidget aside attention blockquote bibliography button card caution cell-output
    code code-block code-cell csv-table danger details div dropdown embed epigraph error eval-rst
    exercise figure figure-md glossary grid hint iframe image important include index line-block
    list-table literalinclude margin math mdast mermaid mystdemo note output parsed-literal
    pull-quote raw seealso show-index sidebar solution tab-item tab-set table tableofcontents tip
    toc toctree topic warning contents only eq tabbed panels versionadded versionchanged
    deprecated""".split()
)
"""Names in braces that are directives, of mystmd or Sphinx, and no programming languages."""


def fence(_event: Event, walk: Walk) -> Iterator[Edit]:
    """A fence with braces: its options as a directive, or the language alone."""
    opener = walk.opener
    if opener is None or opener.value == "Indented":
        return
    first = _FENCE.match(walk.masked, opener.start)
    after = _attribute_line(opener, walk)
    if first is None or walk.atoms_in(*first.span()) or not ("{" in first[2] or after):
        return
    info = first[2]
    if info.startswith("{"):
        language, options = _in_braces(info)
    else:
        language, options = _after_language(info)
    if after is not None:
        options |= {key: value for key, value in _options(after[1]).items() if key == "class"}
        walk.skip_until = after[0]
        yield Edit(opener.start + len(walk.text[opener.start : opener.end].rstrip()), after[0], "")
    start, end = first.span(2)
    if not options:
        if info.startswith("{") or _GLUED.match(info):
            yield Edit(start, end, language)
        return
    prefix = walk.prefix(opener.start)
    lines = [f"{{code-block}} {language or 'text'}"]
    lines += [f":{key}:" if value is True else f":{key}: {value}" for key, value in options.items()]
    body = walk.text[end : opener.end].lstrip("\r\n")
    if _OPTION_LIKE.match(body):
        lines.append("")
    text = "\n".join([lines[0], *((prefix + line).rstrip() for line in lines[1:])])
    yield Edit(start, end, text)


def math_fence(_event: Event, walk: Walk) -> Iterator[Edit]:
    """A fence in a language that the site's render hook typesets."""
    opener = walk.opener
    first = _FENCE.match(walk.masked, opener.start) if opener is not None else None
    if first is not None and first[2].lower() in walk.ctx.plan.site.markup.math_fences:
        yield Edit(*first.span(2), "{math}")


def _attribute_line(opener: Event, walk: Walk) -> tuple[int, Attributes] | None:
    """The end of a line of block attributes right after the block, and what it says."""
    if not walk.ctx.plan.site.markup.block_attributes:
        return None
    body = walk.masked[opener.start : opener.end].rstrip()
    line = _NEXT_LINE.match(walk.masked, opener.start + len(body))
    found = parse_attributes(line[1]) if line else None
    return (line.end(1), found) if line and found else None


def _in_braces(info: str) -> tuple[str, dict[str, str | bool]]:
    """`{r}`, `{.python hl_lines=1}`, `{code-cell} python`: a language and options."""
    braces = _BRACES.match(info)
    found = parse_attributes(braces[0]) if braces else None
    if found is not None and (found.classes or found.values):
        language = found.classes[0] if found.classes else ""
        return language, _options(Attributes(found.id, found.classes[1:], found.values))
    word = _WORD.match(info)
    language = word[1] if word else ""
    return ("text" if not language or language.lower() in DIRECTIVES else language), {}


def _after_language(info: str) -> tuple[str, dict[str, str | bool]]:
    """`go {hl_lines=[1] title="x"}`, `js{1,3}`: a language and options."""
    language, _, _ = info.partition("{")
    braces = _BRACES.search(info)
    if braces is None:
        return language.strip(), {}
    found = parse_attributes(braces[0])
    if found is not None:
        return language.strip(), _options(found)
    emphasized = _line_list(braces[1])
    return language.strip(), {"emphasize-lines": emphasized} if emphasized else {}


def _options(found: Attributes) -> dict[str, str | bool]:
    values = found.values
    options: dict[str, str | bool] = {}
    numbered = values.get("linenos", "false").lower() not in ("false", "0", "")
    if numbered:
        options["linenos"] = True
    if numbered and values.get("linenostart", "1") != "1":
        options["lineno-start"] = values["linenostart"]
    if emphasized := _line_list(values.get("hl_lines", "")):
        options["emphasize-lines"] = emphasized
    title = next((values[key] for key in _TITLES if values.get(key)), "")
    if title:
        options["filename"] = title
    if values.get("caption"):
        options["caption"] = myst.escape(values["caption"])
    if found.classes:
        options["class"] = " ".join(found.classes)
    return options


def _line_list(text: str) -> str:
    """`[1,"3-4"]`, `1 3-4` as `1,3-4`."""
    return ",".join(re.sub(r"\s", "", part) for part in _LINES.findall(text))
