"""`--fetch-assets` against a real server on this machine, and what is never fetched."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from migrate.diagnostics import MigrateError
from migrate.engines.fetch import Fetcher, Refused, fetch, public_addresses
from migrate.options import Options
from migrate.pipeline import convert

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
ITEM = """<item><title>Post</title><link>{base}/blog/post/</link><guid>{base}/blog/post/</guid>
<pubDate>Fri, 06 Feb 2026 00:00:00 +0000</pubDate><description>&lt;p&gt;Text of the post
&lt;img src="{base}/blog/post/a_hu0123456789abcdef_12_300x0_resize.webp" alt="A"&gt;
&lt;img src="{base}/missing.png" alt="M"&gt; &lt;a href="{base}/files/paper.pdf"&gt;paper&lt;/a&gt;
&lt;img src="{base}/away.png" alt="W"&gt;&lt;/p&gt;</description></item>"""


class Server(BaseHTTPRequestHandler):
    """A small site with a feed, an original image, a redirect to somewhere else, and a big file."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        type(self).asked.append(self.path)
        channel = f"<title>T</title><link>{base}/</link>{ITEM.format(base=base)}"
        feed = f'<rss version="2.0"><channel>{channel}</channel></rss>'
        bodies = {
            "/index.xml": feed.encode(),
            "/blog/post/a.png": PNG,
            "/files/paper.pdf": b"%PDF-1.4",
            "/big": b"x" * 5000,
        }
        if self.path in ("/away.png", "/loop"):
            self.send_response(302)
            to = "/loop" if self.path == "/loop" else "http://localhost.localdomain/x.png"
            self.send_header("Location", to)
            self.end_headers()
        elif self.path in bodies:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(bodies[self.path])
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def base() -> Iterator[str]:
    Server.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_files_of_a_feed_are_fetched_once(base: str, tmp_path: Path) -> None:
    options = Options(fetch_assets=True)
    result = convert(f"{base}/index.xml", tmp_path / "p", options)
    page = (tmp_path / "p/blog/post/index.md").read_text()
    assert "(a.png)" in page and "(/files/paper.pdf)" in page.replace("../../files", "/files")
    assert (tmp_path / "p/blog/post/a.png").read_bytes() == PNG
    assert (tmp_path / "p/files/paper.pdf").read_bytes() == b"%PDF-1.4"
    assert f"{base}/missing.png" in page
    told = [d.message for d in result.diagnostics if d.code == "HM610"]
    assert any("missing.png" in m and "404" in m for m in told)
    assert any("away.png" in m and "not a host of the site" in m for m in told)
    Server.asked = []
    convert(f"{base}/index.xml", tmp_path / "p", options)
    assert "/blog/post/a.png" not in Server.asked and "/files/paper.pdf" not in Server.asked


def test_without_the_option_links_stay_absolute(base: str, tmp_path: Path) -> None:
    convert(f"{base}/index.xml", tmp_path / "p")
    assert f"]({base}/files/paper.pdf)" in (tmp_path / "p/blog/post/index.md").read_text()
    assert Server.asked == ["/index.xml"]


def test_a_private_host_is_fetched_only_if_the_person_typed_it(base: str) -> None:
    assert fetch(f"{base}/index.xml").startswith(b"<rss")
    with pytest.raises(Refused, match="not public"):
        Fetcher().get(f"{base}/index.xml")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "::1", "::ffff:10.0.0.1",
     "2002:0a00:0001::", "100.64.0.1", "224.0.0.1", "localhost"],
)  # fmt: skip
def test_addresses_that_are_not_public(host: str) -> None:
    with pytest.raises(Refused, match="not public"):
        public_addresses(host, 80)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http"),
        ("ftp://example.org/x", "only http"),
        ("http://user:secret@127.0.0.1/", "user name"),
        ("http://[broken/", "can't be"),
    ],
)
def test_addresses_that_are_never_asked(url: str, why: str) -> None:
    with pytest.raises((Refused, MigrateError), match=why):
        Fetcher(frozenset(["127.0.0.1"])).get(url)


def test_limits_of_size_and_redirects(base: str) -> None:
    fetcher = Fetcher(frozenset(["127.0.0.1"]), largest=1000)
    with pytest.raises(Refused, match="larger"):
        fetcher.get(f"{base}/big")
    with pytest.raises(Refused, match="redirects"):
        fetcher.get(f"{base}/loop")
