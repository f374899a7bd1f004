"""AML-009: a model answers to known callers from our networks."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.machine_learning._identities import USER_ASSIGNED
from policies.types import ML_BATCH_ENDPOINT, ML_DEPLOYMENT, ML_ENDPOINT
from policies.view import Judged, View

# Egress of a deployment (egressPublicNetworkAccess) belongs to it; both forms of isolation are judged where they stand.


def check(view: View, context: Context) -> Judged:
    """Callers show a token of Entra ID, come from our networks, and answers leave no other way."""
    if context.resource.type == ML_DEPLOYMENT:
        if view.word("properties.endpointComputeType", absent="Managed") == "managed":
            yield from view.must_be("properties.egressPublicNetworkAccess", "Disabled")
        return
    yield from view.must_be("properties.authMode", "AADToken")
    if context.resource.type == ML_ENDPOINT:
        yield from view.must_be("properties.publicNetworkAccess", "Disabled")
        yield from view.must_be_one_of("identity.type", USER_ASSIGNED)


def _endpoint(mode: str = "AADToken", access: str = "Disabled", identity: str = "UserAssigned") -> dict[str, Any]:
    return {"identity": {"type": identity}, "properties": {"authMode": mode, "publicNetworkAccess": access}}


RULE = Rule(
    id="AML-009",
    title="A model answers to known callers from our networks",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(
        ML_ENDPOINT,
        ML_DEPLOYMENT,
        ML_BATCH_ENDPOINT,
    ),
    controls=(
        "itsg33/IA-2",
        "itsg33/SC-7",
        "mcsb/IM-1",
        "mcsb/NS-2",
        "hipaa/164.312(d)",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    why="With a key whoever copied it asks the model for years, and the log names nobody.",
    fix="Set authMode to AADToken, publicNetworkAccess and egressPublicNetworkAccess to Disabled, and an identity.",
    link="https://learn.microsoft.com/azure/machine-learning/concept-secure-online-endpoint",
    properties=(
        Property(
            "properties.authMode",
            ABSENT,
            Verdict.FAIL,
            "OnlineEndpoint, Microsoft.MachineLearningServices 2025-12-01: required",
            of=(ML_ENDPOINT, ML_BATCH_ENDPOINT),
        ),
        Property(
            "properties.publicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "OnlineEndpoint, Microsoft.MachineLearningServices 2025-12-01: Enabled",
            of=(ML_ENDPOINT,),
        ),
        Property(
            "identity.type",
            "SystemAssigned",
            Verdict.FAIL,
            "OnlineEndpoint, Microsoft.MachineLearningServices 2025-12-01: Azure makes one (not re-read)",
            of=(ML_ENDPOINT,),
        ),
        Property(
            "properties.egressPublicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "OnlineDeployment, Microsoft.MachineLearningServices 2025-12-01: Enabled",
            of=(ML_DEPLOYMENT,),
        ),
    ),
    check=check,
    good=(
        Example(_endpoint()),
        Example({"properties": {"egressPublicNetworkAccess": "disabled"}}, type=ML_DEPLOYMENT),
        Example(
            {"properties": {"endpointComputeType": "Kubernetes"}}, type=ML_DEPLOYMENT, title="the cluster's network"
        ),
        Example({"properties": {"authMode": "aadtoken"}}, type=ML_BATCH_ENDPOINT),
    ),
    bad=(
        Example(_endpoint(mode="Key")),
        Example(_endpoint(mode="AMLToken")),
        Example(_endpoint(access="Enabled")),
        Example(_endpoint(identity="SystemAssigned")),
        Example({"properties": {"egressPublicNetworkAccess": "Enabled"}}, type=ML_DEPLOYMENT),
        Example({"properties": {"authMode": "Key"}}, type=ML_BATCH_ENDPOINT),
    ),
    breaks=(
        Break("properties.authMode", "Key", of=(ML_ENDPOINT, ML_BATCH_ENDPOINT)),
        Break("properties.publicNetworkAccess", "Enabled", of=(ML_ENDPOINT,)),
        Break("properties.publicNetworkAccess", ABSENT, of=(ML_ENDPOINT,)),
        Break("identity.type", "SystemAssigned", of=(ML_ENDPOINT,)),
        Break(
            "properties.egressPublicNetworkAccess",
            "Enabled",
            of=(ML_DEPLOYMENT,),
            where=lambda deployment: deployment["properties"].get("endpointComputeType") != "Kubernetes",
        ),
    ),
)
