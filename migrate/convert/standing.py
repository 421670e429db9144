"""Atoms in the text: each shortcode gets the form that the place where it stands asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate import myst
from migrate.convert.calls import Place, convert_call, renders_blocks
from migrate.convert.walk import Atom, Walk
from migrate.model import Edit
from migrate.read.lexer import lex
from migrate.read.markdown import Event

_BREAKS = ("SoftBreak", "HardBreak")
_ITEM = re.compile(r"[-*+>]|\d[.)]")
_BLOCK_RESULT = re.compile(r"[:`~]{3}|!\[|<|\(|[|#>]")
_OPENERS = ("Paragraph", "Item", "TaskListMarker")
_RUNS = ("Strong", "Emphasis", "Link", "Strikethrough", "FootnoteDefinition")


def atoms_in_text(event: Event, walk: Walk) -> Iterator[Edit]:
    """Shortcodes and formulas in running text."""
    atoms = walk.atoms_in(event.start, event.end)
    if all(_unchanged(atom, walk) for atom in atoms):
        return
    if walk.inside("Image"):
        yield from (plain(atom, walk, Place.CODE) for atom in atoms)
    elif walk.inside("TableCell"):
        yield from (plain(atom, walk, Place.CELL) for atom in atoms)
    elif walk.inside("Heading"):
        yield from (plain(atom, walk, Place.HEADING) for atom in atoms)
    elif _alone(event, atoms, walk):
        yield from _blocks(event, atoms, walk)
    else:
        yield from (_inline(atom, event, walk) for atom in atoms)


def atoms_in_code(event: Event, walk: Walk) -> Iterator[Edit]:
    """Hugo runs shortcodes in code too; most are escaped ones that show a call."""
    for atom in walk.atoms_in(event.start, event.end):
        text = text_of(atom, walk, Place.CODE)
        if "\n" in text:
            in_line = event.kind == "Code"
            text = " ".join(text.split()) if in_line else indented(text, walk.prefix(event.start))
        yield Edit(atom.start, atom.end, text)


def _unchanged(atom: Atom, walk: Walk) -> bool:
    """A formula that is spelled in MyST as it is typed."""
    return atom.call is None and atom.text == walk.text[atom.start : atom.end]


def plain(atom: Atom, walk: Walk, place: Place) -> Edit:
    """The atom replaced where it stands."""
    return Edit(atom.start, atom.end, text_of(atom, walk, place))


def text_of(atom: Atom, walk: Walk, place: Place) -> str:
    """What stands for the atom in such a place."""
    if atom.call is None:
        return atom.text
    source = walk.text[atom.start : atom.end]
    prefix = walk.prefix(atom.start)
    if "\n" in source and prefix:
        stripped = strip_prefix(source, prefix)
        calls = lex(stripped, walk.ctx.plan.closers).calls
        if len(calls) == 1 and calls[0].end == len(stripped):
            return convert_call(calls[0], stripped, walk.ctx.nested(atom.start), place)
    return convert_call(atom.call, walk.text, walk.ctx, place)


def strip_prefix(text: str, prefix: str) -> str:
    """The lines after the first without the quote marks and indentation of their container."""
    pattern = re.compile("".join(r"(?:[ ]{0,3}>[ \t]?)?" for _ in range(prefix.count(">"))))
    indent = len(prefix.rpartition(">")[2].expandtabs(4)) - (1 if ">" in prefix else 0)
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], 1):
        rest = line[pattern.match(line).end() :] if ">" in prefix else line  # type: ignore[union-attr]
        blank = len(rest) - len(rest.lstrip(" \t"))
        lines[number] = rest[min(blank, max(indent, 0)) :]
    return "\n".join(lines)


def indented(text: str, prefix: str) -> str:
    """`text` with the container's prefix before every line but the first."""
    if not prefix or "\n" not in text:
        return text
    bare = prefix.rstrip()
    first, *rest = text.split("\n")
    return "\n".join([first, *(prefix + line if line.strip() else bare for line in rest)])


def _alone(event: Event, atoms: list[Atom], walk: Walk) -> bool:
    """Whether the run is one atom that fills its line, or several that must be blocks.

    A formatter of tables puts bars around a closing tag below a table: one that is left after it
    is nobody's text.
    """
    previous, following = walk.previous(), walk.following()
    if previous is None or previous.kind not in ("Paragraph", "TaskListMarker", *_BREAKS):
        return False
    if following is not None and following.kind not in ("/Paragraph", *_BREAKS):
        return False
    rest = list(walk.masked[event.start : event.end])
    for atom in atoms:
        rest[atom.start - event.start : atom.end - event.start] = " " * (atom.end - atom.start)
    left = "".join(rest).strip()
    if left and not (left == "|" and "\n" in walk.text[atoms[-1].start : atoms[-1].end]):
        return False
    return len(atoms) == 1 or any("\n" in walk.text[a.start : a.end] for a in atoms)


def _blocks(event: Event, atoms: list[Atom], walk: Walk) -> Iterable[Edit]:
    previous, following = walk.previous(), walk.following()
    first_line = previous is not None and previous.kind not in _BREAKS
    last_line = following is None or following.kind not in _BREAKS
    results = []
    for atom in atoms:
        head = walk.text[walk.text.rfind("\n", 0, atom.start) + 1 : atom.start]
        place = Place.ITEM if first_line and _ITEM.search(head) else Place.BLOCK
        results.append(text_of(atom, walk, place))
    shown = [result for result in results if result.strip()]
    result = "\n\n".join(shown)
    start, end = atoms[0].start, atoms[-1].end
    if walk.masked[end : event.end].strip() == "|":
        end = event.end
    if not result:
        return [_nothing(start, event.end, first_line, last_line, walk)]
    if "\n" not in result and not _BLOCK_RESULT.match(result) and not (first_line and last_line):
        return [Edit(start, end, result)]
    prefix = walk.prefix(start)
    text = indented(result, prefix)
    if not last_line:
        text += "\n" + prefix.rstrip()
    if not first_line and not _line_is_block(walk):
        start = walk.text.rfind("\n", 0, start) + 1
        text = prefix.rstrip() + "\n" + prefix + text
    return [Edit(start, end, text)]


def _nothing(start: int, end: int, first_line: bool, last_line: bool, walk: Walk) -> Edit:
    """Lines that show nothing go, and with the last ones of a paragraph the break before them,
    which would end it in a backslash."""
    before = walk.previous()
    gone = before is not None and before.start < walk.skip_until  # so is the line before
    if last_line and not first_line and not gone and before is not None:
        walk.take(before.start, before.start)
        return Edit(before.start, end, "")
    whole = last_line and (_all_gone(start, walk) if gone else first_line)
    edit = removed(start, end, whole, walk)
    if not last_line:
        walk.skip_until = max(walk.skip_until, edit.end)  # the break after them went with them
    return edit


def _all_gone(start: int, walk: Walk) -> bool:
    """Whether nothing is left of the lines of the paragraph before `start`."""
    at = walk.text.rfind("\n", 0, start) + 1
    for edit in reversed(walk.edits):
        if edit.text or edit.end != at:
            break
        at = edit.start
    return bool(walk.stack) and at <= walk.stack[-1].start


def _line_is_block(walk: Walk) -> bool:
    """Whether the line before consists of atoms only, which part themselves from this one."""
    before = walk.events[walk.index - 2] if walk.index > 1 else None
    if before is None or before.kind != "Text":
        return False
    edits = [edit for edit in walk.edits if before.start <= edit.start and edit.end <= before.end]
    return bool(edits) and edits[-1].end == before.end and edits[-1].text.endswith("\n")


def removed(start: int, end: int, whole: bool, walk: Walk) -> Edit:
    """The lines of what shows nothing go; if they are a `whole` block, a blank line after too."""
    text = walk.text
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return Edit(start, end, "")
    newline = text.find("\n", end)
    stop = len(text) if newline < 0 else newline + 1
    if whole:
        following = text.find("\n", stop)
        if following >= 0 and not text[stop:following].strip():
            stop = following + 1
    return Edit(line, stop, "")


def _inline(atom: Atom, event: Event, walk: Walk) -> Edit:
    if atom.call is None and not atom.inline:
        prefix = _container(walk)
        text = indented(atom.text, prefix)
        blank = "\n" + prefix.rstrip() + "\n" + prefix
        return Edit(atom.start, atom.end, blank + text + blank)
    if (
        atom.call is not None
        and walk.inside("Link")
        and renders_blocks(atom.call, walk.text, walk.ctx)
    ):
        # A link in a link's text would end it.
        words = " ".join(text_of(atom, walk, Place.CODE).split())
        return Edit(atom.start, atom.end, myst.escape(words, dollar=walk.ctx.plan.math))
    if atom.call is None or walk.inside(*_RUNS):
        return plain(atom, walk, Place.INLINE)
    if not renders_blocks(atom.call, walk.text, walk.ctx):
        return _joined(plain(atom, walk, Place.INLINE), event, walk)
    result = text_of(atom, walk, Place.ITEM)
    if "\n" not in result and not _BLOCK_RESULT.match(result):
        return Edit(atom.start, atom.end, result)
    return _parted(result, atom, event, walk)


def _joined(edit: Edit, event: Event, walk: Walk) -> Edit:
    """Where nothing is shown one of the blanks around it goes, too."""
    text, end = walk.text, edit.end
    if edit.text or (edit.start > event.start and not text[edit.start - 1].isspace()):
        return edit
    while end < event.end and text[end] in " \t":
        end += 1
    return replace(edit, end=end) if end < event.end else edit


def _container(walk: Walk) -> str:
    """The prefix of a line in the item or quote that the running text stands in."""
    at = walk.index
    while at > 0 and walk.events[at - 1].kind not in ("Paragraph", "Item"):
        at -= 1
    return walk.prefix(walk.events[at].start)


def _parted(result: str, atom: Atom, event: Event, walk: Walk) -> Edit:
    """Blocks in running text: the browser ends the paragraph before them, and so do blank lines."""
    text = walk.text
    start, end = atom.start, atom.end
    while start > event.start and text[start - 1] in " \t":
        start -= 1
    while end < event.end and text[end] in " \t":
        end += 1
    previous, following = walk.previous(), walk.following()
    prefix = _container(walk)
    result = indented(result, prefix)
    bare = prefix.rstrip()
    if start > event.start or (previous is not None and previous.kind not in _OPENERS):
        lines = 1 if start == event.start and previous and previous.kind in _BREAKS else 2
        result = ("\n" + bare) * (lines - 1) + "\n" + prefix + result
    closing = following is None or following.kind.startswith("/")
    if end == event.end and following is not None and following.kind in _BREAKS:
        result += "\n" + bare
    elif end < event.end or not closing:
        result += "\n" + bare + "\n" + prefix
    return Edit(start, end, result)
