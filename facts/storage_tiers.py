"""Which storage accounts have which access tiers."""

from __future__ import annotations

ARCHIVE_REPLICATIONS = ("LRS", "GRS")
"""Zone-redundant accounts have no archive tier (learn.microsoft.com storage/blobs/access-tiers-overview, 2026-11)."""
