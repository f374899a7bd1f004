"""Microsoft.DataFactory/factories/triggers."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.datafactory.reference_rules import references_are_there


class Triggers(Model):
    """What starts pipelines."""

    token = "azure-native:datafactory:Trigger"
    rules = (references_are_there,)
