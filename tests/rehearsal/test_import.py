"""`pulumi import` of what the simulated subscription holds, and the schema that it needs."""

from __future__ import annotations

import json
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

import engine
from rehearsal.workspace import Workspace
from simulator.catalog import open_catalog
from simulator.catalog.package_schema import package_schema
from simulator.ids import SUBSCRIPTION
from simulator.store import Record, Store

pytestmark = pytest.mark.engine

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-old"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-old"
BODY = {"addressSpace": {"addressPrefixes": ["10.9.0.0/16"]}, "location": "canadacentral", "tags": {"made": "by hand"}}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    made.prepare()
    store = Store(made.store)
    network = ("Microsoft.Network/virtualNetworks", "azure-native:network:VirtualNetwork")
    store.put(Record(NETWORK, *network, "", BODY, {}))
    store.close()
    return made


def test_what_was_made_by_hand_is_imported_with_inputs_that_describe_it(workspace: Workspace) -> None:
    imported = workspace.pulumi(
        "import", "--yes", "--non-interactive", "--generate-code=false",
        "azure-native:network:VirtualNetwork", "old", NETWORK,
    )  # fmt: skip
    assert imported.returncode == 0, imported.stdout + imported.stderr
    state = json.loads((workspace.folder / "state/.pulumi/stacks/platform/dev.json").read_text())
    resources = state["checkpoint"]["latest"]["resources"]
    network = next(item for item in resources if item["type"] == "azure-native:network:VirtualNetwork")
    expected = {**BODY, "resourceGroupName": "rg-old", "virtualNetworkName": "vnet-old"}
    assert {name: network["inputs"].get(name) for name in expected} == expected


def test_an_id_of_another_type_is_refused(workspace: Workspace) -> None:
    refused = workspace.pulumi(
        "import", "--yes", "--non-interactive", "--generate-code=false", "azure-native:network:Subnet", "old", NETWORK
    )
    assert refused.returncode != 0
    assert "ResourceNotFound" in refused.stdout + refused.stderr


def test_the_schema_is_one_that_pulumi_accepts(workspace: Workspace, tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(package_schema(open_catalog(), metadata.version("pulumi-azure-native")))
    assert len(json.loads(schema.read_text())["resources"]) > 2_200
    command = [str(workspace.engine.pulumi), "schema", "check", str(schema)]
    checked = subprocess.run(command, env=workspace.environment, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "rror" not in checked.stderr
