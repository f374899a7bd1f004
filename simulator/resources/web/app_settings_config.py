"""Microsoft.Web/sites/config, the application settings."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.web.flex_rules import FLEX_SETTINGS_RULES
from simulator.resources.web.settings_rules import SETTINGS_RULES


class AppSettingsConfig(Model):
    """The settings of a site as a resource of their own; it replaces all that the site has."""

    token = "azure-native:web:WebAppApplicationSettings"
    rules = (*FLEX_SETTINGS_RULES, *SETTINGS_RULES)
