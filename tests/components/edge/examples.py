"""Examples of the edge."""

from __future__ import annotations

from components.edge.application_gateway import ApplicationGatewayArgs
from components.edge.gateway_sites import Site
from tests.components.examples import LOGS, PLACEMENT, an_identity, something


def site(name: str) -> Site:
    """One site."""
    return Site(
        host=f"{name}.gov.example",
        certificate_id=f"https://a-vault.example/secrets/{name}",
        backend=f"{name}.azurewebsites.net",
        health_path="/health",
    )


def gateway() -> ApplicationGatewayArgs:
    """A gateway with two sites; to be made inside a recorded program."""
    return ApplicationGatewayArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        subscription_id="a-subscription",
        subnet_id="/subnet",
        address="10.40.6.10",
        zones=("1", "2", "3"),
        min_units=1,
        max_units=10,
        prevent=True,
        sites={"triage": site("triage"), "credit": site("credit")},
        identity=an_identity("edge"),
        ready=(something("certificate-role"),),
        log_workspace_id=LOGS,
    )
