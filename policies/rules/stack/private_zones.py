"""STK-002: every private endpoint is registered in the DNS zones of its group."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.references import behind, dependencies, naming
from policies.resource import Resource, Stack
from policies.rule import ABSENT, Category, Context, Example, Property, Rule, Scope, Severity, StackBreak, Verdict
from policies.rules._arm_types import ARM_TYPES, arm_type
from policies.rules._faults import without
from policies.rules.stack._private_links import CONNECTIONS, MANUAL_CONNECTIONS, link_of
from policies.types import PRIVATE_ENDPOINT, PRIVATE_ZONE, ZONE_GROUP
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Fault, Judged, View

_NAME: Final = "privateEndpointName"
_ZONES: Final = "privateDnsZoneConfigs"


def check(view: View, context: Context) -> Judged:
    """The zone groups of the endpoint hold every zone that its group ids need in its region."""
    if context.profile.parameters.records_by_policy:
        return
    wanted = _wanted(view, context)
    if not wanted:
        return
    groups = _zone_groups(context.stack, context.resource)
    zones = {zone for group in groups for zone in _zones(context.stack, group)}
    for missing in sorted(wanted - zones):
        yield Fault("", f"is in no zone {missing}, so that its service's name leads to a public address")


def _wanted(view: View, context: Context) -> set[str]:
    zones: set[str] = set()
    for connection in (each for path in (CONNECTIONS, MANUAL_CONNECTIONS) for each in view.each(path)):
        type_, service = _service(connection, context)
        # A zone that names a region names that of the service, which the endpoint may be far from.
        region = (service.view().word("location", absent="") if service else "") or view.word("location")
        for group in connection.texts("groupIds"):
            link = link_of(type_, group)
            try:
                zones.update(link.zones_in(region.replace(" ", "")) if link is not None else ())
            except LookupError:
                raise UnjudgeableError("location", "is no region whose zones are known") from None
    return {zone.lower() for zone in zones}


def _service(connection: View, context: Context) -> tuple[str, Resource | None]:
    """The ARM type of the service that a connection leads to, and the service where it is one of the stack."""
    if look_up(connection.value, "privateLinkServiceId") is UNKNOWN:
        made = dependencies(context.stack, context.resource, connection.path)
        known = [one for one in made if one.type in ARM_TYPES]
        if len(known) == 1:
            return ARM_TYPES[known[0].type], known[0]
    arm_id = connection.text("privateLinkServiceId")
    return arm_type(arm_id), context.stack.with_id(arm_id)


def _zones(stack: Stack, group: Resource) -> set[str]:
    """The names of the zones that a zone group holds, in lower case."""
    texts = [look_up(each.value, "privateDnsZoneId") for each in group.view().each(_ZONES)]
    written = {text.lower().rstrip("/").rsplit("/", maxsplit=1)[-1] for text in texts if isinstance(text, str)}
    if UNKNOWN not in texts:
        return written
    made = (one for one in behind(stack, group, _ZONES) if one.type == PRIVATE_ZONE)
    return written | {one.view().word("privateZoneName", absent="") for one in made}


def _zone_groups(stack: Stack, endpoint: Resource) -> tuple[Resource, ...]:
    return naming(stack, endpoint, ZONE_GROUP, _NAME, _NAME)


def _elsewhere(stack: Stack, endpoint: Resource) -> Stack | None:
    """The endpoint's name is registered in a zone that nobody asks."""
    changed = {one.key: _moved(one) for one in _zone_groups(stack, endpoint)}
    return replace(stack, resources=tuple(changed.get(one.key, one) for one in stack.resources)) if changed else None


def _moved(group: Resource) -> Resource:
    zones = [{**each, "privateDnsZoneId": "/zones/privatelink.example.org"} for each in group.properties[_ZONES]]
    return replace(group, properties={**group.properties, _ZONES: zones})


_SOURCE: Final = "PrivateEndpoint, Microsoft.Network 2024-07-01: Azure refuses an endpoint without it (not re-read)"
_ENDPOINT: Final = {
    _NAME: "pe",
    "resourceGroupName": "rg",
    "location": "canadacentral",
    "privateLinkServiceConnections": [
        {
            "privateLinkServiceId": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv",
            "groupIds": ["vault"],
        }
    ],
}
_MANUAL: Final = {
    **{key: value for key, value in _ENDPOINT.items() if key != CONNECTIONS},
    MANUAL_CONNECTIONS: _ENDPOINT[CONNECTIONS],
}
_WORKSPACE: Final = {
    **_ENDPOINT,
    "privateLinkServiceConnections": [
        {
            "privateLinkServiceId": (
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw"
            ),
            "groupIds": ["amlworkspace"],
        }
    ],
}


def _registered(*zones: str, endpoint: str = "pe") -> Resource:
    return Resource(
        type=ZONE_GROUP,
        name="zones",
        properties={
            _NAME: endpoint,
            "resourceGroupName": "rg",
            _ZONES: [
                {"privateDnsZoneId": f"/subscriptions/s/providers/Microsoft.Network/privateDnsZones/{zone}"}
                for zone in zones
            ],
        },
    )


RULE = Rule(
    id="STK-002",
    title="Every private endpoint is registered in the DNS zones of its group",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(PRIVATE_ENDPOINT,),
    scope=Scope.STACK,
    parameters=("records_by_policy",),
    controls=(
        "itsg33/SC-20",
        "itsg33/SC-22",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    why="The service's name then leads to its public address: closed, or open and used without anybody noticing.",
    fix="Add a PrivateDnsZoneGroup to the endpoint with every zone of its group id (facts/private_link.yaml).",
    link="https://learn.microsoft.com/azure/private-link/private-endpoint-dns",
    properties=(
        Property("location", ABSENT, Verdict.PASS, _SOURCE),
        *(
            Property(f"{path}[*].{name}", ABSENT, Verdict.PASS, _SOURCE)
            for path in (CONNECTIONS, MANUAL_CONNECTIONS)
            for name in ("privateLinkServiceId", "groupIds")
        ),
    ),
    check=check,
    good=(
        Example(_ENDPOINT, others=(_registered("privatelink.vaultcore.azure.net"),)),
        Example(
            _WORKSPACE,
            others=(_registered("privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"),),
        ),
        Example(_ENDPOINT, parameters={"records_by_policy": True}, title="a policy registers it"),
        Example(_MANUAL, others=(_registered("privatelink.vaultcore.azure.net"),)),
    ),
    bad=(
        Example(_ENDPOINT),
        Example(_MANUAL, title="it waits for approval, and its name leads elsewhere by then"),
        Example(_ENDPOINT, others=(_registered("privatelink.vaultcore.azure.net", endpoint="pe2"),)),
        Example(_ENDPOINT, others=(_registered("privatelink.blob.core.windows.net"),), title="another service's zone"),
        Example(_WORKSPACE, others=(_registered("privatelink.api.azureml.ms"),), title="one zone of two"),
    ),
    breaks=(
        without("the zone groups are taken away", _zone_groups),
        StackBreak("the zone groups hold another zone", _elsewhere),
    ),
)
