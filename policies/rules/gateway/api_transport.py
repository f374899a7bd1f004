"""API-001: an API and what answers behind it speak HTTPS, with certificates that are checked."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import API, API_BACKEND
from policies.view import Fault, Judged, View, guarded

_CHECKED: Final = ("tls.validateCertificateChain", "tls.validateCertificateName")


def check(view: View, context: Context) -> Judged:
    """Protocols of the API; the address of a backend, and that its certificate is checked."""
    if context.resource.type == API:
        yield from guarded(_protocols(view))
        return
    if view.word("type") != "pool":  # which has no address of its own
        yield from guarded(_address(view))
    for path in _CHECKED:
        yield from view.must_be(path, True)


def _protocols(api: View) -> Judged:
    if {one.lower() for one in api.texts("protocols")} != {"https"}:
        yield Fault("protocols", "must be https alone")


def _address(backend: View) -> Judged:
    if not backend.word("url").startswith("https://"):
        yield Fault("url", "must begin with https://")


def _backend(url: str = "https://models.openai.azure.com/openai", **tls: bool) -> dict[str, Any]:
    return {"type": "Single", "url": url, "tls": tls}


_OF_API: Final = (API,)
_OF_BACKEND: Final = (API_BACKEND,)
_SOURCE: Final = "Api and Backend, Microsoft.ApiManagement 2024-05-01"

RULE = Rule(
    id="API-001",
    title="An API and what answers behind it speak HTTPS, with certificates that are checked",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(API, API_BACKEND),
    controls=(
        "itsg33/SC-8(1)",
        "mcsb/DP-3",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(a)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_215",),
        "psrule": ("Azure.APIM.HTTPBackend", "Azure.APIM.HTTPEndpoint"),
        "azure_policy": ("ee7495e7-3ba7-40b6-bfee-c29e22cc75d4", "92bb331d-ac71-416a-8c91-02f2cb734ce4"),
    },
    why="What people ask a model passes here twice: in clear on one side it can be read and changed on the way.",
    fix="Set protocols to https alone, url to https://, and leave both checks of certificates on.",
    link="https://learn.microsoft.com/azure/api-management/backends",
    properties=(
        Property("protocols", ABSENT, Verdict.FAIL, f"{_SOURCE}: https (not re-read); it must be written", of=_OF_API),
        Property("type", "Single", Verdict.FAIL, f"{_SOURCE}: Single, which needs a url", of=_OF_BACKEND),
        Property("url", ABSENT, Verdict.FAIL, f"{_SOURCE}: required", of=_OF_BACKEND),
        *(Property(path, True, Verdict.PASS, f"{_SOURCE}: true", of=_OF_BACKEND) for path in _CHECKED),
    ),
    check=check,
    good=(
        Example({"protocols": ["HTTPS"]}),
        Example(_backend(validateCertificateChain=True, validateCertificateName=True), type=API_BACKEND),
        Example({"type": "Pool", "pool": {"services": []}}, type=API_BACKEND),
    ),
    bad=(
        Example({"protocols": ["https", "http"]}),
        Example({}),
        Example(_backend("http://10.0.0.4"), type=API_BACKEND),
        Example(_backend(validateCertificateChain=False), type=API_BACKEND),
        Example(_backend(validateCertificateName=False), type=API_BACKEND),
    ),
    breaks=(
        Break("protocols", ["http", "https"], of=_OF_API),
        Break("protocols", ABSENT, of=_OF_API),
        Break("url", "http://10.0.0.4", of=_OF_BACKEND, where=lambda backend: backend["type"] == "Single"),
        Break("type", "Single", of=_OF_BACKEND, where=lambda backend: backend["type"] == "Pool"),
        *(Break(path, False, of=_OF_BACKEND) for path in _CHECKED),
    ),
)
