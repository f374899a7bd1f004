from __future__ import annotations

import pytest
from pulumi_azure_native import network

from components.identity.identity import Identity
from components.options import stateful
from components.placement import Placement
from tests.components.examples import IDENTITY, PLACEMENT, PROTECTED
from tests.components.recording import one, record


@pytest.mark.parametrize(("placement", "protect"), [(PLACEMENT, False), (PROTECTED, True)])
def test_a_stateful_child_is_protected_exactly_where_the_placement_says_so(placement: Placement, protect: bool) -> None:
    def program() -> None:
        parent = Identity("x", IDENTITY)
        network.RouteTable("y", resource_group_name="rg", opts=stateful(parent, placement))

    recorded = record(program)
    made = one(recorded, "network:RouteTable")
    assert made.protect is protect
    assert made.parent == one(recorded, "identity:Identity").urn
