"""What Azure Key Vault refuses in a vault: access policies, network rules, protection that can't be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from uuid import UUID

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.resources.firewall_rules import known_items, range_of, without_endpoint
from simulator.rule import Fault, rule
from simulator.values import at

_POLICIES = "properties.accessPolicies"
_MAX_POLICIES = 1024
_MAX_ADDRESSES, _MAX_SUBNETS = 1000, 200
_PRIVATE = tuple(IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
# Microsoft.KeyVault/vaults reference, Permissions (2025-05-01).
_BASIC = {"all", "backup", "delete", "get", "list", "purge", "recover", "restore"}
_PERMISSIONS: Mapping[str, set[str]] = {
    "secrets": _BASIC | {"set"},
    "keys": _BASIC
    | {"create", "decrypt", "encrypt", "getrotationpolicy", "import", "release", "rotate", "setrotationpolicy", "sign"}
    | {"unwrapkey", "update", "verify", "wrapkey"},
    "certificates": _BASIC
    | {"create", "deleteissuers", "getissuers", "import", "listissuers", "managecontacts", "manageissuers"}
    | {"setissuers", "update"},
    "storage": _BASIC | {"deletesas", "getsas", "listsas", "regeneratekey", "set", "setsas", "update"},
}


@rule(
    "kv-purge-protection-false",
    kind="lifecycle",
    source="Azure/azure-cli#29115, Azure/ai-hub#241",
    reads=("properties.enablePurgeProtection",),
    quoted=True,
)
def purge_protection_stays(request: Request) -> Iterator[Fault]:
    """Purge protection is never off: it is absent or on."""
    if request.at("properties.enablePurgeProtection") is False:
        yield Fault(
            'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a '
            "vault is an irreversible action.",
            "properties.enablePurgeProtection",
            "leave the property out to have no purge protection, or set it to true",
        )


@rule(
    "kv-soft-delete-stays",
    kind="lifecycle",
    source="Microsoft.KeyVault/vaults reference, enableSoftDelete (2025-05-01)",
    reads=("properties.enableSoftDelete",),
)
def soft_delete_stays(request: Request) -> Iterator[Fault]:
    """Soft delete can't be switched off."""
    path = "properties.enableSoftDelete"
    was_on = request.old is not None and at(request.old.body, path) is not False
    if was_on and request.at(path) is False:
        yield Fault("soft delete of a vault can't be switched off", path, "set it to true")


@rule(
    "kv-soft-delete-days-stay",
    kind="lifecycle",
    source="Microsoft.KeyVault/vaults reference, softDeleteRetentionInDays (2025-05-01)",
    reads=("properties.softDeleteRetentionInDays",),
    quoted=True,
)
def soft_delete_days_stay(request: Request) -> Iterator[Fault]:
    """The length of soft delete is chosen once."""
    path = "properties.softDeleteRetentionInDays"
    before = at(request.old.body, path) if request.old is not None else None
    after = request.known(path, before)
    if before is not None and after != before:
        yield Fault(
            'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
            path,
            f"keep {before}, or make a new vault",
        )


@rule(
    "kv-soft-delete-days",
    kind="static",
    source="Microsoft.KeyVault/vaults reference, softDeleteRetentionInDays (2025-05-01)",
)
def soft_delete_has_days(request: Request) -> Iterator[Fault]:
    """A deleted vault is kept 7 to 90 days."""
    days = request.known("properties.softDeleteRetentionInDays")
    if isinstance(days, int) and not 7 <= days <= 90:
        yield Fault(f"soft delete of {days} days", "properties.softDeleteRetentionInDays", "use 7 to 90 days")


@rule(
    "kv-access-policies-missing",
    kind="static",
    source="pulumi/pulumi-azure-native#1478",
    reads=(_POLICIES, "properties.enableRbacAuthorization", "properties.createMode"),
    quoted=True,
)
def policies_are_there(request: Request) -> Iterator[Fault]:
    """Without RBAC the list of access policies has to be there, if empty."""
    recovers = str(request.known("properties.createMode", "default")).lower() == "recover"
    uses_policies = request.known("properties.enableRbacAuthorization") is False
    if uses_policies and request.at(_POLICIES) is None and not recovers:
        yield Fault("The parameter accessPolicies is not specified.", _POLICIES, "write an empty list")


@rule(
    "kv-access-policy-permission-value",
    kind="static",
    source="Azure/azure-libraries-for-net#361",
    quoted=True,
)
def permissions_exist(request: Request) -> Iterator[Fault]:
    """Access policies name permissions that exist."""
    for target, item in known_items(request, _POLICIES):
        for kind, allowed in _PERMISSIONS.items():
            listed = at(item, f"permissions.{kind}")
            for permission in listed if isinstance(listed, list) else []:
                if isinstance(permission, str) and permission.lower() not in allowed:
                    yield Fault(
                        "An invalid value was provided for 'accessPolicies'.",
                        _POLICIES,
                        f"{target}.permissions.{kind}: '{permission}' is none of {', '.join(sorted(allowed))}",
                    )


@rule(
    "kv-access-policy-limit",
    kind="static",
    source="MicrosoftDocs/azure-security-docs key-vault/general/assign-access-policy.md (checked 2026-11-25)",
)
def policies_are_few(request: Request) -> Iterator[Fault]:
    """A vault takes 1,024 access policies."""
    listed = request.known(_POLICIES, [])
    if isinstance(listed, list) and len(listed) > _MAX_POLICIES:
        yield Fault(f"{len(listed)} access policies", _POLICIES, f"use at most {_MAX_POLICIES}, or RBAC")


@rule(
    "kv-acl-subnet-needs-service-endpoint",
    kind="cross-resource",
    source="Azure/avdaccelerator#818",
    quoted=True,
)
def subnet_has_endpoint(request: Request) -> Iterator[Fault]:
    """A subnet reaches the vault by a service endpoint, which it must have first."""
    path = "properties.networkAcls.virtualNetworkRules"
    for target, subnet_id in without_endpoint(request, path, "id", "Microsoft.KeyVault"):
        yield Fault(
            "Operation on Virtual Network could not be performed. StatusCode: 400 (BadRequest). Error Code: "
            f"SubnetsHaveNoServiceEndpointsConfigured. Error Message: Subnets {name_of(subnet_id)} of virtual network "
            f"{next(parents(subnet_id), '')} do not have ServiceEndpoints for Microsoft.KeyVault resources configured. "
            "Add Microsoft.KeyVault to subnet's ServiceEndpoints collection before trying to ACL Microsoft.KeyVault "
            "resources to these subnets..",
            f"{target}.id",
            "add Microsoft.KeyVault to the subnet's serviceEndpoints",
        )


@rule(
    "kv-network-rules",
    kind="static",
    source="MicrosoftDocs/azure-security-docs key-vault/general/network-security.md (checked 2026-11-25)",
)
def network_rules_are_valid(request: Request) -> Iterator[Fault]:
    """A vault takes 1,000 rules with IPv4 ranges, and 200 with subnets."""
    for name, most in (("ipRules", _MAX_ADDRESSES), ("virtualNetworkRules", _MAX_SUBNETS)):
        listed = request.known(f"properties.networkAcls.{name}", [])
        if isinstance(listed, list) and len(listed) > most:
            yield Fault(f"{len(listed)} rules", f"properties.networkAcls.{name}", f"use at most {most}")
    for target, item in known_items(request, "properties.networkAcls.ipRules"):
        text = at(item, "value")
        if isinstance(text, str) and range_of(text) is None:
            yield Fault(
                f"'{text}' is no IPv4 address or range", f"{target}.value", "write CIDR, such as 203.0.113.0/24"
            )


@rule(
    "kv-private-range",
    kind="static",
    source="Azure/azure-powershell#11471 (checked 2026-11-25)",
    quoted=True,
)
def address_rules_are_public(request: Request) -> Iterator[Fault]:
    """Private addresses never reach the vault's public endpoint."""
    for target, item in known_items(request, "properties.networkAcls.ipRules"):
        text = at(item, "value")
        network = range_of(text) if isinstance(text, str) else None
        found = next((each for each in _PRIVATE if network is not None and network.subnet_of(each)), None)
        if found is not None:
            yield Fault(
                f"Invalid value found at {target}.value: {text} belongs to forbidden range {found[0]}\u2013{found[-1]} "
                "(private IP addresses)",
                f"{target}.value",
                "allow its subnet by a virtual network rule, or use a private endpoint",
            )


@rule(
    "kv-tenant-is-guid",
    kind="static",
    source="Microsoft.KeyVault/vaults reference, tenantId (2024-11-01; code not confirmed)",
)
def tenant_is_a_guid(request: Request) -> Iterator[Fault]:
    """A tenant is named by its id, not by its domain."""
    tenant = request.known("properties.tenantId")
    if isinstance(tenant, str) and not is_guid(tenant):
        yield Fault(f"'{tenant}' is no tenant id", "properties.tenantId", "write the GUID of the tenant")


@rule(
    "kv-access-policy-tenant",
    kind="static",
    source="Microsoft.KeyVault/vaults reference, accessPolicies (2024-11-01)",
    reads=("properties.tenantId",),
)
def policies_are_of_the_tenant(request: Request) -> Iterator[Fault]:
    """A vault knows the identities of one tenant."""
    tenant = request.known("properties.tenantId")
    for target, item in known_items(request, _POLICIES):
        own = at(item, "tenantId")
        if isinstance(own, str) and isinstance(tenant, str) and own.lower() != tenant.lower():
            yield Fault(f"{target} is for tenant {own}, the vault for {tenant}", _POLICIES, f"use tenant {tenant}")


@rule(
    "kv-access-policy-object",
    kind="static",
    source="Microsoft.KeyVault/vaults reference, AccessPolicyEntry.objectId (2024-11-01)",
)
def policies_name_objects(request: Request) -> Iterator[Fault]:
    """An identity is named by its object id, not by its name or address."""
    for target, item in known_items(request, _POLICIES):
        named = at(item, "objectId")
        if isinstance(named, str) and not is_guid(named):
            yield Fault(f"{target}: '{named}' is no object id", _POLICIES, "write the GUID of the user, group or app")


def is_guid(text: str) -> bool:
    """Whether a text is a GUID."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


VAULT_RULES = (
    purge_protection_stays, soft_delete_stays, soft_delete_days_stay, soft_delete_has_days, policies_are_there,
    tenant_is_a_guid, policies_are_of_the_tenant, policies_name_objects, permissions_exist, policies_are_few,
    subnet_has_endpoint, network_rules_are_valid, address_rules_are_public,
)  # fmt: skip
