"""Which rule is asked for which element, in order: the first that returns text decides.

A rule sees the element before its content is converted: `rule(element, converter, around)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrate.convert import (
    admonitions,
    columns,
    dropped,
    figures,
    footnotes,
    formulas,
    highlighted,
    layout,
    media,
    phrasing,
    structure,
    tables,
)

Rule = Callable[[Any, Any, frozenset[str]], "str | None"]

TAG_RULES: dict[str, tuple[Rule, ...]] = {
    "a": (footnotes.back, footnotes.reference, dropped.heading_anchor, layout.block_link),
    "aside": (admonitions.box, footnotes.definitions, admonitions.aside),
    "audio": (media.audio,),
    "base": (dropped.silent,),
    "blockquote": (admonitions.box, structure.quotation),
    "button": (layout.copy_button,),
    "canvas": (dropped.silent,),
    "center": (media.centred,),
    "code": (phrasing.code,),
    "details": (dropped.navigation, admonitions.details),
    "div": (
        layout.tab_list,
        layout.chosen_by_radio,
        admonitions.named,
        figures.picture_over_caption,
    ),
    "dl": (structure.definitions,),
    "embed": (media.plug_in,),
    "figure": (figures.figure,),
    "i": (dropped.icon,),
    "iframe": (media.frame,),
    "img": (media.image,),
    "input": (structure.checkbox,),
    "li": (structure.stray_item,),
    "link": (dropped.linked,),
    "math": (formulas.mathml,),
    "meta": (dropped.silent,),
    "nav": (dropped.navigation,),
    "noscript": (dropped.no_script,),
    "object": (media.plug_in,),
    "ol": (structure.item_list,),
    "p": (media.centred,),
    "pre": (highlighted.preformatted,),
    "samp": (phrasing.code,),
    "script": (formulas.script, dropped.script),
    "section": (footnotes.definitions,),
    "style": (dropped.style,),
    "sup": (footnotes.raised,),
    "svg": (dropped.svg,),
    "table": (highlighted.line_table, tables.table),
    "template": (dropped.silent,),
    "textarea": (dropped.silent,),
    "title": (dropped.silent,),
    "tt": (phrasing.code,),
    "ul": (layout.tab_list, layout.button_group, layout.grid, structure.item_list),
    "video": (media.video,),
    "mjx-container": (formulas.katex,),
}

CLASS_RULES: dict[str, Rule] = {
    **dict.fromkeys(sorted(admonitions.BOXES), admonitions.box),
    **dict.fromkeys(sorted(layout.CARDS), layout.card),
    **dict.fromkeys(
        ["hextra-cards", "hb-cards", "sd-row", "row", "card-deck", "card-group", "cards",
         "book-columns", "grid", "td-cardgroup"],
        layout.grid,
    ),
    **dict.fromkeys(
        ["d-flex", "flex", "columns", "stats", "statistics", "counters", "numbers", "metrics",
         "features", "hx:grid", "hx:flex"],
        columns.named_columns,
    ),
    **dict.fromkeys(
        ["tabs", "tab-set", "book-tabs", "code-tabs", "tabpane", "nav-tabs-wrapper",
         "hextra-tabs", "hextra-tabs-wrapper"],
        layout.tabs,
    ),
    **dict.fromkeys(
        ["math", "MathJax_Preview", "tex2jax_process"], formulas.delimited
    ),
    "MathJax_Preview": formulas.preview,
    "MathJax": formulas.preview,
    "MathJax_Display": formulas.preview,
    "katex": formulas.katex,
    "katex-display": formulas.katex,
    "panelset": layout.named_panels,
    "footnotes": footnotes.definitions,
    "footnote-definitions": footnotes.definitions,
    **dict.fromkeys(["accordion-item", "accordion__item"], layout.fold),
    "figure": figures.captioned_div,
    **dict.fromkeys(sorted(highlighted.FILE_NAMES), highlighted.file_name),
    "mermaid": highlighted.diagram,
    "hx:rounded-lg": admonitions.tinted,
    "rounded-lg": admonitions.tinted,
    "toc": dropped.navigation,
    "td-toc": dropped.navigation,
    **dict.fromkeys(["sr-only", "visually-hidden", "screen-reader-text"], dropped.silent),
    "fa": dropped.icon,
    "fas": dropped.icon,
    "fab": dropped.icon,
    "material-icons": dropped.icon,
}  # fmt: skip
