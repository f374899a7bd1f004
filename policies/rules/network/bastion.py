"""NET-023: who comes through a Bastion signs in, and carries nothing out unseen."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BASTION
from policies.view import Judged, View

# Ways past the sign-in to Azure, or out of the session.
_OFF: Final = ("enableShareableLink", "enableIpConnect", "enableFileCopy")


def check(bastion: View, _context: Context) -> Judged:
    """No links for strangers, no machines but those of Azure, no files and no clipboard."""
    yield from bastion.must_not_be("sku.name", ("Developer",), "which is shared with other customers")
    for path in _OFF:
        yield from bastion.must_be(path, False)
    yield from bastion.must_be("disableCopyPaste", True, "else data leaves by the clipboard")


def _bastion(tier: Any = "Standard", **changes: bool) -> dict[str, Any]:
    return {"sku": {"name": tier}, "disableCopyPaste": True, **dict.fromkeys(_OFF, False), **changes}


_API: Final = "BastionHost, Microsoft.Network 2024-05-01"

RULE = Rule(
    id="NET-023",
    title="Who comes through a Bastion signs in, and carries nothing out unseen",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(BASTION,),
    controls=(
        "itsg33/AC-17",
        "itsg33/AC-17(3)",
        "itsg33/SC-7(10)",
        "mcsb/NS-2",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
    ),
    why="A shareable link opens a machine to whoever has the link; the clipboard takes a table of citizens along.",
    fix="Use the tier Standard; set disableCopyPaste to true and leave links, addresses and files off.",
    link="https://learn.microsoft.com/azure/bastion/configuration-settings",
    properties=(
        Property("sku.name", "Standard", Verdict.PASS, f"{_API}: Standard"),
        *(Property(path, False, Verdict.PASS, f"{_API}: false") for path in _OFF),
        Property("disableCopyPaste", False, Verdict.FAIL, f"{_API}: false"),
    ),
    check=check,
    good=(Example(_bastion()), Example(_bastion("Premium"), environment="dev")),
    bad=(
        Example(_bastion("Developer")),
        *(Example(_bastion(**{path: True})) for path in _OFF),
        Example(_bastion(disableCopyPaste=False)),
    ),
    breaks=(
        Break("sku.name", "Developer"),
        *(Break(path, True) for path in _OFF),
        Break("disableCopyPaste", ABSENT),
    ),
)
