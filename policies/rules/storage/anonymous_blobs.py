"""ST-002: no blob can be read without signing in."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BLOB_CONTAINER, STORAGE_ACCOUNT
from policies.view import Judged, View


def check(view: View, context: Context) -> Judged:
    """Neither the account nor a container of it shows blobs to everybody."""
    if context.resource.type == STORAGE_ACCOUNT:
        yield from view.must_be("allowBlobPublicAccess", False)
    else:
        yield from view.must_be("publicAccess", "None")


RULE = Rule(
    id="ST-002",
    title="No blob can be read without signing in",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(
        STORAGE_ACCOUNT,
        BLOB_CONTAINER,
    ),
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-22",
        "mcsb/NS-2",
        "cis-azure/4.17",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_34",),
        "psrule": ("Azure.Storage.BlobPublicAccess", "Azure.Storage.BlobAccessType"),
        "azure_policy": ("4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",),
        "trivy": ("AZU-0007",),
    },
    why="A container that is public by mistake is the way most data of public bodies was lost: its address suffices.",
    fix="Set allowBlobPublicAccess of the account to false, and publicAccess of its containers to None.",
    link="https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent",
    properties=(
        Property(
            "allowBlobPublicAccess",
            False,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: false where nothing is set",
            of=(STORAGE_ACCOUNT,),
        ),
        Property(
            "publicAccess",
            "None",
            Verdict.PASS,
            "BlobContainer, Microsoft.Storage 2024-01-01: private unless it is set",
            of=(BLOB_CONTAINER,),
        ),
    ),
    check=check,
    good=(Example({"allowBlobPublicAccess": False}), Example({"publicAccess": "none"}, type=BLOB_CONTAINER)),
    bad=(
        Example({"allowBlobPublicAccess": True}),
        Example({"publicAccess": "Blob"}, type=BLOB_CONTAINER),
        Example({"publicAccess": "Container"}, type=BLOB_CONTAINER),
    ),
    breaks=(
        Break("allowBlobPublicAccess", True, of=(STORAGE_ACCOUNT,)),
        Break("publicAccess", "Blob", of=(BLOB_CONTAINER,)),
    ),
)
