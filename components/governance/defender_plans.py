"""Defender plans: which services Microsoft Defender for Cloud watches, and who hears of what it finds.

Owns the plans of the subscription and its security contact. A plan holds for the whole subscription, whichever stack
switches it: so exactly one stack does (the setting `governance.subscription`). Does not own the agents in the cluster
(`components.aks.cluster`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import security

from components.problems import refuse

# The sub-plan of storage that scans uploads; the older ones are closed to new subscriptions.
STORAGE_PLAN = "DefenderForStorageV2"


@dataclass(frozen=True, kw_only=True)
class DefenderPlansArgs:
    """`scan_cap_gb` bounds the scanning of uploads in each storage account and month; `scope` is the subscription."""

    scope: Input[str]
    plans: tuple[str, ...]
    scan_cap_gb: int
    contacts: tuple[str, ...]


def problems(args: DefenderPlansArgs) -> list[str]:
    """Every reason why Azure would refuse the plans, or nobody would hear of a finding."""
    found = [f"plan {plan} is there twice" for plan in sorted(set(args.plans)) if args.plans.count(plan) > 1]
    return found if args.contacts else [*found, "without a contact nobody hears of a finding"]


class DefenderPlans(ComponentResource):
    """Every plan of the subscription that is switched on."""

    plan_ids: dict[str, Output[str]]

    def __init__(self, name: str, args: DefenderPlansArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:defender_plans:DefenderPlans", name, {}, opts)
        refuse(name, problems(args))
        self.plan_ids = {}
        before: list[Resource] = []
        for plan in args.plans:
            made = security.Pricing(
                f"{name}-plan-{plan.lower()}",
                pricing_name=plan,
                scope_id=args.scope,
                pricing_tier="Standard",
                sub_plan=STORAGE_PLAN if plan == "StorageAccounts" else None,
                extensions=_extensions(plan, args),
                # One at a time: Defender answers a second change of a subscription's plans with a conflict.
                opts=ResourceOptions(parent=self, depends_on=before),
            )
            before = [made]
            self.plan_ids[plan] = made.id
        security.SecurityContact(
            f"{name}-contact",
            security_contact_name="default",  # the only name that the API takes
            emails=";".join(args.contacts),
            is_enabled=True,
            notifications_by_role=security.SecurityContactPropertiesNotificationsByRoleArgs(
                state="On", roles=["Owner"]
            ),
            notifications_sources=[
                security.NotificationsSourceAlertArgs(source_type="Alert", minimal_severity="Medium"),
                security.NotificationsSourceAttackPathArgs(source_type="AttackPath", minimal_risk_level="High"),
            ],
            opts=ResourceOptions(parent=self),
        )
        self.register_outputs({"plan_ids": self.plan_ids})


def _extensions(plan: str, args: DefenderPlansArgs) -> list[security.ExtensionArgs] | None:
    if plan != "StorageAccounts":
        return None
    return [
        security.ExtensionArgs(
            name="OnUploadMalwareScanning",
            is_enabled="True",
            additional_extension_properties={"CapGBPerMonthPerStorageAccount": str(args.scan_cap_gb)},
        ),
        security.ExtensionArgs(name="SensitiveDataDiscovery", is_enabled="True"),
    ]
