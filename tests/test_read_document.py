"""Front matter as people really write it, split and read as Hugo does; the rest is mended."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.read import dates, document
from migrate.read.disk import decode
from migrate.read.document import Document
from migrate.read.settings import number, strings, text, truth


def split(source: str) -> Document:
    return document.split(source, "content/a.md")


def codes(found: Document) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in found.diagnostics]


@pytest.mark.parametrize(
    ("source", "front", "body", "line"),
    [
        ("---\ntitle: a\n---\nbody", {"title": "a"}, "body", 4),
        ("\n  \n---\ntitle: a\n---\n\nbody", {"title": "a"}, "\nbody", 6),
        ("---\r\ntitle: a\r\n---\r\nbody\r\n", {"title": "a"}, "body\r\n", 4),
        ("---\ntitle: a\n--- \t\nbody", {"title": "a"}, "body", 4),
        ("---\ntitle: a\n---6--1--\n---\nbody", {"title": "a"}, "6--1--\n---\nbody", 3),
        ("---\n---\nbody", {}, "body", 3),
        ("---\ntitle: a\n---", {"title": "a"}, "", 3),
        ("+++\ntitle = 'a'\n+++x", {"title": "a"}, "x", 3),
        ("+++\n[a.B]\nC=1\n+++\nx", {"a": {"b": {"c": 1}}}, "x", 5),
        ('{"Title": "a", "p": {"Q": [1]}}\n\nx', {"title": "a", "p": {"q": [1]}}, "\nx", 2),
        ("no front matter\n---\n", {}, "no front matter\n---\n", 1),
        ("- a list", {}, "- a list", 1),
        ("-----\na rule", {}, "-----\na rule", 1),
        ("{{< figure >}}\n", {}, "{{< figure >}}\n", 1),
        ("", {}, "", 1),
        ("---\ntitle: 'a'\n...\nb: 1\n---\nx", {"title": "a"}, "x", 6),
    ],
)
def test_splits(source: str, front: dict[str, Any], body: str, line: int) -> None:
    found = split(source)
    assert (dict(found.front), found.body, found.body_line) == (front, body, line)
    assert not found.diagnostics


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("yes", "yes"), ("on", "on"), ("True", True), ("false", False), ("~", None), ("", None),
        ("010", 8), ("1.10", 1.1), ("12:30", "12:30"), ("0x1F", 31), ("2024-01-02", "2024-01-02"),
        ("1e3", 1000.0), ("+7", 7), ("1_000", "1_000"), ("'5'", "5"), ("[a, 1]", ["a", 1]),
        ("!!str 5", "5"), ("{A: {B: c}}", {"a": {"b": "c"}}), ("v1.2", "v1.2"), ("null", None),
        (".5", 0.5), ("0b11", 3), ("1.2.3", "1.2.3"), ("9" * 400, "9" * 400),
    ],
)  # fmt: skip
def test_reads_yaml_1_2(value: str, expected: Any) -> None:
    assert split(f"---\nKey: {value}\n---\n").front == {"key": expected}


def test_anchors_and_merge_keys() -> None:
    found = split("---\na: &x {p: 1, q: 2}\nb:\n  <<: *x\n  Q: 3\n---\n")
    assert found.front == {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}


@pytest.mark.parametrize(
    ("source", "front", "told"),
    [
        ("---\na: 1\nA: 2\nb:\n  c: 1\n  c: 2\n---\n", {"a": 2, "b": {"c": 2}},
         [("HM102", 3), ("HM102", 6)]),
        ("---\nb:\n\tc: 1\n---\n", {"b": {"c": 1}}, [("HM104", 3)]),
        ("---\ntitle: A: b\ntags: [a]\n---\n", {"title": "A: b", "tags": ["a"]}, [("HM104", 2)]),
        ('---\ntitle: "He said "hi""\nx: 1\n---\n', {"title": 'He said "hi"', "x": 1},
         [("HM104", 2)]),
        ("---\nauthor: @me\nx: `y`\n---\n", {"author": "@me", "x": "`y`"}, [("HM104", 2)]),
        ("+++\ntitle = Foo\nx = 1\n+++\n", {"title": "Foo", "x": 1}, [("HM104", 2)]),
        ("---\njust text\n---\n", {}, [("HM101", 1)]),
        ("---\ntitle: a\n", {}, [("HM101", 1)]),
        ('{"title": "a"\n', {}, [("HM101", 2)]),
        ("---\na: *nowhere\n---\n", {"a": "*nowhere"}, [("HM104", 2)]),
    ],
)  # fmt: skip
def test_mends_and_tells(source: str, front: dict[str, Any], told: list[tuple[str, int]]) -> None:
    found = split(source)
    assert (dict(found.front), codes(found)) == (front, told)


def test_an_unclosed_front_matter_loses_no_text() -> None:
    assert split("---\ntitle: a\nbody").body == "---\ntitle: a\nbody"


def test_alias_bombs_and_deep_nesting_are_refused() -> None:
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    found = split(f"---\ntitle: t\n{bomb}---\nbody")
    assert found.front["title"] == "t" and found.body == "body"
    assert [problem.code for problem in found.diagnostics] == ["HM104"]
    nested = split("---\ntitle: t\nx: " + "[" * 5000 + "]" * 5000 + "\n---\nbody")
    assert nested.front["title"] == "t" and nested.body == "body"


def test_org_keywords() -> None:
    found = document.split(
        "#+TITLE: A b\n#+DATE: <2024-01-02 Tue>\n#+TAGS[]: x y\n#+DRAFT: true\n\n* Head", "a.org",
        org=True,
    )  # fmt: skip
    assert found.front == {"title": "A b", "date": "2024-01-02", "tags": ["x", "y"], "draft": True}
    assert (found.body, found.body_line) == ("\n* Head", 5)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("\ufeffé".encode(), ("é", "")),
        ("é".encode("latin-1"), ("é", "Windows-1252")),
        ("“é”".encode("cp1252"), ("“é”", "Windows-1252")),
        ("é".encode("utf-16"), ("é", "UTF-16")),
        ("---".encode("utf-16-le"), ("---", "UTF-16")),
        ("---".encode("utf-16-be"), ("---", "UTF-16")),
        (b"", ("", "")),
    ],
)
def test_encodings(data: bytes, expected: tuple[str, str]) -> None:
    found = decode(data)
    assert (found.text, found.encoding) == expected


@given(st.text(alphabet="-+{}[]\"'&*:#!|>%@`,~ \t\r\n\x00aT1=<.\ufeff", max_size=80))
def test_no_text_raises_and_the_body_is_its_end(source: str) -> None:
    for opening in ("", "---\n", "+++\n", "{"):
        found = split(opening + source)
        assert (opening + source).endswith(found.body)
        assert found.body_line == 1 + (opening + source).removesuffix(found.body).count("\n")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-01-02", "2024-01-02"), ("2024-01-02T03:04:05Z", "2024-01-02"),
        ("2024-01-02T23:04:05-0800", "2024-01-02"), ("2024-01-02 9:04:05 +01:00", "2024-01-02"),
        ("0001-01-01", ""), (20240102, "1970-08-23"), ("2024-02-30", ""), (True, ""), ([], ""),
        ("2024-01-02 03:04", ""), ("2024/01/02", ""), ("Jan 2, 2024", ""), ("soon", ""), (1e30, ""),
    ],
)  # fmt: skip
def test_dates_that_hugo_takes(value: Any, day: str) -> None:
    assert dates.day(dates.parse(value, dates.UTC)) == day


@pytest.mark.parametrize("value", ["2024-1-2", "2024/01/02", "2024-01-02 03:04", "Jan 2, 2024"])
def test_dates_that_only_people_take(value: str) -> None:
    found = dates.page_dates({"date": value}, "a", dates.DEFAULT_KEYS, dates.UTC)
    assert (dates.day(found.date), found.unclear) == ("2024-01-02", value)


def test_casts() -> None:
    assert [text(value) for value in (2024, True, 1.5, "a", None, [], {})] == [
        "2024", "true", "1.5", "a", "", "", "",
    ]  # fmt: skip
    assert [truth(value) for value in ("false", "true", "0", 1, None)] == [
        False, True, False, True, False,
    ]  # fmt: skip
    assert [number(value) for value in ("5", 5.9, None, "x", float("inf"))] == [5, 5, 0, 0, 0]
    assert strings("a") == ["a"] and strings(["a", None, 1]) == ["a", "1"] and strings(None) == []


def test_org_with_front_matter_of_another_format() -> None:
    found = document.split("---\ntitle: A\ndate: 2024-01-02\n---\n* Head", "a.org", org=True)
    assert (found.front["title"], found.body) == ("A", "* Head")
    assert str(found.front["date"]).startswith("2024-01-02")
