"""What Azure refuses about a public IP address: its kind, its allocation, its name in DNS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.ids import key
from simulator.model import Request, normal_location
from simulator.rule import Fault, rule
from simulator.subscription import subscription
from simulator.values import at

PUBLIC_IPS: Final = "Microsoft.Network/publicIPAddresses"
_LABEL_PATTERN: Final = "^[a-z][a-z0-9-]{1,61}[a-z0-9]$"
_LABEL = re.compile(_LABEL_PATTERN)
_STANDARD: Final = frozenset({"standard", "standardv2"})
_TIMEOUTS: Final = range(4, 31)


@rule(
    "net-pip-standard-is-static", kind="static", code="StandardSkuPublicIPAddressesMustBeStatic", quoted=True,
    source="MicrosoftDocs/azure-docs#42889; pulumi/pulumi-azure-native#1597",
    reads=("sku.name", "publicIPAllocationMethod"),
)  # fmt: skip
def standard_is_static(request: Request) -> Iterator[Fault]:
    """A Standard address is allocated once and for all; the method is Dynamic where nothing is said."""
    is_standard = str(request.known("sku.name", "")).lower() in _STANDARD
    if is_standard and request.known("publicIPAllocationMethod", "Dynamic") != "Static":
        yield Fault(
            f"Standard sku publicIp {request.id} must have AllocationMethod set to Static.",
            "publicIPAllocationMethod",
            "write publicIPAllocationMethod: Static",
        )


@rule(
    "net-pip-basic-retired", kind="state", code="IPv4BasicSkuPublicIpCountLimitReached", quoted=True,
    source="public reports after the retirement of 2025-09-30 (checked 2026-11-25)",
    reads=("sku.name", "publicIPAddressVersion"),
)  # fmt: skip
def no_new_basic(request: Request) -> Iterator[Fault]:
    """No new Basic address is made since 30 September 2025."""
    is_ipv4 = request.known("publicIPAddressVersion", "IPv4") == "IPv4"
    if request.old is None and request.known("sku.name") == "Basic" and is_ipv4:
        yield Fault(
            "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.",
            "sku.name",
            "use the SKU Standard, with publicIPAllocationMethod: Static",
        )


@rule(
    "net-pip-basic-ipv6-is-dynamic", kind="static", quoted=True,
    code="CannotSpecifyPublicIpAllocationMethodAsStaticForIpV6PublicIp",
    source="hashicorp/terraform-provider-azurerm#14762",
    reads=("sku.name", "publicIPAllocationMethod", "publicIPAddressVersion"),
)  # fmt: skip
def basic_ipv6(request: Request) -> Iterator[Fault]:
    """A static IPv6 address is Standard; the SKU is Basic where nothing is said."""
    is_ipv6 = request.known("publicIPAddressVersion") == "IPv6"
    if is_ipv6 and request.known("publicIPAllocationMethod") == "Static" and request.known("sku.name") is None:
        yield Fault(
            "Cannot specify publicIpAllocationMethod as Static for IPv6 PublicIp",
            "publicIPAllocationMethod",
            "write sku: {name: Standard}",
        )


@rule(
    "net-pip-dns-label", kind="static", code="InvalidDomainNameLabel", quoted=True,
    source="reports of InvalidDomainNameLabel from Azure deployments; Azure/azure-cli#25604 for the record (checked "
    "2026-11-25)",
    reads=("dnsSettings.domainNameLabel",),
)  # fmt: skip
def dns_label(request: Request) -> Iterator[Fault]:
    """The label is lower-case, begins with a letter and has three to sixty-three characters."""
    label = request.known("dnsSettings.domainNameLabel")
    if isinstance(label, str) and _LABEL.match(label) is None:
        yield Fault(
            f"The domain name label {label} is invalid. It must conform to the following regular expression: "
            f"{_LABEL_PATTERN}.",
            "dnsSettings.domainNameLabel",
            "use lower-case letters, digits and hyphens, beginning with a letter",
        )


@rule(
    "net-pip-dns-label-taken", kind="state", code="DnsRecordInUse", quoted=True,
    source="Azure/azure-quickstart-templates#4978; scarolan/azure-terraform-beginners#20",
    reads=("dnsSettings", "location"),
)  # fmt: skip
def dns_label_taken(request: Request) -> Iterator[Fault]:
    """The label is nobody else's in the region."""
    label = request.known("dnsSettings.domainNameLabel")
    if not isinstance(label, str) or request.at("dnsSettings.domainNameLabelScope") is not None:
        return
    record = f"{label.lower()}.{request.location}.cloudapp.azure.com"
    taken = subscription().is_name_taken("Microsoft.Network/publicIPAddresses/dnsRecord", record)
    for other in request.world.of_type(PUBLIC_IPS):
        theirs, where = at(other.body, "dnsSettings.domainNameLabel"), other.body.get("location")
        same = str(theirs).lower() == label.lower() and isinstance(where, str)
        if other.key != key(request.id) and same and normal_location(str(where)) == request.location:
            taken = True
    if taken:
        yield Fault(
            f"DNS record {record} is already used by another public IP.",
            "dnsSettings.domainNameLabel",
            "choose another label, or set domainNameLabelScope, which adds a hash to it",
        )


@rule(
    "net-pip-idle-timeout", kind="static", reads=("idleTimeoutInMinutes",),
    source="azure-docs:virtual-network/ip-services/public-ip-addresses.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def idle_timeout(request: Request) -> Iterator[Fault]:
    """Connections are idle for four to thirty minutes."""
    value = request.known("idleTimeoutInMinutes")
    if isinstance(value, (int, float)) and value not in _TIMEOUTS:
        yield Fault(f"idleTimeoutInMinutes is {value} and must be 4 to 30", "idleTimeoutInMinutes", "use 4 to 30")


RULES: Final = (
    no_new_basic,
    standard_is_static,
    basic_ipv6,
    dns_label,
    dns_label_taken,
    idle_timeout,
)
