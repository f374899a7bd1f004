"""Apps of App Service: who reaches them, what they run, and what a swap moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.identity.app_access import app_identity
from components.serving.app_settings import OWN
from components.serving.web_app import Release, WebApp, problems
from tests.components.examples import an_identity
from tests.components.recording import Recorded, arm_id, one, record
from tests.components.serving.examples import LIVE, STAGED, web_app

SITE, SLOT = "web:WebApp", "web:WebAppSlot"
both = pytest.mark.parametrize("type_", [SITE, SLOT])


def made() -> list[Recorded]:
    return record(lambda: WebApp("x", web_app()))


def settings(inputs: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in inputs["siteConfig"]["appSettings"]}


def found(**changes: object) -> list[str]:
    answers: list[str] = []

    def program() -> None:
        answers.extend(problems(replace(web_app(), **changes)))  # type: ignore[arg-type]

    record(program)
    return answers


@pytest.mark.capability("W1")
class TestClosed:
    @both
    def test_nobody_comes_in_but_by_a_private_endpoint_and_encrypted(self, type_: str) -> None:
        app = one(made(), type_).inputs
        assert app["publicNetworkAccess"] == "Disabled"
        assert (app["httpsOnly"], app["clientAffinityEnabled"]) == (True, False)
        assert app["siteConfig"]["minTlsVersion"] == app["siteConfig"]["scmMinTlsVersion"] == "1.2"
        assert app["siteConfig"]["ftpsState"] == "Disabled"
        assert (app["sshEnabled"], app["siteConfig"]["remoteDebuggingEnabled"]) == (False, False)

    @pytest.mark.parametrize("kind", ["FtpAllowed", "ScmAllowed", "FtpAllowedSlot", "ScmAllowedSlot"])
    def test_no_password_publishes(self, kind: str) -> None:
        assert one(made(), f"web:WebApp{kind}").inputs["allow"] is False

    @pytest.mark.parametrize("group", ["sites", "sites-staging"])
    def test_site_and_slot_have_an_address_each(self, group: str) -> None:
        recorded = made()
        endpoint = one(recorded, "network:PrivateEndpoint", f"x-{group}-pe").inputs
        (connection,) = endpoint["privateLinkServiceConnections"]
        assert connection["groupIds"] == [group]
        assert connection["privateLinkServiceId"] == arm_id("x-app")
        zones = one(recorded, "network:PrivateDnsZoneGroup", f"x-{group}-pe-zones").inputs["privateDnsZoneConfigs"]
        assert [each["name"] for each in zones] == ["privatelink-azurewebsites-net"]

    def test_the_second_endpoint_waits_for_slot_and_first(self) -> None:
        recorded = made()
        waits = one(recorded, "network:PrivateEndpoint", "x-sites-staging-pe").depends_on
        assert one(recorded, SLOT).urn in waits
        assert one(recorded, "network:PrivateEndpoint", "x-sites-pe").urn in waits

    @both
    def test_all_that_leaves_goes_through_the_spoke_the_image_too(self, type_: str) -> None:
        app = one(made(), type_).inputs
        assert app["virtualNetworkSubnetId"] == "/apps"
        assert app["siteConfig"]["vnetRouteAllEnabled"] is True
        assert app["outboundVnetRouting"] == {"allTraffic": True, "applicationTraffic": True, "imagePullTraffic": True}

    @pytest.mark.parametrize("logs_of", ["x-app", "x-staging"])
    def test_site_and_slot_send_their_logs(self, logs_of: str) -> None:
        sent = {r.inputs["resourceUri"]: r for r in made() if r.type.endswith("monitor:DiagnosticSetting")}
        assert sent[arm_id(logs_of)].inputs["logs"] == [{"categoryGroup": "allLogs", "enabled": True}]


@pytest.mark.capability("W1")
class TestRuns:
    @pytest.mark.parametrize(("type_", "image"), [(SITE, LIVE.image), (SLOT, STAGED.image)])
    def test_an_image_of_the_platforms_registry_pulled_as_the_app_itself(self, type_: str, image: str) -> None:
        app = one(made(), type_).inputs
        config = app["siteConfig"]
        assert config["linuxFxVersion"] == f"DOCKER|a-registry.example/{image}"
        assert config["acrUseManagedIdentityCreds"] is True
        assert config["acrUserManagedIdentityID"] == "a-client"
        assert app["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [arm_id("app-triage-id")]}

    @both
    def test_an_instance_that_is_ill_gets_no_requests(self, type_: str) -> None:
        config = one(made(), type_).inputs["siteConfig"]
        assert (config["healthCheckPath"], config["alwaysOn"]) == ("/health", True)

    @both
    def test_a_secret_is_named_and_never_held(self, type_: str) -> None:
        app = one(made(), type_).inputs
        reference = "@Microsoft.KeyVault(SecretUri=https://a-vault.example/secrets/triage-api-key)"
        assert settings(app)["API_KEY"] == reference
        assert settings(app)["LANGUAGE"] == "fr"
        assert app["keyVaultReferenceIdentity"] == arm_id("app-triage-id")

    def test_the_site_waits_until_it_may_pull(self) -> None:
        recorded = made()
        assert one(recorded, "UserAssignedIdentity", "app-roles").urn in one(recorded, SITE).depends_on

    def test_an_app_pulls_and_reads_its_own_secrets_alone(self) -> None:
        told: list[tuple[str, str]] = []

        def program() -> None:
            grants = app_identity(an_identity("app-triage"), "/registry", "/vault", ("one", "two", "one"))
            told.extend((each.role, each.scope.name) for each in grants)

        record(program)
        assert told == [
            ("AcrPull", "registry"),
            ("Key Vault Secrets User", "secret-one"),
            ("Key Vault Secrets User", "secret-two"),
        ]


@pytest.mark.capability("W2")
class TestSwap:
    def test_a_swap_moves_the_image_and_its_model_and_nothing_else(self) -> None:
        recorded = made()
        site, slot = one(recorded, SITE).inputs, one(recorded, SLOT).inputs
        different = {key for key in site if site[key] != slot.get(key)}
        assert different == {"name", "siteConfig"}
        config = {key for key in site["siteConfig"] if site["siteConfig"][key] != slot["siteConfig"].get(key)}
        assert config == {"linuxFxVersion", "appSettings"}
        changed = {key for key, value in settings(site).items() if value != settings(slot)[key]}
        assert changed == {"MODEL", "DEPLOYMENT_SLOT"}
        assert (settings(site)["MODEL"], settings(slot)["MODEL"]) == ("azureml:triage:1", "azureml:triage:2")

    def test_the_slots_own_name_stays_with_it(self) -> None:
        recorded = made()
        sticky = one(recorded, "web:WebAppSlotConfigurationNames").inputs
        assert sticky["appSettingNames"] == ["DEPLOYMENT_SLOT"]
        assert settings(one(recorded, SITE).inputs)["DEPLOYMENT_SLOT"] == "live"
        assert settings(one(recorded, SLOT).inputs)["DEPLOYMENT_SLOT"] == "staging"

    @both
    def test_a_swap_waits_until_the_new_container_is_healthy(self, type_: str) -> None:
        told = settings(one(made(), type_).inputs)
        assert told["WEBSITE_SWAP_WARMUP_PING_PATH"] == "/health"
        assert told["WEBSITE_SWAP_WARMUP_PING_STATUSES"] == "200"

    @both
    def test_no_slot_swaps_by_itself(self, type_: str) -> None:
        assert "autoSwapSlotName" not in one(made(), type_).inputs["siteConfig"]


@pytest.mark.capability("W1")
@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"live": Release(image="apps/triage:latest", model=None)}, "apps/triage:latest has no digest"),
        ({"staged": Release(image="apps/triage:2", model=None)}, "apps/triage:2 has no digest"),
        ({"health_path": "health"}, "does not begin with /"),
        ({"values": {"WEBSITES_PORT": "80"}}, "WEBSITES_PORT is the platform's own setting"),
        ({"values": {"API_KEY": "a"}}, "API_KEY is a value and a secret"),
    ],
)
def test_what_can_not_be_built_is_refused(changes: dict[str, object], what: str) -> None:
    (problem,) = found(**changes)
    assert what in problem


def test_a_good_app_has_no_problem_and_every_own_setting_is_reserved() -> None:
    assert found() == []
    assert settings(one(made(), SITE).inputs).keys() - {"LANGUAGE", "API_KEY"} == OWN
