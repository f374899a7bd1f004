"""Ranges of addresses that a firewall lets in."""

from __future__ import annotations

import ipaddress
from typing import Final

# A /8 is 16 million addresses: no office and no province has one. Two halves (/1) would be the whole internet as well.
_WIDEST_V4: Final = 8
_WIDEST_V6: Final = 32


def is_everyone(text: str) -> bool:
    """Whether a range lets in anybody: the internet, or a part of it that is no organisation's own."""
    wanted = text.strip().lower()
    if wanted in {"*", "any", "internet"}:
        return True
    try:
        network = ipaddress.ip_network(wanted, strict=False)
    except ValueError:
        return False
    if network.is_private and network.prefixlen > 0:
        return False
    return network.prefixlen <= (_WIDEST_V4 if network.version == 4 else _WIDEST_V6)


def is_private(address: str) -> bool:
    """Whether an address is one of a private network."""
    try:
        return ipaddress.ip_address(address.strip()).is_private
    except ValueError:
        return False
