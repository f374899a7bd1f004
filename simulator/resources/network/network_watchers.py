"""Microsoft.Network/networkWatchers."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.network import watcher_rules


class NetworkWatchers(Model):
    """The watcher of a region."""

    token = "azure-native:network:NetworkWatcher"
    rules = (watcher_rules.one_watcher,)
