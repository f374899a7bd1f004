"""AML-014: datastores keep no keys of the storage that they lead to."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_DATASTORE
from policies.view import Judged, View

_KEYS: Final = "properties.credentials.credentialsType"
_READER: Final = "properties.serviceDataAccessAuthIdentity"


def check(datastore: View, _context: Context) -> Judged:
    """Who reads signs in with an identity: a job with its own, the workspace's services with the workspace's."""
    yield from datastore.must_be(_KEYS, "None", "so that jobs read with identities")
    yield from datastore.must_be_one_of(
        _READER, ("WorkspaceUserAssignedIdentity", "WorkspaceSystemAssignedIdentity"), "else services of ML can't read"
    )


def _datastore(keys: str = "None", reader: str = "WorkspaceUserAssignedIdentity") -> dict[str, Any]:
    return {"properties": {"credentials": {"credentialsType": keys}, "serviceDataAccessAuthIdentity": reader}}


_API: Final = "Datastore, Microsoft.MachineLearningServices 2025-12-01"

RULE = Rule(
    id="AML-014",
    title="Datastores keep no keys of the storage that they lead to",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ML_DATASTORE,),
    controls=(
        "itsg33/IA-5(7)",
        "itsg33/AC-6",
        "mcsb/IM-3",
        "mcsb/IM-8",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="A datastore with a key lends it to everybody who may run a job: all read what only some may.",
    fix="Set credentialsType to None and serviceDataAccessAuthIdentity to an identity of the workspace, with a role.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication",
    properties=(
        Property(_KEYS, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property(_READER, "None", Verdict.FAIL, f"{_API}: no identity"),
    ),
    check=check,
    good=(Example(_datastore()), Example(_datastore("none", "workspaceSystemAssignedIdentity"), environment="dev")),
    bad=(
        Example(_datastore("AccountKey")),
        Example(_datastore("Sas")),
        Example(_datastore("ServicePrincipal"), environment="dev"),
        Example(_datastore(reader="None")),
    ),
    breaks=(
        Break(_KEYS, "AccountKey"),
        Break("properties.credentials", ABSENT),
        Break(_READER, "None"),
        Break(_READER, ABSENT),
    ),
)
