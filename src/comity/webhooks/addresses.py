"""Where a webhook may be sent: an address on the public internet, looked up once and then kept to.

A name that means an address of this machine, of a private network or of a link is refused, whatever it is written as;
so is one of which any address is. Networks that are allowed on purpose (a receiver inside) are named by the server.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from comity.errors import InputError, UsageError

__all__ = ["Network", "Place", "Resolve", "place", "resolved"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """A URL taken apart. ``host`` is a name or an address, ``path`` has the query."""

    url: str
    secure: bool
    host: str
    port: int
    path: str


def place(url: str) -> Place:
    """The place of a URL. Raises UsageError for what is none, or may not be one of a webhook."""
    hint = "write https://host/path"
    if len(url) > _LONGEST or any(ord(each) <= 32 or ord(each) == 127 for each in url):
        raise UsageError("is no address", where=url[:80], hint=hint)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("is no address", where=url[:80], hint=hint) from error
    if parts.scheme not in ("https", "http") or not host or not url.isascii():
        raise UsageError("is no address of a webhook", where=url[:80], hint=hint)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise UsageError("has a name, a password or a fragment in it", where=url[:80], hint=hint)
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(url, secure, host, port or (443 if secure else 80), path)


def resolved(where: Place, allowed: Sequence[Network] = (), resolve: Resolve | None = None) -> str:
    """The one address to connect to. Raises InputError where the name means none, or one that is refused."""
    try:
        found = (resolve or _look_up)(where.host, where.port)
    except OSError as error:
        raise InputError("the host can't be found", where=where.host, hint="check its name") from error
    if not found:
        raise InputError("the host can't be found", where=where.host, hint="check its name")
    for each in found:
        if not _may_be_asked(ipaddress.ip_address(each.partition("%")[0]), allowed):
            hint = "webhooks go to public addresses only; --webhook-network allows a network"
            raise InputError("is an address of a private network or of this machine", where=where.host, hint=hint)
    return found[0]


def _look_up(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _may_be_asked(address: Address, allowed: Sequence[Network]) -> bool:
    inside = [address, *_embedded(address)]
    if any(each in network for network in allowed for each in inside if each.version == network.version):
        return True
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in inside)


def _embedded(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]
