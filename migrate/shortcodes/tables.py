"""Tables from data: CSV files and YAML bodies."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from migrate import myst
from migrate.shortcodes.call import Call, shown
from migrate.shortcodes.data import load

_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def yaml_table(call: Call) -> str | None:
    """`headers`, `rows[].columns`, `format[].align`, `caption`; cells are Markdown."""
    data = load(call, "yaml")
    rows = data.get("rows") if data else None
    if not data or not isinstance(rows, list):
        return None
    head = data.get("headers")
    headers = [shown(cell) for cell in head] if isinstance(head, list) else []
    body = [_cells(row) for row in rows]
    style = data.get("format")
    aligns = [_align(one) for one in style] if isinstance(style, list) else []
    return table(call, headers, body, aligns, shown(data.get("caption")))


def _cells(row: Any) -> list[str]:
    cells = row.get("columns") if isinstance(row, Mapping) else row
    return [shown(cell) for cell in cells] if isinstance(cells, list) else [shown(cells)]


def _align(style: Any) -> str:
    return shown(style.get("align")) if isinstance(style, Mapping) else ""


def csv_file(call: Call) -> str | None:
    """A CSV file of the bundle as a table."""
    name = call.get("file").strip()
    text = call.file(name) if name else None
    if text is None:
        return None
    delimiter = call.get("delimiter") or ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter[:1]) if row]
    except csv.Error as error:
        call.ctx.report("HM305", call.shortcode.start, name=call.name, reason=error)
        return None
    has_head = call.get("header", "true").lower() != "false"
    head = rows[0] if rows and has_head else []
    return table(call, head, rows[1:] if has_head else rows, [], call.get("caption"))


def table(
    call: Call, head: list[str], rows: list[list[str]], aligns: list[str], caption: str
) -> str | None:
    """A pipe table where every cell fits one line, else a list-table."""
    width = max((len(row) for row in [head, *rows]), default=0)
    if not width:
        return None
    cells = [[_cell(call, cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    top = [_cell(call, cell) for cell in head] + [""] * (width - len(head))
    if not call.place.is_block:
        return "; ".join(", ".join(cell for cell in row if cell) for row in [top, *cells])
    if any("\n" in cell for row in [top, *cells] for cell in row):
        return _list_table(call, head, top, cells, caption)
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in
             [top, *cells]]  # fmt: skip
    rules = [_RULES.get(align, "---") for align in aligns] + ["---"] * (width - len(aligns))
    lines.insert(1, "| " + " | ".join(rules[:width]) + " |")
    text = "\n".join(lines)
    return myst.directive("table", call.markdown(caption), body=text) if caption else text


def _list_table(
    call: Call, head: list[str], top: list[str], rows: list[list[str]], caption: str
) -> str:
    lines: list[str] = []
    for row in [top, *rows] if head else rows:
        for at, cell in enumerate(row):
            first, *rest = cell.split("\n")
            lines.append(("* - " if at == 0 else "  - ") + first)
            lines += ["    " + line if line else "" for line in rest]
    options = {"header-rows": "1"} if head else {}
    return myst.directive("list-table", call.markdown(caption), options, "\n".join(lines))


def _cell(call: Call, text: str) -> str:
    return call.markdown(text.strip(), block="\n\n" in text)
