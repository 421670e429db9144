"""Front matter, encodings, Markdown, HTML and shortcodes that exhaust or confuse a parser."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.cases import Case, raw

_BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)
YAML = (
    _BOMB, "a: &a [*a]\n", "<<: &a {<<: *a}\n", "t: !!python/object/apply:os.system ['touch x']\n",
    "t: !!python/name:os.system\n", "t: !<tag:yaml.org,2002:python/object:x> {}\n", "t: !!binary |\n  AAAA\n",
    "t: !x y\n", "? [a, b]\n: c\n", "? {a: b}\n: c\n", "t: " + "[" * 5000 + "\n", "t: " + "{a: " * 5000 + "\n",
    "t: " + "- " * 5000 + "x\n", "&a : *a\n", "t: *nothing\n", "t: |\n" + " x\n" * 20_000, "t: " + "9" * 5000 + "\n",
    "t: 1e999\n", "t: .nan\n", "t: .inf\n", "date: 9999999-01-01\n", "date: 0000-00-00\n", "t: \"\\ud800\"\n",
    "t: \"\\x00\"\n", "%YAML 9.9\n", "%TAG ! !x\n", "t: \u2028x\n", "\tt: x\n", "t: 'x\n", "t: [x\n", "- a\n- b\n", "x\n",
    "1: 2\n", "null: x\n", "true: x\n", "[]: x\n", "t: x\n" * 3000, ": x\n", "t:: x\n", "t: x: y\n", "title: {a: [b]}\n",
    "weight: x\ndraft: maybe\ntags: {a: b}\n", "weight: 1e400\n", "aliases: {a: b}\n", "cascade: [[[1]]]\n",
    "resources: x\n", "menu: [[x]]\n", "sections: [1, [2], {block: [x]}]\n", "build: [x]\n",
    "title: " + "x" * 1_000_000 + "\n", "".join(f"k{n}: {n}\n" for n in range(20_000)),
)  # fmt: skip
"""Bodies of `---` front matter."""
TOML = (
    "a = " + "[" * 5000, "a = " + "[" * 90 + "]" * 90, "a" + ".b" * 5000 + " = 1", "[a" + ".b" * 3000 + "]",
    "a = 1\na = 2", "a = 99999999999999999999999", "a = 1e999", "a = nan", "a = '''", "[[a]]\n[a]",
    "a = 0001-01-01", "a = 24:61:61", "a = \"\\ud800\"", "= 1", "\"\" = 1", "a = {" * 2000, "[[a]]\n" * 5000,
)  # fmt: skip
JSON = (
    '{"a": ' + "[" * 100_000, '{"a":' * 5000, '{"a": "\\ud800"}', '{"\\udfff": 1}', '{"a": NaN}', '{"a": 1e999}',
    '{"a": ' + "9" * 10_000 + "}", '{"a": 1, "a": 2}', '{"a": "\\u0000"}', "{}{}", '{"a": 1,}', '{"__proto__": {"x": 1}}',
)  # fmt: skip


def front() -> Iterator[Case]:
    """Front matter in its three forms; the body's word is never lost."""
    for kind, values, form in (
        ("yaml", YAML, "---\n{}---\n\n{}\n"), ("toml", TOML, "+++\n{}\n+++\n\n{}\n"),
        ("json", JSON, "{}\n\n{}\n"),
    ):  # fmt: skip
        for number, value in enumerate(values):
            word = f"front{kind}{number}"
            text = form.replace("{}", value, 1).replace("{}", word)
            yield raw(f"front/{kind}{number}", text, word)


def encodings() -> Iterator[Case]:
    """Bytes that are no UTF-8, or are and shouldn't be."""
    text = "---\ntitle: é\n---\n\nä {} ö\n"
    word = "encodedword{}"
    forms = (
        lambda t: t.encode("latin-1"), lambda t: t.encode("utf-16"), lambda t: t.encode("utf-16-le"),
        lambda t: t.encode("utf-16-be"), lambda t: t.encode("utf-8-sig"), lambda t: t.encode("cp1252"),
        lambda t: t.replace("\n", "\r\n").encode(), lambda t: t.replace("\n", "\r").encode(),
        lambda t: t.replace("\n\n", "\r\n\n").encode(), lambda t: t.encode() + b"\xff\xfe\xed\xa0\x80",
        lambda t: t.encode() + b"\xc0\xaf\xf8\x88\x80\x80\x80", lambda t: t.encode() + b"\0" * 50,
        lambda t: t.encode() + bytes(range(1, 32)), lambda t: t.encode() + "\u2028\u2029\x85\x0b\x0c".encode(),
        lambda t: t.encode() + "\u202e\u2066\u200f\ufeff\ufffe".encode(), lambda t: b"\xef\xbb\xbf" * 2 + t.encode(),
        lambda t: t.encode("utf-16")[:-1], lambda t: t.encode() + "\U0010ffff\ue000".encode(),
        lambda t: t.encode() + ("a" + "\u0301" * 50_000).encode(), lambda t: t.encode() + b"\x1b]0;evil\x07",
        lambda t: t.encode("utf-8").replace("é".encode(), b"\xe9"), lambda t: t.encode() + b"\x1a after",
    )  # fmt: skip
    for number, form in enumerate(forms):
        yield raw(f"encoded/e{number}", form(text.format(word.format(number))), word.format(number))
    for number, data in enumerate(
        (b"", b"\n", b"\0", b"\xff", b"---", b"---\n---", b"\xff\xfe", b"\xef\xbb\xbf")
    ):
        yield raw(f"encoded/empty{number}", data)


MARKDOWN = (
    "[" * 50_000, "![" * 30_000, "[x](" * 20_000, "](" * 20_000, "*a **b " * 10_000, "_" * 50_000, "*" * 50_001,
    "`" * 50_000, "".join("`" * n + " " for n in range(1, 300)), "> " * 5_000 + "x", "- " * 2_000 + "x",
    "1. " * 2_000 + "x", "".join(" " * n + "- x\n" for n in range(300)), "<" * 50_000, "<!--" * 10_000, "<?" * 20_000,
    "<![CDATA[" * 5_000, "<a " * 10_000, "&" * 50_000, "&#" * 20_000, "&#x110000; &#0; &#xd800;", "$" * 20_000,
    "$$\n" * 5_000, "\\(" * 10_000, "{" * 20_000, "{{" * 20_000, "|" * 20_000, "|a" * 3_000 + "\n" + "|-" * 3_000,
    "a\n-\n" * 5_000, "[a]: /x\n" * 10_000, "".join(f"[r{n}]: /x\n" for n in range(10_000)), "[^a]" * 10_000,
    "".join(f"[^{n}]: x\n" for n in range(3_000)), "~~~" * 5_000, "```\n" * 5_001, "# x\n" * 10_000, "#" * 20_000,
    "\\" * 50_000, "www.a.b " * 10_000, "http://" * 10_000, "a@b.c " * 10_000, ":a: " * 10_000, "x" * 2_000_000,
    "x " * 500_000, "\n" * 300_000, " " * 500_000, "\t" * 100_000, "{#a .b c=d}\n" * 5_000, "^a^" * 10_000,
    "```{a}\n" * 3_000, ":::" * 10_000, "{a}`" * 10_000, "- [ ] x\n" * 5_000, "term\n: def\n" * 5_000, "==a==" * 10_000,
    "<<a>>" * 10_000, "\u00a0" * 50_000, "a\u0301" * 50_000, "\\[" * 10_000, "<b>" * 20_000, "<div>\n\n" * 3_000,
    "[a" * 20_000 + "]" * 20_000, "*" + "a" * 100_000 + "_", "<x:y>" * 10_000, "![a][b]" * 10_000,
)  # fmt: skip
HTML = (
    "<div>" * 100_000, "<b>" * 100_000, "<ul><li>" * 20_000, "<table><tr><td>" * 5_000, "<span>" * 100_000,
    "<p>x</p>" * 50_000, "<p " + "a=b " * 50_000 + ">", "<p class='" + "a " * 50_000 + "'>", "<script>" * 10_000,
    "<style>" * 10_000, "<!--" * 50_000, "<![CDATA[" * 10_000, "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "<svg>" * 5_000,
    "<math>" * 5_000, "<iframe src='javascript:x'>", "<a href='javascript:alert(1)'>x</a>", "</div>" * 50_000,
    "<td>" * 20_000, "<select><option>" * 5_000, "<img src='data:image/png;base64," + "A" * 500_000 + "'>",
    "<meta http-equiv=refresh content='0;url=//x'>", "<base href='//x/'>", "<plaintext>x", "<textarea>" * 5_000,
    "<details><summary>x</summary>" * 5_000, "<a href=x>" * 20_000, "<h2 id=a>x</h2>" * 5_000, "<" + "a" * 200_000,
    "<table><tr>" + "<td colspan=99999999 rowspan=99999999>x</td>" * 50 + "</tr></table>", "<col span=99999999>" * 9,
    "<ol start=99999999999999999999><li>x</ol>", "<font>" * 30_000, "<p>" + "&lt;" * 50_000, "<pre>" * 5_000,
)  # fmt: skip
SHORTCODES = (
    "{{< a >}}" * 10_000 + "x" + "{{< /a >}}" * 10_000, "{{< a >}}" * 10_000, "{{< /a >}}" * 10_000, "{{<" * 20_000,
    "{{< a b=" * 10_000, '{{< a "' * 10_000, "{{< a `" * 10_000, "{{</* " * 10_000, "{{< a.inline >}}" * 3_000,
    "{{< figure >}}" * 3_000, "{{% a %}}" * 3_000 + "{{% /a %}}" * 3_000, "{{< a " + "b " * 50_000 + ">}}",
    "{{< a " + "b=c " * 50_000 + ">}}", "{{< " + "a" * 100_000 + " >}}", "{{< ../../../etc/passwd >}}",
    '{{< readfile file="../../../outside/secret.md" >}}', '{{< include "/etc/passwd" >}}', "{{< a\0b >}}",
    '{{< highlight "x" "y" >}}' * 2_000, '{{< figure src="javascript:x" link="javascript:y" >}}',
    '{{< param "../../x" >}}', '{{< ref "../../../x" >}}', "{{< a >}}{{< b >}}" * 1_000 + "{{< /a >}}{{< /b >}}" * 1_000,
    '{{< youtube "\"><script>x</script>" >}}', "{{< tabs >}}{{< tab >}}" * 1_000, "{{< details >}}" * 2_000,
)  # fmt: skip


def _bodies(kind: str, values: tuple[str, ...], suffix: str = "md") -> Iterator[Case]:
    for number, value in enumerate(values):
        word = f"{kind}word{number}"
        text = f"---\ntitle: {kind} {number}\n---\n\n{word}\n\n{value}\n"
        yield raw(f"{kind}/c{number}", text, word, suffix=suffix)


def markdown() -> Iterator[Case]:
    """Markdown that takes some parser more than linear time."""
    yield from _bodies("markdown", MARKDOWN)


def html() -> Iterator[Case]:
    """HTML files, nested, unclosed, endless."""
    yield from _bodies("html", HTML, "html")


def shortcodes() -> Iterator[Case]:
    """Calls nested, unclosed, endless, and asking for files."""
    yield from _bodies("shortcode", SHORTCODES)


def sizes() -> Iterator[Case]:
    """Above the limit: the page is an error at once, the others go on."""
    yield raw("size/huge", b"x" * 34_000_000, "", "HM101")
    yield raw("size/line", b"sizeline " + b"x" * 10_000_000, "sizeline")
    yield raw("size/tags", "sizetags " + "<i>" * 1_000_000, "sizetags")
