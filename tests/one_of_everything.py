"""A Hugo site with one of everything, a settings file read as a conversion reads it, a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from migrate import themes
from migrate.options import Options, load
from migrate.themes.read import functions_of, read_theme

ROOT = Path(__file__).parent.parent

SITE: dict[str, str | bytes] = {
    "hugo.toml": """\
baseURL = "https://example.org/"
title = "Example"
theme = ["here", "gone"]
[taxonomies]
tag = "tags"
topic = "topics"
[markup.goldmark.renderer]
unsafe = true
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "more"
target = "content/more"
[params]
company = "ACME"
""",
    ".gitmodules": '[submodule "themes/gone"]\n\tpath = themes/gone\n\turl = https://x.org/g\n',
    "netlify.toml": "[build]\n",
    "themes/here/layouts/shortcodes/themed.html": "<b>{{ .Inner }}</b>",
    "layouts/shortcodes/own.html": "<i>own</i>",
    "content/_index.md": "---\ntitle: Home\ncascade: {type: docs}\n---\nHi from {{< company >}}.\n",
    "content/blog/a/index.md": """\
---
title: A
date: 2024-01-02
topics: [X]
slug: first
show_share: true
custom_key: 3
image: used.png
---
{{< riddle "The *end*" 2 >}}
The *butler* did it.
{{< /riddle >}}

{{< plaque src="x.svg" label="a: #b" >}} and {{< own >}} and {{% themed %}}t{{% /themed %}}

![Used](used.png) and [gone](../nowhere/) and
[no anchor](#nope), [preview](https://deploy-preview-1--example.netlify.app/blog/)

<details><summary>More</summary>Text</details>

<script src="x.js"></script>

{{< riddle "Again" >}}Short{{< /riddle >}} {{< youtube abc >}} {{< figure src="used.png" >}}
""",
    "content/blog/a/used.png": b"1234567890",
    "content/blog/a/unused.zip": b"x" * 3000,
    "content/blog/a/index.Rmd": "made from",
    "content/blog/b.html": "---\ntitle: B\n---\n<p>Hello <b>you</b></p>\n",
    "content/blog/draft.md": "---\ntitle: D\ndraft: true\n---\n",
    "content/blog/later.md": "---\ntitle: L\ndate: 2999-01-01\n---\n",
    "content/made/_content.gotmpl": "{{ .AddPage }}",
    "more/m.md": "---\ntitle: M\n---\nMounted.\n",
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def accepted(text: str, folder: Path) -> Options:
    """What the file says, read as a conversion reads it."""
    file = folder / "hugo2myst.yml"
    file.write_text(text, encoding="utf-8")
    options = load(file)
    if options.mapping:
        names = functions_of(themes.catalogue())
        read_theme(dict(options.mapping), options.mapping_file, known=names)
    return options


def on_terminal(*args: str | Path, answers: str = "", **environment: str) -> str:
    """What a terminal of 80 columns shows; `answers` are typed, and then questions are seen."""
    master, slave = pty.openpty()
    env = {**os.environ, "COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "migrate", *map(str, args)]
    errors = slave if answers else subprocess.DEVNULL  # Python asks on standard error
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=errors, env=env, cwd=ROOT)
    os.close(slave)
    os.write(master, answers.encode())
    shown, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(master)
    process.wait(10)
    return shown.decode().replace("\r\n", "\n")
