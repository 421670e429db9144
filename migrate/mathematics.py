"""Which pages of a site show mathematics between dollars.

Hugo itself knows only passthrough delimiters. On all other sites the theme's script (KaTeX or
MathJax) reads the page's text in the browser, switched on by a parameter of the page or site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from migrate.model import Page, Site, Value

_SWITCHES = ("math", "katex", "mathjax", "latex", "usekatex", "usemathjax", "enablemath")
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)|\\\\[(\[]|\\[(\[]", re.S)

_ESCAPED = re.compile(r"\\\\\([^\n]{1,500}?\\\\\)|\\\\\[[^\[\]]{1,2000}?\\\\\]")

_BLOCK = re.compile(r"^[ \t>]*\$\$([^$`]{1,4000})\$\$[ \t]*\r?$", re.M)
_TEX = re.compile(r"[\\^_=]")

_FENCED = re.compile(r"^[ \t>]*(```|~~~)[^\n]*\n(?:(?![ \t>]*\1)[^\n]*\n)*[ \t>]*\1?", re.M)
_CODE = re.compile(r"`[^`\n]*`")
_INLINE = re.compile(r"(?<![\\$\w])\$([^\s$](?:[^$\n]{0,300}[^\s$\\])?)\$(?![\w$])")
_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+\s++[^\W\d_]{2}")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}|[_^]\{|\w[\^_]\w|\w\^\*")


LABEL = re.compile(r"\\label\{([^{}`<>\n]{1,80})\}")


def dollars(body: str) -> list[str]:
    """What a page's text holds that may be mathematics: `formula`, delimiters around something;
    `tex`, running text that shows that a script is always on; `pairs`, every dollar is one of two
    around something that isn't running text; `script`, what is typed for a script to find."""
    found = []
    if ("$" in body or "\\" in body) and _FORMULA.search(body) is not None:
        found.append("formula")
    if "$" not in body and "\\\\" not in body:
        return found
    text = without_code(body)
    if "$" in body and _is_tex(text):
        found.append("tex")
    if "$" in body and _in_pairs(text):
        found.append("pairs")
    if _for_script(text):
        found.append("script")
    return found


def equations(body: str) -> list[str]:
    """The names that a page's equations have."""
    return sorted(set(LABEL.findall(body))) if "\\label{" in body else []


def pages_by_script(site: Site, held: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Identities of the pages on which the theme's script reads `$…$`. `held` is what the pages
    hold by `dollars`, by identity.

    Where nothing switches it on and some page's text shows that it runs, it runs on all pages:
    then those too whose dollars all come in pairs around something short (`$C$`, `$(3, 0)$`).
    """
    inline = site.markup.passthrough_inline
    if inline and all(opening != "$" for opening, _ in inline):
        return frozenset()  # whoever names the delimiters and leaves the dollar out means it
    pages = [page for page in site.pages if held.get(page.identity)]
    found = {page.identity for page in pages if _by_script(page, site, held[page.identity])}
    if not any(page.identity in found and not _is_switched(page, site) for page in pages):
        return frozenset(found)
    return frozenset(found) | {
        page.identity
        for page in pages
        if "pairs" in held[page.identity] and not _is_switched(page, site)
    }


def reads_dollars(page: Page, site: Site) -> bool:
    """The script takes what stands between dollars on this page for a formula, whoever wrote it
    there, the page or a template: by the configured delimiters, else as the page is switched."""
    inline = site.markup.passthrough_inline
    if inline:
        return any(opening == "$" for opening, _ in inline)
    return next((on for one in _scopes(page, site) if (on := _switch(one)) is not None), False)


def _is_switched(page: Page, site: Site) -> bool:
    """The page or the site says whether the script is on."""
    return any(_switch(scope) is not None for scope in _scopes(page, site))


def _scopes(page: Page, site: Site) -> tuple[Value, ...]:
    return (page.front, page.front.get("params"), site.params, site.params.get("features"))


def _in_pairs(text: str) -> bool:
    """Every dollar of the text is one of the two around something that isn't running text."""
    text = _BLOCK.sub("", text)
    found = _INLINE.findall(text)
    rest = _INLINE.sub("", text)
    return bool(found) and "$" not in rest and not any(_WORDS.search(tex) for tex in found)


def _by_script(page: Page, site: Site, held: Sequence[str]) -> bool:
    """The theme's script reads `$…$` on this page, and there is something to read.

    Where the configuration names delimiters, the switch is theirs, and dollars must be among them.
    """
    markup = site.markup
    if markup.passthrough_block or markup.passthrough_inline:
        return "tex" in held
    for scope in _scopes(page, site):
        switch = _switch(scope)
        if switch is not None:
            return switch and "formula" in held
    return "tex" in held


def _is_tex(text: str) -> bool:
    """`$x_{i}$` in running text, with nothing to say so: the theme's script is always on."""
    return any(_COMMAND.search(tex) for tex in _INLINE.findall(text))


def _for_script(text: str) -> bool:
    """The text holds `\\\\(x\\\\)` or a block of `$$`, which are typed for a script to find."""
    if "\\\\" in text and _ESCAPED.search(text) is not None:
        return True
    return "$$" in text and any(_TEX.search(tex) for tex in _BLOCK.findall(text))


def without_code(body: str) -> str:
    """A page's text without its code."""
    return _CODE.sub("", _FENCED.sub("", body))


def by_passthrough(page: Page, site: Site) -> bool:
    """The page holds math between the delimiters that the site's configuration names."""
    delimiters = (*site.markup.passthrough_block, *site.markup.passthrough_inline)
    if not any(opening in page.body and closing in page.body for opening, closing in delimiters):
        return False
    text = without_code(page.body)
    return any(opening in text and closing in text for opening, closing in delimiters)


def _switch(scope: Value) -> bool | None:
    if not hasattr(scope, "get"):
        return None
    for name in _SWITCHES:
        value = scope.get(name)
        if isinstance(value, dict):
            value = value.get("enable", value.get("enabled", True))
        if value is not None:
            return value is True or str(value).lower() in ("true", "yes", "katex", "mathjax")
    return None
