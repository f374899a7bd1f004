"""Who leads to whom: by ids where they are known, by dependencies where they are not, and doubt where neither tells."""

from __future__ import annotations

from typing import Any

import pytest

from policies.references import behind, leading_to, named, naming, users_of
from policies.resource import Resource, Stack
from policies.types import SUBNET, VIRTUAL_NETWORK
from policies.values import UNKNOWN, UnjudgeableError

GROUP = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network"
ID = f"{GROUP}/virtualNetworks/vnet"
HOLDER = "azure-native:example:Holder"
NETWORK = Resource(
    type=VIRTUAL_NETWORK,
    name="vnet",
    urn="urn:vnet",
    id=ID,
    properties={"virtualNetworkName": "vnet", "resourceGroupName": "rg"},
)
OTHER = Resource(type=VIRTUAL_NETWORK, name="other", urn="urn:other", properties={"virtualNetworkName": "other"})


def holder(value: Any, *urns: str, name: str = "holder") -> Resource:
    return Resource(type=HOLDER, name=name, properties={"network": value}, dependencies={"network": urns})


def stack(*resources: Resource) -> Stack:
    return Stack("test", (NETWORK, OTHER, *resources))


@pytest.mark.parametrize("value", [ID, ID.upper(), f"{ID}/", [{"id": ID}], {"deep": [{"id": [ID]}]}])
def test_an_id_leads_to_its_resource_in_any_case_and_depth(value: Any) -> None:
    one = holder(value)
    assert behind(stack(one), one, "network") == (NETWORK,)
    assert leading_to(stack(one), NETWORK, HOLDER, "network") == (one,)


@pytest.mark.parametrize("value", [f"{ID}2", f"{ID}/subnets/a", "vnet", "", None])
def test_another_text_leads_nowhere(value: Any) -> None:
    one = holder(value, "urn:vnet")
    assert behind(stack(one), one, "network") == ()


def test_what_is_not_known_yet_leads_to_what_it_depends_on() -> None:
    one = holder({"id": UNKNOWN}, "urn:vnet", "urn:nothing")
    assert behind(stack(one), one, "network.id") == (NETWORK,)
    assert leading_to(stack(one), NETWORK, HOLDER, "network") == (one,)


def test_what_nothing_tells_of_is_in_doubt_unless_another_one_leads_there() -> None:
    hidden, known = holder(UNKNOWN, name="hidden"), holder(ID, name="known")
    with pytest.raises(UnjudgeableError):
        behind(stack(hidden), hidden, "network")
    with pytest.raises(UnjudgeableError):
        leading_to(stack(hidden), NETWORK, HOLDER, "network")
    assert leading_to(stack(hidden, known), NETWORK, HOLDER, "network") == (known,)


def test_a_name_is_a_name_within_its_resource_group() -> None:
    same = Resource(type=SUBNET, name="a", properties={"virtualNetworkName": "VNET", "resourceGroupName": "RG"})
    elsewhere = Resource(type=SUBNET, name="b", properties={"virtualNetworkName": "vnet", "resourceGroupName": "rg2"})
    found = stack(same, elsewhere)
    assert named(found, same, "virtualNetworkName", VIRTUAL_NETWORK, "virtualNetworkName") == (NETWORK,)
    assert naming(found, NETWORK, SUBNET, "virtualNetworkName", "virtualNetworkName") == (same,)


def test_a_name_that_is_not_known_yet_is_that_of_what_it_depends_on() -> None:
    one = Resource(
        type=SUBNET,
        name="a",
        properties={"virtualNetworkName": UNKNOWN},
        dependencies={"virtualNetworkName": ("urn:other",)},
    )
    assert naming(stack(one), OTHER, SUBNET, "virtualNetworkName", "virtualNetworkName") == (one,)
    lost = Resource(type=SUBNET, name="a", properties={"virtualNetworkName": UNKNOWN})
    with pytest.raises(UnjudgeableError):
        naming(stack(lost), OTHER, SUBNET, "virtualNetworkName", "virtualNetworkName")


def test_users_have_an_id_in_a_text_or_lie_below_or_depend() -> None:
    in_text = holder(f"see {ID}/subnets/a, please", name="text")
    below = Resource(type=SUBNET, name="below", id=f"{ID}/subnets/b")
    depending = holder("name", "urn:vnet", name="depending")
    apart = holder(f"{ID}2", name="apart")
    found = users_of(stack(in_text, below, depending, apart), NETWORK)
    assert [one.name for one in found] == ["text", "below", "depending"]


def test_a_property_that_holds_itself_ends() -> None:
    ring: list[Any] = [ID]
    ring.append(ring)
    one = holder(ring)
    assert behind(stack(one), one, "network") == (NETWORK,)
