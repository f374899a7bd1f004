"""Limits on values: the harvested table fits the SDK, and a value outside it is refused without being shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from simulator.arm import generate_constraints
from simulator.arm.generate_constraints import LIMITS
from simulator.catalog import Catalog, Shape
from simulator.catalog.catalog import Module
from simulator.constraints import constraint_refusals, constraint_table
from simulator.errors import ArmError
from simulator.ids import type_of
from simulator.paths import listed_tokens, path_of, tokens_by_type
from simulator.values import UNKNOWN, Secret
from tests.simulator.azure import Azure, token_of
from tests.simulator.examples import EXAMPLES

AKS = "Microsoft.ContainerService/managedClusters"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices"
TABLE = constraint_table()
LISTED = frozenset(listed_tokens())
ROWS = [(name, path, limits) for name, row in TABLE.items() for path, limits in row["properties"].items()]


def shape_at(shape: Shape, steps: list[str], module: Module) -> Shape | None:
    """The shape below a shape; None where the SDK has no such input."""
    if not steps:
        return shape
    if shape[0] == "union":
        found = (shape_at(member, steps, module) for member in shape[1:])
        return next((s for s in found if s is not None), None)
    if steps[0] == "[*]":
        return shape_at(shape[1], steps[1:], module) if shape[0] in {"list", "map"} else None
    declared = module.object(shape[1]).get(steps[0]) if shape[0] == "object" else None
    return None if declared is None else shape_at(declared["shape"], steps[1:], module)


def test_every_limited_path_is_an_input_of_the_sdk(catalog: Catalog) -> None:
    strays = []
    for arm_type, path, _ in ROWS:
        first, *rest = path.replace("[*]", ".[*]").split(".")
        for token in tokens_by_type()[arm_type.lower()]:
            resource = catalog.resource(token)
            assert resource is not None
            if first not in resource.inputs or shape_at(resource.inputs[first]["shape"], rest, resource.module) is None:
                strays.append(f"{token}: {path}")
    assert strays == []


def test_limits_are_well_formed() -> None:
    for name, row in TABLE.items():
        assert re.fullmatch(r"azure-mgmt-\w+ \d[\w.]*", row["source"]), name
        assert row["properties"], name
    for name, path, limits in ROWS:
        where = f"{name}: {path}"
        assert limits, where
        assert set(limits) <= set(LIMITS), where
        for low, high in (("minimum", "maximum"), ("min_length", "max_length"), ("min_items", "max_items")):
            assert low not in limits or high not in limits or limits[low] <= limits[high], where
        if "pattern" in limits:
            re.compile(limits["pattern"])


def test_patterns_of_resource_ids_are_left_to_the_reference_check() -> None:
    assert [path for _, path, limits in ROWS if "pattern" in limits and path.lower().endswith("id")] == []


# Compared by eye with the model classes of the packages that the rows name, on 2026-11-25.
@pytest.mark.parametrize(
    ("arm_type", "path", "limits"),
    [
        (AKS, "networkProfile.natGatewayProfile.managedOutboundIPProfile.count", {"minimum": 1, "maximum": 16}),
        (AKS, "networkProfile.loadBalancerProfile.idleTimeoutInMinutes", {"minimum": 4, "maximum": 120}),
        (f"{AKS}/agentPools", "upgradeSettings.drainTimeoutInMinutes", {"minimum": 1, "maximum": 1440}),
        (f"{AKS}/maintenanceConfigurations", "maintenanceWindow.durationHours", {"minimum": 4, "maximum": 24}),
        (BLOBS, "deleteRetentionPolicy.days", {"minimum": 1, "maximum": 365}),
        ("Microsoft.Network/bastionHosts", "scaleUnits", {"minimum": 2, "maximum": 50}),
        ("Microsoft.Insights/actionGroups", "groupShortName", {"max_length": 12}),
        ("Microsoft.OperationalInsights/workspaces/tables", "retentionInDays", {"maximum": 730}),
    ],
)
def test_rows_checked_by_hand(arm_type: str, path: str, limits: dict[str, Any]) -> None:
    assert TABLE[arm_type]["properties"][path] == limits


@pytest.mark.parametrize("arm_type", ["Microsoft.Network/networkSecurityGroups", "Microsoft.Network/natGateways"])
def test_types_whose_limits_microsoft_does_not_publish_have_none(arm_type: str) -> None:
    assert arm_type not in TABLE


def days(value: Any) -> dict[str, Any]:
    return {"deleteRetentionPolicy": {"enabled": True, "days": value}}


@pytest.mark.parametrize("value", [1, 7, 365, None, UNKNOWN, True, "7", Secret(7), Secret(UNKNOWN)])
def test_values_inside_at_the_bounds_absent_unknown_or_of_another_type_pass(value: Any) -> None:
    assert list(constraint_refusals(BLOBS, days(value))) == []


@pytest.mark.parametrize("inputs", [{}, {"deleteRetentionPolicy": UNKNOWN}, {"deleteRetentionPolicy": None}])
def test_what_is_not_there_is_not_judged(inputs: dict[str, Any]) -> None:
    assert list(constraint_refusals(BLOBS, inputs)) == []


@pytest.mark.parametrize(("value", "said"), [(0, "at least 1"), (366, "at most 365"), (-1, "at least 1")])
def test_a_value_outside_its_range_is_refused_with_the_range(value: int, said: str) -> None:
    [refusal] = constraint_refusals(BLOBS.upper(), days(value))
    assert (refusal.code, refusal.target) == ("InvalidParameter", "deleteRetentionPolicy.days")
    assert said in refusal.message
    assert refusal.fix == "use a value of at least 1, at most 365"
    assert "(simulator's words)" in str(refusal)


def test_a_zero_that_stands_for_the_default_passes() -> None:
    pool = f"{AKS}/agentPools"
    assert list(constraint_refusals(pool, {"upgradeSettings": {"drainTimeoutInMinutes": 0}})) == []
    assert list(constraint_refusals(pool, {"upgradeSettings": {"drainTimeoutInMinutes": -1}})) != []


def test_each_item_of_a_list_is_judged_and_named() -> None:
    pools = [{"osDiskSizeGB": 128}, UNKNOWN, {"osDiskSizeGB": 4096}]
    [refusal] = constraint_refusals(AKS, {"agentPoolProfiles": pools})
    assert refusal.target == "agentPoolProfiles[2].osDiskSizeGB"


def test_the_number_of_items_and_the_form_of_a_text_are_judged() -> None:
    certificates = [r.target for r in constraint_refusals(AKS, {"securityProfile": certificates_of(11)})]
    assert certificates == ["securityProfile.customCATrustCertificates"]
    assert list(constraint_refusals(AKS, {"securityProfile": certificates_of(10)})) == []
    ranges = [r.target for r in constraint_refusals(AKS, {"networkProfile": {"serviceCidr": "10.0.0.0/33"}})]
    assert ranges == ["networkProfile.serviceCidr"]
    assert list(constraint_refusals(AKS, {"networkProfile": {"serviceCidr": "10.0.0.0/16"}})) == []


def certificates_of(number: int) -> dict[str, Any]:
    return {"customCATrustCertificates": ["Y2E="] * number}


@pytest.mark.parametrize("wrap", [lambda text: text, Secret])
def test_a_refused_text_is_never_shown(wrap: Any) -> None:
    short = "secret of the team"
    [refusal] = constraint_refusals("Microsoft.Insights/actionGroups", {"groupShortName": wrap(short)})
    assert short not in str(refusal)
    assert "at most 12 characters" in refusal.message


def test_a_request_outside_a_limit_is_refused_as_a_whole(azure: Azure) -> None:
    inputs = {**EXAMPLES["monitor:ActionGroup"], "groupShortName": "thirteen-chars"}
    with pytest.raises(ArmError, match="groupShortName"):
        azure.create("monitor:ActionGroup", "ag", inputs)


def test_every_example_is_within_the_limits() -> None:
    examples = {type_of(path_of(token_of(short)).text): x for short, x in EXAMPLES.items() if token_of(short) in LISTED}
    judged = {name: inputs for name, inputs in examples.items() if name in TABLE}
    assert judged
    assert [refusal for name, inputs in judged.items() for refusal in constraint_refusals(name, inputs)] == []


MODELS = r"""
class Base:
    _validation = {"name": {"readonly": True, "max_length": 3}}
    _attribute_map = {"name": {"key": "name", "type": "str"}}

class Vault(Base):
    _validation = {"days": {"maximum": 9}, "name": {"max_length": 4}, "id": {"readonly": True}}
    _attribute_map = {
        "id": {"key": "id", "type": "str"},
        "days": {"key": "properties.softDelete.days", "type": "int"},
        "dotted": {"key": "properties.a\\.b", "type": "str"},
    }
"""


def test_fields_come_with_the_limits_of_their_class_over_those_of_its_bases(tmp_path: Any) -> None:
    (tmp_path / "_models_py3.py").write_text(MODELS, encoding="utf-8")
    fields = {field.steps: field for field in generate_constraints._models(tmp_path)["Vault"]}
    assert fields[("properties", "softDelete", "days")].limits == {"maximum": 9}
    assert fields[("properties", "a.b")].limits == {}
    assert fields[("name",)].limits == {"max_length": 4}
    assert fields[("id",)].readonly
