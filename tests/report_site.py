"""A small site for the report's tests, converted, with damage done to the result by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from small_site import PNG, convert_site

HOSTILE = """\
---
title: Hostile <img src=x onerror="top.ran=1">
---

Look <script>top.ran = 1; alert(1)</script><img src="nothing.png" onerror="top.ran = 1; alert(2)">
and [here](javascript:top.ran=1) or <a href="javascript:top.ran=1" onclick="top.ran=1">there</a>.

<iframe src="javascript:top.ran=1"></iframe><iframe srcdoc="<script>top.ran=1</script>"></iframe>
<svg onload="top.ran=1"><script>top.ran=1</script></svg>
<details open ontoggle="top.ran=1"><summary>More</summary>Inside.</details>
<form action="https://example.com/"><button formaction="javascript:top.ran=1">Go</button></form>
<style>@import url(https://example.com/x.css); * { background: url(https://example.com/) }</style>
<meta http-equiv="refresh" content="0;url=https://example.com/">
<base href="https://example.com/"><link rel="stylesheet" href="https://example.com/x.css">
<img src="https://example.com/track.png"><video src="https://example.com/v.mp4" autoplay></video>

```html
</script><script>top.ran = 1</script>
```
"""

SITE: Mapping[str, str | bytes] = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Tales <b>of</b> Trees"\n'
    "[markup.goldmark.renderer]\nunsafe = true\n",
    "content/_index.md": "---\ntitle: Home\n---\nWelcome to the [oak](/trees/oak/).\n",
    "content/trees/_index.md": "---\ntitle: Trees\n---\nAll of them.\n",
    "content/trees/oak.md": "---\ntitle: Oak\n---\n\n## Bark\n\nThe bark of an old oak is deeply "
    "ridged and grey.\n\n- leaves\n- acorns\n\nSee the [ash](../ash/).\n\n"
    + "".join(f"Paragraph {number} tells of rings.\n\n" for number in range(60))
    + "At last the final word is timber.\n",
    "content/trees/ash/index.md": "---\ntitle: Ash\n---\n\n![A leaf](leaf.png)\n\n> Slender.\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\nNote.[^n]\n\n[^n]: A footnote.\n",
    "content/trees/ash/leaf.png": PNG,
    "content/birds/wren.md": "---\ntitle: Wren\n---\n\n{{< unknown-thing >}}\n",
    "content/birds/robin.md": "---\ntitle: Robin\n---\n\nA red breast.\n",
    "content/hostile.md": HOSTILE,
}
"""The page `oak` is damaged, `wren` needs a person, `hostile` tries to run something."""

DAMAGE = (
    ("deeply ridged", "ridged"),
    ("- acorns\n", ""),
    ("final word is timber", "final word is lumber"),
)


def make_site(folder: Path) -> tuple[Path, Path]:
    """Source and project; two words and a list item of a page are not as they were."""
    project = convert_site(folder, SITE).folder
    damage(project / "trees/oak.md")
    return folder / "site", project


def damage(page: Path) -> None:
    """Do what a careless conversion would."""
    text = page.read_text()
    for old, new in DAMAGE:
        assert old in text
        text = text.replace(old, new)
    page.write_text(text)
