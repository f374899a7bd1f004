"""Microsoft.DataFactory/factories/datasets."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.datafactory.reference_rules import references_are_there


class Datasets(Model):
    """Data behind a linked service."""

    token = "azure-native:datafactory:Dataset"
    rules = (references_are_there,)
