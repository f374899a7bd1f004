from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.edge.application_gateway import ApplicationGateway, problems
from tests.components.edge.examples import gateway, site
from tests.components.recording import arm_id, one, record

pytestmark = pytest.mark.capability("B2")


def made() -> dict[str, Any]:
    return one(record(lambda: ApplicationGateway("x", gateway())), "network:ApplicationGateway").inputs


def test_the_firewall_stops_attacks_by_microsofts_newest_rules_and_watches_bots() -> None:
    policy = one(record(lambda: ApplicationGateway("x", gateway())), "WebApplicationFirewallPolicy").inputs
    assert policy["policySettings"]["state"] == "Enabled"
    assert policy["policySettings"]["mode"] == "Prevention"
    assert policy["policySettings"]["requestBodyCheck"] is True
    assert policy["managedRules"]["managedRuleSets"] == [
        {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
        {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"},
    ]
    assert made()["firewallPolicy"] == {"id": arm_id("x-waf")}


def test_attacks_are_only_reported_where_somebody_says_so() -> None:
    recorded = record(lambda: ApplicationGateway("x", replace(gateway(), prevent=False)))
    assert one(recorded, "WebApplicationFirewallPolicy").inputs["policySettings"]["mode"] == "Detection"


def test_nothing_listens_on_the_public_address() -> None:
    inputs = made()
    frontends = {each["name"]: each for each in inputs["frontendIPConfigurations"]}
    assert frontends["private"]["privateIPAddress"] == "10.40.6.10"
    assert "publicIPAddress" not in frontends["private"]
    used = {each["frontendIPConfiguration"]["id"].rsplit("/", 1)[-1] for each in inputs["httpListeners"]}
    assert used == {"private"}


def test_certificates_come_from_the_vault_by_reference_without_a_version() -> None:
    recorded = record(lambda: ApplicationGateway("x", gateway()))
    gate = one(recorded, "network:ApplicationGateway")
    assert gate.inputs["sslCertificates"] == [
        {"name": "triage", "keyVaultSecretId": "https://a-vault.example/secrets/triage"},
        {"name": "credit", "keyVaultSecretId": "https://a-vault.example/secrets/credit"},
    ]
    assert one(recorded, "UserAssignedIdentity", "certificate-role").urn in gate.depends_on
    assert arm_id("edge-id") in gate.inputs["identity"]["userAssignedIdentities"]


def test_callers_and_backends_speak_tls() -> None:
    inputs = made()
    assert inputs["sslPolicy"] == {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"}
    assert {each["protocol"] for each in inputs["httpListeners"]} == {"Https"}
    assert {each["protocol"] for each in inputs["backendHttpSettingsCollection"]} == {"Https"}


def test_each_site_has_a_rule_with_a_priority_of_its_own() -> None:
    rules = made()["requestRoutingRules"]
    assert [(rule["name"], rule["priority"]) for rule in rules] == [("triage", 10), ("credit", 20)]
    assert rules[0]["httpListener"]["id"].endswith("/applicationGateways/agw-mlops-dev-cnc/httpListeners/triage")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sites": {}}, "a gateway needs a site"),
        ({"max_units": 1}, "1 to 1 units are no range: the most is 2 at least"),
        ({"sites": {"a": site("a"), "b": site("a")}}, "two sites have the host a.gov.example"),
    ],
)
def test_a_gateway_that_azure_refuses_is_not_built(changes: dict[str, Any], message: str) -> None:
    answers: list[str] = []
    record(lambda: answers.extend(problems(replace(gateway(), **changes))))
    assert answers == [message]


def test_a_site_is_found_by_its_name_and_asks_its_backend_by_the_backends() -> None:
    inputs = made()
    listener, backend, probe = (
        inputs[kind][0] for kind in ("httpListeners", "backendHttpSettingsCollection", "probes")
    )
    assert (listener["hostName"], listener["requireServerNameIndication"]) == ("triage.gov.example", True)
    # App Service answers to the name of its app only.
    assert backend["hostName"] == "triage.azurewebsites.net"
    assert probe["pickHostNameFromBackendHttpSettings"] is True
    assert probe["path"] == "/health"
    assert backend["probe"]["id"].endswith("/probes/triage")


def test_capacity_follows_its_arguments() -> None:
    recorded = record(lambda: ApplicationGateway("x", replace(gateway(), min_units=0, max_units=4)))
    gate = one(recorded, "network:ApplicationGateway").inputs
    assert gate["autoscaleConfiguration"] == {"minCapacity": 0, "maxCapacity": 4}
