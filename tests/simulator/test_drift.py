"""Changes behind the program's back are what a refresh reads."""

from __future__ import annotations

import pytest

from simulator.drift import DriftError, delete, set_property
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES

REGISTRY = "containerregistry:Registry"


def test_a_property_set_outside_is_read_as_input_and_output(azure: Azure) -> None:
    made = azure.create(REGISTRY, "cr", EXAMPLES[REGISTRY])
    written = set_property(azure.store, str(made.id), "tags.owner", "somebody")
    read = azure.read(REGISTRY, "cr", str(made.id), made.inputs)
    assert read is not None
    assert read.inputs["tags"] == read.outputs["tags"] == {"owner": "somebody"}
    assert written.urn.endswith("::cr")


def test_an_item_of_a_list_is_set_and_a_missing_one_refused(azure: Azure) -> None:
    made = azure.network()
    set_property(azure.store, str(made.id), "addressSpace.addressPrefixes[0]", "10.9.0.0/16")
    read = azure.read("network:VirtualNetwork", "vnet", str(made.id), made.inputs)
    assert read is not None
    assert read.outputs["addressSpace"]["addressPrefixes"] == ["10.9.0.0/16"]
    with pytest.raises(DriftError, match=r"nothing at `7`"):
        set_property(azure.store, str(made.id), "addressSpace.addressPrefixes[7]", "10.9.0.0/16")


@pytest.mark.parametrize("path", ["", "a[x]", "["])
def test_what_is_no_path_is_refused(azure: Azure, path: str) -> None:
    with pytest.raises(DriftError, match="is no path"):
        set_property(azure.store, GROUP, path, 1)


def test_a_deletion_takes_what_lies_below_and_is_read_as_gone(azure: Azure) -> None:
    made = azure.network()
    azure.subnet("snet", "10.0.1.0/24")
    assert len(delete(azure.store, str(made.id))) == 2
    assert azure.read("network:VirtualNetwork", "vnet", str(made.id), made.inputs) is None


def test_the_error_about_a_missing_resource_lists_those_that_are_there(azure: Azure) -> None:
    with pytest.raises(DriftError, match="rg-test"):
        delete(azure.store, f"{GROUP}-other")
