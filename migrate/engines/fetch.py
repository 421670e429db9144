"""Fetching a feed from its address, on the person's own request."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import urlsplit

from migrate import __version__
from migrate.diagnostics import MigrateError

LARGEST = 200_000_000
"""Bytes; more is no feed."""
PATIENCE = 30.0
"""Seconds without an answer."""


def fetch(url: str) -> bytes:
    """What the server answers at an `http` or `https` URL.

    Raises MigrateError where there is no such place, no network, or far too much.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise MigrateError("only http and https addresses can be fetched", url)
    request = urllib.request.Request(url, headers={"User-Agent": f"hugo2myst/{__version__}"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise MigrateError(f"the server answers {error.code} {error.reason}", url) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise MigrateError(f"can't be fetched: {reason}", url) from None
    if len(data) > LARGEST:
        raise MigrateError(f"is larger than {LARGEST // 1_000_000} MB", url)
    return data
