"""What was made below a component, which Pulumi keeps and tells nobody: its private names are used here alone."""

from __future__ import annotations

from pulumi import Resource


def children(parent: Resource) -> list[Resource]:
    """The resources whose parent it is, by logical name: a set has no order, and an order that changes is a change."""
    return sorted(parent._childResources, key=logical_name)


def logical_name(resource: Resource) -> str:
    """The name that the program gave it."""
    return resource._name
