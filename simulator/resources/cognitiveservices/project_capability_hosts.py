"""Microsoft.CognitiveServices/accounts/projects/capabilityHosts."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.cognitiveservices.project_rules import CAPABILITY_HOST_RULES


class ProjectCapabilityHosts(Model):
    """Where the agents of a project keep their threads, files and indexes."""

    token = "azure-native:cognitiveservices:ProjectCapabilityHost"
    rules = CAPABILITY_HOST_RULES
