"""Redirects in every form, read as each host reads them; real nginx where it is installed."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin

import pytest
from small_site import convert_site

from migrate.diagnostics import MigrateError
from migrate.options import Options
from migrate.pipeline import convert
from migrate.write import redirects
from migrate.write.ledger import Entry

MOVES = {
    "/old/": "/new/",
    "/old/über/": "/new/",
    "/a%20b/": "/a-b/",
    "/x.html": "/x/",
    "/who's+(me)/": "/who/",
    "/A/": "/a/",
    "/$5*/": "/price/",
    "/q.c/d&e/": "/",
    '/say%22"/': "/say/",
    "/deep/1/2/3/": "/deep/",
    "/chat": "https://chat.example.org/x",
}
SERVED = ("/", "/new/", "/a/", "/a-b/", "/x/", "/q-c/")


def made(kind: str, moves: dict[str, str] = MOVES, base: str = "", own: str = "") -> str:
    """The one file of a form."""
    entries = [Entry(old, "redirected", new) for old, new in moves.items()]
    entries += [Entry(url, "same") for url in SERVED]
    files, _, _ = redirects.files(
        entries, [kind], base_url=f"https://s.org{base}/", base=base, own=own
    )
    (data,) = files.values()
    return data.decode()


def netlify(rules: str, path: str, *, strict: bool) -> str | None:
    """What `_redirects` answers to a decoded path: the first rule that matches."""
    for line in rules.splitlines():
        old, new, status = line.split()
        assert status in ("301", "200")
        pattern = re.escape(unquote(old)).replace(r"\*", ".*") if old.endswith("/*") else None
        if pattern and re.fullmatch(pattern, path):
            return new
        same = unquote(old) == path if strict else unquote(old).rstrip("/") == path.rstrip("/")
        if pattern is None and same:
            return new
    return None


@pytest.mark.parametrize("base", ["", "/sub"])
@pytest.mark.parametrize("kind", ["netlify", "gitlab", "cloudflare"])
def test_redirects_file(kind: str, base: str) -> None:
    rules = made(kind, base=base)
    for old, new in MOVES.items():
        path = unquote(base + old)
        to = new if "://" in new else base + new
        assert netlify(rules, path, strict=kind == "cloudflare") == to
        if old.endswith("/"):
            assert netlify(rules, path.rstrip("/"), strict=kind == "cloudflare") == to
    for url in SERVED:
        assert netlify(rules, base + url, strict=True) is None
    assert all(line.isascii() for line in rules.splitlines())


def test_the_sites_own_rules_follow_ours() -> None:
    rules = made("netlify", {"/a b/": "/c/"}, own="/short /new/ 301\n/* /x/ 200\n")
    assert rules == "/a%20b/ /c/ 301\n/short /new/ 301\n/* /x/ 200\n"


def test_vercel() -> None:
    rules = json.loads(made("vercel", base="/sub"))["redirects"]
    assert len(rules) <= 2048 and all(rule["permanent"] for rule in rules)
    table = {unquote(re.sub(r"\\(.)", r"\1", r["source"])): r["destination"] for r in rules}
    for old, new in MOVES.items():
        to = new if "://" in new else "/sub" + new
        assert table[unquote("/sub" + old)] == to
        assert table[unquote("/sub" + old).rstrip("/")] == to
    special = next(rule["source"] for rule in rules if "who" in rule["source"])
    assert r"\(" in special and r"\+" in special


def test_apache() -> None:
    lines = made("apache").splitlines()
    rules = [re.fullmatch(r'RedirectMatch 301 "(\S+)" "(\S+)"', line) for line in lines]

    def answer(path: str) -> str | None:
        hits = [rule[2] for rule in rules if rule and re.search(rule[1], path)]
        return hits[0] if hits else None

    assert all(rules)
    for old, new in MOVES.items():
        assert answer(unquote(old)) == new
        assert answer(unquote(old).rstrip("/")) == new
    assert [answer(url) for url in (*SERVED, "/qxc/d&e/")] == [None] * (len(SERVED) + 1)


class _Stub(html.parser.HTMLParser):
    """What a browser does with a stub."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.in_noscript = self.in_script = False
        self.script = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.in_noscript = self.in_noscript or tag == "noscript"
        self.in_script = tag == "script"
        if tag == "meta" and given.get("http-equiv") == "refresh":
            assert self.in_noscript  # else it overtakes the script, and the fragment is lost
            self.links["refresh"] = (given["content"] or "").split("url=")[1]
        elif tag in ("a", "link"):
            self.links[given.get("rel") or tag] = given["href"] or ""

    def handle_endtag(self, tag: str) -> None:
        self.in_script = self.in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        self.script += data if self.in_script else ""


@pytest.mark.parametrize("base", ["", "/sub"])
def test_html_stubs(base: str) -> None:
    entries = [Entry(old, "redirected", new) for old, new in MOVES.items()]
    files, static, _ = redirects.files(
        entries, ["html"], base_url=f"https://s.org{base}/", base=base
    )
    found = {}
    for path, data in files.items():
        served = "/" + PurePosixPath(*path.parts[2:]).as_posix().removesuffix("index.html")
        stub = _Stub(data.decode())
        called = re.fullmatch(
            r"location\.replace\((\".*\") \+ location\.search \+ location\.hash\)", stub.script
        )
        assert called
        leads = {json.loads(called[1]), stub.links["a"], stub.links["refresh"]}
        assert len(leads) == 1
        to = urljoin(f"https://s.org{base}{quote(served)}", leads.pop())
        assert stub.links["canonical"] == to
        found[served] = to
        assert "/".join(path.parts[:3]) in static
    # No file system takes a quote in every place, so that one has no stub.
    assert found == {
        unquote(old) + ("/" if old == "/chat" else ""): (
            new if "://" in new else f"https://s.org{base}{new}"
        )
        for old, new in MOVES.items()
        if '"' not in old and "*" not in old
    }


@pytest.mark.parametrize("base", ["", "/sub"])
def test_a_stub_that_leads_to_a_heading(base: str) -> None:
    entries = [Entry("/old/talk/", "redirected", "/talks/a/#notes")]
    files, _, _ = redirects.files(entries, ["html"], base_url=f"https://s.org{base}/", base=base)
    stub = _Stub(files[PurePosixPath("redirects/html/old/talk/index.html")].decode())
    assert stub.script == (
        'location.replace("../../talks/a/" + location.search + (location.hash || "#notes"))'
    )
    assert stub.links["refresh"] == stub.links["a"] == "../../talks/a/#notes"
    assert stub.links["canonical"] == f"https://s.org{base}/talks/a/#notes"


def test_spellings_that_differ_in_case_lie_in_different_folders() -> None:
    entries = [Entry("/Old/", "redirected", "/n/"), Entry("/old/", "redirected", "/n/")]
    files, static, _ = redirects.files(entries, ["html"])
    assert {str(path) for path in files} == {
        "redirects/html/Old/index.html",
        "redirects/html-2/old/index.html",
    }
    assert static == ["redirects/html-2/old", "redirects/html/Old"]


@pytest.mark.parametrize("old", ["/../x/", "/a/../../x/", "/a//b/", "/" + "n" * 300 + "/", "/"])
def test_no_stub_outside_or_impossible(old: str) -> None:
    files, _, _ = redirects.files([Entry(old, "redirected", "/n/")], ["html"])
    assert not files


PAGERS = {f"/tags/t{t}/page/{n}/": f"/tags/t{t}/" for t in range(40) for n in range(60)}


@pytest.mark.parametrize(("kind", "limit"), [("gitlab", 1000), ("cloudflare", 2000)])
def test_runs_become_splats_above_a_hosts_limit(kind: str, limit: int) -> None:
    singles = {f"/old/{n}/": f"/new/{n}/" for n in range(300)}
    rules = made(kind, singles | PAGERS)
    lines = rules.splitlines()
    splats = [number for number, line in enumerate(lines) if "*" in line]
    assert len(lines) - len(splats) <= limit and 0 < len(splats) <= 100
    assert splats == list(range(splats[0], len(lines)))
    for old, new in (singles | PAGERS).items():
        assert netlify(rules, old, strict=True) == new


def test_no_splat_below_the_limit_or_over_what_is_served() -> None:
    assert "*" not in made("gitlab", {f"/a/{n}/": "/new/" for n in range(900)})
    entries = [Entry(f"/a/page/{n}/", "redirected", "/a/") for n in range(1100)]
    entries.append(Entry("/a/page/about/", "same"))
    files, _, said = redirects.files(entries, ["gitlab"])
    assert b"*" not in files[PurePosixPath("redirects/_redirects")]
    assert [(d.code, "1100" in d.message, "gitlab" in d.message) for d in said] == [
        ("HM710", True, True)
    ]


def test_only_hosts_with_a_limit_warn() -> None:
    entries = [Entry(f"/a/{n}/", "redirected", f"/b/{n}/") for n in range(2500)]
    for kind in redirects.KINDS:
        _, _, said = redirects.files(entries, [kind])
        assert bool(said) == (kind in ("cloudflare", "gitlab", "vercel"))


HOSTILE = (
    "/*", "/a/*/b/", "/:all/", "/a/:rest*", "/\n/x 301\n/y/", "/\r\n/z/", "/a b/ /evil/ 200",
    "/x#y/", "/%0A/* /evil 301", "/\x00/", '/q" "/evil/"; include /etc/passwd; #', "/q\\",
    "/$uri/", "/${HOME}/", "/;}/", "/<script>alert(1)</script>/", "/'-alert(1)-'/", "/~^x/",
    "/\u2028/", "/%{ENV:x}/", "/a$1/",
)  # fmt: skip
"""Old URLs that are patterns, variables, further lines or markup somewhere."""
SAME_SITE = ("/new/$uri/", "/new/(x)/", "/new/:a/", "/new/+/", "https://x.org:8/$http_cookie&x")


def test_no_url_becomes_more_than_a_url(tmp_path: Path) -> None:
    moves = {old: SAME_SITE[number % len(SAME_SITE)] for number, old in enumerate(HOSTILE)}
    for kind in ("netlify", "gitlab", "cloudflare"):
        for line in made(kind, moves).splitlines():
            old, new, status = line.split(" ")
            assert old.startswith("/") and "*" not in old and "/:" not in old and status == "301"
            assert not re.search(r"[$()*+]|(?<!/)/:", new)
    for line in made("apache", moves).rstrip("\n").split("\n"):
        assert re.fullmatch(r'RedirectMatch 301 "\^[^"]*\$" "[^"$]*"', line), line
        assert "${" not in line
    for rule in json.loads(made("vercel", moves))["redirects"]:
        assert not re.search(r"(?<!\\)[:(){}*+?]", rule["source"])
        assert not re.search(r"[$()*+{}]|/:", rule["destination"])
    inside = made("nginx", moves).partition("{\n")[2].split("\n")[:-2]
    assert all(re.fullmatch(r'    "(?:[^"\\]|\\.)*" "[^"$\\]*";', line) for line in inside), inside
    entries = [Entry(old, "redirected", new) for old, new in moves.items()]
    stubs, static, _ = redirects.files(entries, ["html"])
    for path, data in stubs.items():
        page = _Stub(data.decode())
        assert ".." not in path.parts and set(page.links) == {"canonical", "refresh", "a"}
        assert page.script.count("<") == 0 and data.count(b"<script") == 1
    assert all(name.startswith("redirects/html") for name in static)
    if nginx := shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"):
        (tmp_path / "map").write_text(made("nginx", moves), encoding="utf-8")
        (tmp_path / "conf").write_text(
            f"events {{}} pid {tmp_path}/pid; error_log {tmp_path}/log;"
            f"http {{ access_log off; include {tmp_path}/map; }}"
        )
        command = [nginx, "-t", "-q", "-c", tmp_path / "conf", "-p", tmp_path]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr


def test_no_stub_hides_the_home_page(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\naliases: [/index.html, /b/index.html]\n---\nx\n")
    convert(tmp_path, tmp_path / "project", Options(hugo=False))
    stubs = {
        path.relative_to(tmp_path / "project") for path in (tmp_path / "project").rglob("*.html")
    }
    assert Path("redirects/html/b/index.html") in stubs
    assert Path("redirects/html/index.html") not in stubs


def test_nothing_to_redirect_makes_no_file() -> None:
    assert redirects.files([Entry("/", "same")], redirects.KINDS) == ({}, [], [])


def nginx_map(text: str, path: str) -> str | None:
    """As nginx reads a map: strings without regard to case, then expressions in their order."""
    pairs = [
        (re.sub(r"\\([\"\\$])", r"\1", key) if not key.startswith("~") else key, to)
        for key, to in re.findall(r'^    "((?:[^"\\]|\\.)*)" "(.*)";$', text, re.M)
    ]
    plain = {key.lower(): to for key, to in pairs if not key.startswith("~")}
    if path.lower() in plain:
        return plain[path.lower()]
    return next((to for key, to in pairs if key[0] == "~" and re.search(key[1:], path)), None)


def test_nginx_map() -> None:
    text = made("nginx")
    for old, new in MOVES.items():
        assert nginx_map(text, unquote(old)) == new
        assert nginx_map(text, unquote(old).rstrip("/")) == new
    assert [nginx_map(text, url) for url in SERVED] == [None] * len(SERVED)


def test_real_nginx(tmp_path: Path) -> None:
    """Where nginx is installed: it takes the file, and answers as the map is meant."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if nginx is None:
        return  # test_nginx_map has read the same file by nginx's rules
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "nginx.map").write_text(made("nginx"), encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/nginx.map;\n"
        f"server {{ listen 127.0.0.1:{port}; if ($moved) {{ return 301 $moved$is_args$args; }}\n"
        'location / { return 200 "ok"; } } }\n',
        encoding="utf-8",
    )
    server = subprocess.Popen([nginx, "-c", tmp_path / "nginx.conf", "-p", tmp_path])
    try:
        answers = {old: _location(port, old) for old in [*MOVES, *SERVED, "/old?x=1"]}
    finally:
        server.terminate()
        server.wait()
    here = f"http://127.0.0.1:{port}"
    assert answers == {
        **{old: new if "://" in new else here + new for old, new in MOVES.items()},
        **dict.fromkeys(SERVED),
        "/old?x=1": f"{here}/new/?x=1",
    }


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _location(port: int, path: str) -> str | None:
    url = f"http://127.0.0.1:{port}" + quote(path, safe="/%?=+&'()*$")
    for _ in range(50):
        try:
            with urllib.request.build_opener(_Stay).open(url, timeout=5):
                return None
        except urllib.error.HTTPError as error:
            assert error.code == 301
            return error.headers["Location"]
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("nginx does not answer")


@pytest.mark.parametrize("kinds", [("netlify", "cloudflare"), ("gitlab", "html", "netlify")])
def test_forms_of_one_file_exclude_each_other(kinds: tuple[str, ...]) -> None:
    with pytest.raises(MigrateError, match="choose one"):
        Options(redirects=kinds)
    assert Options(redirects=("netlify", "netlify", "nginx")).redirects


def test_stubs_that_differ_by_case_from_pages_are_told() -> None:
    moves = {"/About/": "/about/", "/old/": "/about/"}
    entries = [Entry(old, "redirected", new) for old, new in moves.items()]
    entries.append(Entry("/about/", "same"))
    _, _, said = redirects.files(entries, ["html"])
    assert [(one.code, "`/About/`" in one.message) for one in said] == [("HM712", True)]
    assert redirects.files(entries[1:], ["html"])[2] == []


def test_the_sites_redirects_to_headings(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://s.org/sub/"\ntitle = "T"\n',
        "content/Über.md": "---\ntitle: Us\n---\n\n## Who we are\n\n[Rules](/talks/#rules)\n",
        "content/talks.md": "---\ntitle: Talks\n---\n\n## Rules\n\nText.\n\n## Rules\n\nMore.\n",
        "static/_redirects": "# who\n/who /über/#who-we-are 301 # us\n/rules /talks/#rules\n",
        "netlify.toml": '[[redirects]]\nfrom = "/far"\nto = "https://x.org/a?b=c#d"\n',
    }
    site = convert_site(tmp_path, files)
    ledger = json.loads(site.text(".hugo2myst/ledger.json"))
    to = {entry["url"]: entry.get("to") for entry in ledger}
    label = site.text("talks.md").split("(")[1].split(")=")[0]
    assert to["/who"] == "/uber/#who-we-are"
    assert to["/rules"] == f"/talks/#{label}"
    stub = site.text("redirects/html/who/index.html")
    assert '"../uber/" + location.search + (location.hash || "#who-we-are")' in stub
    far = site.text("redirects/html/far/index.html")
    assert (
        '"https://x.org/a?b=c" + location.search.replace("?", "&") + (location.hash || "#d")' in far
    )
