"""What is named of the corpus as lacking or different is there to be seen."""

from __future__ import annotations

from typing import Any

import pytest
from corpus import CORPUS, read_truth
from corpus_lacks import named


@pytest.mark.parametrize(
    "entry", named(), ids=lambda entry: f"{entry['site']}: {entry['why'][:40]}"
)
def test_each_entry_is_about_pages_of_the_corpus(entry: dict[str, Any]) -> None:
    truth = {page["relpermalink"]: page["content"] for page in read_truth(entry["site"])}
    assert set(entry.get("pages", ())) <= truth.keys()
    if trace := entry.get("trace"):
        assert any(trace in html for html in truth.values())
    for name in entry.get("shortcodes", ()):
        sources = (CORPUS / entry["site"] / "site/content").rglob("*.md")
        assert any(name in path.read_text("utf-8") for path in sources)
