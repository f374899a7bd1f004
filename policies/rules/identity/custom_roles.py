"""IAM-003: custom roles name what they allow, and give no roles."""

from __future__ import annotations

import re
from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._roles import GROUP, SUBSCRIPTION, is_above_subscription
from policies.types import ROLE_DEFINITION
from policies.view import Fault, Judged, View, guarded, judged_each

# What gives somebody access, now or later (learn.microsoft.com/azure/role-based-access-control/permissions/
# management-and-governance, not re-read).
_GIVING: Final = (
    "microsoft.authorization/roleassignments/write",
    "microsoft.authorization/roledefinitions/write",
    "microsoft.authorization/roleassignmentschedulerequests/write",
    "microsoft.authorization/roleeligibilityschedulerequests/write",
    "microsoft.authorization/elevateaccess/action",
    # Who may activate which role, and what another tenant's people may do here (Azure Lighthouse).
    "microsoft.authorization/rolemanagementpolicies/write",
    "microsoft.managedservices/registrationassignments/write",
    # Access policies open a vault, and a credential of an identity opens whatever that identity may do.
    "microsoft.keyvault/vaults/accesspolicies/write",
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials/write",
)


def check(view: View, _context: Context) -> Judged:
    """No action of every service, none that gives roles, and no scope above a subscription."""
    for permission in view.each("permissions"):
        for kind, judge in (("actions", _action), ("dataActions", _data_action)):
            yield from guarded(judged_each(permission.each(kind), judge))
    yield from judged_each(view.each("assignableScopes"), _scope)


def _of_every_service(action: str) -> bool:
    return action.startswith("*") and not action.endswith("/read")


def _action(view: View) -> Judged:
    action = view.word("", absent="")
    pattern = re.compile(".*".join(re.escape(part) for part in action.split("*")))
    if _of_every_service(action):
        yield Fault(view.path, "allows what every service can do; it must name the actions")
    elif any(pattern.fullmatch(one) for one in _GIVING):
        yield Fault(
            view.path, "lets its holder give access; only a limited Role Based Access Control Administrator may"
        )


def _data_action(view: View) -> Judged:
    # Reading as well: data of every service is what nobody may read.
    if view.word("", absent="").startswith("*"):
        yield Fault(view.path, "allows the data of every service; it must name the actions")


def _scope(view: View) -> Judged:
    if is_above_subscription(view.text("", absent="")):
        yield Fault(view.path, "lies above a subscription; it must be a subscription or narrower")


_SOURCE: Final = "RoleDefinition, Microsoft.Authorization 2022-04-01"
_READ: Final = "Microsoft.Network/virtualNetworks/read"
_DATA: Final = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
_PERMISSIONS: Final = ({"actions": [_READ], "dataActions": [_DATA]},)

RULE = Rule(
    id="IAM-003",
    title="Custom roles name what they allow, and give no roles",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ROLE_DEFINITION,),
    controls=("itsg33/AC-6", "mcsb/PA-7", "hipaa/164.312(a)(1)", "gdpr/32(4)", "popa/10", "hia/60"),
    equivalents={"checkov": ("CKV_AZURE_39",), "azure_policy": ("a451c1ef-c6ca-483d-87ed-f49761e3ffb5",)},
    why="A custom role with a wildcard is Owner under another name, which no review of privileged roles lists.",
    fix="List the actions that the work needs, without a leading wildcard, and the narrowest scopes for it.",
    link="https://learn.microsoft.com/azure/role-based-access-control/custom-roles",
    properties=(
        Property("permissions[*].actions", ABSENT, Verdict.PASS, f"{_SOURCE}: no action unless it is listed"),
        Property("permissions[*].dataActions", ABSENT, Verdict.PASS, f"{_SOURCE}: no data action unless it is listed"),
        Property("assignableScopes", ABSENT, Verdict.PASS, f"{_SOURCE}: nowhere unless it is listed (not re-read)"),
    ),
    check=check,
    good=(
        Example({"permissions": [*_PERMISSIONS], "assignableScopes": [SUBSCRIPTION]}),
        Example({"permissions": [{"actions": ["*/read"]}], "assignableScopes": [GROUP]}, title="reads settings only"),
        Example({"permissions": [{"actions": ["Microsoft.Authorization/policyAssignments/write"]}]}),
    ),
    bad=(
        Example({"permissions": [{"actions": [_READ, "*"]}]}),
        Example({"permissions": [*_PERMISSIONS, {"actions": ["*/write"]}]}),
        Example({"permissions": [{"actions": ["microsoft.authorization/*/Write"]}]}, title="every kind of write"),
        Example({"permissions": [{"actions": ["Microsoft.Authorization/*"]}]}),
        Example({"permissions": [{"actions": ["Microsoft.Authorization/roleDefinitions/write"]}]}),
        Example({"permissions": [{"actions": ["Microsoft.Authorization/elevateAccess/Action"]}]}),
        Example({"permissions": [{"actions": ["Microsoft.KeyVault/vaults/*"]}]}),
        Example({"permissions": [{"actions": ["Microsoft.ManagedServices/*"]}]}, title="people of another tenant"),
        Example({"permissions": [{"actions": ["Microsoft.Authorization/roleManagementPolicies/write"]}]}),
        Example({"permissions": [{"actions": ["Microsoft.ManagedIdentity/*/write"]}]}, title="credentials of others"),
        Example({"permissions": [{"dataActions": [_DATA, "*"]}]}),
        Example({"permissions": [{"dataActions": ["*/read"]}]}),
        Example({"permissions": [*_PERMISSIONS], "assignableScopes": [GROUP, "/"]}),
        Example({"assignableScopes": ["/providers/Microsoft.Management/managementGroups/mg"]}),
    ),
    breaks=(
        Break("permissions[*].actions", [_READ, "*"]),
        Break("permissions[*].actions", ["Microsoft.Authorization/roleAssignments/write"]),
        Break("permissions[*].dataActions", ["*"]),
        Break("assignableScopes", ["/"]),
    ),
)
