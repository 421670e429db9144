"""Names that mystmd would link and Goldmark doesn't: `asp.net`, `plt.show`, `README.io`.

mystmd links every name that ends in a top-level domain (`tlds.txt`: the names of the root zone
less those that mystmd leaves out). A host that people read as one stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_NAME = re.compile(
    r"(?<![^\W_])(?<![.:/\-_@])"
    r"((?:[^\W_](?:[^\W_]|-){0,62}\.){1,8})([a-zA-Z][a-zA-Z0-9-]{1,24})"
    r"(?![^\W_]|[-_@]|:\d|\.-|\.[^\W_])"
)
_READ_AS_HOST = re.compile(
    r"(?!(?:asp|ado|vb|ml|dot)\.net\Z)[a-z0-9-]*[a-z][a-z0-9-]*\."
    r"(?:com|org|edu|gov|net|ai|info|eu)\Z"
    r"|(?:[a-z0-9-]+\.){2,4}(?:com|org|edu|gov|net|io|ai|dev|info|eu|(?:ac|co|gov|edu|org|com)\.[a-z]{2})\Z"
    r"|[a-z0-9-]{3,}\.(?:de|fr|uk|ch|nl|ca|dk|se)\Z"
)


def bare_hosts(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets of the dots to escape between `start` and `end`."""
    for match in _NAME.finditer(text, start, end):
        if match[2].lower() not in _tlds() or _READ_AS_HOST.match(match[0]):
            continue
        dot = match.end(1) - 1
        yield dot
        labels = match[1][:-1].split(".")
        while len(labels) > 1 and labels[-1].lower() in _tlds():
            dot -= len(labels.pop()) + 1
            yield dot


@cache
def _tlds() -> frozenset[str]:
    return frozenset(files("migrate.convert").joinpath("tlds.txt").read_text("utf-8").split())
