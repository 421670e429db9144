"""Paths that would lead somewhere else, wherever content may name one."""

from __future__ import annotations

import os
from collections.abc import Iterator

from tests.hostile.cases import Case, numbered, page

VALUES = (
    "..", "../", "../../x", "../../../../../../../../tmp/evil", "a/../../../x", "./../x", "....//x",
    "/etc/passwd", "//example.com/x", "///x", "/", "", " ", ".", "C:/x", "C:\\x", "c:x",
    "\\\\server\\share\\x", "..\\..\\x", "a\\..\\..\\x", "\\\\?\\C:\\x", "file:///etc/passwd",
    "a\0b", "\0", "a\nb", "a\rb", "a\tb", "\x1b[31mred", "\x7f", "\x85", "\u2028", "\ud800",
    "con", "CON", "nul", "aux.txt", "com1", "LPT9", "conin$", "prn.md", "a.", "a ", " a", "a...",
    "x" * 300, "y/" * 700, "é" * 200, "%2e%2e%2f%2e%2e%2fx", "%252e%252e/x", "%00", "%2fetc%2fx",
    "..%2f..%2fx", "..;/x", "\u2025/x", "\uff0e\uff0e/x", "\u202egnp.x", ".git/config",
    ".git/hooks/post-checkout", ".hugo2myst/manifest.json", ".hugo2myst", "git~1/config",
    ".g\u200cit/config", "myst.yml", "index", "_build/x", "~/x", "~root/x", "$HOME/x", "${x}",
    "{{ .x }}", "`x`", "$(touch x)", "; rm -rf x", "|x", "a?b", "a#b", "a*b", "<x>", "\"x\"", "'x'",
    "-rf", "--prune", "Good", "GOOD", "good", "/good/", "ﬁle", "file", "Å", "A\u030a", "\u212b",
)  # fmt: skip
"""Strings that some system, some parser or some shell reads as more than a name."""


def cases() -> Iterator[Case]:
    """Each value as each thing that names a place."""
    for key in ("slug", "url", "title", "aliases"):
        for name, word, value in numbered(key, VALUES):
            front = {"title": name, key: [value] if key == "aliases" else value}
            yield page(f"{key}/{name}", front, "Text.", word)
    for name, word, value in numbered("body", VALUES):
        plain = str(value).replace("\ud800", "?")
        body = (
            f"![p](<{plain}>) [l](<{plain}>) <img src='{plain}'> "
            f'{{{{< figure src="{plain}" >}}}} {{{{< ref "{plain}" >}}}}\n\n[r]: <{plain}>\n\n[r] '
        )
        front = {
            "title": name, "image": value, "images": [value], "cover": {"image": value},
            "resources": [{"src": value, "name": value, "title": value}], "thumbnail": value,
            "menu": {"main": {"name": value, "url": value, "parent": value}}, "authors": [value],
            "tags": [value], "categories": value, "layout": value, "type": value, "date": value,
            "bibliography": value, "translationKey": value,
        }  # fmt: skip
        yield page(f"body/{name}", front, body, word)


NAMES = (
    b"\xff\xfe.md", b"\xe9t\xe9.md", b"a\xff/index.md", b"con.md", b"nul/index.md", b"a.md.", b"a .md",
    b"a\\b.md", b"..\\..\\x.md", b"C:x.md", b"line\nbreak.md", b"\x1b[31m.md", b"\x01.md",
    b"n" * 250 + b".md", "é.md".encode(), "e\u0301.md".encode(), b"Case.md", b"case.md",
    "\u202eevil.md".encode(), b"-rf.md", b"--prune.md", b"%2e%2e%2fx.md", b"...md", b"....md",
    b"a..b.md", b"a?b.md", b"a#b.md", b"a%.md", b"$(x).md", b"`x`.md", b"{{x}}.md", b"[x].md",
    b"(x).md", b"<x>.md", b"'\".md", b"*.md", b"~x.md", b"index.md", b"INDEX.md", b"_index.md",
    b"myst.yml.md", b"COM1.md", b"\xf0\x9f\x98\x80.md", "straße.md".encode(), b"STRASSE.md",
    b" .md", b"\t.md", b".md", b"a.md/b.md", b"\xed\xa0\x80.md",
)  # fmt: skip
"""Names of content files that a Linux disk can hold."""


def names() -> Iterator[Case]:
    """Each name, in a section of its own where two of them would be one folder."""
    for number, name in enumerate(NAMES):
        word = f"nameword{number}"
        text = f"---\ntitle: n{number}\n---\n\n{word}\n"
        bundle = name in (b"index.md", b"_index.md", b"INDEX.md")  # it would own the others
        path = f"content/names/{f'{number}/' if bundle else ''}{os.fsdecode(name)}"
        hidden = name[:1] in b".#~"  # Hugo passes over such names
        yield Case(repr(name), {path: text}, "" if hidden else word)
