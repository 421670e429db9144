"""Tables: a pipe table where that says everything, else `list-table`, else HTML.

mystmd reads HTML tables well (spans, blocks in cells), but no Markdown inside them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.media import best_source, plain_alt
from migrate.convert.phrasing import is_unsafe
from migrate.convert.soup import attribute, classes, content, words
from migrate.convert.structure import block, indent
from migrate.model import natural

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)")
_LANGUAGE = re.compile(r"""<code[^<>]*?\bclass=["'][^"'<>]*?\blanguage-([\w+#.-]+)""")
_RULES = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}
_CELL_NODES = frozenset(
    """b strong i em code del s u sub sup kbd br hr a img p ul ol li blockquote pre span""".split()
)
"""What may stand in a cell of an HTML table; of other elements the content."""
_CELL_BLOCKS = frozenset("div h1 h2 h3 h4 h5 h6 summary dt dd figcaption address".split())
"""Other elements whose content stands by itself."""
_CELL = frozenset(["td", "th"])

Rows = list[list[Tag]]


def table(el: Tag, to: Converter, around: Tags) -> str | None:
    """A table in the simplest form that holds it."""
    if around & _CELL:
        to.report("HM505", "<table", tag="table", what="a table in a table's cell became text")
        lines = [to.line(row, around) for row in _rows(el)[0]]
        lines.insert(0, to.line(_strays(el), around))
        return block("\n\n".join(line for line in lines if line))
    caption = _caption(el, to, around)
    stray = to.blocks(_strays(el), around)
    rows, heads = _rows(el)
    if _spans(rows):
        text = _html(rows, heads, to)
    elif len(rows) <= 1 and not heads and all(len(row) == 1 for row in rows):
        text = to.blocks([node for row in rows for cell in row for node in cell.children], around)
        text = "\n\n".join(part for part in (caption, text) if part)
        return block("\n\n".join(part for part in (stray, text) if part))
    else:
        text = _markdown(rows, heads, caption, to, around)
        caption = caption if not text.startswith(":::") else ""
    if caption:
        text = myst.directive("table", caption, body=text)
    return block("\n\n".join(part for part in (stray, text) if part))


def _markdown(rows: Rows, heads: int, caption: str, to: Converter, around: Tags) -> str:
    """A pipe table, or a `list-table` where cells hold blocks."""
    inside = around | {"td"}
    cells = [
        [to.settle(to.join(to.strings(cell.children, inside))) for cell in row] for row in rows
    ]
    if heads <= 1 and all(_fits(cell) for row in cells for cell in row):
        return _pipes(rows, cells, heads)
    return _list_table(cells, heads, caption)


_GROUPS = frozenset(["thead", "tbody", "tfoot", "tr"])
_COLUMNS = frozenset(["caption", "col", "colgroup"])


def _parts(el: Tag) -> Iterator[Tag]:
    """The table's sections and rows, not those of a table inside it."""
    for node in content(el):
        if isinstance(node, Tag) and node.name in _GROUPS:
            yield node
            yield from _parts(node)


def _strays(el: Tag) -> list[Any]:
    """What a broken page has in a table outside its cells; a browser shows it above."""
    return [
        node
        for part in (el, *_parts(el))
        for node in content(part)
        if not isinstance(node, Tag) or node.name not in _GROUPS | _COLUMNS | _CELL
    ]


def _caption(el: Tag, to: Converter, around: Tags) -> str:
    found = el.find("caption")
    if not isinstance(found, Tag):
        return ""
    found.extract()
    return to.line(found.children, around)


def _rows(el: Tag) -> tuple[Rows, int]:
    """The rows of cells and how many of them, from the first, are the table's head."""
    rows: Rows = []
    heads = 0
    counting = True
    for row in (el, *_parts(el)):
        cells = [cell for cell in row.children if isinstance(cell, Tag) and cell.name in _CELL]
        if not cells:
            continue
        is_head = row.parent is not None and row.parent.name == "thead"
        if counting and (is_head or (not rows and all(cell.name == "th" for cell in cells))):
            heads += 1
        else:
            counting = False
        rows.append(cells)
    return rows, heads


def _spans(rows: Rows) -> bool:
    return any(
        attribute(cell, name) not in ("", "1")
        for row in rows
        for cell in row
        for name in ("colspan", "rowspan")
        if name in cell.attrs
    )


def _fits(cell: str) -> bool:
    """One paragraph, or several that hard breaks can part."""
    return (
        ":::" not in cell
        and "```" not in cell
        and "\n\n" not in cell
        and not re.match(r"(?:[-*>] |\d+[.)] |#)", cell)
    )


def _pipes(rows: Rows, cells: list[list[str]], heads: int) -> str:
    """A pipe table; one without a head gets an empty one, as Markdown has no other."""
    width = max(len(row) for row in cells)
    sides = ["" for _ in range(width)]
    for row in rows[:2]:
        for number, cell in enumerate(row):
            sides[number] = sides[number] or _side(cell)
    lines = [[_in_pipe(cell) for cell in row] + [""] * (width - len(row)) for row in cells]
    if not heads:
        lines.insert(0, [""] * width)
    rule = [_RULES[side] for side in sides]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |").replace("|  |", "| |")
                     for line in (lines[0], rule, *lines[1:]))  # fmt: skip


def _in_pipe(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\\\n", "<br>").replace("\n", " ")


def _side(cell: Tag) -> str:
    """How a cell's text is set, by its style or attribute."""
    found = _ALIGN.search(attribute(cell, "style"))
    said = found[1] if found else attribute(cell, "align").lower()
    if not said:
        names = classes(cell)
        said = next((s for s in ("left", "right", "center") if f"text-{s}" in names), "")
    return said if said in _RULES else ""


def _list_table(cells: list[list[str]], heads: int, caption: str) -> str:
    """A `list-table`: its cells hold any blocks."""
    width = max(len(row) for row in cells)
    lines = []
    for row in cells:
        for number, cell in enumerate(row + [""] * (width - len(row))):
            marker = "* - " if number == 0 else "  - "
            lines.append((marker + indent(cell, 4)).rstrip(" "))
    options = {"header-rows": heads or None}
    return myst.directive("list-table", caption, options, "\n".join(lines))


def _html(rows: Rows, heads: int, to: Converter) -> str:
    """A clean HTML table on lines of its own, without classes and wrappers."""
    lines = ["<table>"]
    for number, row in enumerate(rows):
        if heads and number in (0, heads):
            lines.append("<thead>" if number == 0 else "</thead>\n<tbody>")
        cells = "".join(_html_cell(cell, to) for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    if heads:
        lines.append("</thead>" if heads >= len(rows) else "</tbody>")
    return "\n".join([*lines, "</table>"])


def _html_cell(cell: Tag, to: Converter) -> str:
    spans = "".join(
        f' {name}="{value}"'
        for name in ("colspan", "rowspan")
        if (natural(value := attribute(cell, name)) or 1) != 1
    )
    side = _side(cell)
    style = f' style="text-align:{side}"' if side else ""
    return f"<{cell.name}{spans}{style}>{_inner_html(cell, to).strip()}</{cell.name}>"


def _inner_html(el: Tag, to: Converter, *, verbatim: bool = False) -> str:
    """The content as HTML that mystmd reads, links and images rewritten."""
    parts = []
    for node in el.children:
        if not isinstance(node, Tag):
            if type(node) is NavigableString:
                text = html.escape(str(node), quote=False)
                text = (
                    text.replace("\n", "&#10;")
                    if verbatim
                    else " ".join(re.split(r"[ \t\r\n\f]+", text))
                )
                parts.append(text)
            continue
        if node.name in ("script", "style", "svg", "template"):
            continue
        inner = _inner_html(node, to, verbatim=verbatim or node.name == "pre")
        parts.append(_html_element(node, inner, to))
    return "".join(parts)


def _html_element(node: Tag, inner: str, to: Converter) -> str:
    if node.name == "br":
        return f"<br>{inner}"
    if node.name == "img":
        source = best_source(node)
        if not source or is_unsafe(source):
            return ""
        path = html.escape(to.image(source))
        width = attribute(node, "width").removesuffix("px")
        size = f' width="{width}"' if natural(width) else ""
        return f'<img src="{path}" alt="{html.escape(plain_alt(node))}"{size}>'
    if node.name == "a":
        href = attribute(node, "href")
        if not href or is_unsafe(href) or not inner.strip():
            return inner
        return f'<a href="{html.escape(to.link(href))}">{inner}</a>'
    if node.name == "code" and node.parent is not None and node.parent.name == "pre":
        return inner
    if node.name == "pre":
        language = _LANGUAGE.search(str(node))
        name = language[1] if language else "text"
        return f'<pre><code class="language-{name}">{inner}</code></pre>'
    if node.name == "span" or node.name not in _CELL_NODES:
        return f"<p>{inner}</p>" if node.name in _CELL_BLOCKS and words(node) else inner
    return f"<{node.name}>{inner}</{node.name}>"
