"""Every type of the SDK has an ARM path; one that is only derived says so."""

from __future__ import annotations

from simulator.catalog import Catalog
from simulator.paths import is_derived, template_of, tokens_by_type


def test_every_type_has_a_path_made_of_its_own_inputs(catalog: Catalog) -> None:
    for module in catalog.module_names:
        opened = catalog.module(f"azure-native:{module}:X")
        assert opened is not None
        for token in opened.content["resources"]:
            resource = catalog.resource(token)
            assert resource is not None
            template = template_of(resource)
            assert set(template.parameters) <= set(resource.inputs), token
            assert "/providers/" in template.text or token == "azure-native:resources:ResourceGroup", token


def test_a_path_that_the_table_lacks_is_derived_from_the_names(catalog: Catalog) -> None:
    token = "azure-native:datashare:Invitation"
    resource = catalog.resource(token)
    assert resource is not None
    assert is_derived(token)
    assert template_of(resource).text.endswith(
        "/accounts/{accountName}/shares/{shareName}/invitations/{invitationName}"
    )


def test_a_path_of_the_table_is_not_derived() -> None:
    assert not is_derived("azure-native:network:Subnet")


def test_an_arm_type_knows_its_tokens_whatever_its_case() -> None:
    assert "azure-native:network:Subnet" in tokens_by_type()["microsoft.network/virtualnetworks/subnets"]
