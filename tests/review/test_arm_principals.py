"""Whose an assignment in a template is: Azure makes the principal's id, so only an expression tells, both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from facts.roles import role
from policies.catalogue import rule
from policies.judge import judge
from policies.profile import profile
from policies.resource import Resource, Stack
from policies.values import UNKNOWN
from review.arm_reader import read_template
from review.arm_template import arm_template

IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities"
ASKED = f"[reference(resourceId('{IDENTITY}', 'id-kubelet'), '2023-01-31').principalId]"


def template(principal: Any, **parts: Any) -> dict[str, Any]:
    """A cluster, its kubelet's identity, a registry, and AcrPull there for `principal`."""
    kubelet = f"[resourceId('{IDENTITY}', 'id-kubelet')]"
    pull = f"/providers/Microsoft.Authorization/roleDefinitions/{role('AcrPull').id}"
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "resources": [
            {"type": IDENTITY, "apiVersion": "2023-01-31", "name": "id-kubelet"},
            {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01", "name": "cr"},
            {
                "type": "Microsoft.ContainerService/managedClusters",
                "apiVersion": "2025-05-01",
                "name": "aks",
                "properties": {"identityProfile": {"kubeletidentity": {"resourceId": kubelet}}},
            },
            {
                "type": "Microsoft.Authorization/roleAssignments",
                "apiVersion": "2022-04-01",
                "name": "00000000-0000-4000-8000-000000000001",
                "scope": "[resourceId('Microsoft.ContainerRegistry/registries', 'cr')]",
                "properties": {"roleDefinitionId": pull, "principalId": principal},
            },
        ],
        **parts,
    }


def verdict(stack: Stack) -> str:
    [found] = judge(stack, profile("prod", "Protected B"), [rule("STK-005")]).findings
    return str(found.verdict)


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (ASKED, "pass"),
        ("[reference('id-kubelet').principalId]", "unknown"),
        ("[reference(resourceId('Microsoft.Resources/deployments', 'm')).outputs.principalId.value]", "unknown"),
        ("[parameters('principal')]", "unknown"),
        ("00000000-0000-4000-8000-0000000000aa", "unknown"),
        (ASKED.replace("id-kubelet", "id-other"), "unknown"),
    ],
    ids=["its identity", "by name alone", "a module's output", "a parameter", "an id", "another template's"],
)
def test_a_role_of_the_template_is_followed_to_its_identity(principal: str, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    file.write_text(json.dumps(template(principal, parameters={"principal": {"type": "string"}})), encoding="utf-8")
    assert verdict(read_template(file)) == expected


def test_a_symbolic_name_is_followed_too(tmp_path: Path) -> None:
    whole = template("[reference('kubelet').principalId]", languageVersion="2.0")
    identity, *others = whole["resources"]
    resources = {"kubelet": identity, **{f"r{index}": one for index, one in enumerate(others)}}
    file = tmp_path / "t.json"
    file.write_text(json.dumps({**whole, "resources": resources}), encoding="utf-8")
    assert verdict(read_template(file)) == "pass"


@pytest.mark.parametrize(
    ("type_", "inputs", "expected"),
    [
        ("azure-native:managedidentity:UserAssignedIdentity", {"resourceName": "x"}, ").principalId]"),
        ("azure-native:kubernetesconfiguration:Extension", None, ").aksAssignedIdentity.principalId]"),
        ("azure-native:recoveryservices:Vault", {"vaultName": "x"}, ", 'Full').identity.principalId]"),
    ],
)
def test_an_export_asks_azure_for_the_principal(type_: str, inputs: Mapping[str, Any] | None, expected: str) -> None:
    own = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.X/y/x" if inputs is None else None
    holder = Resource(
        type=type_, name="x", urn="urn::x", id=own, properties={"resourceGroupName": "rg", **(inputs or {})}
    )
    assignment = Resource(
        type="azure-native:authorization:RoleAssignment",
        name="r",
        urn="urn::r",
        properties={"scope": "/subscriptions/s/resourceGroups/rg", "roleAssignmentName": "g", "principalId": UNKNOWN},
        dependencies={"principalId": ("urn::x",)},
    )
    exported = arm_template(Stack("s", (holder, assignment)))
    assert expected in exported.text
    assert exported.left_out == ()
    alone = arm_template(Stack("s", (assignment,)))
    assert [(one.path, one.why) for one in alone.left_out] == [("principalId", "unknown")]
