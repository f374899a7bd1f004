"""AML-003: an ML workspace works with an identity of ours and without keys."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.machine_learning._identities import USER_ASSIGNED
from policies.types import ML_WORKSPACE
from policies.view import Judged, View


def applies(workspace: View, _context: Context) -> bool:
    """A project has an identity of its own kind."""
    return workspace.word("kind", absent="Default") != "project"


def check(workspace: View, _context: Context) -> Judged:
    """An identity of ours is the workspace's, and its storage is read with identities."""
    yield from workspace.must_be_one_of("identity.type", USER_ASSIGNED)
    yield from workspace.must_be_set("primaryUserAssignedIdentity")
    yield from workspace.must_be_one_of("systemDatastoresAuthMode", ("Identity", "UserDelegationSAS"))


def _workspace(**changes: Any) -> dict[str, Any]:
    kept = {"identity": {"type": "UserAssigned"}, "primaryUserAssignedIdentity": "/subscriptions/s/…/id"}
    return {**kept, "systemDatastoresAuthMode": "Identity", **changes}


RULE = Rule(
    id="AML-003",
    title="An ML workspace works with an identity of ours and without keys",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ML_WORKSPACE,),
    controls=(
        "itsg33/IA-9",
        "itsg33/AC-6",
        "mcsb/IM-3",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.ML.UserManagedIdentity", "AZR-000407"),
        "azure_policy": ("5f0c7d88-c7de-45b8-ac49-db49e72eaa78",),
    },
    why="The identity that Azure makes gets wide roles by itself, and with keys everybody is the same one.",
    fix="Give it a user-assigned identity, name it in primaryUserAssignedIdentity, and set systemDatastoresAuthMode to "
    "Identity.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication",
    properties=(
        Property(
            "identity.type",
            "SystemAssigned",
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: Azure makes one (not re-read)",
        ),
        Property(
            "primaryUserAssignedIdentity",
            ABSENT,
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: none",
            unknown=Verdict.PASS,
        ),
        Property(
            "systemDatastoresAuthMode",
            "AccessKey",
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: keys of the account (not re-read)",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_workspace()),
        Example(_workspace(identity={"type": "SystemAssigned, UserAssigned"})),
        Example(_workspace(systemDatastoresAuthMode="userdelegationsas")),
    ),
    bad=(
        Example(_workspace(identity={"type": "SystemAssigned"})),
        Example(_workspace(primaryUserAssignedIdentity="")),
        Example(_workspace(systemDatastoresAuthMode="AccessKey")),
    ),
    breaks=(
        Break("identity.type", "SystemAssigned"),
        Break("identity", ABSENT),
        Break("primaryUserAssignedIdentity", ABSENT),
        Break("systemDatastoresAuthMode", "AccessKey"),
        Break("systemDatastoresAuthMode", ABSENT),
    ),
)
