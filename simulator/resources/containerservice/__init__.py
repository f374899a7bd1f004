"""Microsoft.ContainerService, and where its behaviour is documented, as the rules of this folder name it.

`CODES` is a Go source with the names of AKS's error codes and a line on most of them, found by exact string in a public
repository (`apierror`, checked 2026-11-25). It says which code a check has, not the words of its message.
"""

from __future__ import annotations

from typing import Final

CODES: Final = "AKS error codes, apierror (checked 2026-11-25)"
CHANGELOG: Final = "Azure/AKS:CHANGELOG.md (checked 2026-11-25)"
AZURERM: Final = "hashicorp/terraform-provider-azurerm:internal/services/containers (checked 2026-11-25)"


def docs(page: str) -> str:
    """A page of the AKS documentation."""
    return f"MicrosoftDocs/azure-aks-docs:articles/aks/{page} (checked 2026-11-25)"


def support(page: str) -> str:
    """A page of the AKS troubleshooting documentation."""
    return f"MicrosoftDocs/SupportArticles-docs:support/azure/azure-kubernetes/{page} (checked 2026-11-25)"


def issue(thread: str) -> str:
    """A thread in which the answer of Azure was reported, as owner/repository#number."""
    return f"{thread} (checked 2026-11-25)"
