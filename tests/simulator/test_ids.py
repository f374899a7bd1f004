"""ARM ids: built, taken apart, and compared as ARM does."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import ids
from simulator.ids import SUBSCRIPTION, MissingParameterError, PathTemplate
from simulator.paths import listed_tokens, path_of
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, HUB

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"
SUBNET = f"{NETWORK}/subnets/snet"
ASSIGNMENT = f"{SUBNET}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-0000-0000-000000000001"
NAMES = st.text(string.ascii_letters + string.digits + "-_.", min_size=1, max_size=12)
SCOPES = st.sampled_from(["/", "/subscriptions/x", GROUP, NETWORK, SUBNET, ASSIGNMENT])


def test_every_path_of_the_table_is_taken_apart_as_it_was_built() -> None:
    for token in listed_tokens():
        template = path_of(token)
        inputs = {name: f"{name}-x" for name in template.parameters}
        if template.scope_parameter is not None:
            inputs[template.scope_parameter] = SUBNET
        built = template.build(inputs)
        assert isinstance(built, str), token
        assert template.parse(built) == inputs, token
        assert template.type_at(built) == ids.type_of(built), token
        assert ids.key(str(template.build(template.parse(built.upper()) or {}))) == ids.key(built), token


def test_the_type_of_a_record_set_is_part_of_its_id() -> None:
    template = path_of("azure-native:privatedns:PrivateRecordSet")
    built = template.build(
        {"resourceGroupName": "rg", "privateZoneName": "z.test", "recordType": "A", "relativeRecordSetName": "@"}
    )
    assert template.type_at(str(built)) == "Microsoft.Network/privateDnsZones/A"


@settings(max_examples=50)
@given(scope=SCOPES, name=NAMES)
def test_an_extension_keeps_the_scope_that_it_was_given(scope: str, name: str) -> None:
    template = path_of("azure-native:authorization:RoleAssignment")
    built = template.build({"scope": scope, "roleAssignmentName": name})
    assert isinstance(built, str)
    assert "//" not in built
    assert template.parse(built) == {"scope": scope, "roleAssignmentName": name}


def test_an_id_without_one_of_its_parts_is_not_built() -> None:
    with pytest.raises(MissingParameterError, match="subnetName"):
        path_of("azure-native:network:Subnet").build({"resourceGroupName": "rg", "virtualNetworkName": "v"})


def test_an_id_is_unknown_while_one_of_its_parts_is() -> None:
    inputs = {"resourceGroupName": UNKNOWN, "virtualNetworkName": "v", "subnetName": "s"}
    assert path_of("azure-native:network:Subnet").build(inputs) is UNKNOWN


def test_an_id_of_another_type_has_no_parts() -> None:
    assert path_of("azure-native:network:Subnet").parse(NETWORK) is None
    assert path_of("azure-native:network:VirtualNetwork").parse(SUBNET) is None


def test_ids_are_one_whatever_their_case_and_trailing_slash() -> None:
    assert ids.key(f"{SUBNET.upper()}/") == ids.key(SUBNET)


def test_the_path_of_a_generic_resource_holds_its_whole_parent() -> None:
    inputs = {
        "resourceGroupName": "rg",
        "resourceProviderNamespace": "Microsoft.DataFactory",
        "parentResourcePath": "factories/adf",
        "resourceType": "managedVirtualNetworks",
        "resourceName": "default",
    }
    template = path_of("azure-native:resources:Resource")
    built = template.build(inputs)
    assert isinstance(built, str)
    assert built.endswith("/providers/Microsoft.DataFactory/factories/adf/managedVirtualNetworks/default")
    assert template.parse(built) == inputs


@pytest.mark.parametrize(
    ("resource_id", "expected"),
    [
        (ASSIGNMENT, [SUBNET, NETWORK, GROUP]),
        (SUBNET, [NETWORK, GROUP]),
        (NETWORK, [GROUP]),
        (GROUP, []),
        (f"{GROUP}/providers/A.B/c/d/e/f/g/h", [f"{GROUP}/providers/A.B/c/d/e/f", f"{GROUP}/providers/A.B/c/d", GROUP]),
        ("/providers/Microsoft.Management/managementGroups/mg", []),
        (
            "/providers/Microsoft.Management/managementGroups/mg/settings/default",
            ["/providers/Microsoft.Management/managementGroups/mg"],
        ),
        (f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Consumption/budgets/b", []),
    ],
)
def test_what_holds_a_resource_is_named_nearest_first(resource_id: str, expected: list[str]) -> None:
    assert list(ids.parents(resource_id)) == expected


def test_parents_are_found_whatever_the_case_of_the_id() -> None:
    assert [ids.key(parent) for parent in ids.parents(ASSIGNMENT.upper())] == [
        ids.key(parent) for parent in ids.parents(ASSIGNMENT)
    ]


@pytest.mark.parametrize(
    ("resource_id", "expected"),
    [
        (ASSIGNMENT, "Microsoft.Authorization/roleAssignments"),
        (SUBNET, "Microsoft.Network/virtualNetworks/subnets"),
        (f"{SUBNET}/", "Microsoft.Network/virtualNetworks/subnets"),
        (GROUP, "Microsoft.Resources/resourceGroups"),
        (f"/subscriptions/{SUBSCRIPTION}", "Microsoft.Resources/subscriptions"),
    ],
)
def test_an_id_says_what_it_is_the_id_of(resource_id: str, expected: str) -> None:
    assert ids.type_of(resource_id) == expected


@pytest.mark.parametrize("text", [SUBNET, ASSIGNMENT, NETWORK.upper(), f"{NETWORK}/", f"{HUB}/providers/A.B/c/d"])
def test_ids_are_recognised(text: str) -> None:
    assert ids.looks_like_id(text)


@pytest.mark.parametrize(
    "text",
    [
        GROUP,
        f"/subscriptions/{SUBSCRIPTION}",
        f"{NETWORK} is the spoke",
        f"{NETWORK}/subnets",
        f"{NETWORK}/subnets/*",
        f"{NETWORK}/subnets/{{name}}",
        f"https://portal.azure.com/#resource{NETWORK}",
        "/providers/Microsoft.Management/managementGroups/mg",
        7,
        None,
    ],
)
def test_other_texts_are_not_ids(text: object) -> None:
    assert not ids.looks_like_id(text)


def test_an_id_says_which_subscription_it_lies_in() -> None:
    assert ids.subscription_of(SUBNET) == SUBSCRIPTION
    assert ids.subscription_of(f"{HUB}/providers/A.B/c/d") == "11111111-1111-1111-1111-111111111111"
    assert ids.subscription_of("/providers/Microsoft.Management/managementGroups/mg") is None
    assert ids.subscription_of("") is None


def test_a_singleton_has_no_name_of_its_own() -> None:
    template = PathTemplate("/subscriptions/{subscriptionId}/resourceGroups/{g}/providers/A.B/c/{d}/e/default")
    assert template.name_parameter is None
    assert template.is_child
