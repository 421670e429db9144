"""A Jupyter notebook that a page shows: its cells and outputs as text of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from migrate.shortcodes.call import Call
from migrate.shortcodes.code import block


def notebook(call: Call) -> str | None:
    """Markdown, code and textual outputs; None where the file isn't there or is no notebook.

    Images among the outputs are data in the notebook and have no file to show: they are
    reported as left out.
    """
    text = call.file(call.get("file"))
    if text is None or not call.place.is_block:
        return None
    try:
        book = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(book, Mapping) or not isinstance(book.get("cells"), list):
        return None
    meta = book.get("metadata")
    spec = meta.get("kernelspec") if isinstance(meta, Mapping) else None
    language = str(spec.get("language", "python")) if isinstance(spec, Mapping) else "python"
    cells = (cell for cell in book["cells"] if isinstance(cell, Mapping))
    return "\n\n".join(part for cell in cells for part in _cell(cell, language, call) if part)


def _cell(cell: Mapping[str, Any], language: str, call: Call) -> Iterator[str]:
    source = _joined(cell.get("source")).strip("\n")
    kind = cell.get("cell_type")
    if kind == "markdown" and source:
        yield call.ctx.markdown(source, call.shortcode.start).strip("\n")
    elif kind == "code":
        if source:
            yield block(language, source)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else []:
            if isinstance(output, Mapping):
                yield _output(output, call)


def _output(output: Mapping[str, Any], call: Call) -> str:
    """An output as HTML, else as text."""
    if "text" in output:
        return block("", _joined(output["text"]).strip("\n"))
    data = output.get("data")
    if not isinstance(data, Mapping):
        return ""
    if any(str(kind).startswith("image/") for kind in data):
        call.ctx.report("HM310", call.shortcode.start, name=call.name)
        return ""
    if "text/html" in data:
        return call.ctx.html(_joined(data["text/html"]), call.shortcode.start).strip("\n")
    return block("", _joined(data["text/plain"]).strip("\n")) if "text/plain" in data else ""


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "".join(str(part) for part in value)
    return "" if value is None else str(value)
