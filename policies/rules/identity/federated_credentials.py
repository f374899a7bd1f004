"""IAM-004: a federated credential trusts one workload of one issuer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules.identity._trusts import ENVIRONMENT, GITHUB, SERVICE_ACCOUNT
from policies.types import CLUSTER, FEDERATED_CREDENTIAL
from policies.view import Fault, Judged, View, guarded

_AUDIENCE: Final = "api://AzureADTokenExchange"
# learn.microsoft.com/azure/aks/use-oidc-issuer
_ISSUER: Final = "oidcIssuerProfile.issuerURL"
"""Azure's answer: a state has it, and a preview has not."""
_CLUSTERS: Final = ".oic.prod-aks.azure.com"


def check(view: View, context: Context) -> Judged:
    """The subject is one environment of a repository or one service account, and its issuer the one that has such."""
    yield from guarded(_audiences(view))
    subject = view.text("subject")
    if environment := ENVIRONMENT.fullmatch(subject):
        ours = [one.lower() for one in context.profile.parameters.repositories]
        if f"{environment['owner']}/{environment['name']}".lower() not in ours:
            yield Fault("subject", "is not among the profile's repositories")
        if view.text("issuer") != GITHUB:
            yield Fault("issuer", "is not GitHub's, and the subject is an environment of a repository")
    elif account := SERVICE_ACCOUNT.fullmatch(subject):
        if account["account"] == "default":
            yield Fault("subject", "is the account that every pod of the namespace has; it must be one of its own")
        yield from _cluster(view, context)
    else:
        yield Fault("subject", "must be one environment of one repository, or one service account, without wildcards")


def _audiences(view: View) -> Judged:
    audiences = view.texts("audiences")
    if audiences != [_AUDIENCE]:
        yield Fault("audiences", f"must be {_AUDIENCE} and nothing else")


def _cluster(view: View, context: Context) -> Judged:
    # What Pulumi takes from a cluster of this stack is that cluster's issuer, whatever it will be.
    urns = context.resource.dependencies.get("issuer", ())
    if any(one is not None and one.type == CLUSTER for one in map(context.stack.with_urn, urns)):
        return
    parts = urlsplit(view.text("issuer"))
    if parts.scheme != "https" or not (parts.hostname or "").endswith(_CLUSTERS):
        yield Fault("issuer", "is no AKS cluster's, and the subject is a service account")
        return
    own = {_address(issuer) for one in context.stack.of(CLUSTER) if (issuer := one.view().text(_ISSUER, absent=""))}
    if own and _address(view.text("issuer")) not in own:
        yield Fault("issuer", "is the issuer of another cluster than the stack's")


def _address(issuer: str) -> str:
    return issuer.rstrip("/").lower()


def _of_environment(properties: Mapping[str, Any]) -> bool:
    return str(properties.get("subject", "")).startswith("repo:")


_SOURCE: Final = "FederatedIdentityCredential, Microsoft.ManagedIdentity 2023-01-31: Azure refuses one without it"
_DEPLOYMENT: Final = {
    "issuer": GITHUB,
    "subject": "repo:gov-example/ml-platform:environment:prod",
    "audiences": [_AUDIENCE],
}
_WORKLOAD: Final = {
    "issuer": "https://canadacentral.oic.prod-aks.azure.com/tenant/cluster/",
    "subject": "system:serviceaccount:ml-serving:serving",
    "audiences": [_AUDIENCE],
}


def _cluster_of(issuer: str) -> Resource:
    return Resource(type=CLUSTER, name="aks", properties={"oidcIssuerProfile": {"issuerURL": issuer}})


RULE = Rule(
    id="IAM-004",
    title="A federated credential trusts one workload of one issuer",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(FEDERATED_CREDENTIAL,),
    scope=Scope.STACK,
    controls=(
        "itsg33/IA-5",
        "itsg33/IA-8",
        "itsg33/AC-3",
        "mcsb/IM-3",
        "cis-aks/5.2.1",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": (
            "fd1a8e20-2c4f-4a6c-9354-b58d786d9a1f",
            "2571b7c3-3056-4a61-b00a-9bc5232234f5",
            "ae62c456-33de-4dc8-b100-7ce9028a7d99",
        )
    },
    why="Whoever gets such a token from the issuer is the identity: any branch, any pull request, any pod.",
    fix="Name one environment of the repository with GitHub's issuer, or one service account with its cluster's "
    "(settings: access.github, access.workloads).",
    link="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
    properties=(
        Property("issuer", ABSENT, Verdict.FAIL, _SOURCE),
        Property("subject", ABSENT, Verdict.FAIL, _SOURCE),
        Property("audiences", ABSENT, Verdict.FAIL, _SOURCE),
    ),
    parameters=("repositories",),
    check=check,
    good=(
        Example(_DEPLOYMENT),
        Example({**_DEPLOYMENT, "subject": "repo:gov-example@1/ml-platform@2:environment:prod"}),
        Example(_WORKLOAD),
        Example(_WORKLOAD, others=(_cluster_of("https://CanadaCentral.oic.prod-aks.azure.com/tenant/cluster"),)),
        Example(
            {**_DEPLOYMENT, "subject": "repo:Other/infra:environment:prod"},
            parameters={"repositories": ("other/infra",)},
        ),
    ),
    bad=(
        Example({**_DEPLOYMENT, "subject": "repo:gov-example/ml-platform:ref:refs/heads/main"}, title="a branch"),
        Example({**_DEPLOYMENT, "subject": "repo:gov-example/ml-platform:pull_request"}),
        Example({**_DEPLOYMENT, "subject": "repo:gov-example/*:environment:prod"}),
        Example({**_DEPLOYMENT, "subject": "repo:somebody/ml-platform:environment:prod"}, title="of somebody else"),
        Example(_WORKLOAD, others=(_cluster_of("https://canadacentral.oic.prod-aks.azure.com/tenant/our-own/"),)),
        Example({**_WORKLOAD, "subject": "system:serviceaccount:ml-serving:*"}),
        Example({**_WORKLOAD, "subject": "system:serviceaccount:ml-serving:default"}),
        Example({**_DEPLOYMENT, "issuer": "https://token.actions.githubusercontent.com.example.org"}),
        Example({**_WORKLOAD, "issuer": "https://oic.prod-aks.azure.com.example.org/tenant/cluster/"}),
        Example({**_WORKLOAD, "issuer": "http://canadacentral.oic.prod-aks.azure.com/tenant/cluster/"}),
        Example({**_DEPLOYMENT, "audiences": [_AUDIENCE, "https://example.org"]}),
        Example({**_DEPLOYMENT, "audiences": []}),
    ),
    breaks=(
        Break("subject", "repo:gov-example/ml-platform:ref:refs/heads/main"),
        Break("subject", "repo:somebody/ml-platform:environment:prod", where=_of_environment),
        Break("subject", "system:serviceaccount:ml-serving:*"),
        Break("subject", "system:serviceaccount:ml-serving:default"),
        Break("subject", "system:serviceaccount:ml-serving:serving", where=_of_environment),
        Break("issuer", "https://issuer.example.org", where=_of_environment),
        Break("audiences", [_AUDIENCE, "https://example.org"]),
    ),
)
