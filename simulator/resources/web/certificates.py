"""Microsoft.Web/certificates."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest


class Certificates(Model):
    """A certificate for the host names of sites."""

    token = "azure-native:web:Certificate"
    write_only = ("password", "pfxBlob")

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
