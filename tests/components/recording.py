"""Running a program against Pulumi's mock monitor and reading back what it registered.

Two worlds, because a preview is not a deployment: with `preview` a new resource has no id yet, and what the
provider would compute is not there; both read as UNKNOWN. Raw requests are recorded, so parents, protection and
dependencies can be asserted too. A function call (invoke) that no test expects raises.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi
from google.protobuf.json_format import MessageToDict
from pulumi.runtime import mocks as pulumi_mocks

TENANT = "00000000-0000-0000-0000-00000000000a"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
UNKNOWN = "UNKNOWN"
# What the engine writes for an unknown string (pulumi.runtime.rpc.UNKNOWN).
SENTINEL = pulumi.runtime.rpc.UNKNOWN
Identify = Callable[[pulumi_mocks.MockResourceArgs], str]
COMPUTED: Mapping[str, Mapping[str, Any]] = {
    "azure-native:costmanagement:Export": {"identity": {"principalId": "a-principal"}},
    "azure-native:managedidentity:UserAssignedIdentity": {"principalId": "a-principal", "clientId": "a-client"},
    "azure-native:keyvault:Secret": {"properties": {"secretUri": "https://a-vault.example/secrets/a-secret"}},
    "azure-native:network:AzureFirewall": {"ipConfigurations": [{"privateIPAddress": "10.40.4.132"}]},
    "azure-native:dashboard:Grafana": {"properties": {"endpoint": "https://a-grafana.example"}},
    "azure-native:keyvault:Vault": {"properties": {"vaultUri": "https://a-vault.example/"}},
    "azure-native:keyvault:Key": {
        "keyUri": "https://a-vault.example/keys/a-key",
        "keyUriWithVersion": "https://a-vault.example/keys/a-key/1",
    },
    "azure-native:keyvault:ManagedHsm": {"properties": {"hsmUri": "https://an-hsm.example/"}},
    "azure-native:databricks:Workspace": {
        "workspaceUrl": "adb-1.2.example",
        "managedDiskIdentity": {"principalId": "a-principal"},
    },
    "azure-native:containerregistry:CredentialSet": {"identity": {"principalId": "a-principal"}},
    "azure-native:kubernetesconfiguration:Extension": {"aksAssignedIdentity": {"principalId": "an-extension"}},
    "azure-native:dataprotection:BackupVault": {"identity": {"principalId": "a-vault"}},
    "azure-native:storage:StorageAccount": {"primaryEndpoints": {"blob": "https://an-account.example/"}},
    "azure-native:containerservice:ManagedCluster": {
        "oidcIssuerProfile": {"issuerURL": "https://canadacentral.oic.prod-aks.azure.com/a-tenant/a-cluster/"},
        "privateFQDN": "a-cluster.example",
    },
}


@dataclass
class Recorded:
    """One registered resource. `outputs` is what `register_outputs` said; None when it was not called."""

    type: str
    name: str
    urn: str
    parent: str
    inputs: dict[str, Any]
    custom: bool
    protect: bool
    depends_on: frozenset[str]
    ignore_changes: tuple[str, ...]
    aliases: int
    create_timeout: str
    id: str = ""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outputs: dict[str, Any] | None = field(default=None)


def arm_id(name: str) -> str:
    """The id that the mock gives to the resource with this logical name, once deployed."""
    return f"/mock/{name}"


def named(args: pulumi_mocks.MockResourceArgs) -> str:
    """The id that the mock gives unless a caller of `record` wants others."""
    return arm_id(args.name)


def _answer(state: dict[str, Any], computed: Mapping[str, Any], preview: bool) -> dict[str, Any]:
    """What the provider answers: the inputs and, at any depth, what it computes; that is unknown in a preview."""
    answer = dict(state)
    for key, value in computed.items():
        if isinstance(value, Mapping):
            answer[key] = _answer(state.get(key, {}), value, preview)
        else:
            answer[key] = SENTINEL if preview else value
    return answer


class _Mocks(pulumi_mocks.Mocks):
    def __init__(self, preview: bool, identify: Identify) -> None:
        self.preview = preview
        self.identify = identify

    def new_resource(self, args: pulumi_mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        # Azure takes a list of identities and answers with a map, which is what the SDK then reads.
        identity: dict[str, Any] = {"identity": {"userAssignedIdentities": {}}} if "identity" in args.inputs else {}
        own_id = self.identify(args)
        name = f"name-of-{args.name}" if self.identify is named else own_id.rsplit("/", 1)[-1]
        state = {**args.inputs, **identity, "name": name}
        computed = COMPUTED.get(args.typ, {})
        if args.typ == "azure-native:containerregistry:Registry":
            computed = {"loginServer": f"{args.inputs['registryName']}.azurecr.io"}
        return ("" if self.preview else own_id), _answer(state, computed, self.preview)

    def call(self, args: pulumi_mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        if args.token == "azure-native:containerservice:listManagedClusterUserCredentials":
            return {"kubeconfigs": [{"name": "clusterUser", "value": "e30="}]}, []
        if args.token != "azure-native:authorization:getClientConfig":
            raise AssertionError(f"the program called {args.token}, which needs a cloud account")
        return {"tenantId": TENANT, "subscriptionId": SUBSCRIPTION, "clientId": "a-client", "objectId": "a-user"}, []


class _Monitor(pulumi_mocks.MockMonitor):
    def __init__(self, mocks: _Mocks) -> None:
        super().__init__(mocks)
        self.recorded: dict[str, Recorded] = {}

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 (the name of the RPC)
        response = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        if request.type != "pulumi:pulumi:Stack":
            assert response.urn not in self.recorded, f"two resources have the URN {response.urn}"
            self.recorded[response.urn] = Recorded(
                type=request.type,
                name=request.name,
                urn=response.urn,
                parent=request.parent,
                inputs=_plain(MessageToDict(request.object)),
                custom=request.custom,
                protect=request.protect,
                depends_on=frozenset(request.dependencies),
                ignore_changes=tuple(request.ignoreChanges),
                aliases=len(request.aliases),
                create_timeout=request.customTimeouts.create,
                id=response.id,
                property_dependencies={key: tuple(of.urns) for key, of in request.propertyDependencies.items()},
            )
        return response

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 (the name of the RPC)
        if request.urn in self.recorded:
            self.recorded[request.urn].outputs = _plain(MessageToDict(request.outputs))
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return UNKNOWN if value == SENTINEL else value


def record(
    program: Callable[[], object], preview: bool = False, stack: str = "dev", identify: Identify = named
) -> list[Recorded]:
    """Every resource that `program` registers, by type and name; returns when nothing is outstanding any more.

    `identify`: the ids that resources get where it is no preview.
    Each call has a context of its own: the root resource and its transformations don't leak into the next one.
    """
    return contextvars.copy_context().run(_record, program, preview, stack, identify)


def _record(program: Callable[[], object], preview: bool, stack: str, identify: Identify) -> list[Recorded]:
    monitor = _Monitor(_Mocks(preview, identify))
    pulumi_mocks.set_mocks(monitor.mocks, project="platform", stack=stack, preview=preview, monitor=monitor)

    def run() -> None:
        program()

    pulumi_mocks.test(run)()  # type: ignore[no-untyped-call]
    return sorted(monitor.recorded.values(), key=lambda one: (one.type, one.name))


def children(recorded: list[Recorded], of: Recorded) -> list[Recorded]:
    """The resources whose parent is `of`."""
    return [one for one in recorded if one.parent == of.urn]


def one(recorded: list[Recorded], type_: str, name: str | None = None) -> Recorded:
    """The only resource of `type_` (the end of a token is enough), and of `name` when given."""
    found = [r for r in recorded if r.type.endswith(type_) and name in (None, r.name)]
    assert len(found) == 1, f"{len(found)} resources of type {type_} named {name}: {[r.name for r in found]}"
    return found[0]
