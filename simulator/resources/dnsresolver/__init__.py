"""Microsoft.Network/dnsResolvers and dnsForwardingRulesets."""
