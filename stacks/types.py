"""The vocabulary of the settings: one annotated type per kind of value.

Owns what one value may look like. Does not own rules that need two values: those are in `stacks.checks`.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidatorFunctionWrapHandler, WrapValidator


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
    # Not `is_private`: it also holds for loopback, link-local and documentation ranges.
    if not any(network.subnet_of(IPv4Network(block)) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")):
        raise ValueError("private; use RFC 1918 space: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
    return network


def _let_encrypted_pass(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """Outside Pulumi an encrypted text can't be read; it must not stop a rehearsal."""
    return value if value == ENCRYPTED else validate(value)


ENCRYPTED = "[secret]"
"""Stands for a text that only Pulumi can decrypt."""

_MayBeEncrypted = WrapValidator(_let_encrypted_pass)

Cidr = Annotated[IPv4Network, AfterValidator(_private_network)]
Address = IPv4Address
Guid = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"), _MayBeEncrypted
]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"), _MayBeEncrypted]
VmSize = Annotated[str, StringConstraints(pattern=r"^Standard_[A-Za-z0-9]+(_[A-Za-z0-9]+)*$")]
Zone = Annotated[str, StringConstraints(pattern=r"^[123]$")]
WorkloadName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,7}$")]
CostCentre = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{3,20}$"), _MayBeEncrypted]
PoolName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,11}$")]
ContainerName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")]
KubernetesVersion = Annotated[str, StringConstraints(pattern=r"^1\.\d{2}$")]
Taint = Annotated[str, StringConstraints(pattern=r"^[^=:\s]+(=[^:\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$")]
Fqdn = Annotated[
    str, StringConstraints(pattern=r"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"), _MayBeEncrypted
]
ResourceId = Annotated[str, StringConstraints(pattern=r"^/subscriptions/[0-9a-f-]{36}/.+"), _MayBeEncrypted]
LocalTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
UtcOffset = Annotated[str, StringConstraints(pattern=r"^[+-]\d{2}:\d{2}$")]
Percent = Annotated[int, Field(ge=1, le=1000)]
MaxPrice = Annotated[float, Field(ge=-1)]
