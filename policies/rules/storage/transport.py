"""ST-001: a storage account takes HTTPS with TLS 1.2 only."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Judged, View


def check(account: View, _context: Context) -> Judged:
    """HTTPS only, with TLS 1.2 at least."""
    yield from account.must_be("enableHttpsTrafficOnly", True)
    yield from account.must_be_one_of("minimumTlsVersion", ("TLS1_2", "TLS1_3"))


RULE = Rule(
    id="ST-001",
    title="A storage account takes HTTPS with TLS 1.2 only",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(STORAGE_ACCOUNT,),
    controls=(
        "itsg33/SC-8(1)",
        "mcsb/DP-3",
        "mcsb/NS-8",
        "cis-azure/4.1",
        "cis-azure/4.15",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(a)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_3", "CKV_AZURE_44"),
        "psrule": ("Azure.Storage.SecureTransfer", "Azure.Storage.MinTLS"),
        "azure_policy": ("404c3081-a854-4457-ae30-26a93ef643f9", "fe83a0eb-a853-422d-aac2-1bffd182c5d0"),
        "trivy": ("AZU-0008", "AZU-0011"),
    },
    why="Older TLS can be broken by whoever sits on the way, and plain HTTP is read by anybody there.",
    fix="Set enableHttpsTrafficOnly to true and minimumTlsVersion to TLS1_2.",
    link="https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version",
    properties=(
        Property(
            "enableHttpsTrafficOnly",
            True,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: true since API version 2019-04-01",
        ),
        Property(
            "minimumTlsVersion",
            "TLS1_0",
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: TLS 1.0 where nothing is set",
        ),
    ),
    check=check,
    remedy=lambda _account, _tags: {"enableHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2"},
    good=(
        Example({"enableHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2"}),
        Example({"enableHttpsTrafficOnly": True, "minimumTlsVersion": "tls1_3"}, title="newer, in another case"),
    ),
    bad=(
        Example({"enableHttpsTrafficOnly": False, "minimumTlsVersion": "TLS1_2"}),
        Example({"minimumTlsVersion": "TLS1_1"}),
        Example({}),
    ),
    breaks=(
        Break("enableHttpsTrafficOnly", False),
        Break("minimumTlsVersion", "TLS1_1"),
        Break("minimumTlsVersion", ABSENT),
    ),
)
