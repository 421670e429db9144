"""Text that talks about MyST, TeX and front matter: shown, and never run."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.cases import Case, raw

_DIRECTIVES = ("include", "literalinclude", "code-cell", "embed", "raw", "raw html", "iframe", "eval-rst", "math",
               "figure", "image", "bibliography", "tableofcontents", "exercise", "anywidget", "mermaid")  # fmt: skip
_ROLES = (
    "eval",
    "include",
    "embed",
    "raw:html",
    "math",
    "cite",
    "doc",
    "download",
    "ref",
    "abbr",
    "kbd",
    "u",
    "del",
)
_LOOSE = (
    "% a comment", "+++ {\"a\": 1}", "(target)=", "@smith2020", "[@smith2020]", "[](#target)", "![](#x)", "$\\input{/etc/passwd}$",
    "$$\\def\\x{y}$$", "\\begin{align}x\\end{align}", "\\newcommand{\\x}{y}", "{{ x }}", "{{< include ../../../outside/secret.md >}}",
    "{!../outside/secret.md!}", "[[a]]", "^[note]", "^^^", "---\nbibliography: /etc/passwd\n---", "$x$ and $y$", "10.1234/abc.def",
    "<doi:10.1234/x>", "[](10.1234/x)", "<wiki:Python>", "[](rrid:x)", "[](github:a/b)", "[](myst:x)", "![](../outside/secret.png)",
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """(what, Markdown) of each text; Hugo shows all of them as they stand."""
    for name in _DIRECTIVES:
        yield f"colons {name}", f":::{{{name}}} ../outside/secret.md\nx\n:::"
        yield f"colons of four {name}", f"::::{{{name}}} /etc/passwd\n:::{{{name}}} x\n:::\n::::"
        yield (
            f"inside HTML {name}",
            f"<p>:::{{{name}}} x</p>\n\n<div>\n\n:::{{{name}}} x\n:::\n\n</div>",
        )
        yield f"in a list {name}", f"- :::{{{name}}} x\n  :::\n\n> :::{{{name}}} x\n> :::"
    for name in _ROLES:
        yield f"role {name}", f"Type {{{name}}}`../outside/secret.md` and {{{name}}}``x`` so."
        yield f"role in HTML {name}", f"<p>Type {{{name}}}`x` so, <b>{{{name}}}`x`</b></p>"
    for text in _LOOSE:
        yield text.split("\n")[0], f"Say\n\n{text}\n\nand {text.splitlines()[0]} so."


def cases() -> Iterator[Case]:
    """Each text as a page of Markdown, and as HTML with its characters encoded."""
    for number, (name, text) in enumerate(texts()):
        word = f"smuggledword{number}"
        coded = (
            text.replace("<", "&lt;")
            .replace("{", "&#123;")
            .replace(":", "&#58;")
            .replace("`", "&#96;")
        )
        yield raw(
            f"smuggled/m{number}",
            f"---\ntitle: '{name.replace(chr(39), '')}'\n---\n\n{word}\n\n{text}\n",
            word,
        )
        yield raw(
            f"smuggled/h{number}",
            f"---\ntitle: x\ndescription: {chr(39)}{name.replace(chr(39), '')}{chr(39)}\n---\n\n"
            f"<p>{word}h {coded}</p>\n",
            f"{word}h",
            suffix="html",
        )
