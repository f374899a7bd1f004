"""ARM templates that our components never made: what a reader takes from them, and what it says of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policies.resource import Resource
from policies.values import SECRET, UNKNOWN
from review.arm_reader import ReadError, read_template

ACCOUNT = {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "location": "canadacentral"}
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def reading(*resources: Any, given: dict[str, Any] | None = None, **parts: Any) -> list[Resource]:
        file = tmp_path / "t.json"
        file.write_text(json.dumps({"$schema": SCHEMA, "resources": list(resources), **parts}), encoding="utf-8")
        values = None
        if given is not None:
            values = tmp_path / "p.json"
            values.write_text(json.dumps({"parameters": given}), encoding="utf-8")
        return list(read_template(file, values).resources)

    return reading


def test_properties_nested_or_flat_are_the_same(read: Any) -> None:
    nested, flat = read(
        {**ACCOUNT, "name": "a", "properties": {"supportsHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2"}},
        {**ACCOUNT, "name": "b", "supportsHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2"},
    )
    for one in (nested, flat):
        assert one.type == "azure-native:storage:StorageAccount"
        assert one.properties["enableHttpsTrafficOnly"] is True
        assert one.properties["minimumTlsVersion"] == "TLS1_2"
        assert one.properties["location"] == "canadacentral"
    assert nested.properties["accountName"] == "a"


def test_parameters_variables_and_functions_are_resolved(read: Any) -> None:
    [one] = read(
        {
            **ACCOUNT,
            "name": "[variables('name')]",
            "location": "[parameters('region')]",
            "sku": {"name": "[if(equals(parameters('kind'), 'prod'), 'Standard_ZRS', 'Standard_LRS')]"},
            "properties": {"minimumTlsVersion": "[parameters('tls')]", "accessTier": "[[Hot]"},
            "tags": {"a": "[toLower(concat('X', format('{0}-{1}', 1, true())))]"},
        },
        parameters={
            "region": {"type": "string", "defaultValue": "canadaeast"},
            "kind": {"type": "string"},
            "tls": {"type": "string"},
        },
        variables={"name": "[format('st{0}', parameters('kind'))]"},
        given={"kind": {"value": "prod"}},
    )
    assert one.name == "stprod"
    assert one.properties["location"] == "canadaeast"
    assert one.properties["sku"] == {"name": "Standard_ZRS"}
    assert one.properties["minimumTlsVersion"] is UNKNOWN
    assert one.properties["accessTier"] == "[Hot]"
    assert one.properties["tags"] == {"a": "x1-true"}


def test_functions_of_objects_and_texts_do_as_azure_does(read: Any) -> None:
    [one] = read(
        {
            **ACCOUNT,
            "name": "st",
            "tags": {
                "case": "[string(equals('A', 'a'))]",
                "deep": "[string(union(parameters('of'), createObject('a', createObject('c', 2))).a.b)]",
                "shallow": "[string(contains(shallowMerge(createArray(parameters('of'), variables('v'))).a, 'b'))]",
                "there": "[tryGet(parameters('of'), 'a', 'b')]",
                "not there": "[tryGet(parameters('of'), 'x', 'b')]",
                "nobody gave": "[parameters('may')]",
                "open": "[tryGet(parameters('must'), 'x')]",
            },
        },
        parameters={
            "of": {"type": "object", "defaultValue": {"a": {"b": "B"}}},
            "may": {"type": "string", "nullable": True},
            "must": {"type": "object"},
        },
        variables={"v": {"a": {}}},
    )
    tags = {name: value for name, value in one.properties["tags"].items() if value is not None}
    assert tags == {"case": "false", "deep": "B", "shallow": "false", "there": "B", "open": UNKNOWN}


def test_what_is_not_of_azure_is_an_object_of_the_cluster_or_counted(read: Any) -> None:
    found = read(
        {"import": "k8s", "type": "core/Pod@v1", "properties": {"metadata": {"name": "[concat('p', 1)]"}}},
        {"extension": "graph", "type": "Microsoft.Graph/applications@v1.0", "properties": {"name": "x"}},
        imports={"k8s": {"provider": "Kubernetes"}},
        extensions={"graph": {"name": "MicrosoftGraph"}},
    )
    assert [(one.type, one.name) for one in found] == [
        ("kubernetes:core/v1:Pod", "p1"),
        ("MicrosoftGraph:Microsoft.Graph/applications@v1.0", "resources[1]"),
    ]


def test_what_only_azure_knows_is_unknown_and_secrets_are_secret(read: Any) -> None:
    [one] = read(
        {
            **ACCOUNT,
            "name": "a",
            "location": "[resourceGroup().location]",
            "kind": "[reference('x').kind]",
            "tags": {
                "s": "[parameters('s')]",
                "k": "[listKeys('x', '1').keys[0].value]",
                "t": "[concat('a', parameters('s'))]",
            },
            "properties": "[parameters('all')]",
        },
        parameters={"s": {"type": "secureString", "defaultValue": "hunter2"}, "all": {"type": "object"}},
    )
    assert one.properties["location"] is one.properties["kind"] is UNKNOWN
    assert one.properties["tags"] == {"s": SECRET, "k": SECRET, "t": SECRET}
    assert one.properties["enableHttpsTrafficOnly"] is UNKNOWN


def test_references_hold_where_names_are_not_known(read: Any) -> None:
    name = "[concat('st', uniqueString(resourceGroup().id))]"
    account, endpoint = read(
        {**ACCOUNT, "name": name},
        {
            "type": "Microsoft.Network/privateEndpoints",
            "apiVersion": "2024-05-01",
            "name": "pe",
            "properties": {
                "privateLinkServiceConnections": [
                    {
                        "name": "c",
                        "properties": {
                            "privateLinkServiceId": f"[resourceId('Microsoft.Storage/storageAccounts', {name[1:-1]})]",
                            "groupIds": ["blob"],
                        },
                    }
                ]
            },
        },
    )
    connection = endpoint.properties["privateLinkServiceConnections"][0]
    assert connection["privateLinkServiceId"] == account.id
    assert connection["groupIds"] == ["blob"]
    assert account.properties["accountName"] is UNKNOWN


def test_children_are_unfolded_with_their_parents_names(read: Any) -> None:
    found = read(
        {
            **ACCOUNT,
            "name": "a",
            "resources": [
                {
                    "type": "blobServices",
                    "name": "default",
                    "resources": [{"type": "containers", "name": "c", "properties": {"publicAccess": "Blob"}}],
                }
            ],
        }
    )
    assert [one.type.rsplit(":", 1)[-1] for one in found] == [
        "StorageAccount",
        "BlobServiceProperties",
        "BlobContainer",
    ]
    assert found[2].properties == {
        "accountName": "a", "containerName": "c", "publicAccess": "Blob", "resourceGroupName": UNKNOWN
    }  # fmt: skip


def test_conditions_that_are_false_and_empty_loops_leave_a_resource_out(read: Any) -> None:
    found = read(
        {**ACCOUNT, "name": "no", "condition": "[parameters('off')]"},
        {**ACCOUNT, "name": "none", "copy": {"name": "n", "count": "[length(createArray())]"}},
        {**ACCOUNT, "name": "maybe", "condition": "[parameters('who knows')]"},
        {**ACCOUNT, "name": "[concat('st', copyIndex())]", "copy": {"name": "n", "count": 3}, "kind": "[copyIndex()]"},
        parameters={"off": {"type": "bool", "defaultValue": False}},
    )
    assert [one.name for one in found] == ["maybe", "st{copyindex()}"]
    assert found[1].properties["kind"] is UNKNOWN


def test_a_loop_within_properties_is_unknown(read: Any) -> None:
    loops = [{"name": "subnets", "count": 2, "input": {"name": "[copyIndex('subnets')]"}}]
    [one] = read({"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {"copy": loops}})
    assert one.properties["subnets"] is UNKNOWN


def test_nested_templates_are_read_in_their_own_scope_or_the_outer_one(read: Any) -> None:
    def deployment(scope: str, given: dict[str, Any]) -> dict[str, Any]:
        template = {"parameters": {"n": {"type": "string"}}, "resources": [{**ACCOUNT, "name": "[parameters('n')]"}]}
        options = {"expressionEvaluationOptions": {"scope": scope}}
        properties = {**options, "template": template, "parameters": given}
        return {
            "type": "Microsoft.Resources/deployments",
            "name": "d",
            "resourceGroup": "rg2",
            "properties": properties,
        }

    found = read(
        deployment("inner", {"n": {"value": "[concat('in', 'ner')]"}}),
        deployment("outer", {}),
        parameters={"n": {"type": "string", "defaultValue": "outer"}},
    )
    assert [one.properties["accountName"] for one in found] == ["inner", "outer"]
    assert {one.properties["resourceGroupName"] for one in found} == {"rg2"}


def test_a_linked_template_is_counted(read: Any) -> None:
    link = {"templateLink": {"uri": "https://example.net/t.json"}, "mode": "Incremental"}
    [one] = read({"type": "Microsoft.Resources/deployments", "name": "d", "properties": link})
    assert one.type == "azure-native:resources:Deployment"


def test_symbolic_names_of_bicep_are_read(tmp_path: Path) -> None:
    file = tmp_path / "main.json"
    resources = {
        "old": {"existing": True, "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv"},
        "st": {**ACCOUNT, "name": "a"},
        "lock": {
            "type": "Microsoft.Authorization/locks",
            "apiVersion": "2020-05-01",
            "scope": "[format('Microsoft.Storage/storageAccounts/{0}', 'a')]",
            "name": "l",
            "properties": {"level": "CanNotDelete", "notes": "[resourceId('old')]"},
            "dependsOn": ["st"],
        },
    }
    file.write_text(json.dumps({"$schema": SCHEMA, "languageVersion": "2.0", "resources": resources}), encoding="utf-8")
    account, lock = read_template(file).resources
    assert lock.type == "azure-native:authorization:ManagementLockByScope"
    assert lock.properties["scope"] == account.id
    assert str(lock.properties["notes"]).endswith("/providers/Microsoft.KeyVault/vaults/kv")


def test_the_older_form_of_an_extension_is_read(read: Any) -> None:
    [one] = read(
        {
            "type": "Microsoft.Storage/storageAccounts/providers/diagnosticSettings",
            "name": "a/Microsoft.Insights/logs",
            "properties": {"workspaceId": "[resourceId('rg2', 'Microsoft.OperationalInsights/workspaces', 'w')]"},
        }
    )
    assert one.type == "azure-native:monitor:DiagnosticSetting"
    assert str(one.properties["resourceUri"]).endswith("/providers/Microsoft.Storage/storageAccounts/a")
    assert "/resourceGroups/rg2/providers/Microsoft.OperationalInsights/workspaces/w" in one.properties["workspaceId"]


def test_a_type_that_nobody_knows_is_kept_to_be_counted(read: Any) -> None:
    [one] = read({"type": "Contoso.Things/widgets", "name": "w", "properties": {"a": 1}})
    assert (one.type, one.properties) == ("azure-native:contoso.things:widgets", {"properties": {"a": 1}})


def test_a_resource_knows_its_line_and_comments_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    body = '{"type": "Microsoft.Storage/storageAccounts", "name": "a", "tags": {"u": "http://x"}}'
    file.write_text('{ // why\n "resources": [ /* one\n more */\n' + body + "]}", encoding="utf-8")
    [one] = read_template(file).resources
    assert one.place is not None
    assert one.place.line == 4
    assert one.properties["tags"] == {"u": "http://x"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("resource a 'b' = {}", "is not JSON"),
        ("[]", "is not a JSON object"),
        ("{}", "has no list of resources"),
        ('{"resources": [1]}', "resources[0] is no object"),
        ('{"resources": [{"name": "a"}]}', "resources[0] has no type or no name"),
        ('{"resources": [{"type": "A/b", "name": "a", "resources": [{}]}]}', "resources[0].resources[0]"),
        ('{"resources": [], "parameters": []}', ""),
        ('{"resources": [], "parameters": [1]}', "`parameters` is no object"),
    ],
)
def test_a_wrong_file_is_refused_with_what_and_where(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "t.json"
    file.write_text(text, encoding="utf-8")
    if not what:
        assert read_template(file).resources == ()
        return
    with pytest.raises(ReadError) as caught:
        read_template(file)
    assert str(file) in str(caught.value)
    assert what in str(caught.value)
    assert caught.value.fix


def test_a_file_that_is_not_there_and_bad_parameters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is not there"):
        read_template(tmp_path / "none.json")
    template, values = tmp_path / "t.json", tmp_path / "p.json"
    template.write_text('{"resources": []}', encoding="utf-8")
    values.write_text('{"parameters": {"x": 1}}', encoding="utf-8")
    with pytest.raises(ReadError, match="parameter 'x' has neither value nor reference"):
        read_template(template, values)


@pytest.mark.parametrize(
    "expression",
    [
        "[", "[]", "[(]", "[concat(]", "[parameters('a']", "[variables('a')]", "[a.b]", "[int('x')]", "[first(1)]",
        "[variables('self')]", "[mul('x', 99999999)]", "[format('{9}')]", "[" + "if(" * 400 + "]", "[resourceId()]",
        "[split('a', '')[9]]", "[createObject('a')]", "[json('{')]",
    ],
)  # fmt: skip
def test_no_expression_raises(read: Any, expression: str) -> None:
    [one] = read(
        {**ACCOUNT, "name": "a", "kind": expression, "tags": {"x": expression}},
        variables={"self": "[variables('self')]"},
    )
    assert one.properties["kind"] is UNKNOWN or expression == "["
