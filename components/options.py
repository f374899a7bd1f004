"""Resource options that more than one component gives its children."""

from __future__ import annotations

from pulumi import Resource, ResourceOptions

from components.placement import Placement


def stateful(parent: Resource, placement: Placement) -> ResourceOptions:
    """Options of a child that holds data, or whose name Azure keeps after deletion.

    Only `protect`: with `retain_on_delete` a destroyed stack would leave resources that nobody's state knows.
    """
    return ResourceOptions(parent=parent, protect=placement.protect_stateful)
