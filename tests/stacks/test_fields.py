"""Walking the models."""

from __future__ import annotations

import pytest

from stacks.fields import leaves, locate, sections
from stacks.sections.cluster import GpuPoolSettings, GpuSpot
from stacks.sections.network import HubFirewall, NatGateway, NoWayOut, OwnFirewall
from stacks.settings import Settings


@pytest.mark.parametrize(
    ("location", "below"),
    [
        ((), (Settings,)),
        (("network", "egress"), (NatGateway, HubFirewall, OwnFirewall, NoWayOut)),
        (("network", "egress", "hub_firewall"), (HubFirewall,)),
        (("cluster", "gpu_pools"), (GpuPoolSettings,)),
        (("cluster", "gpu_pools", "t4"), (GpuPoolSettings,)),
        (("cluster", "gpu_pools", "t4", "spot"), (GpuSpot,)),
        (("cluster", "gpu_pools", "t4", "vm_size"), ()),
    ],
)
def test_a_path_leads_to_its_sections(location: tuple[str, ...], below: tuple[type, ...]) -> None:
    assert locate(location).below == below


def test_a_path_into_a_list_keeps_the_field() -> None:
    info = locate(("budget", "contacts", 1)).info
    assert info is not None
    assert info.description == "Required. Who is told."


def test_a_plain_type_has_no_sections() -> None:
    assert sections(tuple[str, ...]) == ()


def test_a_name_that_the_stack_chooses_is_marked_in_a_leaf() -> None:
    paths = [path for path, _ in leaves()]
    assert ("cluster", "gpu_pools", "<name>", "spot", "max_price") in paths
    assert ("cluster", "gpu_pools", "<name>", "labels") in paths
