"""CMP-002: a machine takes no passwords, encrypts at its host, and starts trusted software only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import MACHINE_SCALE_SET, VIRTUAL_MACHINE
from policies.view import Judged, View

_PROFILE: Final = {VIRTUAL_MACHINE: "", MACHINE_SCALE_SET: "virtualMachineProfile."}
_LINUX: Final = "osProfile.linuxConfiguration"
_PASSWORD: Final = f"{_LINUX}.disablePasswordAuthentication"
_HOST: Final = "securityProfile.encryptionAtHost"
_TRUSTED: Final = "securityProfile.securityType"


def check(view: View, context: Context) -> Judged:
    """Keys for Linux; the host's encryption, which caches have too; a start that is measured."""
    at = _PROFILE[context.resource.type]
    by_password = view.has(f"{at}osProfile.adminPassword") and not view.has(f"{at}osProfile.windowsConfiguration")
    if view.has(f"{at}{_LINUX}") or by_password:
        yield from view.must_be(f"{at}{_PASSWORD}", True)
    yield from view.must_be(f"{at}{_HOST}", True)
    yield from view.must_be_one_of(f"{at}{_TRUSTED}", ("TrustedLaunch", "ConfidentialVM"))


def _machine(trusted: str = "TrustedLaunch", *, keys: bool = True, host: bool = True) -> dict[str, Any]:
    return {
        "osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": keys}},
        "securityProfile": {"encryptionAtHost": host, "securityType": trusted},
    }


def _set(**changes: Any) -> Example:
    return Example({"virtualMachineProfile": _machine(**changes)}, type=MACHINE_SCALE_SET)


_API: Final = "VirtualMachine and VirtualMachineScaleSet, Microsoft.Compute 2024-11-01"
_DEFAULTS: Final = ((_PASSWORD, False, "false"), (_HOST, False, "false"), (_TRUSTED, "Standard", "Standard"))

RULE = Rule(
    id="CMP-002",
    title="A machine takes no passwords, encrypts at its host, and starts trusted software only",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(VIRTUAL_MACHINE, MACHINE_SCALE_SET),
    controls=(
        "itsg33/IA-5",
        "itsg33/SC-28(1)",
        "itsg33/SI-7",
        "mcsb/PV-4",
        "mcsb/DP-4",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_1", "CKV_AZURE_149", "CKV_AZURE_97"), "psrule": ("Azure.VM.PublicKey",)},
    why="A machine beside the cluster has copies of the data that people work on, and no pool that is renewed.",
    fix="Set disablePasswordAuthentication and encryptionAtHost to true, and securityType to TrustedLaunch.",
    link="https://learn.microsoft.com/azure/virtual-machines/trusted-launch",
    properties=tuple(
        Property(f"{at}{path}", default, Verdict.FAIL, f"{_API}: {said} (not re-read)", of=(type_,))
        for type_, at in _PROFILE.items()
        for path, default, said in _DEFAULTS
    ),
    check=check,
    good=(Example(_machine()), Example(_machine("confidentialVM"), environment="dev"), _set()),
    bad=(
        Example(_machine(keys=False)),
        Example({**_machine(), "osProfile": {"adminPassword": "example"}}, title="Linux unless it says Windows"),
        Example(_machine(host=False)),
        Example(_machine("Standard")),
        _set(keys=False),
        _set(host=False),
        _set(trusted="Standard"),
    ),
    breaks=tuple(
        Break(f"{at}{path}", value, of=(type_,))
        for type_, at in _PROFILE.items()
        for path, default, _ in _DEFAULTS
        for value in (default, ABSENT)
    ),
)
