"""Microsoft.MachineLearningServices/workspaces: why a workspace is refused for its kind, identity or dependencies.

Also what the rules of everything inside a workspace ask about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.ids import key, looks_like_id, type_of
from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_SEGMENT: Final = "/providers/microsoft.machinelearningservices/workspaces/"
_HUB_KINDS: Final = ("hub", "project")
_DEPENDENCIES: Final = {
    "storageAccount": "Microsoft.Storage/storageAccounts",
    "keyVault": "Microsoft.KeyVault/vaults",
    "applicationInsights": "Microsoft.Insights/components",
    "containerRegistry": "Microsoft.ContainerRegistry/registries",
    "hubResourceId": "Microsoft.MachineLearningServices/workspaces",
}


def workspace_of(request: Request) -> Record | None:
    """The workspace that holds what is written; `None` when it isn't here."""
    before, found, after = key(request.id).partition(_SEGMENT)
    return request.world.get(f"{before}{found}{after.split('/')[0]}") if found else None


def isolation_of(workspace: Record | None) -> str | None:
    """The isolation mode of a workspace's managed network; `None` when it isn't known, or is that of a hub."""
    if workspace is None or kind_of(workspace) == "project":
        return None
    mode = at(workspace.body, "managedNetwork.isolationMode")
    return "Disabled" if mode is None else mode if isinstance(mode, str) else None


def kind_of(workspace: Record | None) -> str | None:
    """default, hub, project or featurestore; `None` while not known."""
    kind = workspace.body.get("kind") if workspace is not None else UNKNOWN
    return "default" if kind is None else kind.lower() if isinstance(kind, str) else None


def is_below_hub(workspace: Record | None) -> bool:
    """Whether a workspace is a hub, or a project of one."""
    return kind_of(workspace) in _HUB_KINDS


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
      source="Azure/azure-cli#28980; Azure/azure-service-operator#5696, whose samples lack Application Insights "
      "(checked 2026-11-25)", reads=("kind",))  # fmt: skip
def needs_dependent_resources(request: Request) -> Iterator[Fault]:
    """A workspace of its own has an account, a vault and Application Insights; a project takes those of its hub."""
    if (
        request.old is not None
        or request.known("kind", "Default") != "Default"
        or request.at("hubResourceId") is not None
    ):
        return
    missing = [name for name in ("storageAccount", "keyVault", "applicationInsights") if request.at(name) is None]
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


@rule("ml-default-storage-hns", kind="cross-resource", source="microsoft/AzureTRE#1920 (checked 2026-11-25)",
      reads=("storageAccount",), quoted=True)  # fmt: skip
def flat_storage(request: Request) -> Iterator[Fault]:
    """The default storage has no hierarchical namespace; a lake is attached as a datastore."""
    account = request.world.get(str(request.known("storageAccount", "")))
    if account is not None and account.body.get("isHnsEnabled") is True:
        yield Fault("Cannot use storage with HNS enabled.", "storageAccount",
                    "use an account without isHnsEnabled, and attach the lake as a datastore")  # fmt: skip


@rule("ml-default-storage-changed", kind="lifecycle",
      source="Azure-Samples/get-started-with-ai-chat#65 (checked 2026-11-25)", quoted=True)  # fmt: skip
def keeps_its_storage(request: Request) -> Iterator[Fault]:
    """A workspace keeps the account that it was made with."""
    before = request.old.body.get("storageAccount") if request.old is not None else None
    after = request.known("storageAccount")
    if isinstance(before, str) and isinstance(after, str) and key(before) != key(after):
        yield Fault("Storage Account update is not supported yet", "storageAccount",
                    "put the old account back, or make another workspace")  # fmt: skip


@rule("ml-dependency-kind", kind="static", code="ValidationError",
      source="Azure/azure-rest-api-specs machineLearningServices WorkspaceProperties (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def dependencies_are_what_they_should_be(request: Request) -> Iterator[Fault]:
    """Each dependency is named by the id of a resource of its own type."""
    for name, wanted in _DEPENDENCIES.items():
        given = request.known(name)
        if isinstance(given, str) and given != "" and type_of(given).lower() != wanted.lower():
            found = type_of(given) if looks_like_id(given) else "no resource id"
            yield Fault(f"{name} is of type {found}, and not {wanted}", name, f"pass the id of a {wanted}")


@rule("ml-project-needs-hub", kind="cross-resource",
      source="Azure/terraform-provider-azapi#564; MicrosoftDocs/azure-ai-docs concept-hub-workspace.md (code not "
      "confirmed; checked 2026-11-25)", reads=("kind", "hubResourceId"))  # fmt: skip
def projects_belong_to_a_hub(request: Request) -> Iterator[Fault]:
    """A project names its hub, and nothing else does; the hub is a workspace of that kind."""
    kind, hub_id = str(request.known("kind", "Default")).lower(), request.known("hubResourceId")
    if kind == "project" and hub_id is None:
        yield Fault("a workspace of kind Project names no hub", "hubResourceId", "pass the id of a hub")
    if request.at("kind") is not None and kind in ("default", "hub") and hub_id is not None:
        yield Fault(f"a workspace of kind {kind.title()} names a hub", "hubResourceId",
                    "set kind to Project, or leave hubResourceId out")  # fmt: skip
    hub = request.world.get(str(hub_id)) if hub_id is not None else None
    if hub is not None and kind_of(hub) in ("default", "project"):
        yield Fault(f"{hub.id} is a workspace of kind {kind_of(hub)}, and no hub", "hubResourceId",
                    "pass the id of a workspace of kind Hub")  # fmt: skip


@rule("ml-kind-changed", kind="lifecycle",
      source="MicrosoftDocs/azure-ai-docs concept-hub-workspace.md, Converting a regular workspace (code not "
      "confirmed; checked 2026-11-25)", reads=("kind",))  # fmt: skip
def keeps_its_kind(request: Request) -> Iterator[Fault]:
    """A workspace can't become a hub, nor the other way."""
    before = kind_of(request.old) if request.old is not None else None
    after = str(request.known("kind", "Default")).lower()
    if before is not None and request.at("kind") is not None and before != after:
        yield Fault(f"a workspace of kind {before} can't become one of kind {after}", "kind",
                    f"keep {before}, or make another workspace")  # fmt: skip


WORKSPACE_RULES: Final[tuple[Rule, ...]] = (
    needs_identity, needs_dependent_resources, dependencies_are_what_they_should_be, projects_belong_to_a_hub,
    general_purpose_storage, flat_storage, keeps_its_storage, keeps_its_kind,
)  # fmt: skip
