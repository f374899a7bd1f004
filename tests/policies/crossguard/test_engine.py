"""The pack in the real engine: a mandatory failure stops an update before anything is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from rich.console import Console

import engine
from policies.crossguard.pack import STRICTEST
from policies.types import STORAGE_ACCOUNT
from rehearsal.failures import PROGRAM
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store

pytestmark = pytest.mark.engine

# What every resource needs before it is the network that is judged.
TAGS = {
    **dict.fromkeys(("cost-centre", "data-residency", "managed-by", "owner"), "x"),
    "environment": "prod",
    "classification": STRICTEST[1],
}
GROUP = {"token": "azure-native:resources:ResourceGroup", "name": "rg"}
GROUP_INPUTS = {"resourceGroupName": "rg-x", "location": "canadacentral", "tags": TAGS}
NETWORK = {"token": "azure-native:network:VirtualNetwork", "name": "vnet"}
NETWORK_INPUTS = {
    "resourceGroupName": "rg-x",
    "virtualNetworkName": "vnet-x",
    "location": "canadacentral",
    "tags": TAGS,
    "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
}


class Program(Workspace):
    """A stack whose resources are listed in a file."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "PLATFORM_FAILURE_PROGRAM": str(self.folder / "program.json")}

    def declare(self, *resources: Mapping[str, Any]) -> None:
        (self.folder / "program.json").write_text(json.dumps(resources))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    # The classification is that of the strictest profile: the program's settings say nothing of it.
    made = Program("prod", engine.ensure(engine.Silent()), project=PROGRAM, root=tmp_path_factory.mktemp("policies"))
    made.prepare({"config": {}})
    return made


def policies(program: Program, command: str, *subnets: Mapping[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    """The engine's status, and what policies say of the network."""
    network = {**NETWORK, "inputs": {**NETWORK_INPUTS, "subnets": list(subnets)}, "depends_on": ["rg"]}
    program.declare({**GROUP, "inputs": GROUP_INPUTS, "depends_on": []}, network)
    flags = ("--policy-pack", str(PROJECT / "policies"))
    status, _, _, text = execute(program, command, *flags, label=command, console=Console(quiet=True), quiet=True)
    lines = (program.folder / f"{command}.events.jsonl").read_text().splitlines()
    events = [event["policyEvent"] for line in lines if "policyEvent" in (event := json.loads(line))]
    assert "pack" not in text or "error: " not in text or events, text
    return status, [event for event in events if event["resourceUrn"].endswith("VirtualNetwork::vnet")]


def test_a_mandatory_failure_stops_the_update_before_anything_is_made(program: Program) -> None:
    status, found = policies(program, "up", {"name": "snet-a", "addressPrefix": "10.0.0.0/24"})
    assert status != 0
    (event,) = [event for event in found if event["policyName"] == "NET-001"]
    assert event["enforcementLevel"] == "mandatory"
    assert event["severity"] == "critical"
    assert "subnets[0].networkSecurityGroup.id: must be set" in event["message"]
    store = Store(program.store)
    assert [record for record in store.all() if "virtualNetworks" in record.id] == []
    store.close()


def test_a_preview_shows_the_same(program: Program) -> None:
    status, found = policies(program, "preview", {"name": "snet-a", "addressPrefix": "10.0.0.0/24"})
    assert status != 0
    assert "NET-001" in {event["policyName"] for event in found}


def test_what_has_no_fault_of_its_own_passes_the_rule(program: Program) -> None:
    _, found = policies(program, "preview")
    assert "NET-001" not in {event["policyName"] for event in found}
    assert {event["policyName"] for event in found if event["enforcementLevel"] == "mandatory"} >= {"NET-005"}


@pytest.mark.parametrize("asked", [False, True])
def test_a_fault_is_mended_only_where_that_is_asked_for(program: Program, asked: bool) -> None:
    account = {
        "token": STORAGE_ACCOUNT,
        "name": "st",
        "inputs": {
            "resourceGroupName": "rg-x",
            "accountName": "stx",
            "kind": "StorageV2",
            "minimumTlsVersion": "TLS1_1",
        },
        "depends_on": ["rg"],
    }
    program.declare({**GROUP, "inputs": GROUP_INPUTS, "depends_on": []}, account)
    flags = ["--policy-pack", str(PROJECT / "policies")]
    if asked:
        (program.folder / "remedies.json").write_text('{"ST-001": "remediate"}')
        flags += ["--policy-pack-config", str(program.folder / "remedies.json")]
    execute(program, "preview", *flags, label="mended", console=Console(quiet=True), quiet=True)
    events = [json.loads(line) for line in (program.folder / "mended.events.jsonl").read_text().splitlines()]
    failed = [event["policyEvent"]["policyName"] for event in events if "policyEvent" in event]
    mended = [event["policyRemediationEvent"] for event in events if "policyRemediationEvent" in event]
    assert ("ST-001" in failed) is not asked
    assert [one["policyName"] for one in mended] == (["ST-001"] if asked else [])
    if asked:
        changed = {key for key, value in mended[0]["after"].items() if mended[0]["before"].get(key) != value}
        assert changed == {"minimumTlsVersion"}
        assert mended[0]["after"]["minimumTlsVersion"] == "TLS1_2"
