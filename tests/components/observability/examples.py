"""Examples of the components that see: small, valid, the same in every test."""

from __future__ import annotations

from components.observability.action_groups import ActionGroupsArgs, Receivers, Urgency
from tests.components.examples import PLACEMENT

ACTION_GROUPS = ActionGroupsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    receivers={
        Urgency.URGENT: Receivers(emails=("oncall@gov.example",), webhook="https://chat.example/hook"),
        Urgency.ROUTINE: Receivers(emails=("ml-platform@gov.example", "second@gov.example")),
        Urgency.NOTICE: Receivers(emails=("ml-platform@gov.example",)),
    },
)
