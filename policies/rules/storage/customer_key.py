"""ST-005: storage is encrypted with a key of our own."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.types import ENCRYPTION_SCOPE, STORAGE_ACCOUNT
from policies.view import Judged, View

_SERVICES: Final = ("table", "queue")


def check(view: View, context: Context) -> Judged:
    """A key of our own, opened by an identity of ours, for every service of the account."""
    if context.resource.type == ENCRYPTION_SCOPE:
        yield from view.must_be("source", "Microsoft.KeyVault")
        yield from view.must_be_set("keyVaultProperties.keyUri")
        return
    yield from view.must_be("encryption.keySource", "Microsoft.Keyvault")
    yield from view.must_be_set("encryption.keyVaultProperties.keyName")
    yield from view.must_be_set("encryption.encryptionIdentity.encryptionUserAssignedIdentity")
    for service in _SERVICES:
        yield from view.must_be(f"encryption.services.{service}.keyType", "Account", "else Microsoft's key is used")


_SCOPE: Final = {"source": "Microsoft.KeyVault", "keyVaultProperties": {"keyUri": "https://v.vault.azure.net/keys/k"}}


def _account(**changes: Any) -> dict[str, Any]:
    encryption = {
        "keySource": "Microsoft.Keyvault",
        "keyVaultProperties": {"keyName": "storage"},
        "encryptionIdentity": {"encryptionUserAssignedIdentity": "/subscriptions/s/…/id"},
        "services": {service: {"keyType": "Account"} for service in _SERVICES},
    }
    return {"encryption": {**encryption, **changes}}


RULE = Rule(
    id="ST-005",
    title="Storage is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(
        STORAGE_ACCOUNT,
        ENCRYPTION_SCOPE,
    ),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "mcsb/DP-5",
        "cis-azure/4.11",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": ("6fac406b-40ca-413b-bf8e-0bf964659c25",),
        "trivy": ("AZU-0060",),
    },
    why="Only with a key of its own can the province take its data away from everybody at once, Microsoft included.",
    fix="Set encryption.keySource to Microsoft.Keyvault with key and identity; keyType Account for tables and queues "
    "is taken at creation only.",
    link="https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview",
    properties=(
        Property(
            "encryption.keySource",
            "Microsoft.Storage",
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: Microsoft's",
            of=(STORAGE_ACCOUNT,),
        ),
        Property(
            "encryption.keyVaultProperties.keyName",
            ABSENT,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: none",
            of=(STORAGE_ACCOUNT,),
            unknown=Verdict.PASS,
        ),
        Property(
            "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
            ABSENT,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: none",
            of=(STORAGE_ACCOUNT,),
            unknown=Verdict.PASS,
        ),
        *(
            Property(
                f"encryption.services.{service}.keyType",
                "Service",
                Verdict.FAIL,
                "learn.microsoft.com/azure/storage/common/account-encryption-key-create: a key of the service",
                of=(STORAGE_ACCOUNT,),
            )
            for service in _SERVICES
        ),
        Property(
            "source",
            "Microsoft.Storage",
            Verdict.FAIL,
            "EncryptionScope, Microsoft.Storage 2024-01-01: Microsoft's key",
            of=(ENCRYPTION_SCOPE,),
        ),
        Property(
            "keyVaultProperties.keyUri",
            ABSENT,
            Verdict.FAIL,
            "EncryptionScope, Microsoft.Storage 2024-01-01: none",
            of=(ENCRYPTION_SCOPE,),
            unknown=Verdict.PASS,
        ),
    ),
    applies=keys_of_our_own,
    check=check,
    good=(
        Example(_account()),
        Example({}, classification="Protected A", title="Microsoft's key suffices below Protected B"),
        Example(_SCOPE, type=ENCRYPTION_SCOPE),
    ),
    bad=(
        Example(_account(keySource="Microsoft.Storage")),
        Example(_account(keyVaultProperties={})),
        Example(_account(encryptionIdentity={})),
        Example(_account(services={"table": {"keyType": "Account"}, "queue": {"keyType": "Service"}})),
        Example({**_SCOPE, "source": "Microsoft.Storage"}, type=ENCRYPTION_SCOPE),
        Example({"source": "Microsoft.KeyVault"}, type=ENCRYPTION_SCOPE),
    ),
    breaks=(
        Break("encryption.keySource", "Microsoft.Storage", of=(STORAGE_ACCOUNT,)),
        Break("encryption.keySource", ABSENT, of=(STORAGE_ACCOUNT,)),
        Break("encryption.keyVaultProperties", ABSENT, of=(STORAGE_ACCOUNT,)),
        Break("encryption.encryptionIdentity", ABSENT, of=(STORAGE_ACCOUNT,)),
        Break("encryption.services", ABSENT, of=(STORAGE_ACCOUNT,)),
        Break("encryption.services.queue.keyType", "Service", of=(STORAGE_ACCOUNT,)),
        Break("encryption.services.table.keyType", "Service", of=(STORAGE_ACCOUNT,)),
        Break("source", "Microsoft.Storage", of=(ENCRYPTION_SCOPE,)),
        Break("keyVaultProperties", ABSENT, of=(ENCRYPTION_SCOPE,)),
    ),
)
