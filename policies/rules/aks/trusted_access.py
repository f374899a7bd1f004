"""AKS-025: services of Azure hold no more rights in a cluster than they need, and are ours."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import TRUSTED_ACCESS
from policies.view import Fault, Judged, View, guarded, judged_each

_SOURCE: Final = "sourceResourceId"


def check(binding: View, context: Context) -> Judged:
    """The roles are among the profile's, and each is one of the service that gets it."""
    yield from binding.must_be_set("roles")
    yield from guarded(_roles(binding, context))


def _roles(binding: View, context: Context) -> Judged:
    source = binding.word(_SOURCE)
    allowed = {one.lower() for one in context.profile.parameters.trusted_access_roles}
    yield from judged_each(binding.each("roles"), partial(_role, allowed, source))


def _role(allowed: set[str], source: str, role: View) -> Judged:
    name = role.word("", absent="")
    if name not in allowed:
        yield Fault(role.path, "is not among the profile's trusted_access_roles")
    elif f"/providers/{name.rpartition('/')[0]}/" not in source:
        yield Fault(role.path, "belongs to another service than the one that gets it")


def _id(type_: str) -> str:
    return f"/subscriptions/s/resourceGroups/rg/providers/{type_}/ours"


_ML: Final = "Microsoft.MachineLearningServices/workspaces"
_BACKUP: Final = "Microsoft.DataProtection/backupVaults"


def _binding(*roles: str, source: str = _ML) -> dict[str, Any]:
    return {"sourceResourceId": _id(source), "roles": list(roles)}


_API: Final = "TrustedAccessRoleBinding, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="AKS-025",
    title="Services of Azure hold no more rights in a cluster than they need",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(TRUSTED_ACCESS,),
    controls=("itsg33/AC-6", "itsg33/AC-3", "mcsb/PA-7", "hipaa/164.312(a)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    parameters=("trusted_access_roles",),
    why="Such a role lets whoever holds the service into a private cluster, past its network and its sign-in.",
    fix="Give only the roles that the profile names (trusted_access_roles), each to a resource of its own service.",
    link="https://learn.microsoft.com/azure/aks/trusted-access-feature",
    properties=(
        Property("roles", ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property(_SOURCE, ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(
        Example(_binding(f"{_ML}/mlworkload")),
        Example(_binding("microsoft.dataprotection/backupvaults/backup-operator", source=_BACKUP), environment="dev"),
    ),
    bad=(
        Example(_binding(f"{_ML}/mlworkload", "Microsoft.Security/pricings/microsoft-defender-operator")),
        Example(_binding(f"{_ML}/mlworkload", source=_BACKUP)),
        Example(_binding()),
    ),
    breaks=(
        Break("roles", []),
        Break("roles[*]", f"{_ML}/inference-v1"),
        Break(_SOURCE, _id("Microsoft.Storage/storageAccounts")),
    ),
)
