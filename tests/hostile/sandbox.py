"""Run the command line in a folder of its own, and see what it changed there."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCUMENTED = (0, 1, 2, 3, 130)
"""Exit codes that `convert` may end with."""
SECONDS = 180
"""A run that takes longer hangs."""
GOOD = "---\ntitle: Good\n---\n\nThis page is *fine*, and stays as it is.\n"


@dataclass(frozen=True, slots=True)
class Ran:
    """One run, and what it left."""

    code: int
    output: str
    project: Path

    def report(self) -> list[dict[str, Any]]:
        """The diagnostics of the run."""
        return list(json.loads(self.output[self.output.index("{") :])["diagnostics"])

    def texts(self) -> str:
        """All files of the project that people see."""
        parts = []
        for folder, _, names in os.walk(os.fsencode(self.project)):
            if b"project/.hugo2myst" not in folder:
                for name in names:
                    parts.append(Path(os.fsdecode(os.path.join(folder, name))).read_bytes())
        return b"\n".join(parts).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A folder with everything that a run could write to: the site, the project's place, a home,
    a folder for temporary files, a working folder, and neighbours where `..` would lead."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, files: Mapping[str, bytes | str]) -> Sandbox:
        """Lay out the sandbox and the site."""
        box = cls(folder)
        for name in ("deep/er/project-parent", "home", "tmp", "work", "outside"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "outside/secret.md").write_text("---\ntitle: s\n---\nTOPSECRET\n")
        (folder / "outside/secret.png").write_text("TOPSECRET")
        (folder / "outside/secret.yaml").write_text("TOPSECRET: TOPSECRET\n")
        for name, data in {"hugo.yaml": "baseURL: https://example.org/\n",
                           "content/good.md": GOOD, **files}.items():  # fmt: skip
            path = os.path.join(os.fsencode(box.site), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data.encode() if isinstance(data, str) else data)
        return box

    @property
    def site(self) -> Path:
        """The source."""
        return self.folder / "deep/er/site"

    @property
    def project(self) -> Path:
        """The destination."""
        return self.folder / "deep/er/project-parent/project"

    def snapshot(self) -> dict[bytes, tuple[object, ...]]:
        """Everything in the sandbox but the project: kind, mode, size, times, content."""
        found: dict[bytes, tuple[object, ...]] = {}
        project = os.fsencode(self.project)
        for folder, folders, names in os.walk(os.fsencode(self.folder)):
            folders[:] = [name for name in folders if os.path.join(folder, name) != project]
            for name in (*folders, *names):
                path = os.path.join(folder, name)
                status = os.lstat(path)
                if path == os.path.dirname(project) or path.endswith(b"/tmp"):
                    found[path] = (
                        stat.S_IFMT(status.st_mode),
                    )  # its times change with the project
                elif stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK):
                    with open(path, "rb") as file:
                        digest = hashlib.blake2b(file.read()).hexdigest()
                    found[path] = (status.st_mode, status.st_mtime_ns, digest)
                else:
                    found[path] = (status.st_mode, status.st_mtime_ns)
        return found

    def run(
        self, *options: str, source: str | Path = "", environment: Mapping[str, str] | None = None
    ) -> Ran:
        """Convert; fails where the run hangs, shows a traceback, ends by a code that no
        documentation names, or changes anything outside of the project."""
        before = self.snapshot()
        done = subprocess.run(
            [sys.executable, "-m", "migrate", "convert", str(source or self.site),
             str(self.project), "--no-hugo", "--json", *options],
            cwd=self.folder / "work",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
                 "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"),
                 **(environment or {})},
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert "Traceback" not in output and "mistake of hugo2myst" not in output, output[-3000:]
        assert done.returncode in DOCUMENTED, (done.returncode, output[-3000:])
        changed = before.items() ^ self.snapshot().items()
        assert not changed, changed
        return Ran(done.returncode, output, self.project)
