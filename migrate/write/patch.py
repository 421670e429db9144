"""Changes as a unified diff that `git apply` and `patch -p1` accept."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from migrate.write.compare import Matcher
from migrate.write.merge import split_lines

_ABSENT = "0" * 40
_CONTEXT = 3
_BINARY_LINE = 52
"""Bytes in one line of git's base-85 form."""


@dataclass(frozen=True, slots=True)
class FilePatch:
    """One file before and after; None stands for "not there"."""

    old: PurePosixPath
    new: PurePosixPath
    """Differs from `old` where the file moves."""
    before: bytes | None
    after: bytes | None

    @property
    def binary(self) -> bool:
        """It can't be shown as lines."""
        return any(side is not None and _is_binary(side) for side in (self.before, self.after))

    @property
    def status(self) -> str:
        """git's letter: A(dded), D(eleted), M(odified) or R(enamed)."""
        if self.before is None:
            return "A"
        if self.after is None:
            return "D"
        return "R" if self.old != self.new else "M"


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:8000]


def render(patch: FilePatch, binary: bool = False) -> bytes:
    """The part of a patch for one file.

    A binary file is named in a line that both programs pass over; with `binary` its content is
    in git's own form, which only git understands.
    """
    if patch.binary and not binary:
        return _named_only(patch)
    old, new = _blob(patch.before), _blob(patch.after)
    mode = " 100644" if patch.status in "MR" else ""
    lines = [f"diff --git {_name('a', patch.old)} {_name('b', patch.new)}"]
    if patch.status == "A":
        lines.append("new file mode 100644")
    elif patch.status == "D":
        lines.append("deleted file mode 100644")
    elif patch.status == "R":
        lines.append(f"similarity index {similarity(patch)}%")
        lines += [f"rename from {_bare(patch.old)}", f"rename to {_bare(patch.new)}"]
    if old == new:
        return _text(lines)
    lines.append(f"index {old}..{new}{mode}")
    if patch.binary:
        return _text(lines) + _binary(patch)
    hunks = b"".join(_hunks(patch.before or b"", patch.after or b""))
    if hunks:
        lines.append(
            "--- " + (_marked("a", patch.old) if patch.before is not None else "/dev/null")
        )
        lines.append("+++ " + (_marked("b", patch.new) if patch.after is not None else "/dev/null"))
    return _text(lines) + hunks


def similarity(patch: FilePatch) -> int:
    """How much of the file stays, in per cent, by lines and bytes as git's `-M` sees it."""
    before, after = patch.before or b"", patch.after or b""
    if before == after:
        return 100
    size = max(len(before), len(after))
    if patch.binary or not size:
        return 0
    one, other = split_lines(before), split_lines(after)
    blocks = Matcher(None, one, other).get_matching_blocks()
    same = sum(len(line) for a, _, n in blocks for line in one[a : a + n])
    return min(99, 100 * same // size)


def _text(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape")


def _named_only(patch: FilePatch) -> bytes:
    word = {"A": "new", "D": "deleted", "M": "changed", "R": "moved"}[patch.status]
    size = len(patch.after if patch.after is not None else patch.before or b"")
    source = f" from {patch.old}" if patch.old != patch.new else ""
    return _text([f"# {patch.new}: {word} binary file{source}, {size} bytes, not in this patch"])


def _blob(data: bytes | None) -> str:
    """git's name for a content; `git apply --3way` finds the common ancestor by it."""
    if data is None:
        return _ABSENT
    head = b"blob %d\0" % len(data)
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


def _name(side: str, path: PurePosixPath) -> str:
    return _quoted(f"{side}/{path}")


def _bare(path: PurePosixPath) -> str:
    return _quoted(str(path))


def _marked(side: str, path: PurePosixPath) -> str:
    """A name in a `---` or `+++` line: a tab ends one with spaces in it."""
    name = _name(side, path)
    return name + "\t" if " " in name else name


def _quoted(name: str) -> str:
    if not any(char in name for char in '"\\') and name.isprintable():
        return name
    escapes = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}
    return (
        '"' + "".join(escapes.get(c) or (c if c.isprintable() else _octal(c)) for c in name) + '"'
    )


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def _hunks(before: bytes, after: bytes) -> Iterator[bytes]:
    old, new = split_lines(before), split_lines(after)
    for group in Matcher(None, old, new).get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        yield b"@@ -%s +%s @@\n" % (_range(first[1], last[2]), _range(first[3], last[4]))
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from (_line(b" ", line) for line in old[i1:i2])
                continue
            yield from (_line(b"-", line) for line in old[i1:i2])
            yield from (_line(b"+", line) for line in new[j1:j2])


def _range(start: int, stop: int) -> bytes:
    length = stop - start
    if length == 1:
        return b"%d" % (start + 1)
    return b"%d,%d" % (start + 1 if length else start, length)


def _line(mark: bytes, line: bytes) -> bytes:
    end = b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n"
    return mark + line + end


def _binary(patch: FilePatch) -> bytes:
    """Both contents in git's form, so that the patch can be applied and taken back."""
    sides = [side or b"" for side in (patch.after, patch.before)]
    return b"GIT binary patch\n" + b"\n".join(_literal(side) for side in sides) + b"\n"


def _literal(data: bytes) -> bytes:
    packed = zlib.compress(data)
    lines = [b"literal %d" % len(data)]
    for start in range(0, len(packed), _BINARY_LINE):
        chunk = packed[start : start + _BINARY_LINE]
        letter = bytes([len(chunk) + (64 if len(chunk) <= 26 else 70)])
        lines.append(letter + base64.b85encode(chunk, pad=True))
    return b"\n".join(lines) + b"\n"


def whole(patches: Iterable[FilePatch], binary: bool = False) -> Iterator[bytes]:
    """A whole patch, file by file."""
    for patch in patches:
        yield render(patch, binary)
