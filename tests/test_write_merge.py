"""Rules of merging, for any texts; and a project that lives through random weeks."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from trees import run, tree

from migrate.write.compare import Matcher
from migrate.write.merge import decide_file, has_markers, merge_text, split_lines
from migrate.write.policy import Action
from migrate.write.project import merge_project

LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"", b"=======", b"# d", b"e\r"]), max_size=9)
TEXTS = LINES.map(b"\n".join) | LINES.map(lambda lines: b"".join(line + b"\n" for line in lines))
HASHES = st.sampled_from(["1", "2", "3"]) | st.none()


@given(HASHES, HASHES, HASHES)
def test_the_table_never_takes_a_persons_file(
    new: str | None, last: str | None, disk: str | None
) -> None:
    action = decide_file(new, last, disk)
    if disk is not None and disk != last:
        assert action not in (Action.UPDATE, Action.CREATE, Action.REMOVE)
    if disk is None and last is not None:
        assert action in (Action.DELETED, Action.GONE)
    if new is not None and new == disk:
        assert action is Action.UNCHANGED
    if action in (Action.UPDATE, Action.CREATE):
        assert new is not None and disk in (None, last)


KEYS = st.sampled_from(["title", "tags", "date", "options", "authors"])
VALUES = st.sampled_from(
    [" one", " two", ' "3: three"', "\n  - a\n  - b", "\n  deep: {er: 1}", " |\n  text\n\n  # no"]
)
FRONTS = st.dictionaries(KEYS, VALUES, max_size=5)
CHANGES = st.dictionaries(KEYS, VALUES | st.none(), max_size=3)


def page(front: dict[str, str], body: str = "\nWords.\n") -> bytes:
    lines = "".join(f"{key}:{value}\n" for key, value in front.items())
    return f"---\n{lines}---\n{body}".encode()


def changed(front: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in (front | changes).items() if value is not None}


def read(text: bytes) -> dict[str, object]:
    return YAML(typ="safe").load(text.decode().split("---\n")[1]) or {}


@settings(max_examples=300, deadline=None)
@given(FRONTS, CHANGES, CHANGES)
def test_front_matter_is_merged_by_keys(
    base: dict[str, str], mine: dict[str, str | None], theirs: dict[str, str | None]
) -> None:
    """Whoever changes which keys: changes of different keys are both there, always."""
    theirs = {key: value for key, value in theirs.items() if key not in mine}
    edited, new = changed(base, mine), changed(base, theirs)
    merged = merge_text(page(base), page(edited), page(new, "\nOther words.\n"))
    assert merged.clean
    assert merged.text.endswith(b"---\n\nOther words.\n")
    assert read(merged.text) == read(page(changed(edited, theirs)))


def test_edits_of_neighbouring_keys() -> None:
    base = b"---\ntitle: A\ntags: [a]\n---\n\nText.\n"
    edited = b"---\ntitle: A\ntags: [a, mine]  # ours\nauthors: me\n---\n\nText.\n"
    new = b"---\ntitle: B\ndate: 2024-01-01\ntags: [a]\n---\n\nText.\n"
    merged = merge_text(base, edited, new)
    assert merged.clean
    assert merged.text == (
        b"---\ntitle: B\ndate: 2024-01-01\ntags: [a, mine]  # ours\nauthors: me\n---\n\nText.\n"
    )


@pytest.mark.parametrize(
    "edited",
    [
        b"---\ntitle: Mine\ntags: [a]\n---\n\nText.\n",  # the same key
        b"---\n# mine\ntitle: A\ntitle: C\ntags: [a]\n---\n\nText.\n",  # no plain keys
        b"---\ntitle: A\nmine\n---\n\nText.\n",
        b"title: A\n---\nmine: 1\n",  # no front matter any more
        b"---\ntags: [mine]\n---\n\nMy text.\n",  # and the body clashes
    ],
)
def test_clashes_in_front_matter_stay_clashes(edited: bytes) -> None:
    base = b"---\ntitle: A\ntags: [a]\n---\n\nText.\n"
    merged = merge_text(base, edited, b"---\ntitle: B\ntags: [b]\n---\n\nTheir text.\n")
    assert not merged.clean and has_markers(merged.text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_merge_rules(base: bytes, edited: bytes, new: bytes) -> None:
    assert merge_text(base, base, new).text == new
    assert merge_text(base, edited, base).text == edited
    assert merge_text(base, new, new).text == new
    merged = merge_text(base, edited, new)
    if merged.clean:
        lines = set(split_lines(merged.text + b"\n"))
        known = {line.rstrip(b"\n") for text in (base, edited, new) for line in split_lines(text)}
        assert {line.rstrip(b"\n") for line in lines} <= known | {b""}
    else:
        assert has_markers(merged.text)
        for side in (edited, new):  # nothing of either side is lost
            there = {line.rstrip(b"\r\n") for line in split_lines(merged.text)}
            was = {line.rstrip(b"\r\n") for line in split_lines(base)}
            assert {line.rstrip(b"\r\n") for line in split_lines(side)} <= was | there


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 999), min_size=6, max_size=20, unique=True), st.data())
def test_edits_apart_from_each_other_merge_clean(numbers: list[int], data: st.DataObject) -> None:
    lines = [b"line %d\n" % number for number in numbers]
    mine = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1))
    assume(abs(mine - other) > 1)
    edited, new, both = list(lines), list(lines), list(lines)
    edited[mine] = both[mine] = b"mine\n"
    new[other] = both[other] = b"theirs\n"
    merged = merge_text(b"".join(lines), b"".join(edited), b"".join(new))
    assert merged.clean
    assert merged.text == b"".join(both)


def test_texts_that_are_too_long_or_no_text_clash_as_a_whole() -> None:
    base = b"x\n" * 100_001
    assert not merge_text(base, base + b"mine\n", b"new\n" + base).clean
    assert not merge_text(b"a\n1\nb\n", b"a\0\n1\nb\n", b"a\n1\nc\n").clean


def test_texts_that_repeat_a_few_lines_take_no_more_time_than_others() -> None:
    """Counted in comparisons of lines, not in seconds."""
    picks = random.Random(3)
    base = [b"%d\n" % picks.randrange(110) for _ in range(20_000)]
    new = [b"%d\n" % picks.randrange(110) for _ in range(20_000)]
    compared = Matcher(None, base, new)
    assert len(compared.get_matching_blocks()) <= 3
    edited = [*base[:-1], b"mine\n"]
    fresh = [b"first\n", *base[1:]]
    merged = merge_text(b"".join(base), b"".join(edited), b"".join(fresh))
    assert merged.clean
    assert merged.text == b"".join([b"first\n", *base[1:-1], b"mine\n"])
    apart = Matcher(None, base, [*base[:10_000], b"x\n", *base[10_000:]])
    assert [tuple(block) for block in apart.get_matching_blocks()] == [
        (0, 0, 10_000),
        (10_000, 10_001, 10_000),
        (20_000, 20_001, 0),
    ]


PAGES = ("a", "b", "c")
WEEKS = st.lists(
    st.tuples(
        st.sampled_from(PAGES),
        st.sampled_from(["source", "edit", "move", "delete at source", "delete here", "add"]),
        st.integers(0, 6),
    ),
    max_size=14,
)


class Weeks:
    """A source and a project, both changed at random, with a conversion after each change."""

    def __init__(self, dest: Path) -> None:
        self.dest = dest
        self.source = {page: [f"{page} line {n}" for n in range(7)] for page in PAGES}
        self.places = {page: f"{page}.md" for page in PAGES}
        self.number = 0
        self.mine: dict[str, dict[int, str]] = {}
        """Page -> line -> what a person wrote there last."""
        self.deleted: set[str] = set()

    def convert(self):  # type: ignore[no-untyped-def]
        files = {self.places[page]: "\n".join(lines) + "\n" for page, lines in self.source.items()}
        names = {self.places[page]: page for page in self.source}
        return run(self.dest, files, names)

    def change(self, page: str, what: str, line: int) -> None:
        self.number += 1
        file = self.dest / self.places[page]
        if what == "source" and page in self.source:
            self.source[page][line] = f"{page} source {self.number}"
        elif what == "edit" and file.exists():
            lines = file.read_text().split("\n")
            lines[line] = f"{page} by hand {self.number}"
            self.mine.setdefault(page, {})[line] = lines[line]
            file.write_text("\n".join(lines))
        elif what == "move" and page in self.source:
            self.places[page] = f"{page}{self.number}/index.md"
        elif what == "delete at source":
            self.source.pop(page, None)
        elif what == "delete here" and file.exists():
            file.unlink()
            self.mine.pop(page, None)
            self.deleted.add(page)
        elif what == "add" and page not in self.source:
            self.source[page] = [f"{page} added {self.number} {n}" for n in range(7)]


@settings(max_examples=120, deadline=None)
@given(WEEKS)
def test_weeks_of_work_on_both_sides(weeks: list[tuple[str, str, int]]) -> None:
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        project = Weeks(folder / "d")
        project.convert()
        for page, what, line in weeks:
            project.change(page, what, line)
            written = project.convert()
            files = tree(folder / "d")
            everything = "\n".join(files.values())
            for marks in project.mine.values():
                for mark in marks.values():  # every hand edit is in the project
                    assert mark in everything
            waiting = {str(d.path) for d in written.changes if d.action == "conflict"}
            for name, lines in project.source.items():
                path = project.places[name]
                if path not in waiting and name not in project.deleted:
                    # a fresh conversion plus the edits
                    marks = project.mine.get(name, {})
                    both = [marks.get(n, line) for n, line in enumerate(lines)]
                    assert files[path] == "\n".join(both) + "\n"
            again = project.convert()
            assert not any(done.written for done in again.changes)
            assert tree(folder / "d") == files
    finally:
        shutil.rmtree(folder)


BASE = """\
version: 1
project:
  title: My site
  authors:
    - id: anna
      name: Anna
  toc:
    - file: index.md
    - file: blog/index.md
      children:
        - file: blog/a.md
        - file: blog/b.md
    - file: about.md
site:
  template: book-theme
  nav:
    - title: Blog
      url: /blog
"""


def merged(edit: Callable[[str], str], new: Callable[[str], str], **options: object) -> str:
    result = merge_project(
        edit(BASE).encode(),
        BASE.encode(),
        new(BASE).encode(),
        **options,  # type: ignore[arg-type]
    )
    assert result is not None
    return result.decode()


def swap(*pairs: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return text

    return change


NOTHING = swap()
ADD_C = swap(
    "        - file: blog/a.md\n", "        - file: blog/c.md\n        - file: blog/a.md\n"
)


@pytest.mark.parametrize(
    "edit",
    [
        swap("version: 1\n", "# mine\nversion: 1\n\n"),
        swap("title: My site", 'title: "Our site"   # better'),
        swap(
            "    - file: about.md\n", "    # who we are\n    - file: about.md\n    - file: own.md\n"
        ),
        swap("site:\n", "site:\n  options: {logo: x.png, hide_toc: true}\n"),
        swap("  template: book-theme\n", "  template: 'article-theme'\n\n\n"),
        swap("      name: Anna\n", "      name: Anna B.\n      orcid: 0000\n"),
        swap("\n", "\r\n"),
    ],
)
def test_a_new_page_enters_the_toc_and_nothing_else_changes(edit: Callable[[str], str]) -> None:
    end = "\r\n" if "\r\n" in edit(BASE) else "\n"
    expected = edit(BASE).replace(
        f"        - file: blog/a.md{end}",
        f"        - file: blog/c.md{end}        - file: blog/a.md{end}",
    )
    assert merged(edit, ADD_C) == expected
    assert merged(edit, NOTHING) == edit(BASE)


def test_other_indentation_stays() -> None:
    flat = BASE.replace("    - file", "  - file").replace("          -", "        -")
    flat = flat.replace(
        "      children:\n        - file: blog/a.md\n        - file: blog/b.md\n",
        "    children:\n    - file: blog/a.md\n    - file: blog/b.md\n",
    )
    flat = flat.replace(
        "      children:\n      - file: blog/a.md\n      - file: blog/b.md\n",
        "    children:\n    - file: blog/a.md\n    - file: blog/b.md\n",
    )
    flat = flat.replace("    - id: anna\n      name", "  - id: anna\n    name")
    flat = flat.replace("    - title: Blog\n      url", "  - title: Blog\n    url")
    result = merged(lambda _: flat, ADD_C)
    assert result == flat.replace(
        "    - file: blog/a.md\n", "    - file: blog/c.md\n    - file: blog/a.md\n"
    )


def test_what_a_person_changed_wins_and_what_they_deleted_stays_deleted() -> None:
    edit = swap(
        "title: My site",
        "title: Ours",
        "  template: book-theme\n",
        "",
        "    - file: about.md\n",
        "",
    )
    new = swap(
        "title: My site",
        "title: Other",
        "book-theme",
        "other-theme",
        "about.md",
        "about.md\n      title: Us",
    )
    assert merged(edit, new) == edit(BASE)


def test_our_values_are_kept_up() -> None:
    new = swap(
        "title: My site", "title: New\n  description: Words",
        "name: Anna", "name: Anna Berg\n      email: a@example.org\n    - id: bo\n      name: Bo",
        "      url: /blog\n", "      url: /news\n    - title: Docs\n      url: /docs\n",
    )  # fmt: skip
    edit = swap("version: 1", "version: 1  # mine")
    text = merged(edit, new)
    assert YAML(typ="safe").load(text) == YAML(typ="safe").load(new(BASE))
    assert "version: 1  # mine" in text


def test_entries_that_go_and_move() -> None:
    gone = swap("        - file: blog/b.md\n", "")
    edit = swap(
        "        - file: blog/b.md\n",
        "        # keep me\n        - file: blog/b.md\n          title: B\n",
    )
    assert merged(edit, gone) == swap("        - file: blog/b.md\n", "        # keep me\n")(BASE)
    assert merged(edit, gone, keep=("blog/b.md",)) == edit(BASE)
    moved = swap("blog/b.md", "news/b.md")
    assert merged(edit, moved, moved={"news/b.md": "blog/b.md"}) == moved(edit(BASE))


def test_an_entry_that_a_person_put_elsewhere_stays_there() -> None:
    edit = swap(
        "        - file: blog/b.md\n",
        "",
        "    - file: index.md\n",
        "    - file: index.md\n    - file: blog/b.md\n",
    )
    assert merged(edit, ADD_C) == ADD_C(edit(BASE))


def test_a_whole_new_section() -> None:
    new = swap(
        "    - file: about.md\n",
        "    - file: docs/index.md\n      children:\n        - file: docs/x.md\n"
        "    - file: about.md\n",
    )
    edit = swap("version: 1\n", "version: 1\n# mine\n")
    assert merged(edit, new) == new(edit(BASE))


@pytest.mark.parametrize("text", ["- a list\n", "a: [", "a: 1\na: 2\n", "\t: x", "x", ""])
def test_what_is_no_project_file_is_not_merged_as_one(text: str) -> None:
    assert merge_project(text.encode(), BASE.encode(), ADD_C(BASE).encode()) is None


@pytest.mark.parametrize("depth", [80, 3000])
def test_a_toc_nested_too_deeply_is_not_merged(depth: int) -> None:
    toc = "{file: x}"
    for _ in range(depth):
        toc = f"{{title: t, children: [{toc}]}}"
    deep = f"project:\n  toc: [{toc}]\n"
    other = deep.replace("file: x", "file: y")
    assert merge_project(deep.encode() + b"# mine\n", deep.encode(), other.encode()) is None


def test_a_persons_myst_yml_in_a_run(tmp_path: Path) -> None:
    run(tmp_path, {"myst.yml": BASE, "blog/b.md": "b\n"}, adopt=True)
    edit = swap("title: My site", "title: Ours  # mine")
    (tmp_path / "myst.yml").write_text(edit(BASE))
    new = ADD_C(BASE).replace("blog/b.md", "news/b.md")
    names = {"news/b.md": "source of blog/b.md"}
    written = run(tmp_path, {"myst.yml": new, "news/b.md": "b\n"}, names)
    assert written.conflicts == 0
    assert (tmp_path / "myst.yml").read_text() == edit(new)


def test_a_feeds_older_posts_stay_in_the_toc(tmp_path: Path) -> None:
    first = "project:\n  toc:\n    - file: b.md\n    - file: a.md\n"
    second = "project:\n  toc:\n    - file: c.md\n    - file: b.md\n"
    third = "project:\n  toc:\n    - file: d.md\n    - file: c.md\n"
    pages = {name: f"{name}\n" for name in ("a.md", "b.md")}
    run(tmp_path / "d", {"myst.yml": first, **pages}, partial=True)
    run(tmp_path / "d", {"myst.yml": second, "c.md": "c\n", "b.md": "b.md\n"}, partial=True)
    run(tmp_path / "d", {"myst.yml": third, "d.md": "d\n", "c.md": "c\n"}, partial=True)
    expected = "project:\n  toc:\n" + "".join(f"    - file: {one}.md\n" for one in "dcba")
    assert (tmp_path / "d/myst.yml").read_text() == expected
    again = run(tmp_path / "d", {"myst.yml": third, "d.md": "d\n", "c.md": "c\n"}, partial=True)
    assert not any(done.written for done in again.changes)
