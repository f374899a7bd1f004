"""Microsoft.DataFactory/factories/dataflows."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.datafactory.reference_rules import references_are_there


class Dataflows(Model):
    """A transformation of data."""

    token = "azure-native:datafactory:DataFlow"
    rules = (references_are_there,)
