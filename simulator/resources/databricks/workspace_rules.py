"""What Azure refuses about a workspace as such: its managed resource group, its SKU, its access, its storage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_AZURERM: Final = (
    "hashicorp/terraform-provider-azurerm databricks_workspace_resource.go (checked 2026-11-25), code not confirmed"
)
_MANAGED: Final = "managedResourceGroupId"
# Input, value, and how to call it: what a workspace of the SKU standard can't have. A trial is one of premium.
_PREMIUM: Final[tuple[tuple[str, tuple[Any, ...], str], ...]] = (
    ("parameters.prepareEncryption.value", (True,), "a customer-managed key for the storage"),
    ("parameters.requireInfrastructureEncryption.value", (True,), "infrastructure encryption"),
    ("defaultStorageFirewall", ("Enabled",), "a firewall for the storage"),
    ("enhancedSecurityCompliance.complianceSecurityProfile.value", ("Enabled",), "a compliance security profile"),
    ("enhancedSecurityCompliance.enhancedSecurityMonitoring.value", ("Enabled",), "enhanced security monitoring"),
    ("enhancedSecurityCompliance.automaticClusterUpdate.value", ("Enabled",), "automatic cluster updates"),
)


@rule(
    "dbx-managed-rg-already-exists", kind="cross-resource", code="ResourceOperationFailure", quoted=True,
    source="pulumi/pulumi-azure-native#3643, #3733",
)  # fmt: skip
def managed_group_is_new(request: Request) -> Iterator[Fault]:
    """Databricks makes the managed resource group itself; one that is there already is somebody else's."""
    group = request.known(_MANAGED)
    if request.old is not None or not isinstance(group, str):
        return
    own = next(iter(reversed(list(parents(request.id)))))
    found = request.world.get(group)
    # A group that says that this workspace manages it was left by an earlier workspace of the same name.
    managed_by = found.body.get("managedBy") if found is not None else None
    if key(group) == key(own) or (found is not None and managed_by in (None, "")):
        yield Fault(
            f"The managed resource group '{group}' already exists. Please specify a new non-existent managed resource "
            "group",
            _MANAGED,
            "pass only the id of a group that doesn't exist; Databricks creates it",
        )


@rule(
    "dbx-managed-rg-change", kind="lifecycle", code="ApplianceManagedResourceGroupMismatch", quoted=True,
    source="MicrosoftDocs/azure-docs#21809",
)  # fmt: skip
def managed_group_stays(request: Request) -> Iterator[Fault]:
    """A workspace keeps the group that it was made with."""
    before = request.old.body.get(_MANAGED) if request.old is not None else None
    after = request.known(_MANAGED)
    if isinstance(before, str) and isinstance(after, str) and key(before) != key(after):
        yield Fault(
            f"The given managed resource group '{after}' did not match that in the existing appliance definition "
            f"'{before}'.",
            _MANAGED,
            "put the old id back, or make another workspace",
        )


@rule("dbx-sku-to-trial", kind="lifecycle", source=_AZURERM)
def trial_is_for_new_workspaces(request: Request) -> Iterator[Fault]:
    """The SKU moves between standard and premium, and from trial to both, never to trial."""
    before = at(request.old.body, "sku.name") if request.old is not None else None
    if str(before).lower() in ("standard", "premium") and str(request.known("sku.name", "")).lower() == "trial":
        yield Fault(f"a workspace of the SKU {before} can't become a trial", "sku.name",
                    "leave the SKU as it is, or make another workspace")  # fmt: skip


@rule("dbx-needs-premium", kind="static", source=_AZURERM, reads=("sku.name",))
def premium_features(request: Request) -> Iterator[Fault]:
    """Security features that the SKU standard doesn't have."""
    if str(request.known("sku.name", "")).lower() != "standard":
        return
    for path, values, what in _PREMIUM:
        if request.known(path) in values:
            yield Fault(f"{what} needs a workspace of the SKU premium", path, "set sku.name to premium")
    for entity in ("managedServices", "managedDisk"):
        if isinstance(request.known(f"encryption.entities.{entity}"), dict):
            path = f"encryption.entities.{entity}"
            yield Fault(f"a customer-managed key ({entity}) needs a workspace of the SKU premium", path,
                        "set sku.name to premium")  # fmt: skip


@rule("dbx-closed-with-all-rules", kind="static", source=_AZURERM)
def closed_workspace_needs_fewer_rules(request: Request) -> Iterator[Fault]:
    """Without public access the clusters reach the control plane by Private Link: no security rules lead there."""
    if request.known("publicNetworkAccess") == "Disabled" and request.known("requiredNsgRules") == "AllRules":
        yield Fault(
            "requiredNsgRules AllRules and publicNetworkAccess Disabled exclude each other",
            "requiredNsgRules",
            "set requiredNsgRules to NoAzureDatabricksRules",
        )


@rule(
    "dbx-firewall-needs-connector", kind="static",
    source="hashicorp/terraform-provider-azurerm#26158 (checked 2026-11-25), code not confirmed",
)  # fmt: skip
def firewall_needs_connector(request: Request) -> Iterator[Fault]:
    """Behind a firewall, Unity Catalog reaches the storage with the identity of an access connector."""
    if request.known("defaultStorageFirewall") == "Enabled" and request.at("accessConnector") is None:
        yield Fault(
            "defaultStorageFirewall Enabled needs an access connector",
            "defaultStorageFirewall",
            "create a databricks.AccessConnector and set accessConnector",
        )


@rule(
    "dbx-connector-identity", kind="cross-resource",
    source="learn.microsoft.com REST reference, workspaces create-or-update, accessConnector (code not confirmed)",
)  # fmt: skip
def connector_has_the_identity(request: Request) -> Iterator[Fault]:
    """The identity that the workspace is to use is one of the connector's."""
    kind, wanted = request.known("accessConnector.identityType"), request.at("accessConnector.userAssignedIdentityId")
    if kind == "UserAssigned" and wanted is None:
        yield Fault("identityType UserAssigned doesn't say which identity", "accessConnector.identityType",
                    "set accessConnector.userAssignedIdentityId")  # fmt: skip
        return
    connector = request.world.get(str(request.known("accessConnector.id", "")))
    identity = at(connector.body, "identity") if connector is not None else UNKNOWN
    if kind is None or UNKNOWN in (identity, at(identity, "type"), at(identity, "userAssignedIdentities"), wanted):
        return
    listed = at(identity, "userAssignedIdentities")
    ids = {key(each) for each in listed or () if isinstance(each, str)}
    has_it = kind in str(at(identity, "type")) if kind == "SystemAssigned" else key(str(wanted)) in ids
    if not has_it and UNKNOWN not in (listed or ()):
        yield Fault(
            f"the access connector has no identity of the type {kind}" + (f" {wanted}" if wanted is not None else ""),
            "accessConnector.identityType",
            "name an identity that the connector has",
        )


@rule("dbx-compliance-profile", kind="static", source=_AZURERM)
def profile_needs_its_parts(request: Request) -> Iterator[Fault]:
    """A compliance security profile includes monitoring and automatic updates; standards stand only in a profile."""
    profile = "enhancedSecurityCompliance.complianceSecurityProfile"
    if request.known(f"{profile}.value") == "Enabled":
        for part in ("automaticClusterUpdate", "enhancedSecurityMonitoring"):
            path = f"enhancedSecurityCompliance.{part}.value"
            if request.at(path) in (None, "Disabled"):
                yield Fault(f"a compliance security profile needs {part}", path, "set it to Enabled")
        return
    standards = request.known(f"{profile}.complianceStandards", [])
    if request.at(f"{profile}.value") is not UNKNOWN and any(each not in ("NONE", UNKNOWN) for each in standards):
        yield Fault("compliance standards without a compliance security profile", f"{profile}.complianceStandards",
                    f"set {profile}.value to Enabled")  # fmt: skip


@rule("dbx-compliance-profile-stays", kind="lifecycle", source=_AZURERM)
def profile_stays(request: Request) -> Iterator[Fault]:
    """Once a workspace has a compliance security profile, it keeps it."""
    path = "enhancedSecurityCompliance.complianceSecurityProfile.value"
    before = at(request.old.body, path) if request.old is not None else None
    if before == "Enabled" and request.known(path) == "Disabled":
        yield Fault("a compliance security profile can't be switched off", path, "leave it Enabled, or make a new "
                    "workspace")  # fmt: skip


@rule(
    "dbx-storage-account-name", kind="static", code="AccountNameInvalid",
    source="learn.microsoft.com naming rules of storage accounts (code not confirmed for Databricks)",
)  # fmt: skip
def storage_name(request: Request) -> Iterator[Fault]:
    """The storage account of the workspace is named as any other."""
    path = "parameters.storageAccountName.value"
    account = request.known(path)
    if isinstance(account, str) and re.fullmatch(r"[a-z0-9]{3,24}", account) is None:
        yield Fault(
            f"{account} is not a valid storage account name. Storage account name must be between 3 and 24 characters "
            "in length and use numbers and lower-case letters only",
            path,
            "use 3 to 24 lower-case letters and digits",
        )


WORKSPACE_RULES: Final[tuple[Rule, ...]] = (
    managed_group_is_new, managed_group_stays, trial_is_for_new_workspaces, premium_features,
    closed_workspace_needs_fewer_rules, firewall_needs_connector,
    connector_has_the_identity, profile_needs_its_parts, profile_stays, storage_name,
)  # fmt: skip
