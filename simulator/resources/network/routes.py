"""Microsoft.Network/routeTables/routes."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.network import route_rules


class Routes(Model):
    """A route that is a resource of its own."""

    token = "azure-native:network:Route"
    rules = route_rules.RULES
