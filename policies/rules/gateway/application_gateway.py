"""GW-001: an application gateway filters requests, and encrypts on both sides with certificates of the vault."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import APPLICATION_GATEWAY
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_LISTENERS: Final = "httpListeners[*].protocol"
_BACKENDS: Final = "backendHttpSettingsCollection[*].protocol"
_POLICY: Final = "sslPolicy.policyName"
_LEAST: Final = "sslPolicy.minProtocolVersion"
# The predefined policies without TLS 1.0 and 1.1 (application-gateway-ssl-policy-overview.md, not re-read).
_SOUND: Final = ("appgwsslpolicy20170401s", "appgwsslpolicy20220101", "appgwsslpolicy20220101s")
_VERSIONS: Final = ("tlsv1_2", "tlsv1_3")


def check(gateway: View, _context: Context) -> Judged:
    """A web firewall; HTTPS to callers and to what answers; TLS 1.2; certificates that the vault renews."""
    yield from gateway.must_be("sku.tier", "WAF_v2")
    yield from gateway.must_be_set("firewallPolicy.id", "else the web firewall has no rules")
    for collection in ("httpListeners", "backendHttpSettingsCollection"):
        for one in gateway.each(collection):
            yield from one.must_be("protocol", "Https")
    for certificate in gateway.each("sslCertificates"):
        yield from certificate.must_be_set("keyVaultSecretId", "else its key stands in the template")
    yield from guarded(_versions(gateway))
    yield from guarded(judged_each(gateway.each("sslProfiles"), _profile))


def _profile(profile: View) -> Judged:
    """What listeners may have in place of the gateway's own."""
    if profile.has("sslPolicy"):
        yield from _versions(profile)


def _versions(holder: View) -> Judged:
    # A predefined policy counts as it is, whatever stands beside its name.
    named, least = holder.word(_POLICY, absent=""), holder.word(_LEAST, absent="")
    if named not in _SOUND if named else least not in _VERSIONS:
        yield Fault(
            joined(holder.path, "sslPolicy"), "must be a policy of 2022, or have minProtocolVersion TLSv1_2 or TLSv1_3"
        )


def _gateway(listener: str = "Https", backend: str = "Https", **changes: Any) -> dict[str, Any]:
    return {
        "sku": {"tier": "WAF_v2"},
        "firewallPolicy": {"id": "a-policy"},
        "httpListeners": [{"protocol": "Https"}, {"protocol": listener}],
        "backendHttpSettingsCollection": [{"protocol": "https"}, {"protocol": backend}],
        "sslCertificates": [{"name": "site", "keyVaultSecretId": "https://v.vault.azure.net/secrets/site"}],
        "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
        **changes,
    }


def _custom(version: str) -> dict[str, str]:
    return {"policyType": "CustomV2", "minProtocolVersion": version}


_API: Final = "ApplicationGateway, Microsoft.Network 2024-05-01"

RULE = Rule(
    id="GW-001",
    title="An application gateway filters requests, and encrypts on both sides",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(APPLICATION_GATEWAY,),
    controls=(
        "itsg33/SC-7",
        "itsg33/SC-8(1)",
        "mcsb/NS-3",
        "mcsb/DP-3",
        "mcsb/NS-6",
        "hipaa/164.312(e)(2)(ii)",
        "gdpr/32(1)(b)",
        "gc-guardrails/7",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_217", "CKV_AZURE_218"),
        "psrule": ("Azure.AppGw.SSLPolicy",),
        "azure_policy": ("ff1f1879-a60d-4f23-9641-41e7391ec19a", "564feb30-bf6a-4854-b4bb-0d2d2d1e6c66"),
    },
    why="All that citizens send passes here: without a filter so does every known attack, and behind it in clear.",
    fix="Use WAF_v2 with a firewallPolicy, Https everywhere, AppGwSslPolicy20220101 and certificates of the vault.",
    link="https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview",
    properties=(
        Property("sku.tier", ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property("firewallPolicy.id", ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS),
        Property(_LISTENERS, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property(_BACKENDS, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property("sslCertificates[*].keyVaultSecretId", ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS),
        Property(_POLICY, ABSENT, Verdict.FAIL, f"{_API}: differs between versions, so it must be written"),
        Property(_LEAST, ABSENT, Verdict.FAIL, f"{_API}: that of the policy"),
    ),
    check=check,
    good=(Example(_gateway()), Example(_gateway(sslPolicy=_custom("TLSv1_3")), environment="dev")),
    bad=(
        Example(_gateway("Http"), title="the second listener"),
        Example(_gateway(backend="Http")),
        Example(_gateway(sku={"tier": "Standard_v2"})),
        Example(_gateway(firewallPolicy={})),
        Example(_gateway(sslCertificates=[{"name": "site", "data": "example"}])),
        Example(_gateway(sslPolicy={"policyName": "AppGwSslPolicy20150501"})),
        Example(_gateway(sslPolicy=_custom("TLSv1_0"))),
        Example(_gateway(sslPolicy={**_custom("TLSv1_2"), "policyName": "AppGwSslPolicy20150501"})),
        Example(_gateway(sslProfiles=[{"name": "a"}, {"name": "b", "sslPolicy": _custom("TLSv1_1")}])),
    ),
    breaks=(
        Break("sku.tier", "Standard_v2"),
        Break("firewallPolicy", ABSENT),
        Break(_LISTENERS, "Http"),
        Break(_BACKENDS, "Http"),
        Break("sslCertificates[*].keyVaultSecretId", ABSENT),
        Break("sslPolicy", ABSENT),
        Break(_POLICY, "AppGwSslPolicy20150501", where=lambda gateway: "policyName" in gateway["sslPolicy"]),
        Break(_LEAST, "TLSv1_1", where=lambda gateway: "policyName" not in gateway["sslPolicy"]),
    ),
)
