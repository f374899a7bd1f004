"""Microsoft.Network/privateEndpoints/privateDnsZoneGroups."""

from __future__ import annotations

from simulator.model import Model


class PrivateDnsZoneGroups(Model):
    """The zones in which a private endpoint keeps its records."""

    token = "azure-native:network:PrivateDnsZoneGroup"
