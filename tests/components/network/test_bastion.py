"""The spoke's own Bastion."""

from __future__ import annotations

from dataclasses import replace

from components.network.bastion import Bastion, problems
from tests.components.network.examples import BASTION
from tests.components.recording import one, record


def test_the_host_has_no_public_address_and_lets_nothing_out() -> None:
    recorded = record(lambda: Bastion("x", BASTION))
    host = one(recorded, "network:BastionHost").inputs
    assert host["sku"] == {"name": "Premium"}
    assert host["enablePrivateOnlyBastion"] is True
    assert host["ipConfigurations"] == [{"name": "private", "subnet": {"id": "/bastion"}}]
    assert not [each for each in recorded if each.type.endswith(":PublicIPAddress")]
    assert host["disableCopyPaste"] is True
    assert (host["enableFileCopy"], host["enableShareableLink"]) == (False, False)


def test_the_clipboard_has_to_be_asked_for() -> None:
    host = one(record(lambda: Bastion("x", replace(BASTION, copy_and_paste=True))), "network:BastionHost").inputs
    assert host["disableCopyPaste"] is False


def test_one_scale_unit_is_too_few() -> None:
    assert problems(replace(BASTION, scale_units=1)) == ["1 scale units: Bastion takes 2 to 50"]
