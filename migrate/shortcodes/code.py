"""Code blocks with options, the same configuration in several languages, formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from migrate import myst
from migrate.model import Value, natural
from migrate.shortcodes.call import Call
from migrate.shortcodes.render import code_span

_OPTION = re.compile(r'(?<!\w)(\w++)\s*[=:]\s*("[^"]*"|\[[^\[\]]*\]|[^,\s]+(?:\s+[\d-]+)*)')
_LANGUAGE = re.compile(r"[\w+#./:-]+")
_NO_LANGUAGE = frozenset({"", "text", "plain", "plaintext", "fallback", "none", "txt"})


def highlight(call: Call) -> str | None:
    """`highlight LANG "linenos=table,hl_lines=1 3-4,linenostart=5"` and its kin."""
    language = call.get("lang").strip()
    code = call.literal().strip("\n")
    if not call.place.is_block:
        return code_span(code)
    given = {key.lower(): value for key, value in _OPTION.findall(call.get("options"))}
    for key, names in _NAMED.items():
        for name in names:
            if call.has(name):
                given.setdefault(key, call.get(name))
    return block(
        language,
        code,
        linenos=given.get("linenos", "false").strip("\"'").lower() not in ("false", "0", ""),
        start=given.get("linenostart", ""),
        lines=given.get("hl_lines", ""),
        caption=call.get("title"),
    )


_NAMED = {
    "linenos": ("linenos", "line-numbers"),
    "linenostart": ("linenostart", "start"),
    "hl_lines": ("hl_lines", "line"),
}


def block(
    language: str,
    code: str,
    *,
    linenos: bool = False,
    start: str = "",
    lines: str = "",
    caption: str = "",
    filename: str = "",
) -> str:
    """A fence, or a `code-block` where there are options."""
    first = start.strip("\"' ")
    marked = ",".join(re.findall(r"\d+(?:-\d+)?", lines))
    options: dict[str, str | int | bool | None] = {
        "filename": filename or None,
        "caption": " ".join(caption.split()) or None,
        "linenos": linenos or None,
        "lineno-start": first if linenos and natural(first) not in (None, 1) else None,
        "emphasize-lines": marked or None,
    }
    known = _LANGUAGE.fullmatch(language) and language.lower() not in _NO_LANGUAGE
    language = language if known else ""
    if any(options.values()):
        return myst.directive("code-block", language or "text", options, code, fence="`")
    marker = "`" * myst.fence_length(code, "`")
    return f"{marker}{language}\n{code}\n{marker}"


def toggle(call: Call) -> str | None:
    """A configuration shown in several languages: the one that is written.

    `file=hugo` names the file without its extension; `fm=true` says that it is front matter.
    """
    code = call.literal().strip("\n") or _of_data(call)
    if not code.strip():
        return None
    if not call.place.is_block:
        return code_span(code)
    language = "toml" if re.search(r"(?m)^\s*(?:\[\[?[\w.\"'-]+\]|[\w.-]+\s*=\s)", code) else "yaml"
    if code.lstrip().startswith("{"):
        language = "json"
    name = call.get("file").strip() or call.get("filename").strip()
    if name and not call.is_true("fm"):
        name += f".{language}" if "." not in name.rsplit("/", 1)[-1] else ""
    return block(language, code, filename=name)


def _of_data(call: Call) -> str:
    """The YAML of the site's data that `config=` or `dataKey=` names."""
    keys = [key for key in (call.get("config"), call.get("dataKey")) if key]
    docs = call.ctx.plan.site.data.get("docs")
    if not keys or not isinstance(docs, Mapping):
        return ""
    path = (["config"] if call.has("config") else []) + keys[0].split(".")
    value: Value = docs
    for key in path:
        if not isinstance(value, Mapping):
            return ""
        lower = {str(name).lower(): one for name, one in value.items()}
        value = lower.get(key.lower())
    if value is None:
        return ""
    shown = value if call.is_true("skipHeader") else {path[-1]: value}
    return yaml.safe_dump(shown, sort_keys=False, allow_unicode=True).strip("\n")


def math(call: Call) -> str | None:
    """A formula: a block with `display`, else inline; a lone call only loads the scripts."""
    if not call.shortcode.paired:
        return ""
    display = call.is_true("display") or "display" in call.args
    return _formula(call, display=display or "\n" in _tex(call))


def display_math(call: Call) -> str | None:
    """A formula that is a block wherever one can stand, with or without its own dollars."""
    return _formula(call, display=True)


def _formula(call: Call, *, display: bool) -> str:
    formula = _tex(call)
    if not formula:
        return ""
    if display and call.place.is_block:
        return myst.directive("math", body=formula, fence="`")
    return myst.role("math", " ".join(formula.split()))


def _tex(call: Call) -> str:
    return call.inner().strip().strip("$").strip()
