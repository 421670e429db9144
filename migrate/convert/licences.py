"""What a site calls its licence to the SPDX id that MyST wants."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrate.model import Value

_CC = re.compile(
    r"(?:cc|creative[ -]?commons)[ -]{0,5}(?:attribution)?[ :-]{0,5}"
    r"(?P<by>by)?(?P<rest>(?:[ -]{1,5}(?:nc|nd|sa|non-?commercial|no-?deriv\w*|share-?alike))*)"
    r"(?:[ -]{1,5}(?P<version>[1-4]\.0))?(?:[ -]{0,5}international)?",
    re.I,
)
_CC_URL = re.compile(r"creativecommons\.org/licenses/(?P<kind>by[a-z-]*)/(?P<version>\d\.\d)", re.I)
_NAMES = {
    "mit": "MIT", "apache-2.0": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache2": "Apache-2.0",
    "apache license 2.0": "Apache-2.0", "bsd-3-clause": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd-2-clause": "BSD-2-Clause", "cc0": "CC0-1.0", "cc0-1.0": "CC0-1.0", "cc0 1.0": "CC0-1.0",
    "public domain": "CC0-1.0", "gpl-3.0": "GPL-3.0-only", "gplv3": "GPL-3.0-only",
    "mpl-2.0": "MPL-2.0", "unlicense": "Unlicense",
}  # fmt: skip


def spdx(value: Value) -> str:
    """The SPDX id of a licence given by name, by URL or as Hugo Blox' switches; empty if unsure."""
    if isinstance(value, Mapping):
        return _from_switches(value)
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if text.lower() in _NAMES:
        return _NAMES[text.lower()]
    if "publicdomain/zero/1.0" in text:
        return "CC0-1.0"
    if url := _CC_URL.search(text):
        return f"CC-{url['kind'].upper().rstrip('-')}-{url['version']}"
    found = _CC.fullmatch(text.replace("_", "-"))
    if not found or not (found["by"] or "attribution" in text.lower()):
        return ""
    rest = found["rest"].lower()
    parts = ["CC-BY"]
    parts += ["NC"] if re.search(r"nc|non-?c", rest) else []
    parts += ["ND"] if re.search(r"nd|no-?d", rest) else []
    parts += ["SA"] if re.search(r"sa|share", rest) else []
    return "-".join([*parts, found["version"] or "4.0"])


def _from_switches(value: Mapping[str, Value]) -> str:
    """Hugo Blox: `{enable: true, allow_derivatives: false, share_alike: true, …}`."""
    if value.get("enable") is not True:
        return spdx(value.get("name") or value.get("url") or value.get("id"))
    parts = ["CC-BY"]
    if value.get("allow_commercial") is False:
        parts.append("NC")
    if value.get("allow_derivatives") is False:
        parts.append("ND")
    elif value.get("share_alike") is True:
        parts.append("SA")
    return "-".join([*parts, "4.0"])
