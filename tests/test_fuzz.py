"""What fuzzing found stays found; and no pattern of ours takes more than linear time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import migrate
from fuzz.targets import TARGETS

ROOT = Path(__file__).parents[1]
FOUND = sorted((ROOT / "fixtures/fuzz").glob("*/*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_finds(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that a module of the package holds, also in tuples and mappings."""
    for found in pkgutil.walk_packages(migrate.__path__, "migrate."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            values = value.values() if isinstance(value, dict) else value
            for one in values if isinstance(values, tuple | list) else [value, *(
                values if isinstance(value, dict) else ())]:  # fmt: skip
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    yield f"{found.name}.{name}", one


WORK = """
import re, sys
sys.path.insert(0, sys.argv[1])
from tests.test_fuzz import alphabet, patterns
for name, pattern in patterns():
    print(name, flush=True)
    for piece in alphabet(pattern):
        for text in (piece * 64, piece * 64 + "\\0", "a" + piece * 64 + "\\n\\0"):
            pattern.search(text), pattern.match(text)
"""


def alphabet(pattern: re.Pattern[str]) -> list[str]:
    """Pieces that the pattern likes: its own characters, and pairs of them."""
    own = [c for c in dict.fromkeys(re.sub(r"\\[a-zA-Z]", "", pattern.pattern)) if c not in "?+"]
    signs = list(dict.fromkeys([*"a 1-.<>\"'=/\n\t", *own]))[:30]
    return [*signs, *(one + other for one in signs[:18] for other in signs[:18] if one != other)]


def test_no_pattern_is_exponential() -> None:
    """64 repeats of what a pattern likes: an exponential one needs 2^64 steps and never ends, a
    linear one microseconds. Work is told apart by its end, not by seconds."""
    try:
        done = subprocess.run([sys.executable, "-c", WORK, str(ROOT)], cwd=ROOT, timeout=120,
                              capture_output=True, text=True, check=False)  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise AssertionError((late.stdout or b"")[-200:]) from None
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.split()) > 150
