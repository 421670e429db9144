"""The calls of real sites by outcome. The corpus holds no templates, so Hugo can render nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from migrate import pipeline
from migrate.context import Context, Record
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.options import Options

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"

KEPT = {
    "2i2c": {"feedback", "about-us", "members-logo-cloud"},
    "congo": {"profile"},
    "hbb-academic": set(),
    "hbb-blog": set(),
    "hbb-docs": set(),
    "hextra": {"new-feature"},
    "learnsp": set(),
    "numpy": {"sponsors", "partners", "opencollective", "comic"},
    "rladies": {"x"},
    "scientific-python": set(),
    "spblog": set(),
    "sptheme": set(),
}
"""Site -> the shortcodes of its own that only its templates know."""


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_a_theme_or_hugo_defines_is_mapped(name: str) -> None:
    plan = pipeline.load(CORPUS / name / "site", Options())
    counts: Counter[tuple[str, str]] = Counter()
    for page in plan.site.pages:
        record = Record()
        ctx = Context(page, plan, markdown_to_myst, html_to_myst, record)
        if page.format == "markdown":
            markdown_to_myst(page.body, ctx)
        counts.update(record.calls)
    print(name, Counter(outcome for (_, outcome), _ in counts.items()))
    assert {call for call, outcome in counts if outcome == "kept"} <= KEPT[name]
