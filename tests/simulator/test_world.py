"""What exists during a preview: what is stored, hidden by what the preview has foreseen."""

from __future__ import annotations

from simulator.store import Record, Store
from simulator.world import World
from tests.simulator.azure import GROUP

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"


def record(resource_id: str, urn: str) -> Record:
    return Record(resource_id, "Microsoft.Network/virtualNetworks", "t", urn, {}, {})


def test_what_was_foreseen_hides_what_is_stored(store: Store) -> None:
    world = World(store)
    store.put(record(NETWORK, "stored"))
    world.foresee(record(NETWORK.upper(), "foreseen"))
    world.foresee(record(f"{NETWORK}/subnets/s", "child"))
    found = world.get(NETWORK)
    assert found is not None
    assert found.urn == "foreseen"
    assert sorted(each.urn for each in world.all()) == ["child", "foreseen"]
    assert [each.urn for each in world.below(NETWORK)] == ["child"]
    assert len(world.of_type("microsoft.network/VIRTUALNETWORKS")) == 2
    assert [each.urn for each in store.all()] == ["stored"]


def test_what_was_foreseen_is_forgotten_whole(store: Store) -> None:
    world = World(store)
    world.foresee(record(NETWORK, "foreseen"))
    world.forget()
    assert world.all() == []


def test_the_nearest_that_holds_an_id_is_found(store: Store) -> None:
    world = World(store)
    subnet = f"{NETWORK}/subnets/s"
    assert world.holder(subnet) is None
    store.put(record(GROUP, "group"))
    assert world.holder(subnet) == world.get(GROUP)
    world.foresee(record(NETWORK, "network"))
    assert world.holder(f"{subnet}/providers/X.Y/z/1") == world.get(NETWORK)
