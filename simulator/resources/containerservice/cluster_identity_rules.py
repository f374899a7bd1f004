"""What AKS refuses about a cluster's identities, the roles that they need, and its key vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from facts.roles import role
from simulator.ids import key, looks_like_id, name_of
from simulator.model import Request, guid
from simulator.resources.containerservice import CODES, docs, issue, support
from simulator.resources.containerservice.pool import pools_of, subnet
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at, has_unknown

# Roles that reach a vault and none of its keys.
_NO_KEYS = ("Owner", "Contributor", "Reader", "Key Vault Contributor", "Key Vault Reader")


def _identity(request: Request) -> Record | None:
    """The user-assigned identity of the control plane, when this update makes it.

    One that was there before may have roles that nobody here knows of.
    """
    listed = request.known("identity.userAssignedIdentities")
    ids = list(listed) if isinstance(listed, list | dict) else []
    named = ids[0] if ids and isinstance(ids[0], str) else None
    return request.world.get(named) if named is not None and request.world.is_new(named) else None


def _may_reach(request: Request, identity: Record, target: str, without: tuple[str, ...] = ()) -> bool:
    """Whether some role of an identity covers a resource, or could: what is not known yet counts as a yes."""
    refused = {role(name).id for name in without}
    for record in request.world.of_type("Microsoft.Authorization/roleAssignments"):
        principal, scope = record.body.get("principalId"), record.body.get("scope")
        definition = record.body.get("roleDefinitionId")
        if has_unknown([principal, scope, definition]):
            return True
        if principal != guid(identity.id, "principal") or name_of(str(definition)) in refused:
            continue
        own = key(str(scope))
        if key(target) == own or key(target).startswith(f"{own}/") or "/managementgroups/" in own:
            return True
    return False


def _is_user_assigned(request: Request) -> bool:
    """Absent and unknown identities get the benefit of the doubt; so do service principals."""
    kind = request.at("identity.type")
    return kind is None or kind is UNKNOWN or kind == "UserAssigned"


@rule("aks-custom-private-dns-identity", kind="static", code="OnlySupportedOnUserAssignedMSICluster",
      source=f"{issue('MicrosoftDocs/azure-docs#116667')}; {docs('private-clusters.md')}",
      reads=("identity", "apiServerAccessProfile.privateDNSZone"))  # fmt: skip
def private_dns_identity(request: Request) -> Iterator[Fault]:
    """AKS writes into the zone before the cluster has an identity of its own."""
    zone = request.known("apiServerAccessProfile.privateDNSZone")
    if looks_like_id(zone) and not _is_user_assigned(request):
        yield Fault(
            "a custom privateDNSZone needs a user-assigned identity: a system-assigned one does not exist yet when AKS "
            "writes into the zone",
            "identity.type", "use identity.type UserAssigned, with Private DNS Zone Contributor on the zone",
        )  # fmt: skip


@rule("aks-private-dns-role", kind="cross-resource", code="CustomPrivateDNSZoneMissingPermissionError", quoted=True,
      source=support("error-codes/customprivatednszonemissingpermissions-error.md"),
      reads=("identity", "apiServerAccessProfile.privateDNSZone"))  # fmt: skip
def private_dns_role(request: Request) -> Iterator[Fault]:
    """The identity writes the API server's record; judged only where both are made here."""
    zone, identity = request.known("apiServerAccessProfile.privateDNSZone"), _identity(request)
    if not isinstance(zone, str) or identity is None or request.world.get(zone) is None or request.old is not None:
        return
    if not _may_reach(request, identity, zone, ("Reader",)):
        yield Fault(
            "Service principal or user-assigned identity must be given permission to read and write to custom private "
            f"dns zone {zone}. Check access result not allowed for action Microsoft.Network/privateDnsZones/read.",
            "apiServerAccessProfile.privateDNSZone",
            "assign Private DNS Zone Contributor on the zone to the identity first (dependsOn)",
        )


@rule("aks-kubelet-identity", kind="static", code="CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
      source=f"{docs('pre-created-kubelet-managed-identity.md')}; {CODES}",
      reads=("identity", "identityProfile"))  # fmt: skip
def kubelet_identity(request: Request) -> Iterator[Fault]:
    """A kubelet identity of one's own goes with a control plane identity of one's own."""
    if request.known("identityProfile.kubeletidentity.resourceId") and not _is_user_assigned(request):
        yield Fault("a custom kubelet identity needs a user-assigned identity of the control plane", "identity.type",
                    "use identity.type UserAssigned")  # fmt: skip


@rule("aks-kubelet-identity-role", kind="cross-resource", code="CustomKubeletIdentityMissingPermissionError",
      source=f"{docs('pre-created-kubelet-managed-identity.md')}; {CODES}",
      reads=("identity", "identityProfile.kubeletidentity.resourceId"))  # fmt: skip
def kubelet_identity_role(request: Request) -> Iterator[Fault]:
    """The control plane gives the kubelet's identity to machines; judged only where both are made here."""
    kubelet, identity = request.known("identityProfile.kubeletidentity.resourceId"), _identity(request)
    if (
        not isinstance(kubelet, str)
        or identity is None
        or request.world.get(kubelet) is None
        or request.old is not None
    ):
        return
    if not _may_reach(request, identity, kubelet, ("Reader",)):
        yield Fault(
            f"the identity {name_of(identity.id)} of the control plane may not assign the kubelet identity "
            f"{name_of(kubelet)}",
            "identityProfile.kubeletidentity.resourceId",
            "assign Managed Identity Operator on the kubelet identity to it first (dependsOn)",
        )


def _own_route_tables(request: Request) -> Iterator[tuple[str, str]]:
    """The target and the table of each subnet in which a new kubenet cluster finds a table of routes."""
    if request.old is not None or request.known("networkProfile.networkPlugin") != "kubenet":
        return
    for pool in pools_of(request):
        body = subnet(pool.known("vnetSubnetID"), request.world)
        table = at(body, "routeTable.id") if body is not None else None
        if looks_like_id(table):
            yield f"{pool.prefix}vnetSubnetID", str(table)


@rule("aks-route-table-identity", kind="cross-resource", code="CustomRouteTableWithUnsupportedMSIType",
      source=f"{docs('configure-kubenet.md')}; code not confirmed",
      reads=("identity", "networkProfile.networkPlugin"))  # fmt: skip
def route_table_identity(request: Request) -> Iterator[Fault]:
    """AKS writes routes before the cluster has an identity of its own."""
    for target, _ in _own_route_tables(request) if request.known("identity.type") == "SystemAssigned" else ():
        yield Fault("kubenet on a subnet with a route table of one's own needs a user-assigned identity", target,
                    "use identity.type UserAssigned, or a subnet without a route table")  # fmt: skip


@rule("aks-route-table-role", kind="cross-resource", code="CustomRouteTableMissingPermission",
      source=f"{docs('configure-kubenet.md')}; code not confirmed",
      reads=("identity", "networkProfile.networkPlugin"))  # fmt: skip
def route_table_role(request: Request) -> Iterator[Fault]:
    """The identity writes routes; judged only where it and the table are made here."""
    identity = _identity(request)
    for target, table in _own_route_tables(request) if identity is not None else ():
        known = request.world.get(table) is not None
        if identity is not None and known and not _may_reach(request, identity, table, ("Reader",)):
            yield Fault(f"the identity {name_of(identity.id)} may not write routes into {table}", target,
                        "assign Network Contributor on the route table to it first (dependsOn)")  # fmt: skip


@rule("aks-identity-listed", kind="static", reads=("identity",),
      source=f"the SDK's words on ManagedClusterIdentity; {docs('user-assigned-managed-identity.md')}")  # fmt: skip
def identity_listed(request: Request) -> Iterator[Fault]:
    """UserAssigned means exactly one identity."""
    if request.at("identity.type") == "UserAssigned":
        listed: Any = request.at("identity.userAssignedIdentities")
        count = len(listed) if isinstance(listed, list | dict) else 0
        if count != 1:
            yield Fault(f"identity.type UserAssigned needs one identity, and {count} are listed",
                        "identity.userAssignedIdentities", "list one identity")  # fmt: skip


@rule("aks-identity-missing", kind="static", code="InvalidParameter", reads=("identity", "servicePrincipalProfile"),
      source=issue("Azure/AKS#4528; Azure/azure-cli#12219"), quoted=True)  # fmt: skip
def identity_missing(request: Request) -> Iterator[Fault]:
    """A cluster acts as somebody."""
    if request.old is None and request.at("identity") is None and request.at("servicePrincipalProfile") is None:
        yield Fault("Required parameter servicePrincipalProfile is missing (null).", "servicePrincipalProfile",
                    "add `identity` with type UserAssigned or SystemAssigned")  # fmt: skip


@rule("aks-capacity-reservation-identity", kind="static", reads=("identity", "agentPoolProfiles"),
      source=f"{docs('use-capacity-reservation-groups.md')}; code not confirmed")  # fmt: skip
def capacity_identity(request: Request) -> Iterator[Fault]:
    """The control plane takes what is reserved with a role that it has beforehand."""
    for pool in pools_of(request) if request.known("identity.type") == "SystemAssigned" else ():
        if pool.known("capacityReservationGroupID"):
            yield Fault("capacityReservationGroupID needs a user-assigned identity of the control plane",
                        "identity.type", "use identity.type UserAssigned")  # fmt: skip
            return


@rule("aks-kms-network-access", kind="static", quoted=True, source=issue("MicrosoftDocs/azure-docs#93886"),
      reads=("securityProfile.azureKeyVaultKms",))  # fmt: skip
def kms_network_access(request: Request) -> Iterator[Fault]:
    """AKS has to be told how it reaches the vault."""
    kms = "securityProfile.azureKeyVaultKms"
    if request.known(f"{kms}.enabled") is True and request.at(f"{kms}.keyVaultNetworkAccess") is None:
        yield Fault("KeyVault network access is unspecified for Azure Key Vault KMS.",
                    f"{kms}.keyVaultNetworkAccess", "write Public or Private")  # fmt: skip


@rule("aks-kms-vault", kind="static", reads=("securityProfile.azureKeyVaultKms",),
      source=f"the SDK's words on AzureKeyVaultKms; {docs('use-kms-etcd-encryption.md')}")  # fmt: skip
def kms_vault(request: Request) -> Iterator[Fault]:
    """A key with its version, and the vault's id when it is private."""
    kms = "securityProfile.azureKeyVaultKms"
    if request.known(f"{kms}.enabled") is not True:
        return
    if request.at(f"{kms}.keyId") is None:
        yield Fault("Azure Key Vault KMS needs a keyId", f"{kms}.keyId", "write the id of a key with its version")
    if request.known(f"{kms}.keyVaultNetworkAccess") == "Private" and not request.at(f"{kms}.keyVaultResourceId"):
        yield Fault("a private key vault needs keyVaultResourceId", f"{kms}.keyVaultResourceId", "write the vault's id")


@rule("aks-kms-identity", kind="static", reads=("identity", "securityProfile.azureKeyVaultKms"),
      source=f"{docs('use-kms-etcd-encryption.md')}; code not confirmed")  # fmt: skip
def kms_identity(request: Request) -> Iterator[Fault]:
    """The key has to be open before the cluster is there, and with it an identity of its own."""
    on = request.known("securityProfile.azureKeyVaultKms.enabled") is True
    if on and request.known("identity.type") == "SystemAssigned":
        yield Fault("Azure Key Vault KMS needs a user-assigned identity", "identity.type",
                    "use identity.type UserAssigned")  # fmt: skip


@rule("aks-kms-private", kind="static",
      reads=("securityProfile.azureKeyVaultKms", "apiServerAccessProfile.enableVnetIntegration"),
      source=f"{docs('use-kms-etcd-encryption.md')}; code not confirmed")  # fmt: skip
def kms_private(request: Request) -> Iterator[Fault]:
    """A private vault is reached from an API server in the network."""
    kms = "securityProfile.azureKeyVaultKms"
    private = request.known(f"{kms}.enabled") is True and request.known(f"{kms}.keyVaultNetworkAccess") == "Private"
    if private and request.at("apiServerAccessProfile.enableVnetIntegration") is not True:
        yield Fault("keyVaultNetworkAccess Private needs apiServerAccessProfile.enableVnetIntegration",
                    f"{kms}.keyVaultNetworkAccess", "enable VNet integration, or use Public")  # fmt: skip


@rule("aks-kms-role", kind="cross-resource", code="AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
      quoted=True, source=issue("Azure/AKS#3575"), reads=("identity", "securityProfile.azureKeyVaultKms"))  # fmt: skip
def kms_role(request: Request) -> Iterator[Fault]:
    """The identity encrypts with the key; judged only where identity and vault are made here."""
    key_id, identity = request.known("securityProfile.azureKeyVaultKms.keyId"), _identity(request)
    if request.known("securityProfile.azureKeyVaultKms.enabled") is not True or identity is None:
        return
    host = key_id.split("/")[2] if isinstance(key_id, str) and key_id.count("/") >= 3 else ""
    vaults = [each for each in request.world.of_type("Microsoft.KeyVault/vaults")
              if name_of(each.id).lower() == host.split(".")[0].lower()]  # fmt: skip
    for vault in vaults:
        # A role at the key alone covers it (azure-docs key-vault/general/rbac-guide.md: a scope is a vault or one key).
        key_itself = "/".join((vault.id, *str(key_id).split("/")[3:5]))
        if not _has_policy(vault, identity) and not _may_reach(request, identity, key_itself, _NO_KEYS):
            yield Fault(
                f'The identity does not have keys encrypt/decrypt permission on key vault "https://{host}"',
                "securityProfile.azureKeyVaultKms.keyId",
                "assign Key Vault Crypto User on the vault to the identity first (dependsOn)",
            )


def _has_policy(vault: Record, identity: Record) -> bool:
    """Whether an access policy of the vault may be the identity's."""
    properties = vault.body.get("properties")
    policies = properties.get("accessPolicies") if isinstance(properties, dict) else UNKNOWN
    if has_unknown(policies):
        return True
    listed = policies if isinstance(policies, list) else []
    return any(each.get("objectId") == guid(identity.id, "principal") for each in listed)


IDENTITY_RULES = (
    private_dns_identity, private_dns_role, kubelet_identity, kubelet_identity_role, route_table_identity,
    route_table_role, identity_listed, identity_missing,
    capacity_identity, kms_network_access, kms_vault, kms_identity, kms_private, kms_role,
)  # fmt: skip
