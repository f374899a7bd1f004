"""Microsoft.MachineLearningServices/workspaces: why a workspace is refused. Owns no defaults and no outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_STRICTNESS = ("Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound")


@rule("ml-workspace-needs-identity", kind="static", code="ValidationError",
      source="Azure/azure-sdk-for-js#10473 (read 2026-11-24)", reads=("identity",))  # fmt: skip
def needs_identity(request: Request) -> Iterator[Fault]:
    """A workspace acts through a managed identity, so a new one without any is refused."""
    identity = request.at("identity")
    kind = identity.get("type") if isinstance(identity, Mapping) else None
    if request.old is None and kind in (None, "None"):
        yield Fault("Make sure to create your workspace using a client which support MSI: identity is missing",
                    "identity", "set identity.type to SystemAssigned or UserAssigned")  # fmt: skip


@rule("ml-dependent-resources-missing", kind="static", code="ValidationError",
      source="Azure/azure-cli#28980 (read 2026-11-24)", reads=("kind",))  # fmt: skip
def needs_dependent_resources(request: Request) -> Iterator[Fault]:
    """A workspace of its own has a storage account and a key vault; a project takes those of its hub."""
    if (
        request.old is not None
        or request.known("kind", "Default") != "Default"
        or request.at("hubResourceId") is not None
    ):
        return
    missing = [name for name in ("storageAccount", "keyVault") if request.at(name) is None]
    if missing:
        yield Fault(f"Missing dependent resources in workspace json: {', '.join(missing)}", missing[0],
                    "pass the id of each of them")  # fmt: skip


@rule("ml-default-storage-kind", kind="cross-resource", code="ValidationError",
      source="MicrosoftDocs/azure-docs#73788 (read 2026-11-24)", reads=("storageAccount",))  # fmt: skip
def general_purpose_storage(request: Request) -> Iterator[Fault]:
    """The default storage holds blobs, files, tables and queues: a special or premium account can't."""
    account = request.world.get(str(request.known("storageAccount", "")))
    if account is None:
        return
    kind, sku = account.body.get("kind"), at(account.body, "sku.name")
    premium = isinstance(sku, str) and sku.startswith("Premium")
    if premium or kind in ("BlobStorage", "BlockBlobStorage", "FileStorage"):
        yield Fault(f"storageAccount {account.id} is of kind {kind}, SKU {sku}, and can't be the default storage of a "
                    "workspace", "storageAccount", "use a StorageV2 account with a Standard SKU")  # fmt: skip


@rule(
    "ml-isolation-mode-loosened",
    kind="lifecycle",
    code="ValidationError",
    source="Azure/terraform-provider-azapi#564 (read 2026-11-24)",
    reads=("managedNetwork.isolationMode",),
)
def isolation_is_kept(request: Request) -> Iterator[Fault]:
    """A managed network can't be disabled, nor opened to the internet once it is closed."""
    before = at(request.old.body, "managedNetwork.isolationMode") if request.old is not None else None
    after = request.at("managedNetwork.isolationMode")
    if before is UNKNOWN or before not in _STRICTNESS or after not in _STRICTNESS:
        return
    if _STRICTNESS.index(after) < _STRICTNESS.index(before):
        message = (
            "Managed network cannot be disabled once enabled."
            if after == "Disabled"
            else f"managedNetwork.isolationMode can't go from {before} to {after}"
        )
        yield Fault(message, "managedNetwork.isolationMode", f"keep {before}, or make a new workspace")
