"""From settings to apps of App Service; none where `serving` is absent."""

from __future__ import annotations

from collections.abc import Mapping

from components.context import Foundation
from components.data.wiring import Data
from components.identity.app_access import app_identity
from components.identity.identity import Identity, IdentityArgs
from components.identity.wiring import grant
from components.serving.app_service_plan import AppServicePlan, AppServicePlanArgs
from components.serving.web_app import Release, WebApp, WebAppArgs
from facts.regions import region
from stacks.classification import chosen
from stacks.sections.serving import AppPlanSettings, AppReleaseSettings, AppSettings


def build(foundation: Foundation, stores: Data) -> Mapping[str, WebApp]:
    """Plan and apps, by name."""
    wanted = foundation.settings.serving
    if wanted is None:
        return {}
    plan = _plan(foundation, wanted.plan)
    return {name: _app(foundation, stores, plan, name, each) for name, each in wanted.apps.items()}


def _plan(foundation: Foundation, wanted: AppPlanSettings) -> AppServicePlan:
    args = AppServicePlanArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        sku=wanted.sku,
        min_instances=wanted.min_instances,
        max_instances=wanted.max_instances,
        zone_redundant=chosen(wanted.zone_redundant, bool(region(foundation.placement.region).zones)),
    )
    return AppServicePlan(f"{foundation.prefix}-apps", args, foundation.child)


def _app(foundation: Foundation, stores: Data, plan: AppServicePlan, name: str, wanted: AppSettings) -> WebApp:
    identity = _identity(foundation, name)
    grants = app_identity(identity, stores.registry.registry_id, stores.vault.vault_id, tuple(wanted.secrets.values()))
    roles = grant(foundation, f"app-{name}-roles", grants)
    args = WebAppArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        app_name=name,
        plan_id=plan.plan_id,
        subnet_id=foundation.network.subnet_ids["app_service"],
        identity=identity,
        # The registry with its endpoint: an app that starts before it can pull waits for minutes.
        ready=(roles, stores.registry),
        registry_server=stores.registry.login_server,
        live=_release(wanted.live),
        # Nothing is staged: the slot runs what is live, and a swap by mistake changes nothing.
        staged=_release(wanted.live if wanted.staged is None else wanted.staged),
        port=wanted.port,
        health_path=wanted.health_path,
        values=wanted.values,
        secrets=wanted.secrets,
        vault_uri=stores.vault.vault_uri,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return WebApp(f"{foundation.prefix}-app-{name}", args, foundation.child)


def _identity(foundation: Foundation, name: str) -> Identity:
    args = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("ml"), purpose=f"app-{name}"
    )
    return Identity(f"{foundation.prefix}-app-{name}", args, foundation.child)


def _release(wanted: AppReleaseSettings) -> Release:
    return Release(image=wanted.image, model=wanted.model)
