"""Write the parts of the reference that follow from the code.

    python docs/generate.py            write them into docs/reference/
    python docs/generate.py --check    write nothing; exit with 1 if a page isn't current

A part stands between the comments `% made: NAME` and `% end` of a page that is otherwise written
by hand.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
import json
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from migrate import pipeline, themes  # noqa: E402
from migrate.cli.commands import cli  # noqa: E402
from migrate.convert import frontmatter, keys  # noqa: E402
from migrate.diagnostics import CODES  # noqa: E402
from migrate.inspect import example, known  # noqa: E402
from migrate.inspect.schema import schema  # noqa: E402
from migrate.inspect.shortcodes import shape  # noqa: E402
from migrate.model import Diagnostic  # noqa: E402
from migrate.themes import Rule, Theme  # noqa: E402
from migrate.themes import schema as form  # noqa: E402
from migrate.trust import trust  # noqa: E402

REFERENCE = Path(__file__).parent / "reference"
_PART = re.compile(r"(?<=^% made: )([\w-]+)\n.*?(?=^% end$)", re.M | re.S)
_NAMES = re.compile(r"(?:^ *(?::{3,}|`{3,})\{([\w-]+|\[\[[^\]]*\]\])\})|\{([\w-]+)\}`", re.M)

AREAS = {
    "HM1": "Reading",
    "HM2": "Front matter and configuration",
    "HM3": "Shortcodes",
    "HM4": "Markdown",
    "HM5": "HTML",
    "HM6": "Links and assets",
    "HM7": "Writing",
    "HM8": "Check and verify",
}
THEMES = {"hugo": "Hugo's own", "common": "Names that many sites use"}

MAPPING = {
    "params": "parameters by name: a position from 0, a type, or the keys of a parameter below",
    "map": 'for a parameter, what each value of it becomes; `"*"` is any other',
    "inner": "what the body is: " + ", ".join(f"`{name}`" for name in form.INNERS),
    "paired": "`true`: only calls with a closing tag; `false`: only those without",
    "parent": "only calls inside this shortcode",
    "myst": "the MyST that it becomes",
    "inline": "its form in running text, headings and table cells",
    "place": "`inline` for something that stands in running text by nature",
    "function": "a Python function, `file.py:name`, that makes the MyST",
    "silent": "with `drop`: no word about it, since readers of Hugo's page saw nothing either",
    "as_typed": "called by `<`, the template prints the inner Markdown as it was typed; it is "
    "converted all the same, and reported (HM312)",
    "aliases": "other names of the shortcode",
    "drop": "leave it out",
    "keep": "leave the call as it stands, in a code block",
    "text": "only its inner text",
    "hugo": "let real Hugo render it, and convert the HTML",
}
PARAMETER = {
    "pos": "its place among the positional parameters, from 0",
    "default": "its value where none is given",
    "type": "how its value is written: " + ", ".join(f"`{name}`" for name in form.TYPES),
    "names": "other spellings",
}
ELEMENT = {
    "select": "the element: `tag.class.class`; the tag or the classes may be missing",
    "directive": "the directive around its content",
    "title": "the descendant that is the directive's title, selected the same way",
    "unwrap": "keep only its content",
    "drop": "leave it out",
    "options": "options of the directive",
}
FROM = {
    "title": "`title`; else `linkTitle`, the first block's title, or the file's name. Left out "
    "where the text begins with it as a heading",
    "subtitle": "`subtitle`",
    "short_title": "`linkTitle`",
    "description": "`description`, `summary`, `excerpt`, `lead`, `deck` or `seo`",
    "date": "`date`, also from the file's name, as Hugo is configured; the time of day goes",
    "authors": "`authors`, `author` and their relatives: ids of people in `myst.yml`",
    "editors": "`editors`, `editor`",
    "tags": "tags, categories, series and the terms of all other taxonomies",
    "keywords": "`keywords`, without those that are tags",
    "thumbnail": "`" + "`, `".join(keys.IMAGE_KEYS) + "`, or a file of the bundle named "
    "`featured…`, `cover…` or `thumb…`",
    "banner": "that picture where the theme shows it across the top",
    "license": "`license`, `licence`, as SPDX names it",
    "copyright": "`copyright`",
    "doi": "`doi`",
    "arxiv": "`arxiv`",
    "venue": "`publication`",
    "edit_url": "`editURL`",
    "bibliography": "`bibliography`: the files that are there",
    "abstract": "`abstract`",
    "downloads": "`" + "`, `".join(keys.DOWNLOADS) + "`, `links`; the bundle's `cite.bib`",
    "math": "commands that formulas of the page define (`\\newcommand`)",
    "site": "switches of the page's frame, see below",
    "options": "all others, see below",
}
"""Key of MyST -> the keys of Hugo's that it is taken from."""


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    cli.load(*cli.commands)
    for name, command in cli.commands.items():
        context = click.Context(command)
        arguments = [one for one in command.params if isinstance(one, click.Argument)]
        words = ["hugo2myst", name, "[OPTIONS]", *(one.make_metavar(context) for one in arguments)]
        yield from ("", f"({name}-command)=", f"## {name}", "", *_help(command))
        yield from ("```text", " ".join(words), "```", "")
        options = [one for one in command.params if isinstance(one, click.Option)]
        yield from _table(("option", ""), ((_spelled(one), _told(one)) for one in options))


def _help(command: click.Command) -> Iterator[str]:
    """The command's help; its examples as code."""
    for part in inspect.cleandoc(command.help or "").split("\n\n"):
        if part.startswith("\b\n"):
            yield from ("```sh", *part.split("\n")[1:], "```", "")
        else:
            yield from (" ".join(part.split()), "")


def _spelled(option: click.Option) -> str:
    value = ""
    if not option.is_flag:
        kind = option.type
        choices = kind.choices if isinstance(kind, click.Choice) else ()
        value = " " + ("|".join(map(str, choices)) or option.metavar or kind.name.upper())
    return ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts))


def _told(option: click.Option) -> str:
    shown = option.show_default and not option.is_flag
    return f"{option.help} Default: `{option.default}`." if shown else option.help or ""


def diagnostics() -> Iterator[str]:
    """Every code: what it says, how far to trust the result, and what to do."""
    for prefix, area in AREAS.items():
        rows = []
        for row in sorted(CODES.values(), key=lambda code: code.code):
            if row.code.startswith(prefix):
                level = trust(Diagnostic(row.code, row.severity, "", 0, "", ""), None)
                hint = _filled(row.hint) or "nothing"
                name = f"**{row.code}** {row.name}"
                rows.append((name, str(row.severity), level, _filled(row.message), hint))
        yield from ("", f"## {area}", "")
        yield from _table(("code", "", "trust", "what it says", "what to do"), rows)


def _filled(text: str) -> str:
    """A message with its fields as words in capitals."""
    names = [field for _, field, _, _ in string.Formatter().parse(text) if field]
    return text.format(**{name: name.upper() for name in names})


def settings() -> Iterator[str]:
    """The keys of hugo2myst.yml."""
    properties: dict[str, dict[str, Any]] = schema()["properties"]
    yield from _table(
        ("key", "value", "default", ""),
        (
            (f"`{key}`", _kind(one), _default(one), str(one["description"]))
            for key, one in properties.items()
        ),
    )


def mapping() -> Iterator[str]:
    """The keys of a shortcode's mapping and of an entry of `html`."""
    for title, names, said in (
        ("Keys of a mapping", form.RULE_KEYS, MAPPING),
        ("Keys of a parameter", form.PARAM_KEYS, PARAMETER),
        ("Keys of an entry of `html`", form.HTML_KEYS, ELEMENT),
    ):
        yield from ("", f"### {title}", "")
        yield from _table(("key", ""), ((f"`{key}`", said[key]) for key in names))


def _kind(one: dict[str, Any]) -> str:
    if "enum" in one:
        return " or ".join(f"`{word}`" for word in one["enum"])
    if isinstance(one.get("type"), list):
        return {"object": "a mapping", "array": "a list"}[one["type"][0]]
    if "anyOf" in one:
        words = one["anyOf"][0].get("enum")
        return "one or several of " + ", ".join(f"`{w}`" for w in words) if words else "texts"
    return {"boolean": "true or false", "string": "text"}[one["type"]]


def _default(one: dict[str, Any]) -> str:
    if "default" not in one:
        return ""
    value = one["default"]
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def shortcodes() -> Iterator[str]:
    """Every shortcode of the catalogue, by theme."""
    yield f"{len(known.names())} names are known."
    themed = [theme for theme in themes.catalogue() if not theme.name.startswith("site:")]
    for theme in sorted(themed, key=lambda one: (one.name not in THEMES, one.name)):
        yield from ("", f"## {THEMES.get(theme.name, theme.name)}", "", *_catalogue(theme))
    yield from ("", "## Of single sites", "", "Asked first on the site itself, last on others.")
    for theme in themes.catalogue():
        if theme not in themed:
            yield from ("", f"### {theme.name.removeprefix('site:')}", "", *_catalogue(theme))


def _catalogue(theme: Theme) -> Iterator[str]:
    rows = []
    for name, rules in sorted(theme.shortcodes.items()):
        for rule in rules:
            inside = f" in `{rule.parent}`" if rule.parent else ""
            params = ", ".join(f"`{one}`" for one in rule.params)
            rows.append((f"`{name}`{inside}", params, _becomes(name, rule)))
    return _table(("shortcode", "parameters", "becomes"), rows)


def _becomes(name: str, rule: Rule) -> str:
    words = {
        "drop": "left out" if rule.silent else "left out, reported",
        "keep": "kept in a code block, reported",
        "text": "its inner text",
        "hugo": "what real Hugo renders",
    }
    if rule.verb in words:
        return words[rule.verb]
    text = rule.myst or example.converted(example.sample(name, rule), name, rule)
    names = dict.fromkeys(one for pair in _NAMES.findall(text) for one in pair if one)
    found = [f"`{{{one}}}`" for one in names if not one.startswith("[")]
    if len(found) < len(names):
        found.append("an admonition of its kind")
    return ", ".join(found) or shape(text).replace("nothing", "by its parameters")


def front_matter() -> Iterator[str]:
    """What mystmd's keys are taken from."""
    return _table(("MyST", "from Hugo's"), ((f"`{key}`", FROM[key]) for key in frontmatter.ORDER))


def switches() -> Iterator[str]:
    """The keys that hide a part of a page's frame."""
    rows = [
        (f"`site.{option}`", _words(off), _words(on)) for option, (off, on) in keys.HIDE.items()
    ]
    return _table(("MyST", "where false", "where true"), rows)


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def functions() -> Iterator[str]:
    """The functions and values of the Python API."""
    for name in pipeline.__all__:
        found = getattr(pipeline, name)
        said = " ".join((inspect.getdoc(found) or "").split())
        yield from ("", f"## {name}", "")
        if inspect.isclass(found):
            yield from (said, "")
            yield from _table(("field", ""), _fields(found))
        else:
            source = inspect.getsource(found)
            yield from ("```python", source[: source.index(":\n")], "```", "", said)


def _fields(found: type) -> Iterator[tuple[str, str]]:
    """A dataclass's fields with the words below them in the source."""
    tree = ast.parse(inspect.getsource(found)).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    names = {one.name for one in dataclasses.fields(found)}
    for line, after in itertools.zip_longest(body, body[1:]):
        if isinstance(line, ast.AnnAssign) and ast.unparse(line.target) in names:
            said = after.value if isinstance(after, ast.Expr) else None
            words = said.value if isinstance(said, ast.Constant) else ""
            yield f"`{ast.unparse(line.target)}: {ast.unparse(line.annotation)}`", str(words)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for number, row in enumerate((head, *rows)):
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield "|---" * len(head) + "|"


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "diagnostics": diagnostics,
    "settings": settings,
    "mapping": mapping,
    "shortcodes": shortcodes,
    "front-matter": front_matter,
    "switches": switches,
    "reserved": lambda: iter([_words(sorted(keys.RESERVED))]),
    "consumed": lambda: iter([_words(sorted(keys.CONSUMED))]),
    "profile": lambda: iter([_words(sorted(keys.PROFILE))]),
    "presentation": lambda: iter([_words(sorted(keys.PRESENTATION))]),
    "functions": functions,
}


def current(text: str) -> str:
    """The text of a page with its made parts as the code has them now."""

    def made(match: re.Match[str]) -> str:
        lines = "\n".join(PARTS[match[1]]()).strip("\n")
        return f"{match[1]}\n\n{lines}\n\n"

    return _PART.sub(made, text)


def main() -> int:
    """Write the pages, or say which ones aren't current."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for path in sorted(REFERENCE.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if (new := current(text)) == text:
            continue
        stale += 1
        print(f"{path.relative_to(ROOT)} " + ("isn't current" if check else "is written"))
        if not check:
            path.write_text(new, encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
