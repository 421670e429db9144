"""Search by coverage for bytes that break a target: `python -m fuzz.run TARGET SECONDS FOLDER`.

Needs atheris (`pip install atheris`). FOLDER keeps the corpus between runs; bytes that broke the
target are in FOLDER/finds, a few for each place in the code where it broke, and those that took
longer than a second. What is worth keeping moves to `fixtures/fuzz/TARGET/`.
"""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["migrate"]):
    from fuzz import targets

ROOT = Path(__file__).parents[1]
SLOW = 1.0
"""Seconds, of processor time, after which an input is a find."""
EACH = 4
"""How many finds of one place are kept: they may have several causes."""
WORDS = (
    r"""{{< {{% >}} %}} /> {{</ */ /* ``` ~~~ ::: $$ \\( \\[ --- +++ === [^1] [^1]: ![]( ]( :tada:
    <div> </div> <b> <pre> <code> <table> <tr> <td> <ul> <li> <details> <summary> <figure> <img
    <a\x20href= <!-- --> <script> </script> <style> <math> <svg> <sup> <blockquote> <h2> <h2\x20id=
    class=\"alert\" class=\"highlight\" {#id\x20.c} [!NOTE] &amp; &#0; \x00 \xff \xef\xbb\xbf
    \xff\xfe     title:\x20 date:\x20 slug:\x20 url:\x20 tags: aliases: menu: cascade: params: authors:
    resources: sections: block: *a &a <<: !!python/object: | > {} [] %% figure ref relref youtube highlight
    gist param inline \r\n \u2028 1. -\x20 >\x20 #\x20 \\begin{equation} \\end{equation} ^2^ ~a~
    ==m== permalinks: taxonomies: languages: menus: markup: module: mounts: baseURL: staticDir:"""
).split()  # fmt: skip


def main(target: str, seconds: int, folder: Path) -> None:
    """Fuzz for so long, then print executions, corpus and finds (libFuzzer's own figures)."""
    corpus, finds = folder / "corpus", folder / "finds"
    for place in (corpus, finds):
        place.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)
    words = folder / "words"
    words.write_text("".join(f'"{word}"\n' for word in map(_quoted, WORDS)))
    run = targets.TARGETS[target]
    seen: Counter[str] = Counter()

    def once(data: bytes) -> None:
        begun = time.process_time()
        try:
            run(data)
        except Exception as error:
            keep(_place(error), data)
        if time.process_time() - begun > SLOW:
            keep("slow", data)

    def keep(name: str, data: bytes) -> None:
        seen[name] += 1
        if seen[name] <= EACH:
            (finds / f"{name}-{seen[name]}").write_bytes(data)
            print(f"find: {name}", flush=True)

    options = [f"-max_total_time={seconds}", f"-dict={words}", "-max_len=3000", "-timeout=60",
               "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def seeds(target: str) -> Iterator[bytes]:
    """What the search begins with: the project's own test cases, and finds of earlier runs."""
    prefix = b"\1" if target == "markdown" else b""
    kinds = {"html": "html-*", "front": "frontmatter-*", "site": "frontmatter-*"}
    for path in sorted((ROOT / "fixtures/snippets").glob(kinds.get(target, "[ms]*") + ".md")):
        for part in path.read_bytes().split(b"\n.\n")[1::2]:
            yield prefix + part[:3000]
    if target == "feed":
        for path in sorted((ROOT / "fixtures/feeds").rglob("*.xml")):
            yield path.read_bytes()[:3000]
    for path in sorted((ROOT / "fixtures/fuzz" / target).glob("*")):
        yield path.read_bytes()


def _place(error: Exception) -> str:
    """The innermost place in our code that the error came through, as a file name."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/migrate/" in f.filename]
    where = f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "target"
    said = "-".join(sorted({word for word in str(error).split("'") if word.startswith("HM")}))
    return f"{type(error).__name__}-{where}{'-' + said if said else ''}"


def _quoted(word: str) -> str:
    """A word as libFuzzer's dictionaries take it: ASCII, and bytes as \\xNN."""
    plain = word.encode().decode("unicode_escape").encode("latin-1", "replace")
    return "".join(chr(b) if 32 < b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in plain)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
