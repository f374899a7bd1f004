"""What azure-native would do with a change: nothing, update, replace; and which changes ARM refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from simulator.difference import changes, delete_before_replace
from simulator.errors import ArmError
from simulator.ids import PathTemplate
from simulator.paths import path_of
from simulator.replacement import replacing_inputs
from simulator.values import UNKNOWN, Secret, dotted
from tests.simulator.azure import Azure
from tests.simulator.examples import ENDPOINTS, EXAMPLES, TENANT, deploy
from tests.simulator.test_values import NAMES, PLAIN

FREE = PathTemplate("/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/A.B/c/{name}")


def found(old: Any, new: Any) -> dict[str, tuple[str, bool]]:
    listed = changes(old, new, FREE, frozenset({"fixed", "deep.fixed", "location"}))
    return {dotted(change.path): (change.kind, change.replaces) for change in listed}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"a": 1}, {"a": ("add", False)}),
        ({"a": 1}, {}, {"a": ("delete", False)}),
        ({"a": 1}, {"a": 2}, {"a": ("update", False)}),
        ({"a": 1}, {"a": True}, {"a": ("update", False)}),
        ({"a": 0}, {"a": False}, {"a": ("update", False)}),
        ({"a": None}, {}, {}),
        ({"a": False}, {}, {"a": ("delete", False)}),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3, 4]}}, {"a.b[1]": ("update", False), "a.b[2]": ("add", False)}),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1]}}, {"a.b[1]": ("delete", False)}),
        ({"a": Secret("x")}, {"a": "x"}, {}),
        ({"a": Secret("x")}, {"a": Secret("y")}, {"a": ("update", False)}),
        ({"a": UNKNOWN}, {"a": UNKNOWN}, {"a": ("update", False)}),
        ({"a": "x"}, {"a": UNKNOWN}, {"a": ("update", False)}),
        ({"name": "x"}, {"name": "y"}, {"name": ("update", True)}),
        ({"group": "x"}, {"group": UNKNOWN}, {"group": ("update", True)}),
        ({"fixed": {"a": 1}}, {"fixed": {"a": 2}}, {"fixed.a": ("update", True)}),
        ({"fixedly": 1}, {"fixedly": 2}, {"fixedly": ("update", False)}),
        ({"deep": [{"fixed": 1, "free": 1}]}, {"deep": [{"fixed": 2, "free": 2}]},
         {"deep[0].fixed": ("update", True), "deep[0].free": ("update", False)}),
        ({"location": "Canada Central"}, {"location": "canadacentral"}, {}),
        ({"location": "canadacentral"}, {"location": "canadaeast"}, {"location": ("update", True)}),
        ({"location": "canadacentral"}, {"location": UNKNOWN}, {"location": ("update", True)}),
        ({"a": "Canada Central"}, {"a": "canadacentral"}, {"a": ("update", False)}),
    ],
)  # fmt: skip
def test_changes(old: Any, new: Any, expected: Any) -> None:
    assert found(old, new) == expected


@given(PLAIN.filter(lambda value: isinstance(value, dict)))
def test_what_is_the_same_is_no_change(value: Any) -> None:
    assert found(value, value) == {}


@given(PLAIN.filter(lambda value: isinstance(value, dict)), NAMES)
def test_what_is_added_is_the_one_change(value: Any, name: str) -> None:
    without = {key: child for key, child in value.items() if key != name}
    assert set(found(without, {**without, name: "x"})) == {name}


def test_a_replacement_with_the_same_id_deletes_first() -> None:
    old_id = str(FREE.build({"group": "g", "name": "n"}))
    assert delete_before_replace({"group": "G", "name": Secret("n")}, old_id, FREE)
    assert not delete_before_replace({"group": "g", "name": "other"}, old_id, FREE)
    assert not delete_before_replace({"group": "g", "name": UNKNOWN}, old_id, FREE)
    assert not delete_before_replace({"group": "g"}, old_id, FREE)


@pytest.mark.parametrize(
    ("short", "changed", "path"),
    [
        ("containerservice:ManagedCluster", {"dnsPrefix": "other"}, "dnsPrefix"),
        ("containerservice:ManagedCluster",
         {"networkProfile": {**EXAMPLES["containerservice:ManagedCluster"]["networkProfile"], "networkPlugin": "none"}},
         "networkProfile.networkPlugin"),
        ("containerservice:AgentPool", {"vmSize": "Standard_D8s_v5"}, "vmSize"),
        ("storage:StorageAccount", {"isHnsEnabled": False}, "isHnsEnabled"),
        ("storage:StorageAccount", {"accountName": "other"}, "accountName"),
        ("network:PublicIPAddress", {"sku": {"name": "Basic"}}, "sku.name"),
        ("network:PrivateEndpoint", {"subnet": {"id": "/x"}}, "subnet.id"),
        ("authorization:RoleAssignment", {"principalId": "other"}, "principalId"),
        ("managedidentity:UserAssignedIdentity", {"location": "canadaeast"}, "location"),
    ],
)  # fmt: skip
def test_what_replaces_a_resource(azure: Azure, short: str, changed: dict[str, Any], path: str) -> None:
    listed = azure.diff(short, EXAMPLES[short], {**EXAMPLES[short], **changed})
    replacing = {dotted(change.path) for change in listed if change.replaces}
    assert replacing == {path}
    assert {dotted(change.path) for change in listed} == {path}


@pytest.mark.parametrize("short", sorted(EXAMPLES))
def test_every_part_of_an_id_replaces(azure: Azure, short: str) -> None:
    template = path_of(f"azure-native:{short}")
    for name in template.parameters:
        listed = azure.diff(short, EXAMPLES[short], {**EXAMPLES[short], name: "other"})
        assert [(change.path, change.replaces) for change in listed] == [((name,), True)]


def test_what_keeps_a_resource_is_taken_out_again() -> None:
    assert "zoneRedundant" not in replacing_inputs(
        "azure-native:servicebus:Namespace", "Microsoft.ServiceBus/namespaces"
    )
    assert "location" in replacing_inputs("azure-native:nothing:Known", "Microsoft.Nothing/known")


# What ARM refuses to change, since azure-native does not replace for it


def refused_update(azure: Azure, short: str, changed: dict[str, Any]) -> list[tuple[str, str | None]]:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    with pytest.raises(ArmError) as refused:
        azure.update(short, short, made, {**EXAMPLES[short], **changed}, preview=True)
    with pytest.raises(ArmError):
        azure.update(short, short, made, {**EXAMPLES[short], **changed})
    return [(refusal.code, refusal.target) for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("short", "changed", "code", "target"),
    [
        ("containerservice:AgentPool", {"osDiskSizeGB": 256}, "PropertyChangeNotAllowed", "osDiskSizeGB"),
        ("containerservice:AgentPool", {"scaleSetPriority": "Regular"}, "PropertyChangeNotAllowed", "scaleSetPriority"),
        ("containerservice:AgentPool", {"availabilityZones": ["1"]}, "PropertyChangeNotAllowed", "availabilityZones"),
        ("containerservice:AgentPool", {"maxPods": 30}, "PropertyChangeNotAllowed", "maxPods"),
        ("containerregistry:Registry", {"zoneRedundancy": "Enabled"}, "ZoneRedundancyCannotBeModified",
         "zoneRedundancy"),
        ("storage:StorageAccount", {"enableNfsV3": True}, "AccountPropertyCannotBeUpdated", "enableNfsV3"),
        ("network:PublicIPAddress", {"zones": ["1"]}, "ResourceAvailabilityZonesCannotBeModified", "zones"),
        ("consumption:Budget", {"timePeriod": {"startDate": "2027-01-01T00:00:00Z"}}, "400", "timePeriod.startDate"),
        ("authorization:RoleAssignment", {"roleDefinitionId": TENANT}, "RoleAssignmentUpdateNotPermitted",
         "roleDefinitionId"),
    ],
)  # fmt: skip
def test_what_cannot_change_is_refused(
    azure: Azure, short: str, changed: dict[str, Any], code: str, target: str
) -> None:
    assert refused_update(azure, short, changed) == [(code, target)]


@pytest.mark.parametrize(
    ("short", "changed"),
    [
        # What the service had filled in, or `off` spelled out, is no change; nor is what a request leaves out.
        ("containerservice:AgentPool", {"osType": "linux", "osDiskType": "Managed", "maxPods": 250}),
        ("containerservice:AgentPool", {"enableFIPS": False, "enableUltraSSD": False, "availabilityZones": []}),
        ("containerservice:AgentPool", {"scaleSetPriority": None, "spotMaxPrice": None, "vnetSubnetID": None}),
        ("containerservice:AgentPool", {"vnetSubnetID": ENDPOINTS.upper()}),
        ("containerregistry:Registry", {"zoneRedundancy": "Disabled"}),
        ("storage:StorageAccount", {"enableNfsV3": False}),
        ("authorization:RoleAssignment", {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/"
                                          "4633458B-17de-408a-b874-0445c86b69e6"}),
        ("authorization:RoleAssignment", {"description": "why", "principalType": None}),
    ],
)  # fmt: skip
def test_what_stays_the_same_is_not_refused(azure: Azure, short: str, changed: dict[str, Any]) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    azure.update(short, short, made, {**EXAMPLES[short], **changed})


def test_zones_in_another_order_are_the_same_zones(azure: Azure) -> None:
    inputs = {**EXAMPLES["network:PublicIPAddress"], "zones": ["1", "2", "3"]}
    made = azure.create("network:PublicIPAddress", "pip", inputs)
    azure.update("network:PublicIPAddress", "pip", made, {**inputs, "zones": ["3", "2", "1"]})


def test_an_unknown_value_is_not_a_refused_change(azure: Azure) -> None:
    deploy(azure, until="containerservice:AgentPool")
    made = azure.create("containerservice:AgentPool", "gpu", EXAMPLES["containerservice:AgentPool"])
    changed = {**EXAMPLES["containerservice:AgentPool"], "osDiskSizeGB": UNKNOWN}
    azure.update("containerservice:AgentPool", "gpu", made, changed, preview=True)
