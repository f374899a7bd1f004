"""Which inputs make azure-native replace a resource rather than update it, from two dated tables."""

from __future__ import annotations

from simulator.arm import table


def replacing_inputs(token: str, arm_type: str) -> frozenset[str]:
    """Dotted paths (lists and maps without their keys) whose change replaces a resource of this type."""
    listed = table("replacement.yaml")
    fixed = table("immutable.yaml")["types"].get(arm_type, {}).get("properties", {})
    marked = {path.replace("[*]", "") for path, basis in fixed.items() if basis == "visibility"}
    found = {*listed["replaces"].get(token, ()), *marked, "location"}
    return frozenset(found - set(listed["keeps"].get(token, ())))
