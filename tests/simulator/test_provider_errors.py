"""What the engine is told when a request is refused or can't be carried out."""

from __future__ import annotations

import grpc
import pytest

from tests.simulator.azure import GROUP, HUB
from tests.simulator.engine_side import Plugin, refused
from tests.simulator.examples import EXAMPLES

ACCOUNT = EXAMPLES["storage:StorageAccount"]
OUTSIDE = (
    "Subnet 's' is not valid because its IP address range is outside the IP address range of virtual network 'vnet'."
)


def test_a_refusal_carries_code_message_target_and_resource(plugin: Plugin) -> None:
    plugin.create("network:VirtualNetwork", EXAMPLES["network:VirtualNetwork"])
    subnet = {
        "resourceGroupName": "rg-test",
        "virtualNetworkName": "vnet",
        "subnetName": "s",
        "addressPrefix": "10.9.0.0/24",
    }
    code, text = refused(plugin.create, "network:Subnet", subnet)
    assert code == grpc.StatusCode.FAILED_PRECONDITION
    assert text.splitlines() == [
        'Status=400 Code="NetcfgSubnetRangeOutsideVnet" Message="' + OUTSIDE + '" Target="addressPrefix"',
        "    fix: choose a range inside the network's address space, or widen the address space",
        f"    resource: {GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/s",
    ]


def test_words_that_are_not_azures_own_say_so(plugin: Plugin) -> None:
    _, text = refused(plugin.create, "storage:StorageAccount", {**ACCOUNT, "accountName": "Nope"})
    assert "(simulator's words)" in text


@pytest.mark.parametrize("operation", ["read", "diff"])
def test_a_real_subscription_is_left_alone(plugin: Plugin, operation: str) -> None:
    real = f"{HUB}/providers/Microsoft.Storage/storageAccounts/sttest"
    call = {
        "read": lambda: plugin.read("storage:StorageAccount", real, ACCOUNT),
        "diff": lambda: plugin.diff("storage:StorageAccount", real, ACCOUNT, ACCOUNT),
    }[operation]
    assert 'Code="RealSubscription"' in refused(call)[1]


def test_a_type_that_does_not_exist_is_an_error_and_no_traceback(plugin: Plugin) -> None:
    for call in (plugin.check, plugin.create):
        code, text = refused(call, "network:Subnets", {})
        assert code == grpc.StatusCode.FAILED_PRECONDITION
        assert "Traceback" not in text


def test_a_store_that_cannot_be_used_is_an_error_that_names_it(plugin: Plugin) -> None:
    plugin.store.close()
    for path in plugin.store.path.parent.glob("subscription.sqlite*"):
        path.unlink()
    plugin.store.path.write_text("not a database" * 100, encoding="utf-8")
    code, text = refused(plugin.create, "storage:StorageAccount", ACCOUNT)
    assert code == grpc.StatusCode.INTERNAL
    assert str(plugin.store.path) in text
    assert "fix:" in text
