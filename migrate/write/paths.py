"""Which output paths are safe to write, on any file system that people check a project out on."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from migrate.places import IGNORABLE

RECORD = ".hugo2myst"
"""The folder in the project where the record of earlier runs lives."""
TEXTS = f"{RECORD}/texts.jsonl"
"""The file of `migrate.memory`."""
FETCHED = f"{RECORD}/fetched"
"""The folder with the files that were fetched for a feed."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE
)
_GIT = frozenset({".git", "git~1"})
_LONGEST_NAME = 255
_LONGEST_PATH = 1024
"""Bytes. macOS allows 1024 for a whole path, Linux 4096."""


def refusal(path: PurePosixPath) -> str:
    """Why `path` may not be written below the project, as words for a sentence; "" if it may."""
    text = str(path)
    if not path.parts:
        return "it is empty"
    if path.is_absolute() or text.startswith("/"):
        return "it is absolute"
    if "\\" in text:
        return "it has a backslash"
    if _CONTROL.search(text):
        return "it has a control character or is not valid UTF-8"
    if len(text.encode()) > _LONGEST_PATH:
        return f"it is longer than {_LONGEST_PATH} bytes"
    for name in path.parts:
        reason = _name_refusal(name)
        if reason:
            return reason
    return ""


def _name_refusal(name: str) -> str:
    """Why one component of a path may not be written."""
    if name in ("..", "."):
        return "it leaves its folder"
    if ":" in name:
        return "it has a colon (a drive letter or a stream on Windows)"
    if name[-1] in ". ":
        return "a name in it ends with a dot or a space, which Windows drops"
    if len(name.encode()) > _LONGEST_NAME:
        return f"a name in it is longer than {_LONGEST_NAME} bytes"
    if _DEVICE.match(name):
        return "it names a device on Windows"
    bare = IGNORABLE.sub("", name).casefold()
    if bare in _GIT:
        return "it leads into git's own folder"
    if bare == RECORD and name != RECORD:
        return "it looks like the record's own folder"
    return ""
