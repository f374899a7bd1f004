"""Registries that Azure Container Registry can cache (artifact cache)."""

from __future__ import annotations

UPSTREAMS = ("docker.io", "mcr.microsoft.com", "quay.io", "public.ecr.aws", "ghcr.io", "nvcr.io", "registry.k8s.io")
"""As Azure lists them when it refuses another one (Azure/acr#862, 2025-12-18); nvcr.io since 2023-10 (Azure/acr#688).

Left out: Google's, which the platform has no use for.
"""

SIGN_IN = ("docker.io",)
"""Cached only for those who sign in (container-registry/artifact-cache-overview.md, 2025-05-12)."""
