"""GOV-024: nothing runs code with Azure's rights, or gives rights away, where no other rule sees what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules._faults import having
from policies.view import Fault, Judged, View

_SCRIPT: Final = "azure-native:resources:AzureCliScript"
_DELEGATION: Final = "azure-native:managedservices:RegistrationAssignment"
# Programs as text, people of another tenant (Azure Lighthouse), templates that are deployed elsewhere, and passwords
# of registries: what they do stands in no property that a rule could read.
_POWERS: Final = (
    _SCRIPT,
    "azure-native:resources:AzurePowerShellScript",
    _DELEGATION,
    "azure-native:managedservices:RegistrationDefinition",
    *(
        f"azure-native:resources:DeploymentStackAt{scope}"
        for scope in ("ResourceGroup", "Subscription", "ManagementGroup")
    ),
    "azure-native:automation:Runbook",
    "azure-native:automation:Webhook",
    "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
    "azure-native:compute:VirtualMachineScaleSetVMRunCommand",
    "azure-native:containerregistry:Task",
    "azure-native:containerregistry:TaskRun",
    "azure-native:containerregistry:Token",
)
_EXTENSIONS: Final = (
    "azure-native:compute:VirtualMachineExtension",
    "azure-native:compute:VirtualMachineScaleSetExtension",
    "azure-native:compute:VirtualMachineScaleSetVMExtension",
    "azure-native:hybridcompute:MachineExtension",
)
# Extensions of machines that run what they are given; the others are programs of Microsoft and of named makers.
_RUNNING: Final = (
    "CustomScript",
    "CustomScriptExtension",
    "CustomScriptForLinux",
    "DSC",
    "RunCommandLinux",
    "RunCommandWindows",
)


def check(view: View, context: Context) -> Judged:
    """The profile names the type; an extension runs no script."""
    if context.resource.type in _EXTENSIONS:
        yield from view.must_not_be("type", _RUNNING, "which runs whatever it is given, as administrator")
    elif context.resource.type.removeprefix("azure-native:") not in context.profile.parameters.powers:
        yield Fault("", "runs code or gives rights that no rule sees, and the profile doesn't want it (powers)")


def _as_delegation(stack: Stack, resource: Resource) -> Stack | None:
    if resource.type in _EXTENSIONS:
        return None
    return having(stack, resource, replace(resource, type=_DELEGATION))


RULE = Rule(
    id="GOV-024",
    title="Nothing runs code with Azure's rights, or gives rights away, past the rules",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(*_POWERS, *_EXTENSIONS),
    controls=("itsg33/AC-6", "itsg33/CM-7", "itsg33/AC-3", "gdpr/32(1)(b)", "popa/10"),
    parameters=("powers",),
    why="A script in a template does with the rights of its identity what no reviewer of resources sees.",
    fix="Declare what it makes as resources, or add its type to the parameter powers with who reviews its text.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-script-template",
    properties=(
        Property(
            "type",
            ABSENT,
            Verdict.PASS,
            "VirtualMachineExtension, Microsoft.Compute 2024-11-01: required (not re-read)",
            of=_EXTENSIONS,
        ),
    ),
    check=check,
    good=(
        Example({}, parameters={"powers": ("resources:AzureCliScript",)}),
        Example({"publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent"}, type=_EXTENSIONS[0]),
    ),
    bad=(
        *(Example({}, type=type_) for type_ in _POWERS),
        Example({"type": "customScript"}, type=_EXTENSIONS[0]),
        Example({"type": "DSC"}, type=_EXTENSIONS[1], environment="dev"),
    ),
    breaks=(
        StackBreak("rights for another tenant in its place", _as_delegation),
        Break("type", "CustomScript", of=_EXTENSIONS),
    ),
)
