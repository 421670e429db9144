"""The CommonMark spec's examples and GitHub's: real Hugo against real mystmd, on one page each."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from migrate.check.fidelity import Comparison, compare_page
from migrate.check.targets import Places
from migrate.engines.mystmd import Built
from tests.engine_pages import build_pages
from tests.hugo_oracle import HUGO
from tests.markdown_site import Done, convert_all

FIXTURES = Path("fixtures/markdown")
EXAMPLES = {
    f"{name}-{example['example']}": example["markdown"]
    for name in ("commonmark", "gfm")
    for example in json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
}
KNOWN: dict[str, str] = {
    name: group["reason"]
    for group in yaml.safe_load((FIXTURES / "known-differences.yaml").read_text("utf-8"))
    for name in group["examples"]
}
NOWHERE = Places({f"/{name}": f"/{name}" for name in EXAMPLES})
CONFIG = """\
baseURL: https://example.org/
disableKinds: [taxonomy, term, RSS, sitemap, robotsTXT, "404", section, home]
markup: {goldmark: {renderer: {unsafe: true}}}
"""


@dataclass(frozen=True)
class Sides:
    """Both engines' results."""

    html: Mapping[str, str]
    done: Mapping[str, Done]
    built: Mapping[str, Built]

    def compare(self, name: str) -> Comparison:
        page = self.built.get(name)
        return compare_page(self.html[name], page, f"/{name}/", NOWHERE, name)


def hugo(bodies: Mapping[str, str], config: str = CONFIG) -> dict[str, str]:
    """What real Hugo makes of each body."""
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        root = Path(folder)
        (root / "hugo.yaml").write_text(config)
        (root / "layouts").mkdir()
        (root / "layouts" / "all.html").write_text("<main>{{ .Content }}</main>")
        (root / "content").mkdir()
        for name, body in bodies.items():
            text = f"---\ntitle: {name}\n---\n{body}"
            (root / "content" / f"{name}.md").write_text(text, newline="")
        done = subprocess.run(
            [HUGO, "--quiet", "--source", root], capture_output=True, text=True, check=False
        )
        assert not done.returncode, done.stdout + done.stderr
        return {name: (root / "public" / name / "index.html").read_text("utf-8") for name in bodies}


@pytest.fixture(scope="module")
def sides() -> Sides:
    done = convert_all(EXAMPLES)
    texts = {name: f"---\ntitle: {name}\n---\n\n{page.text}" for name, page in done.items()}
    built = build_pages(texts).pages
    return Sides(hugo(EXAMPLES), done, built)


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, sides: Sides) -> None:
    """The same text and structure as Goldmark's, or a known difference."""
    assert "HM401" not in sides.done[name].codes
    found = sides.compare(name).differences
    if name in KNOWN:
        assert found, f"{name} is the same now: take it from known-differences.yaml"
    else:
        assert not found, sides.done[name].text
