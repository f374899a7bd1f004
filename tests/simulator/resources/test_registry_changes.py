"""What a registry refuses because of what lies in it, and accepts once that is gone."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES

REGISTRY = "containerregistry:Registry"
PLAIN = {**EXAMPLES[REGISTRY], "dataEndpointEnabled": True, "publicNetworkAccess": "Disabled"}
TOKEN = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/crtest/tokens/edge-site"
CONNECTED = {
    **EXAMPLES["containerregistry:ConnectedRegistry"], "resourceGroupName": "rg-test", "registryName": "crtest",
    "parent": {"syncProperties": {"tokenId": TOKEN, "messageTtl": "P1D"}},
}  # fmt: skip
CACHED = {
    **EXAMPLES["containerregistry:CacheRule"], "sourceRepository": "ghcr.io/*", "credentialSetResourceId": None,
}  # fmt: skip
EXPORT = {
    "resourceGroupName": "rg-test", "registryName": "crtest", "exportPipelineName": "transfer",
    "target": {"uri": "https://a.blob.core.windows.net/b", "keyVaultUri": "https://k.vault.azure.net/secrets/s"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "short", "child", "change"),
    [
        ("acr-downgrade-replications", "containerregistry:Replication", EXAMPLES["containerregistry:Replication"],
         {"sku": {"name": "Basic"}, "dataEndpointEnabled": None, "publicNetworkAccess": None}),
        ("acr-downgrade-connected", "containerregistry:ConnectedRegistry", CONNECTED,
         {"sku": {"name": "Basic"}, "dataEndpointEnabled": None, "publicNetworkAccess": None}),
        ("acr-soft-delete-alone", "containerregistry:Replication", EXAMPLES["containerregistry:Replication"],
         {"policies": {"softDeletePolicy": {"status": "enabled"}}}),
        ("acr-soft-delete-alone", "containerregistry:CacheRule", CACHED,
         {"policies": {"softDeletePolicy": {"status": "enabled"}}}),
        ("acr-export-pipelines", "containerregistry:ExportPipeline", EXPORT,
         {"policies": {"exportPolicy": {"status": "disabled"}}}),
    ],
)  # fmt: skip
def test_a_registry_keeps_what_its_children_need(
    azure: Azure, rule: str, short: str, child: dict[str, Any], change: dict[str, Any]
) -> None:
    made = azure.create(REGISTRY, "cr", PLAIN)
    azure.create("containerregistry:ScopeMap", "readers", EXAMPLES["containerregistry:ScopeMap"])
    azure.create("containerregistry:Token", "edge", EXAMPLES["containerregistry:Token"])
    held = azure.create(short, "child", child)
    changed = {name: value for name, value in {**PLAIN, **change}.items() if value is not None}
    with pytest.raises(ArmError) as refused:
        azure.update(REGISTRY, "cr", made, changed)
    assert {refusal.rule for refusal in refused.value.refusals} == {rule}
    azure.service.delete(held.id)
    azure.update(REGISTRY, "cr", made, changed)
