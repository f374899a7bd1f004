"""Microsoft.MachineLearningServices/workspaces/connections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model import Model, Request
from simulator.rule import Fault, rule


@rule("ml-connection-name", kind="static",
      source="learn.microsoft.com REST Connection - Delete Deployment, connectionName (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def connection_name(request: Request) -> Iterator[Fault]:
    """A connection has a name like that of a workspace."""
    if request.old is None and re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}", request.name) is None:
        yield Fault(f"'{request.name}' can't be the name of a connection", "connectionName",
                    "use 3 to 33 letters, digits, dashes and underscores")  # fmt: skip


class Connections(Model):
    """How a workspace reaches another service, and with whose credentials."""

    token = "azure-native:machinelearningservices:WorkspaceConnection"
    write_only = ("properties.credentials",)
    rules = (connection_name,)
