"""Examples of what is served outside the cluster."""

from __future__ import annotations

from components.serving.app_service_plan import AppServicePlanArgs
from components.serving.web_app import Release, WebAppArgs
from tests.components.examples import ACCESS, LOGS, PLACEMENT, an_identity, something

PLAN = AppServicePlanArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    sku="P0v3",
    min_instances=2,
    max_instances=4,
    zone_redundant=True,
)
LIVE = Release(image="apps/triage@sha256:" + "1" * 64, model="azureml:triage:1")
STAGED = Release(image="apps/triage@sha256:" + "2" * 64, model="azureml:triage:2")


def web_app() -> WebAppArgs:
    """An app with a next version and a secret; to be made inside a recorded program."""
    return WebAppArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        app_name="triage",
        plan_id="/plan",
        subnet_id="/apps",
        identity=an_identity("app-triage"),
        ready=(something("app-roles"),),
        registry_server="a-registry.example",
        live=LIVE,
        staged=STAGED,
        port=8080,
        health_path="/health",
        values={"LANGUAGE": "fr"},
        secrets={"API_KEY": "triage-api-key"},
        vault_uri="https://a-vault.example/",
        access=ACCESS,
        log_workspace_id=LOGS,
    )
