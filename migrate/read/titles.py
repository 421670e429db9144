"""Titles that Hugo makes itself: of sections without `_index.md`, of taxonomies and terms.

English plurals by the rules of the inflection tables that Hugo uses, title case by AP style.
"""

from __future__ import annotations

import re

_SAME = frozenset(
    "advice aircraft aluminum bison butter chess chinese cod copper cotton data deer english "
    "equipment fish gold grass history information jeans japanese jewelry media mews money "
    "moose music news offspring police portuguese pride rain rice salmon series sheep shrimp "
    "silver species spanish squid staff swine toothpaste traffic trout tuna water wheat wood "
    "wool".split()
) - {"history", "staff"}
_IRREGULAR = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "mouse": "mice",
    "louse": "lice", "foot": "feet", "tooth": "teeth", "goose": "geese", "ox": "oxen",
    "quiz": "quizzes", "datum": "data", "medium": "media", "criterion": "criteria",
    "phenomenon": "phenomena", "stratum": "strata", "addendum": "addenda", "erratum": "errata",
    "memorandum": "memoranda", "ovum": "ova", "bacterium": "bacteria", "alumnus": "alumni",
    "nucleus": "nuclei", "radius": "radii", "stimulus": "stimuli", "syllabus": "syllabi",
    "focus": "foci", "fungus": "fungi", "cactus": "cacti", "locus": "loci", "corpus": "corpora",
    "index": "indices", "appendix": "appendices", "matrix": "matrices", "vertex": "vertices",
    "axis": "axes", "analysis": "analyses", "basis": "bases", "crisis": "crises",
    "thesis": "theses", "hypothesis": "hypotheses", "synthesis": "syntheses",
    "diagnosis": "diagnoses", "oasis": "oases", "synopsis": "synopses", "emphasis": "emphases",
    "photo": "photos", "piano": "pianos", "video": "videos", "radio": "radios",
    "studio": "studios", "portfolio": "portfolios", "demo": "demos", "logo": "logos",
    "memo": "memos", "zero": "zeros", "disco": "discos", "chef": "chefs", "roof": "roofs",
    "belief": "beliefs", "proof": "proofs", "chief": "chiefs", "safe": "safes",
    "gulf": "gulfs", "knife": "knives", "wife": "wives", "life": "lives", "octopus": "octupuses",
}  # fmt: skip
_PLURALS = frozenset(_IRREGULAR.values())
_ENDINGS = (
    (re.compile(r"([^aeiou])y\Z"), r"\1ies"),
    (re.compile(r"(qu)y\Z"), r"\1ies"),
    (re.compile(r"(?:([^f])fe|([aeo]l|[^d]ea|ar|oa|hoo)f)\Z"), r"\1\2ves"),
    (re.compile(r"(x|ch|sh|ss|zz|us|o)\Z"), r"\1es"),
    (re.compile(r"(ias|gas)\Z"), r"\1es"),
    (re.compile(r"sis\Z"), "ses"),
    (re.compile(r"z\Z"), "zes"),
    (re.compile(r"s\Z"), "s"),
)
_VOWEL_O = re.compile(r"[aeiou]o\Z")
_SMALL = frozenset("a an and at but by for in nor of on or so the to up yet".split())
_WORD = re.compile(r"[^\s/-]+")
_LAST = re.compile(r"(?<![^\W_])[^\W_]+\Z")


def plural(word: str) -> str:
    """The English plural of a word or of the last word of a name."""
    last = _LAST.search(word)
    if last is None:
        return word
    name, key = last[0], last[0].lower()
    if key in _SAME or key in _PLURALS or (len(key) == 1 and key == "s"):
        return word
    if key in _IRREGULAR:
        return word[: last.start()] + name[0] + _IRREGULAR[key][1:]
    for pattern, ending in _ENDINGS:
        if pattern.search(key):
            return word[: last.start()] + pattern.sub(ending, name)
    return word + "s"


def title_case(text: str) -> str:
    """AP style: small words stay small unless first or last; the rest of a word is kept."""
    words = list(_WORD.finditer(text))
    pieces: list[str] = []
    at = 0
    for number, word in enumerate(words):
        pieces.append(text[at : word.start()])
        small = word[0].lower() in _SMALL and 0 < number < len(words) - 1
        pieces.append(word[0].lower() if small else _capitalized(word[0]))
        at = word.end()
    return "".join([*pieces, text[at:]])


def _capitalized(word: str) -> str:
    first = next((at for at, char in enumerate(word) if char.isalnum()), 0)
    return word[:first] + word[first : first + 1].upper() + word[first + 1 :]


def section_title(folder: str, *, pluralize: bool = True, capitalize: bool = True) -> str:
    """The title of a section without `_index.md`, from its folder's name."""
    name = plural(folder) if pluralize else folder
    return title_case(name) if capitalize else name


def term_title(term: str, *, capitalize: bool = True) -> str:
    """The title of a term or taxonomy page without a file."""
    return title_case(term) if capitalize else term
