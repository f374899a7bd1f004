"""Microsoft.KubernetesConfiguration/extensions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import TENANT, Model, Request, guid
from simulator.resources.kubernetesconfiguration import cluster_of
from simulator.rule import Fault, rule
from simulator.values import has_unknown

_AZUREML: Final = "microsoft.azureml.kubernetes"
_SETTINGS: Final = "configurationSettings"
_SECRETS: Final = "configurationProtectedSettings"
# Stands for the newest version of a release train, which no table here holds.
_NEWEST: Final = "1.0.0"


def _is(request: Request, extension_type: str) -> bool:
    return str(request.known("extensionType", "")).lower() == extension_type


@rule("k8s-extension-needs-managed-identity", kind="cross-resource", code="ExtensionOperationFailed", quoted=True,
      source="fluxcd/flux2#4462 (checked 2026-11-25)")  # fmt: skip
def needs_managed_identity(request: Request) -> Iterator[Fault]:
    """Extensions sign in as the cluster, and a service principal's secret isn't theirs to use."""
    cluster = cluster_of(request)
    if cluster is None or cluster.body.get("identity") or not cluster.body.get("servicePrincipalProfile"):
        return
    if not has_unknown(cluster.body.get("servicePrincipalProfile")):
        yield Fault(
            "The extension operation failed with the following error:  Extensions are only supported on clusters using "
            "Managed Service Identity. See https://aka.ms/aks-extensions-service-principal-not-supported, For general "
            "troubleshooting visit: https://aka.ms/k8s-extensions-TSG.",
            "", "give the cluster an identity in place of servicePrincipalProfile",
        )  # fmt: skip


@rule("k8s-extension-auto-upgrade", kind="static", code="ExtensionAutoUpgradeCannotBeEnabled", quoted=True,
      reads=("extensionType", "autoUpgradeMinorVersion"),
      source="microsoft/azure_arc#1810, #1884 (checked 2026-11-25)")  # fmt: skip
def auto_upgrade(request: Request) -> Iterator[Fault]:
    """The data services of Azure Arc are upgraded by hand."""
    if _is(request, "microsoft.arcdataservices") and request.known("autoUpgradeMinorVersion") is True:
        kind = request.known("extensionType")
        yield Fault(
            f"AutoUpgradeMinorVersion cannot be set to true.  Extenstion Type {kind} does not support Auto Upgrade.  "
            "You must set AutoUpgradeMinorVersion to false and provide a valid Version.",
            "autoUpgradeMinorVersion", "write false, and the version",
        )  # fmt: skip


@rule("k8s-extension-one-scope", kind="static", code="ValidationFailed", reads=("scope",),
      source="Microsoft.KubernetesConfiguration extensions: Scope, in the SDK's reference (checked 2026-11-25); "
      "code not confirmed")  # fmt: skip
def one_scope(request: Request) -> Iterator[Fault]:
    """An extension belongs to the cluster or to one namespace."""
    if request.known("scope.cluster") is not None and request.known("scope.namespace") is not None:
        yield Fault("scope is both cluster and namespace", "scope.namespace", "keep one of them")


@rule("k8s-extension-azureml-scope", kind="static", code="ExtensionOperationFailed",
      reads=("extensionType", "scope.namespace"),
      source="Azure/AML-Kubernetes#283 (checked 2026-11-25); code not confirmed")  # fmt: skip
def azureml_scope(request: Request) -> Iterator[Fault]:
    """Azure Machine Learning installs controllers, which a namespace can't hold."""
    if _is(request, _AZUREML) and request.known("scope.namespace") is not None:
        yield Fault("Microsoft.AzureML.Kubernetes is installed for a whole cluster, and scope is a namespace",
                    "scope.namespace", "write scope: {cluster: {releaseNamespace: azureml}}")  # fmt: skip


@rule("k8s-extension-azureml-inference", kind="static", code="ExtensionOperationFailed",
      reads=("extensionType", _SETTINGS, _SECRETS),
      source="Azure/AML-Kubernetes#115; Azure/azure-cli-extensions#5477; learn.microsoft.com: Deploy Azure Machine "
      "Learning extension (checked 2026-11-25)")  # fmt: skip
def azureml_inference(request: Request) -> Iterator[Fault]:
    """Endpoints are served with a certificate, or without one by explicit wish."""
    settings = request.known(_SETTINGS)
    if not _is(request, _AZUREML) or not isinstance(settings, dict) or not _on(settings, "enableInference"):
        return
    if not _on(settings, "allowInsecureConnections") and not settings.get("sslSecret") and not request.known(_SECRETS):
        yield Fault("enableInference needs a certificate or allowInsecureConnections, and has neither",
                    f"{_SETTINGS}.enableInference",
                    "write sslSecret and sslCname, the certificate in configurationProtectedSettings, or "
                    "allowInsecureConnections: 'True'")  # fmt: skip


def _on(settings: dict[str, Any], name: str) -> bool:
    """Settings are texts, and Helm reads `True` and `true` alike."""
    return str(settings.get(name, "")).lower() == "true"


class Extensions(Model):
    """A cluster extension: an application that Azure installs in a cluster and keeps up to date."""

    token = "azure-native:kubernetesconfiguration:Extension"
    # hashicorp/terraform-provider-azurerm makes another extension where the type changes (checked 2026-11-25).
    unchangeable = ("extensionType",)
    write_only = ("configurationProtectedSettings",)
    rules = (one_scope, needs_managed_identity, auto_upgrade, azureml_scope, azureml_inference)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in."""
        return {"autoUpgradeMinorVersion": True, "releaseTrain": "Stable"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """How the installation went."""
        return {
            "provisioningState": "Succeeded", "isSystemExtension": False, "packageUri": None, "errorInfo": None,
            "currentVersion": _NEWEST if request.at("version") is None else request.at("version"),
            **_identity(request),
        }  # fmt: skip


def _identity(request: Request) -> dict[str, Any]:
    """An extension of an AKS cluster has an identity that Azure makes in the cluster's node resource group."""
    if "/providers/microsoft.containerservice/" not in request.id.lower():
        return {}
    principal = guid(request.id, "principal")
    return {"aksAssignedIdentity": {"type": "SystemAssigned", "principalId": principal, "tenantId": TENANT}}
