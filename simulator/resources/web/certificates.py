"""Microsoft.Web/certificates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request, digest
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at, has_unknown


@rule(
    "app-certificate-vault-access", kind="cross-resource", quoted=True,
    source="MicrosoftDocs/azure-docs#56312 (ARM's words), #125826 (the firewall); code not confirmed",
)  # fmt: skip
def vault_lets_app_service_read(request: Request) -> Iterator[Fault]:
    """App Service reads the secret itself, as a service that Key Vault trusts and with a policy of its own."""
    vault = request.world.get(str(request.known("keyVaultId", "")))
    properties = vault.body.get("properties") if vault is not None else None
    if vault is None or has_unknown(properties):
        return
    is_closed = str(at(properties, "publicNetworkAccess")).lower() == "disabled" or (
        at(properties, "networkAcls.defaultAction") == "Deny"
    )
    by_policy = at(properties, "enableRbacAuthorization") is False
    trusts_nobody = is_closed and at(properties, "networkAcls.bypass") == "None"
    if trusts_nobody or (by_policy and not _somebody_reads(vault, request)):
        yield Fault(
            f"The service does not have access to '{vault.id.lower()}' Key Vault. Please make sure that you have "
            "granted necessary permissions to the service to perform the request operation.",
            "keyVaultId",
            "let the application abfa0a7c-a6b6-4736-8310-5855508787cd (Microsoft Azure App Service) get secrets, and "
            "let trusted services through the vault's firewall",
        )


def _somebody_reads(vault: Record, request: Request) -> bool:
    """Whether any policy of a vault lets somebody get secrets; whether it is App Service, ids don't tell."""
    policies = at(vault.body, "properties.accessPolicies")
    granted = [at(policy, "permissions.secrets") for policy in policies] if isinstance(policies, list) else []
    allowed = {str(each).lower() for listed in granted if isinstance(listed, list) for each in listed}
    beside = any("accesspolicies" in record.type.lower() for record in request.world.below(vault.id))
    return beside or not allowed.isdisjoint({"get", "all"})


class Certificates(Model):
    """A certificate for the host names of sites."""

    token = "azure-native:web:Certificate"
    write_only = ("password", "pfxBlob")
    rules = (vault_lets_app_service_read,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """What is in a certificate, as if it had been read."""
        host = request.at("canonicalName")
        return {
            "thumbprint": digest(request.id, "certificate", 40).upper(),
            "friendlyName": request.name,
            "issuer": "simulated",
            "issueDate": "2026-01-01T00:00:00Z",
            "expirationDate": "2027-01-01T00:00:00Z",
            "subjectName": request.name if host is None else host,
            "valid": None,
            "cerBlob": None,
            "hostingEnvironmentProfile": None,
            "keyVaultSecretStatus": "Initialized",
            "publicKeyHash": None,
            "selfLink": None,
            "siteName": None,
            "systemData": None,
        }
