"""The resources of one recorded failure, as raw custom resources: a token and a dictionary, no class of the SDK.

Reads the file that PLATFORM_FAILURE_PROGRAM names: a list of `{token, name, inputs, depends_on}` in the order of
creation.
"""

from __future__ import annotations

import json
import os
from importlib import metadata
from pathlib import Path
from typing import Any

import pulumi

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
SOMEONE = "00000000-0000-4000-8000-0000000000ff"


def main() -> None:
    """Declares everything. A value that is unknown in the recording is the principal of the program's identity."""
    version = metadata.version("pulumi-azure-native")
    made: dict[str, pulumi.CustomResource] = {}
    principal: Any = SOMEONE
    for item in json.loads(Path(os.environ["PLATFORM_FAILURE_PROGRAM"]).read_text(encoding="utf-8")):
        outputs = {"principalId": None} if item["token"] == IDENTITY else {}
        opts = pulumi.ResourceOptions(version=version, depends_on=[made[name] for name in item["depends_on"]])
        inputs = known(item["inputs"], principal)
        made[item["name"]] = pulumi.CustomResource(item["token"], item["name"], {**outputs, **inputs}, opts)
        if outputs:
            principal = getattr(made[item["name"]], "principalId")  # noqa: B009 - an output that no class declares


def known(value: Any, principal: Any) -> Any:
    """The inputs with the program's own values where the recording has an unknown one."""
    if isinstance(value, dict):
        return {name: known(child, principal) for name, child in value.items()}
    if isinstance(value, list):
        return [known(child, principal) for child in value]
    return principal if value == UNKNOWN else value


main()
