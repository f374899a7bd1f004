"""The vocabulary of the settings: one annotated type per kind of value.

Owns what one value may look like. Does not own rules that need two values: those are in `stacks.checks`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints


class Environment(StrEnum):
    """The stage that a stack serves; also the stack's name."""

    DEV = "dev"
    TEST = "test"
    PROD = "prod"


class Region(StrEnum):
    """Azure regions in Canada. Data stays in the country, so no other region is a valid value."""

    CANADA_CENTRAL = "canadacentral"
    CANADA_EAST = "canadaeast"


class Classification(StrEnum):
    """Information security classification of the Government of Alberta, lowest first."""

    PUBLIC = "Public"
    PROTECTED_A = "Protected A"
    PROTECTED_B = "Protected B"
    PROTECTED_C = "Protected C"


def _private_network(network: IPv4Network) -> IPv4Network:
    if not network.is_private:
        raise ValueError(f"{network} is public address space; use RFC 1918 space (10/8, 172.16/12, 192.168/16)")
    return network


def _rate(value: object) -> object:
    """YAML reads `-1` as int; a price is a float on the wire."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Cidr = Annotated[IPv4Network, AfterValidator(_private_network)]
Address = IPv4Address
Guid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")]
VmSize = Annotated[str, StringConstraints(pattern=r"^Standard_[A-Za-z0-9]+(_[A-Za-z0-9]+)*$")]
Zone = Annotated[str, StringConstraints(pattern=r"^[123]$")]
WorkloadName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,7}$")]
PoolName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,11}$")]
ContainerName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")]
KubernetesVersion = Annotated[str, StringConstraints(pattern=r"^1\.\d{2}$")]
Taint = Annotated[str, StringConstraints(pattern=r"^[^=:\s]+(=[^:\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$")]
Fqdn = Annotated[str, StringConstraints(pattern=r"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")]
ResourceId = Annotated[str, StringConstraints(pattern=r"^/subscriptions/[0-9a-f-]{36}/.+")]
Percent = Annotated[int, Field(ge=1, le=1000)]
MaxPrice = Annotated[float, BeforeValidator(_rate), Field(ge=-1)]
FirstOfMonth = date
