"""Inputs that differ from the SDK's declaration are named with their path; all others pass, and secrets stay secret."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import conformity
from simulator.catalog import Catalog
from simulator.values import UNKNOWN, Secret
from tests.simulator.generated import inputs_of

CLUSTER = "containerservice:ManagedCluster"
POOL = "containerservice:AgentPool"
ACCOUNT = "storage:StorageAccount"
ALERT = "monitor:ScheduledQueryRule"
RULE = "machinelearningservices:ManagedNetworkSettingsRule"
COLLECTION = "monitor:DataCollectionRule"
MACHINE = "compute:VirtualMachine"
PATCHES = "maintenance:MaintenanceConfiguration"
NAMED: dict[str, dict[str, Any]] = {
    COLLECTION: {"resourceGroupName": "rg"},
    MACHINE: {"resourceGroupName": "rg"},
    PATCHES: {"resourceGroupName": "rg"},
    CLUSTER: {"resourceGroupName": "rg"},
    POOL: {"resourceGroupName": "rg", "resourceName": "aks"},
    ACCOUNT: {"resourceGroupName": "rg", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}},
    ALERT: {"resourceGroupName": "rg", "scopes": ["/subscriptions/s"], "criteria": {"allOf": [{"query": "Heartbeat"}]}},
    RULE: {"resourceGroupName": "rg", "workspaceName": "ws", "properties": {"type": "FQDN", "destination": "pypi.org"}},
}


def problems(catalog: Catalog, short: str, inputs: dict[str, Any]) -> list[str]:
    resource = catalog.resource(f"azure-native:{short}")
    assert resource is not None
    found = conformity.problems(resource.inputs, {**NAMED[short], **inputs}, resource.module, resource.token)
    return [str(problem) for problem in found]


@pytest.mark.parametrize("short", sorted(NAMED))
def test_the_examples_themselves_conform(catalog: Catalog, short: str) -> None:
    assert problems(catalog, short, {}) == []


def test_open_enums_take_what_the_sdk_does_not_list(catalog: Catalog) -> None:
    flows = [{"streams": ["Custom-Runs_CL", "Microsoft-ContainerInsights-Group-Default"]}]
    assert problems(catalog, COLLECTION, {"kind": "WorkspaceTransforms", "dataFlows": flows}) == []
    assert problems(catalog, COLLECTION, {"kind": "WorkspaceTransforms", "identity": {"type": "Custom"}}) != []
    assert problems(catalog, MACHINE, {"hardwareProfile": {"vmSize": "Standard_D4s_v6"}}) == []


def test_an_older_name_of_a_value_is_taken_beside_the_listed_ones(catalog: Catalog) -> None:
    def comparing(operator: str) -> list[str]:
        return problems(catalog, ALERT, {"criteria": {"allOf": [{"query": "Heartbeat", "operator": operator}]}})

    assert comparing("Equal") == comparing("Equals") == []
    assert comparing("Equalled") != []


def test_values_that_only_deployments_know_are_taken(catalog: Catalog) -> None:
    assert problems(catalog, PATCHES, {"installPatches": {"rebootSetting": "AlwaysReboot"}}) == []
    assert problems(catalog, PATCHES, {"installPatches": {"rebootSetting": "Sometimes"}}) != []


def test_the_services_that_pass_a_firewall_stand_in_one_text(catalog: Catalog) -> None:
    def passing(text: str) -> list[str]:
        return problems(catalog, ACCOUNT, {"networkRuleSet": {"bypass": text, "defaultAction": "Deny"}})

    assert passing("AzureServices, Logging, Metrics") == []
    assert passing("AzureServices, Backup") != []


def test_an_unknown_property_is_named_with_the_closest_one(catalog: Catalog) -> None:
    assert problems(catalog, CLUSTER, {"agentPoolProfile": []}) == [
        'agentPoolProfile: azure-native:containerservice:ManagedCluster has no property of that name; did you mean "agentPoolProfiles"?'  # noqa: E501
    ]


def test_an_unknown_property_is_found_at_any_depth(catalog: Catalog) -> None:
    pools = [{"name": "a"}, {"name": "system", "upgradeSettings": {"maxsurge2": "1"}}]
    [text] = problems(catalog, CLUSTER, {"agentPoolProfiles": pools})
    assert text == (
        "agentPoolProfiles[1].upgradeSettings.maxsurge2: AgentPoolUpgradeSettings has no property of that name; "
        'did you mean "maxSurge"?'
    )


@pytest.mark.parametrize(
    ("subnet", "count"), [({"id": "/x", "addressPrefix": "10.0.0.0/24"}, 0), ({"ID": "/x"}, 1), ({"idd": "/x"}, 1)]
)
def test_a_reference_may_be_passed_as_the_whole_that_it_refers_to(
    catalog: Catalog, subnet: dict[str, Any], count: int
) -> None:
    firewall = catalog.resource("azure-native:network:AzureFirewall")
    assert firewall is not None
    inputs = {"resourceGroupName": "rg", "ipConfigurations": [{"name": "c", "subnet": subnet}]}
    assert len(conformity.problems(firewall.inputs, inputs, firewall.module, firewall.token)) == count


def test_a_property_in_another_case_is_another_property(catalog: Catalog) -> None:
    assert 'did you mean "osDiskSizeGB"?' in problems(catalog, POOL, {"osDiskSizeGb": 64})[0]


def test_a_name_like_no_other_is_answered_with_what_there_is(catalog: Catalog) -> None:
    [text] = problems(catalog, ACCOUNT, {"sku": {"name": "Standard_LRS", "zzzzz": 1}})
    assert text == "sku.zzzzz: Sku has no property of that name; it takes name"


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ({"vmSize": 7}, "vmSize: expected a string, got the number 7"),
        ({"count": "3"}, "count: expected a whole number, got a string"),
        ({"count": 2.5}, "count: expected a whole number, got the number 2.5"),
        ({"count": True}, "count: expected a whole number, got true"),
        ({"enableFIPS": "true"}, "enableFIPS: expected true or false, got a string"),
        ({"enableFIPS": 0}, "enableFIPS: expected true or false, got the number 0"),
        ({"spotMaxPrice": "x"}, "spotMaxPrice: expected a number, got a string"),
        ({"nodeTaints": "a"}, "nodeTaints: expected a list, each item a string, got a string"),
        ({"nodeTaints": {"a": 1}}, "nodeTaints: expected a list, each item a string, got an object"),
        ({"nodeTaints": ["a", 1]}, "nodeTaints[1]: expected a string, got the number 1"),
        ({"nodeLabels": ["a"]}, "nodeLabels: expected a map, each value a string, got a list"),
        ({"nodeLabels": {"a": False}}, "nodeLabels.a: expected a string, got false"),
        ({"upgradeSettings": "x"}, "upgradeSettings: expected an AgentPoolUpgradeSettings, got a string"),
        ({"mode": 1}, "mode: expected an AgentPoolMode, got the number 1"),
        ({"mode": ["User"]}, "mode: expected an AgentPoolMode, got a list"),
    ],
)
def test_a_wrong_type_says_what_was_expected_and_what_came(catalog: Catalog, inputs: dict[str, Any], text: str) -> None:
    assert problems(catalog, POOL, inputs) == [text]


def test_a_whole_number_is_a_number(catalog: Catalog) -> None:
    assert problems(catalog, POOL, {"spotMaxPrice": -1}) == []


def test_missing_required_values_are_found_at_any_depth(catalog: Catalog) -> None:
    assert problems(catalog, ACCOUNT, {"sku": {}, "kind": None}) == [
        "sku.name: required by Sku and missing; expected a SkuName",
        "kind: required by azure-native:storage:StorageAccount and missing; expected a Kind",
    ]


def test_absent_and_none_are_the_same_and_false_is_neither(catalog: Catalog) -> None:
    assert problems(catalog, POOL, {"enableFIPS": None, "count": None, "nodeTaints": [None]}) == []
    assert problems(catalog, ACCOUNT, {"sku": {"name": None}}) == problems(catalog, ACCOUNT, {"sku": {}})
    assert problems(catalog, ACCOUNT, {"sku": False}) == ["sku: expected a Sku, got false"]


def test_a_bad_enum_value_is_named_with_the_closest_and_all_that_are_allowed(catalog: Catalog) -> None:
    assert problems(catalog, POOL, {"scaleSetPriority": "Sport"}) == [
        'scaleSetPriority: "Sport" is not a ScaleSetPriority; did you mean "Spot"? allowed: Spot, Regular'
    ]


def operators(*values: Any) -> dict[str, Any]:
    return {"criteria": {"allOf": [{"query": "Heartbeat", "operator": value} for value in values]}}


# The SDK has room for one enum of a name: its ConditionOperator is that of another service (eq, ne, lt, ...).
@pytest.mark.parametrize("value", ["GreaterThan", "greaterthan", "GreaterOrLessThan", "eq", Secret("LessThanOrEqual")])
def test_a_value_that_only_arm_knows_is_taken(catalog: Catalog, value: Any) -> None:
    assert problems(catalog, ALERT, operators("Equals", value)) == []


@pytest.mark.parametrize(
    ("short", "inputs"),
    [
        ("network:NatGateway", {"resourceGroupName": "rg", "sku": {"name": "StandardV2"}}),
        ("network:PublicIPPrefix", {"resourceGroupName": "rg", "sku": {"name": "StandardV2"}}),
        ("network:FirewallPolicy", {"resourceGroupName": "rg", "intrusionDetection": {"profile": "Emerging"}}),
        ("authorization:PolicyAssignment", {
            "scope": "/subscriptions/s",
            "overrides": [{"kind": "policyEffect", "selectors": [{"kind": "userPrincipalId", "in": ["x"]}]}],
        }),
    ],
)  # fmt: skip
def test_values_that_are_newer_than_the_sdk_are_taken(catalog: Catalog, short: str, inputs: dict[str, Any]) -> None:
    resource = catalog.resource(f"azure-native:{short}")
    assert resource is not None
    assert conformity.problems(resource.inputs, inputs, resource.module, resource.token) == []


def test_a_value_that_neither_the_sdk_nor_arm_knows_is_answered_with_the_closest_of_both(catalog: Catalog) -> None:
    [text] = problems(catalog, ALERT, operators("Equals", "GreatrThan"))
    assert text.startswith(
        'criteria.allOf[1].operator: "GreatrThan" is not a ConditionOperator; did you mean "GreaterThan"? allowed: eq, '
    )
    assert text.endswith("Equals, GreaterOrLessThan, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual")
    [secret] = problems(catalog, ALERT, operators(Secret("GreatrThan")))
    assert "GreaterThan" in secret
    assert "GreatrThan" not in secret


def test_a_value_of_another_property_of_the_type_is_not_taken(catalog: Catalog) -> None:
    [text] = problems(catalog, ALERT, {"kind": "GreaterThan"})
    assert text == 'kind: "GreaterThan" is not a Kind; allowed: LogAlert, SimpleLogAlert, LogToMetric'


@pytest.mark.parametrize("value", ["spot", "SPOT", "Spot"])
def test_the_case_of_an_enum_value_does_not_matter(catalog: Catalog, value: str) -> None:
    assert problems(catalog, POOL, {"scaleSetPriority": value}) == []


def test_an_empty_value_of_an_enum_is_none(catalog: Catalog) -> None:
    assert problems(catalog, POOL, {"scaleSetPriority": ""}) == []


@pytest.mark.parametrize("kind", ["SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned"])
def test_both_spellings_of_two_kinds_of_identity_are_taken(catalog: Catalog, kind: str) -> None:
    assert problems(catalog, ACCOUNT, {"identity": {"type": kind}}) == []


@pytest.mark.parametrize("value", [UNKNOWN, Secret(UNKNOWN), Secret(None)])
@pytest.mark.parametrize("name", ["count", "nodeTaints", "nodeLabels", "upgradeSettings", "mode", "enableFIPS"])
def test_unknown_values_conform_to_everything(catalog: Catalog, name: str, value: Any) -> None:
    assert problems(catalog, POOL, {name: value}) == []


def test_an_unknown_required_value_is_not_missing(catalog: Catalog) -> None:
    assert problems(catalog, ACCOUNT, {"sku": UNKNOWN, "kind": Secret("StorageV2")}) == []


@pytest.mark.parametrize(
    ("kind", "destination", "text"),
    [
        ("ServiceTag", "pypi.org", "properties.destination: expected a ServiceTagDestination, got a string"),
        ("FQDN", {"serviceTag": "x"}, "properties.destination: expected a string, got an object"),
        ("servicetag", {"servicetag": "x"}, "properties.destination.servicetag: ServiceTagDestination has no property of that name"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_discriminator_chooses_the_member_that_is_judged(
    catalog: Catalog, kind: str, destination: Any, text: str
) -> None:
    [found] = problems(catalog, RULE, {"properties": {"type": kind, "destination": destination}})
    assert found.startswith(text)


def test_a_discriminator_that_chooses_nothing_is_named_with_what_there_is(catalog: Catalog) -> None:
    [found] = problems(catalog, RULE, {"properties": {"type": "Everything"}})
    assert found == (
        "properties: none of the kinds that are allowed here: type=fqdn, type=privateendpoint, type=servicetag"
    )


@pytest.mark.parametrize("kind", [UNKNOWN, Secret("FQDN")])
def test_an_unread_discriminator_leaves_every_member_open(catalog: Catalog, kind: Any) -> None:
    assert problems(catalog, RULE, {"properties": {"type": kind, "destination": "pypi.org"}}) == []


@pytest.mark.parametrize(
    "inputs",
    [
        {"scaleSetPriority": Secret("hunter2")},
        {"count": Secret("hunter2")},
        {"vmSize": Secret(20211111)},
        {"enableFIPS": Secret(20211111)},
        {"nodeLabels": Secret({"hunter2": 20211111})},
        {"nodeTaints": Secret(["hunter2", 20211111])},
        {"upgradeSettings": Secret({"hunter2": 20211111})},
        {"upgradeSettings": {"maxSurge": Secret(20211111)}},
    ],
)
def test_no_message_says_anything_of_a_secret_but_that_it_does_not_fit(
    catalog: Catalog, inputs: dict[str, Any]
) -> None:
    [text] = problems(catalog, POOL, inputs)
    assert "hunter2" not in text
    assert "20211111" not in text
    assert "which is secret, does not fit; expected" in text


def test_a_secret_that_fits_is_no_problem(catalog: Catalog) -> None:
    assert problems(catalog, POOL, {"vmSize": Secret("x"), "nodeLabels": Secret({"a": "b"})}) == []


def test_a_secret_enum_value_is_answered_with_what_is_allowed(catalog: Catalog) -> None:
    [text] = problems(catalog, POOL, {"scaleSetPriority": Secret("hunter2")})
    assert text.endswith("expected a ScaleSetPriority: Spot, Regular")


def test_inputs_drawn_from_the_shape_of_a_type_conform_for_every_type(catalog: Catalog) -> None:
    for module in catalog.module_names:
        opened = catalog.module(f"azure-native:{module}:X")
        assert opened is not None
        for token in opened.content["resources"]:
            _conforms(catalog, token, Random(token))  # noqa: S311 - a reproducible draw


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(short=st.sampled_from(sorted(NAMED)), random=st.randoms(use_true_random=False))
def test_whatever_is_drawn_for_the_types_of_the_platform_conforms(catalog: Catalog, short: str, random: Random) -> None:
    _conforms(catalog, f"azure-native:{short}", random)


def _conforms(catalog: Catalog, token: str, random: Random) -> None:
    resource = catalog.resource(token)
    assert resource is not None
    inputs = inputs_of(resource, random)
    assert conformity.problems(resource.inputs, inputs, resource.module, token) == [], (token, inputs)
