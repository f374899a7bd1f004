"""Availability test: a public address is asked from outside, and somebody is told when it stops to answer.

Owns the test and its alert. Does not own the address. For what the internet reaches only, such as a site of the edge
that the hub publishes: a test comes from the internet, and no private endpoint answers it. The places that Azure asks
from lie outside Canada (none is offered there); they learn the address and whether it answers, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import applicationinsights, monitor

from components import naming
from components.observability.alert import Alert, Severity
from components.placement import Placement
from components.problems import refuse

# Five at least, and an alert once all but two fail (azure-monitor-docs, app/availability, read 2026-11-25): one place
# that fails is that place. The ids: the same page, and Azure/bicep-registry-modules insights/webtest (2026-08-07).
LOCATIONS: Final = ("us-il-ch1-azr", "us-va-ash-azr", "us-fl-mia-edge", "us-ca-sjc-azr", "emea-nl-ams-azr")
MOST_FAILING: Final = len(LOCATIONS) - 2
CERTIFICATE_DAYS: Final = 14
"""Our choice. The vault renews earlier; a certificate that is nearer its end was not renewed or not fetched."""

ALERT: Final = Alert(
    id="address-unavailable",
    severity=Severity.CRITICAL,
    what="A public address does not answer callers from outside, or its certificate is about to end.",
    runbook="address-unavailable.md",
)


@dataclass(frozen=True, kw_only=True)
class AvailabilityTestArgs:
    """`key` is part of the names; `host` and `path` are asked over https and answer `status`."""

    placement: Placement
    resource_group_name: Input[str]
    application_insights_id: Input[str]
    key: str
    host: str
    path: str
    status: int
    action_group_ids: Mapping[Severity, Input[str]]


def problems(args: AvailabilityTestArgs) -> list[str]:
    """Every reason why Azure would refuse the test, or it would tell nothing."""
    found = [] if args.path.startswith("/") else [f"{args.path} is no path from the root"]
    if "*" in args.host:
        found.append(f"{args.host} is a pattern: one host is asked")
    return found


class AvailabilityTest(ComponentResource):
    """Test and alert."""

    test_id: Output[str]
    alert_id: Output[str]

    def __init__(self, name: str, args: AvailabilityTestArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:availability_test:AvailabilityTest", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = _test(f"{name}-test", args, child)
        self.test_id = made.id
        self.alert_id = _alert(f"{name}-alert", args, made.id, child).id
        self.register_outputs({"test_id": self.test_id, "alert_id": self.alert_id})


def _test(name: str, args: AvailabilityTestArgs, opts: ResourceOptions) -> applicationinsights.WebTest:
    called = naming.named("webtest", args.placement, args.key)
    return applicationinsights.WebTest(
        name,
        web_test_name=called,
        synthetic_monitor_id=called,
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="standard",
        web_test_kind="standard",
        description=f"{args.host} answers.",
        enabled=True,
        frequency=300,
        timeout=30,
        # One lost packet is no outage.
        retry_enabled=True,
        locations=[applicationinsights.WebTestGeolocationArgs(location=each) for each in LOCATIONS],
        request=applicationinsights.WebTestPropertiesRequestArgs(
            request_url=f"https://{args.host}{args.path}",
            http_verb="GET",
            # A redirect (to a sign-in page, say) would answer for what stands behind it.
            follow_redirects=False,
            parse_dependent_requests=False,
        ),
        validation_rules=applicationinsights.WebTestPropertiesValidationRulesArgs(
            expected_http_status_code=args.status,
            ignore_http_status_code=False,
            s_sl_check=True,
            s_sl_cert_remaining_lifetime_check=CERTIFICATE_DAYS,
        ),
        tags=_tags(args),
        opts=opts,
    )


def _tags(args: AvailabilityTestArgs) -> Output[dict[str, str]]:
    """The platform's, and one whose name holds the id of the component that gets the results: Azure insists on it."""
    own = json.dumps({**args.placement.tags, "hidden-link:": "Resource"})
    before, after = own.split("hidden-link:")
    tags: Output[dict[str, str]] = Output.json_loads(
        Output.concat(f"{before}hidden-link:", args.application_insights_id, after)
    )
    return tags


def _alert(name: str, args: AvailabilityTestArgs, test_id: Input[str], opts: ResourceOptions) -> monitor.MetricAlert:
    return monitor.MetricAlert(
        name,
        rule_name=naming.named("ma", args.placement, ALERT.id, args.key),
        resource_group_name=args.resource_group_name,
        location="global",
        description=ALERT.description,
        severity=int(ALERT.severity),
        enabled=True,
        auto_mitigate=True,
        scopes=[test_id, args.application_insights_id],
        evaluation_frequency="PT1M",
        window_size="PT5M",
        criteria=monitor.WebtestLocationAvailabilityCriteriaArgs(
            odata_type="Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
            web_test_id=test_id,
            component_id=args.application_insights_id,
            failed_location_count=MOST_FAILING,
        ),
        actions=[
            monitor.MetricAlertActionArgs(
                action_group_id=args.action_group_ids[ALERT.severity],
                web_hook_properties={"runbook": ALERT.runbook_path},
            )
        ],
        tags=args.placement.tags,
        opts=opts,
    )
