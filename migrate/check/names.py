"""Names that mystmd 1.11 knows: roles, directives and front matter keys of a page."""

from __future__ import annotations

ROLES = frozenset(
    """
    abbr abbreviation button chem chemicalFormula cite del delete doc download eq eval index kbd
    keyboard math numref prf:ref proof:ref raw:latex raw:tex raw:typ raw:typst ref sc si smallcaps
    span strike sub subscript sup superscript term u underline
    """.split()
)

DIRECTIVES = frozenset(
    """
    admonition anywidget aside attention bibliography blockquote card caution code code-block
    code-cell csv-table danger describe div dropdown embed epigraph error exercise exercise-end
    exercise-start figure genindex glossary grid grid-item grid-item-card hint iframe image
    important include index list-table literalinclude margin math mdast mermaid myst note
    pull-quote raw raw:latex raw:tex raw:typ raw:typst seealso show-index sidebar solution
    solution-end solution-start sourcecode tab-item tab-set tabSet tabItem table tip toc topic
    warning widget
    """.split()
)

FAMILIES = ("prf:", "proof", "cite:")
"""Beginnings of further names, which mystmd has in great number."""

CODE_DIRECTIVES = frozenset(
    """
    anywidget code code-block code-cell csv-table mdast mermaid math raw raw:latex raw:tex raw:typ
    raw:typst sourcecode widget
    """.split()
)
"""Directives whose body is no Markdown."""

PAGE_KEYS = frozenset(
    """
    abbreviations abstract acknowledgments affiliations arxiv authors banner bannerOptimized
    bibliography binder content_includes_title contributors copyright data_availability date
    dedication description doi downloads edit_url editors enumerator epigraph execute exports
    first_page funding github identifiers issue jupytext kernelspec keypoints keywords label
    last_page license math numbering open_access options oxa parts pmcid pmid reviewers settings
    short_title site skip_execution social source source_url subject subtitle summary tags
    thumbnail thumbnailOptimized title venue volume zenodo
    """.split()
)
"""Keys of a page's front matter that mystmd takes."""

OTHER_SPELLINGS = frozenset(
    """
    ack acknowledgement acknowledgements acknowledgment affiliation author availability contributor
    data-availability dataAvailability download editor export identifier image jupyter key-points
    keyPoints key_points lay-summary lay_summary name part plain-language-summary
    plainLanguageSummary plain_language_summary quote reviewer socials thebe
    """.split()
)
"""Names that mystmd takes for some of them."""


def is_role(name: str) -> bool:
    """Whether mystmd has a role of this name."""
    return name in ROLES or name.startswith(FAMILIES)


def is_directive(name: str) -> bool:
    """Whether mystmd has a directive of this name."""
    return name in DIRECTIVES or name.startswith(FAMILIES)
