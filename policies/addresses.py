"""Ranges of addresses that a firewall lets in."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final

# A /8 is 16 million addresses: no office and no province has one. Two halves (/1) would be the whole internet as well.
_WIDEST_V4: Final = 8
_WIDEST_V6: Final = 32


def is_everyone(text: str) -> bool:
    """Whether a range lets in anybody: the internet, or a part of it that is no organisation's own."""
    wanted = text.strip().lower()
    if wanted in {"*", "any", "internet"} or wanted.endswith("/0"):
        return True
    try:
        return any(_is_wide(network) for network in _networks(wanted))
    except (ValueError, TypeError):
        return False


def is_rented(text: str) -> bool:
    """Whether a service tag stands for machines that anybody can rent: all of Azure's, or those of one region."""
    return text.strip().lower().split(".", maxsplit=1)[0] == "azurecloud"


def _networks(text: str) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """What a range stands for; a firewall and Logic Apps take `first-last` as well."""
    first, dash, last = text.partition("-")
    if dash:
        ends = (ipaddress.ip_address(each.strip()) for each in (first, last))
        yield from ipaddress.summarize_address_range(*ends)
    else:
        yield ipaddress.ip_network(text, strict=False)


def _is_wide(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    if network.is_private and network.prefixlen > 0:
        return False
    return network.prefixlen <= (_WIDEST_V4 if network.version == 4 else _WIDEST_V6)


def is_private(address: str) -> bool:
    """Whether an address is one of a private network."""
    try:
        return ipaddress.ip_address(address.strip()).is_private
    except ValueError:
        return False
