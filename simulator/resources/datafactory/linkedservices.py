"""Microsoft.DataFactory/factories/linkedservices."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.datafactory.reference_rules import references_are_there


class LinkedServices(Model):
    """Something outside that the factory connects to."""

    token = "azure-native:datafactory:LinkedService"
    rules = (references_are_there,)
