"""Microsoft.DataProtection/backupVaults/backupInstances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Model, Request, normal_location
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_CODE: Final = "BMSUserErrorInvalidInput"
_AKS: Final = (
    "MicrosoftDocs/azure-docs backup/azure-kubernetes-service-cluster-backup-support-matrix.md (checked 2026-11-25; "
    "code not confirmed)"
)
_POLICY: Final = "properties.policyInfo.policyId"
_SOURCE_TYPE: Final = "properties.dataSourceInfo.datasourceType"
# Sources whose snapshots lie in a resource group of one's own.
_SNAPSHOTS: Final = ("microsoft.containerservice/managedclusters", "microsoft.compute/disks")


@rule("bi-vault-identity", kind="cross-resource", code=_CODE, source=_AKS)
def vault_has_an_identity(request: Request) -> Iterator[Fault]:
    """The vault reads the source by an identity."""
    vault = request.world.get(next(parents(request.id), ""))
    kind = at(vault.body, "identity.type") if vault is not None else UNKNOWN
    if kind in (None, "None"):
        yield Fault("the vault has no identity", "vaultName", "set identity.type of the vault")


@rule("bi-policy-of-vault", kind="static", code=_CODE, source="Microsoft.DataProtection/"
      "backupInstances reference, policyId (2025-01-01; code not confirmed)")  # fmt: skip
def policy_is_of_the_vault(request: Request) -> Iterator[Fault]:
    """A policy counts in its vault."""
    named, vault = request.known(_POLICY), next(parents(request.id), "")
    if isinstance(named, str) and key(next(parents(named), "")) != key(vault):
        yield Fault(f"{named} is no policy of {vault}", _POLICY, "use a policy of the same vault")


@rule("bi-policy-source", kind="cross-resource", code=_CODE, source="Microsoft.DataProtection/"
      "backupPolicies reference, datasourceTypes (2025-01-01; code not confirmed)")  # fmt: skip
def policy_is_for_the_source(request: Request) -> Iterator[Fault]:
    """A policy is for one kind of source."""
    policy = request.world.get(str(request.known(_POLICY, "")))
    kinds = at(policy.body, "properties.datasourceTypes") if policy is not None else None
    own = request.known(_SOURCE_TYPE)
    if not isinstance(kinds, list) or UNKNOWN in kinds or not isinstance(own, str):
        return
    if own.lower() not in {str(kind).lower() for kind in kinds}:
        yield Fault(f"the policy is for {', '.join(map(str, kinds))}, not {own}", _POLICY, "use another policy")


@rule("bi-region", kind="cross-resource", code=_CODE, source=_AKS)
def source_is_in_the_region_of_the_vault(request: Request) -> Iterator[Fault]:
    """A vault holds the backups of its own region."""
    path = "properties.dataSourceInfo.resourceLocation"
    vault = request.world.get(next(parents(request.id), ""))
    home, here = at(vault.body, "location") if vault is not None else None, request.known(path)
    if isinstance(home, str) and isinstance(here, str) and normal_location(home) != normal_location(here):
        yield Fault(f"the source is in {here}, the vault in {home}", path, f"use a vault in {here}")


@rule("bi-snapshot-group", kind="static", code=_CODE, source=_AKS,
      reads=("properties.policyInfo",))  # fmt: skip
def snapshots_have_a_group(request: Request) -> Iterator[Fault]:
    """Snapshots of clusters and disks lie in a resource group that is named."""
    kind = str(request.known(_SOURCE_TYPE, "")).lower()
    path = "properties.policyInfo.policyParameters.dataStoreParametersList"
    if kind in _SNAPSHOTS and not request.known(path):
        yield Fault("no resource group for the snapshots is named", path, "add AzureOperationalStoreParameters")


class BackupInstances(Model):
    """One cluster, disk, account or database that is backed up."""

    token = "azure-native:dataprotection:BackupInstance"
    rules = (
        vault_has_an_identity, policy_is_of_the_vault, policy_is_for_the_source, source_is_in_the_region_of_the_vault,
        snapshots_have_a_group,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """Protected at once."""
        return {
            "properties": {
                "currentProtectionState": "ProtectionConfigured",
                "policyInfo": {"policyVersion": ""},
                "protectionStatus": {"status": "ProtectionConfigured"},
                "provisioningState": "Succeeded",
            }
        }
