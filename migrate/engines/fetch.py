"""Fetching from the network: a feed that a person names, and the files that it shows.

Content comes from strangers, and so do the addresses in it. A host is looked up once, every
address that it has must be public, and the connection goes to that very address, on each redirect
anew; only hosts that the person typed may be private. No credentials are sent, certificates are
verified, and what is too large or too slow is given up.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from migrate import __version__
from migrate.diagnostics import MigrateError

if TYPE_CHECKING:
    import httpcore

REDIRECTS = 5
"""How many redirects are followed."""
PATIENCE = 30.0
"""Seconds without an answer, and that a server may take to begin one."""
SLOWEST = 300.0
"""Seconds for a whole file."""
FEED_SIZE = 200_000_000
"""Bytes; more is no feed."""


class Refused(Exception):
    """An address that isn't fetched, or an answer that isn't taken; the argument says why."""


@dataclass(slots=True)
class Fetcher:
    """Fetches over http and https. One instance serves many threads."""

    trusted: frozenset[str] = frozenset()
    """Host names that may be private: those that the person typed."""
    hosts: frozenset[str] | None = None
    """The only hosts that are asked, also after redirects; None: any."""
    largest: int = FEED_SIZE
    """Bytes of one answer."""
    _pool: Any = field(default=None, init=False)

    def get(self, url: str) -> bytes:
        """What the server answers; raises Refused."""
        for _ in range(REDIRECTS + 1):
            answer = self._ask(url)
            if isinstance(answer, bytes):
                return answer
            url = urljoin(url, answer)
        raise Refused("there are too many redirects")

    def _ask(self, url: str) -> bytes | str:
        """The answer's body, or where it redirects to."""
        import httpcore

        try:
            parts = urlsplit(url)
            host, _ = (parts.hostname or "").lower(), parts.port
        except ValueError:
            raise Refused("the address can't be read") from None
        if parts.scheme not in ("http", "https"):
            raise Refused("only http and https addresses can be fetched")
        if parts.username is not None:
            raise Refused("the address holds a user name")
        if self.hosts is not None and host not in self.hosts:
            raise Refused(f"`{host}` is not a host of the site")
        address = parts._replace(fragment="").geturl()
        headers = [("User-Agent", f"hugo2myst/{__version__}"), ("Accept", "*/*")]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), PATIENCE)
        try:
            with self._connections().stream(
                "GET", address.encode("utf-8"), headers=headers, extensions={"timeout": timeouts}
            ) as response:
                return self._read(response)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise Refused(str(error) or type(error).__name__) from None
        except (httpcore.UnsupportedProtocol, OSError, ValueError) as error:
            raise Refused(str(error)) from None

    def _read(self, response: httpcore.Response) -> bytes | str:
        headers = {name.lower(): value for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and b"location" in headers:
            return headers[b"location"].decode("latin-1")
        if response.status != 200:
            raise Refused(f"the server answers {response.status}")
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and len(length) < 20:
            self._check_size(int(length))
        parts, size, began = [], 0, time.monotonic()
        for part in response.iter_stream():
            parts.append(part)
            size += len(part)
            self._check_size(size)
            if time.monotonic() - began > SLOWEST:
                raise Refused(f"it takes longer than {SLOWEST:.0f} seconds")
        return b"".join(parts)

    def _check_size(self, size: int) -> None:
        if size > self.largest:
            raise Refused(f"it is larger than {self.largest // 1_000_000} MB")

    def _connections(self) -> httpcore.ConnectionPool:
        if self._pool is None:
            import httpcore

            self._pool = httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(),
                max_connections=8,
                network_backend=_guarded(self.trusted),
            )
        return self._pool  # type: ignore[no-any-return]


def fetch(url: str) -> bytes:
    """The feed at an address that a person typed.

    Raises MigrateError where there is no such place, no network, or far too much.
    """
    try:
        host = urlsplit(url).hostname or ""
        return Fetcher(frozenset([host.lower()])).get(url)
    except (Refused, ValueError) as error:
        raise MigrateError(f"can't be fetched: {error}", url) from None


def public_addresses(host: str, port: int, *, private: bool = False) -> list[str]:
    """The addresses of a host; raises Refused if one of them is not public, unless `private`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"`{host}` can't be found: {error}") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private:
        _check_public(host, addresses)
    return addresses


def _check_public(host: str, addresses: Iterable[str]) -> None:
    for text in addresses:
        address = ipaddress.ip_address(text.partition("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
        if not address.is_global or address.is_multicast or (inner and not inner.is_global):
            raise Refused(f"`{host}` has the address {address}, which is not public")


def _guarded(trusted: frozenset[str]) -> httpcore.NetworkBackend:
    """Connects to the addresses that were checked, so that a second look-up can't change them."""
    import httpcore

    class Guarded(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self._backend = httpcore.SyncBackend()

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            error: Exception = Refused(f"`{host}` has no address")
            try:
                addresses = public_addresses(host, port, private=host.lower() in trusted)
            except Refused as refused:
                raise httpcore.ConnectError(str(refused)) from None
            for address in addresses:
                try:
                    return self._backend.connect_tcp(
                        address, port, timeout, local_address, socket_options
                    )
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                    error = failed
            raise error

    return Guarded()
