"""GOV-025: resources are declared by their own types, which rules read."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.view import Fault, Judged, View

_RAW: Final = "azure-native:resources:Resource"
_MAKER: Final = "resourceProviderNamespace"
_KIND: Final = "resourceType"


def check(resource: View, context: Context) -> Judged:
    """What stands for any type at all stands for one of the profile's."""
    maker, kind = resource.word(_MAKER), resource.word(_KIND)
    allowed = (one.lower() for one in context.profile.parameters.deployed_types)
    if not any(one.startswith(f"{maker}/") and one.endswith(f"/{kind}") for one in allowed):
        yield Fault(_KIND, "is of a type that every rule passes by when it is declared so (deployed_types)")


def _resource(maker: str = "Microsoft.DataFactory", kind: str = "managedVirtualNetworks") -> dict[str, Any]:
    return {_MAKER: maker, _KIND: kind, "parentResourcePath": "factories/adf", "properties": {}}


_API: Final = "Resource, Microsoft.Resources 2025-04-01: required"

RULE = Rule(
    id="GOV-025",
    title="Resources are declared by their own types, which rules read",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(_RAW,),
    controls=("itsg33/CM-7", "itsg33/AC-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("deployed_types",),
    why="A storage account under a general type is as open as any other, and no rule for storage accounts reads it.",
    fix="Use the resource's own type, or add it to the parameter deployed_types with who looks at it.",
    link="https://www.pulumi.com/registry/packages/azure-native/api-docs/resources/resource/",
    properties=(
        Property(_MAKER, ABSENT, Verdict.FAIL, _API),
        Property(_KIND, ABSENT, Verdict.FAIL, _API),
    ),
    check=check,
    good=(Example(_resource()), Example(_resource("microsoft.datafactory"), environment="dev")),
    bad=(
        Example(_resource("Microsoft.Storage", "storageAccounts")),
        Example(_resource("Microsoft.DataFactory", "linkedServices")),
        Example(_resource("Microsoft.Network")),
    ),
    breaks=(
        Break(_MAKER, "Microsoft.Storage"),
        Break(_MAKER, ABSENT),
        Break(_KIND, "storageAccounts"),
        Break(_KIND, ABSENT),
    ),
)
