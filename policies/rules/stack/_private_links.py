"""Questions about private endpoints: to which services they lead, in which groups, and which rows of the facts hold."""

from __future__ import annotations

from typing import Final

from facts.private_link import PrivateLink, private_links
from policies.references import leading_to
from policies.resource import Resource, Stack
from policies.types import PRIVATE_ENDPOINT
from policies.values import look_up
from policies.view import View

CONNECTIONS: Final = "privateLinkServiceConnections"
MANUAL_CONNECTIONS: Final = "manualPrivateLinkServiceConnections"
"""They wait until the owner of the service lets them in; until then nobody reaches it through them."""
_SLOT: Final = "sites-"


def link_of(resource_type: str, group_id: str) -> PrivateLink | None:
    """The row of a group id of a resource type, in any case; None where there is none."""
    # A slot of a web app is a group of its own, with the slot's name in it.
    wanted = "sites" if group_id.lower().startswith(_SLOT) else group_id
    for link in private_links().values():
        if link.resource_type.lower() == resource_type.lower() and link.is_spelled(wanted):
            return link
    return None


def endpoints_of(stack: Stack, service: Resource) -> tuple[Resource, ...]:
    """The endpoints that lead to a service. Raises UnjudgeableError where none does and one can't be followed."""
    found = leading_to(stack, service, PRIVATE_ENDPOINT, CONNECTIONS)
    return tuple(
        endpoint for endpoint in found if any(_leads(each, service) for each in endpoint.view().each(CONNECTIONS))
    )


def _leads(connection: View, service: Resource) -> bool:
    """Whether a connection is the service's, and nobody has written down that it is refused or waits."""
    arm_id = look_up(connection.value, "privateLinkServiceId")
    if isinstance(arm_id, str) and service.id is not None and arm_id.lower().rstrip("/") != service.id.lower():
        return False
    return connection.word("privateLinkServiceConnectionState.status", absent="Approved") == "approved"


def groups_of(endpoint: Resource) -> list[str]:
    """The groups of an endpoint, as written. Raises UnjudgeableError where one is not known."""
    return [group for each in endpoint.view().each(CONNECTIONS) for group in each.texts("groupIds")]
