"""A capacity reservation group and what lies in it."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

GROUP, RESERVATION = "compute:CapacityReservationGroup", "compute:CapacityReservation"


def test_a_group_goes_after_its_reservations(azure: Azure) -> None:
    deploy(azure, until=GROUP)
    group = azure.create(GROUP, "group", EXAMPLES[GROUP])
    reservation = azure.create(RESERVATION, "one", EXAMPLES[RESERVATION])
    with pytest.raises(ArmError, match="CannotDeleteResource"):
        azure.service.delete(group.id)
    azure.service.delete(reservation.id)
    azure.service.delete(group.id)
