"""SVC-003: databases, queues and other services beside the platform speak TLS 1.2, and nothing else."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Example, Rule, Severity
from policies.rules._setting import Setting, Settings, breaks, examples, properties
from policies.rules.services._types import COSMOS, EVENT_DOMAIN, EVENT_TOPIC, REDIS, SERVICE_BUS, SQL
from policies.view import Judged, View

# Newer versions are good as well.
_NEWER: Final = {"1.2": ("1.2", "1.3")}


def _tls(api: str, path: str, default: Any = ABSENT, good: str = "1.2", bad: str = "1.0") -> Setting:
    said = "names no default, so it must be written" if default is ABSENT else f"{default} (not re-read)"
    return Setting(path, good, bad, f"{api}: {said}", default)


def _no_plain_text() -> Setting:
    good: Any = False
    bad: Any = True
    return Setting("enableNonSslPort", good, bad, "Redis, Microsoft.Cache 2024-11-01: false (not re-read)", good)


_SETTINGS: Final[Settings] = {
    REDIS: (_tls("Redis, Microsoft.Cache 2024-11-01", "minimumTlsVersion"), _no_plain_text()),
    COSMOS: (
        _tls("DatabaseAccount, Microsoft.DocumentDB 2025-10-15", "minimalTlsVersion", "Tls12", good="Tls12", bad="Tls"),
    ),
    SQL: (_tls("Server, Microsoft.Sql 2023-08-01", "minimalTlsVersion"),),
    SERVICE_BUS: (_tls("Namespace, Microsoft.ServiceBus 2026-01-01", "minimumTlsVersion"),),
    EVENT_TOPIC: (_tls("Topic, Microsoft.EventGrid 2025-02-15", "minimumTlsVersionAllowed"),),
    EVENT_DOMAIN: (_tls("Domain, Microsoft.EventGrid 2025-02-15", "minimumTlsVersionAllowed"),),
}


def check(view: View, context: Context) -> Judged:
    """The oldest version that is taken; no port without encryption."""
    for one in _SETTINGS[context.resource.type]:
        yield from view.must_be_one_of(one.path, _NEWER.get(str(one.good), (one.good,)))


RULE = Rule(
    id="SVC-003",
    title="Databases, queues and other services speak TLS 1.2 or newer, and nothing else",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=tuple(_SETTINGS),
    controls=(
        "itsg33/SC-8(1)",
        "itsg33/SC-13",
        "mcsb/DP-3",
        "mcsb/NS-8",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(a)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_91", "CKV_AZURE_148", "CKV_AZURE_205"),
        "psrule": ("Azure.Redis.MinTLS", "Azure.ServiceBus.MinTLS", "Azure.SQL.MinTLS"),
        "azure_policy": ("22bee202-a82f-4305-9a2a-6d7f44d4dedb",),
    },
    why="Old versions of TLS are broken: who stands between reads what is sent.",
    fix="Set the least version of TLS to 1.2, and leave the port without encryption off.",
    link="https://learn.microsoft.com/security/engineering/solving-tls1-problem",
    properties=properties(_SETTINGS),
    check=check,
    good=(*examples(_SETTINGS, bad=False), Example({"minimalTlsVersion": "1.3"}, type=SQL)),
    bad=(*examples(_SETTINGS, bad=True), Example({"minimalTlsVersion": "None"}, type=SQL)),
    breaks=breaks(_SETTINGS),
)
