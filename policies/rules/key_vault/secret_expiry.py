"""KV-007: a secret has an end and says what it is."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SECRET
from policies.view import Judged, View


def check(secret: View, _context: Context) -> Judged:
    """A secret has an end, and says what it is. A secret whose content nobody writes here ends where it is written."""
    yield from secret.must_be_set("properties.contentType", "so that whoever rotates it knows what it is")
    if not _written_elsewhere(secret, _context):
        yield from secret.must_be_set("properties.attributes.expires")


def _written_elsewhere(_secret: View, context: Context) -> bool:
    ignored = context.resource.ignore_changes or ()
    return any(path in {"properties", "properties.value"} for path in ignored)


RULE = Rule(
    id="KV-007",
    title="A secret has an end and says what it is",
    severity=Severity.MEDIUM,
    category=Category.ENCRYPTION,
    types=(SECRET,),
    controls=(
        "itsg33/IA-5(1)",
        "mcsb/DP-6",
        "cis-azure/3.3.3",
        "hipaa/164.312(d)",
        "gdpr/32(1)(a)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_41", "CKV_AZURE_114"),
        "azure_policy": ("98728c90-32c7-4049-8429-847dc0f4fe37",),
        "trivy": ("AZU-0017", "AZU-0015"),
    },
    why="A secret without an end is never replaced: it works for whoever copied it years ago.",
    fix="Set properties.attributes.expires (seconds since 1970) and properties.contentType.",
    link="https://learn.microsoft.com/azure/key-vault/secrets/secrets-best-practices",
    properties=(
        Property(
            "properties.contentType",
            ABSENT,
            Verdict.FAIL,
            "Secret, Microsoft.KeyVault 2024-11-01: none",
            unknown=Verdict.PASS,
        ),
        Property(
            "properties.attributes.expires",
            ABSENT,
            Verdict.FAIL,
            "Secret, Microsoft.KeyVault 2024-11-01: a secret has no end",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example({"properties": {"contentType": "password", "attributes": {"expires": 1830297600}}}),
        Example(
            {"properties": {"contentType": "a PEM"}},
            options={"ignore_changes": ("properties",)},
            title="people write it, and its end with it",
        ),
    ),
    bad=(
        Example({"properties": {"contentType": "password"}}),
        Example({"properties": {"contentType": "", "attributes": {"expires": 1830297600}}}),
        Example({"properties": {}}, options={"ignore_changes": ("tags",)}),
    ),
    breaks=(Break("properties.contentType", ABSENT), Break("properties.attributes", ABSENT)),
)
