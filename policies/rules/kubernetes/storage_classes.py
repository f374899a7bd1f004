"""K8S-048: volumes are encrypted with a key of our own, and shares are reached by private endpoints."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_CLASS
from policies.view import Judged, View

_KEY: Final = "parameters.diskEncryptionSetID"
_WAY: Final = "parameters.networkEndpointType"
_DISKS: Final = "disk.csi.azure.com"
_SHARES: Final = ("file.csi.azure.com", "blob.csi.azure.com")


def check(chosen: View, context: Context) -> Judged:
    """A disk's key where the classification demands one; how a share that the driver makes is reached."""
    kind = chosen.word("provisioner")
    if kind == _DISKS and context.profile.demands.customer_keys:
        yield from chosen.must_be_set(_KEY, "else disks have Microsoft's key")
    if kind in _SHARES:
        yield from chosen.must_be(_WAY, "privateEndpoint", "else the driver makes an account that the internet reaches")


def _class(provisioner: str, **parameters: str) -> dict[str, Any]:
    return {"metadata": {"name": "fast"}, "provisioner": provisioner, "parameters": parameters}


def _is(*kinds: str) -> Any:
    return lambda chosen: chosen["provisioner"] in kinds


_API: Final = "Azure CSI drivers of AKS (not re-read)"

RULE = Rule(
    id="K8S-048",
    title="Volumes are encrypted with a key of our own, and shares are reached by private endpoints",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(STORAGE_CLASS,),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-7",
        "mcsb/DP-5",
        "mcsb/NS-2",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    why="A driver makes disks and storage accounts past the program, by what its class says: no other rule sees them.",
    fix="Set diskEncryptionSetID for disks; networkEndpointType privateEndpoint for files and blobs.",
    link="https://learn.microsoft.com/azure/aks/azure-csi-driver-volume-provisioning",
    properties=(
        Property("provisioner", ABSENT, Verdict.PASS, f"{_API}: required"),
        Property(_KEY, ABSENT, Verdict.FAIL, f"{_API}: Microsoft's key", unknown=Verdict.PASS),
        Property(_WAY, ABSENT, Verdict.FAIL, f"{_API}: public"),
    ),
    check=check,
    good=(
        Example(_class(_DISKS, diskEncryptionSetID="a-set")),
        Example(_class(_SHARES[0], networkEndpointType="privateEndpoint"), environment="dev"),
        Example(_class(_DISKS), environment="test", classification="Protected A"),
    ),
    bad=(
        Example(_class(_DISKS)),
        Example(_class(_SHARES[0])),
        Example(_class(_SHARES[1], networkEndpointType=""), environment="dev"),
    ),
    breaks=(
        Break("provisioner", _SHARES[1], where=_is(_DISKS)),
        Break(_KEY, ABSENT, where=lambda chosen: "diskEncryptionSetID" in chosen["parameters"]),
        Break(_WAY, ABSENT, where=_is(*_SHARES)),
    ),
)
