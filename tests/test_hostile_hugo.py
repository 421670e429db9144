"""Real Hugo runs the templates of strangers: it must read nothing outside of the site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate.options import Options
from migrate.pipeline import convert
from tests.hostile.sandbox import Sandbox

LEAK = (
    '<p>said {{ jsonify site.Data }} {{ with resources.Get "secret.md" }}{{ .Content }}{{ end }}'
    '{{ with resources.Get "x/secret.md" }}{{ .Content }}{{ end }}'
    '{{ with try (readFile "../../outside/secret.md") }}{{ .Value }}{{ end }}'
    '{{ with try (readFile "assets/link.md") }}{{ .Value }}{{ end }}</p>'
)
FOLDERS = ("dataDir", "assetDir", "contentDir", "i18nDir")


@pytest.mark.parametrize("way", [*FOLDERS, "mounts", "language"])
def test_folders_of_the_configuration(way: str, tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {
        "layouts/shortcodes/leak.html": LEAK,
        "content/a.md": "---\ntitle: A\n---\n\n{{< leak >}}\n",
        "assets/own.txt": "x",
    })  # fmt: skip
    outside = str(tmp_path / "outside")
    (box.site / "assets/link.md").symlink_to(tmp_path / "outside/secret.md")
    targets = ("assets", "data", "content", "assets/x", "data/x")
    mounts = [{"source": "content", "target": "content"}]
    mounts += [{"source": outside, "target": target} for target in targets]
    config = {
        "mounts": {"module": {"mounts": mounts}},
        "language": {"languages": {"en": {"contentDir": "content"}, "de": {"contentDir": outside}}},
    }.get(way, {way: outside})
    (box.site / "hugo.yaml").write_text(json.dumps(config))
    convert(box.site, box.project, Options())
    for path in box.project.rglob("*"):
        assert not path.is_file() or b"TOPSECRET" not in path.read_bytes(), path
    if way in ("dataDir", "assetDir", "mounts"):  # the template did run
        assert "said" in (box.project / "a.md").read_text()
