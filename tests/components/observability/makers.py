"""How the components that see are made, and what they are made of."""

from __future__ import annotations

from components.observability.action_groups import ActionGroups
from tests.components.observability import examples

MAKERS = {
    "action_groups:ActionGroups": (
        lambda o: ActionGroups("x", examples.ACTION_GROUPS, o),
        ("ActionGroup|x-ag-notice", "ActionGroup|x-ag-routine", "ActionGroup|x-ag-urgent"),
        ("ids",),
    ),
}
