"""What AKS refuses about a cluster's add-ons, profiles of sign-in to nodes, proxy and autoscaler."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, Final

from simulator.ids import looks_like_id
from simulator.model import Request
from simulator.resources.containerservice import CHANGELOG, CODES, docs, issue
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

# How a public key begins, as ssh-keygen writes it or in the form of RFC 4716.
_KEYS: Final = ("ssh-", "ecdsa-", "sk-", "---- BEGIN SSH2 PUBLIC KEY")
_DURATION = re.compile(r"^\d+(s|m|h)$")
# Names that Compute takes for no administrator (the SDK's words on adminUsername).
_USERS: Final = frozenset({
    "1", "123", "a", "actuser", "adm", "admin", "admin1", "admin2", "administrator", "aspnet", "backup", "console",
    "david", "guest", "john", "owner", "root", "server", "sql", "support", "support_388945a0", "sys", "test", "test1",
    "test2", "test3", "user", "user1", "user2", "user3", "user4", "user5",
})  # fmt: skip
_TRUSTED: Final = "securityProfile.customCATrustCertificates"
_MOST_TRUSTED: Final = 10
_SCALER: Final = "autoScalerProfile"
_DURATIONS: Final = (
    "maxNodeProvisionTime", "newPodScaleUpDelay", "scaleDownDelayAfterAdd", "scaleDownDelayAfterDelete",
    "scaleDownDelayAfterFailure", "scaleDownUnneededTime", "scaleDownUnreadyTime", "scanInterval",
)  # fmt: skip
_NUMBERS: Final = (
    "maxEmptyBulkDelete",
    "maxGracefulTerminationSec",
    "maxTotalUnreadyPercentage",
    "okTotalUnreadyCount",
)


def _addon(request: Request, name: str) -> dict[str, Any] | None:
    """The settings of an add-on that is on, by lower-case name; `None` where it is off or not known."""
    profiles = request.known("addonProfiles")
    found = next((value for key, value in profiles.items() if key.lower() == name.lower()), None) if isinstance(
        profiles, dict) else None  # fmt: skip
    if not isinstance(found, dict) or found.get("enabled") is not True:
        return None
    config = found.get("config")
    if config is UNKNOWN:
        return None
    return {key.lower(): value for key, value in config.items()} if isinstance(config, dict) else {}


@rule("aks-monitoring-workspace", kind="static", code="LogAnalyticsWorkspaceNotSet", source=CODES,
      reads=("addonProfiles",))  # fmt: skip
def monitoring_workspace(request: Request) -> Iterator[Fault]:
    """The monitoring add-on writes into a workspace."""
    config = _addon(request, "omsagent")
    if config is not None and config.get("loganalyticsworkspaceresourceid") in (None, ""):
        yield Fault("addonProfiles.omsagent needs config.logAnalyticsWorkspaceResourceID", "addonProfiles",
                    "name the Log Analytics workspace")  # fmt: skip


@rule("aks-defender-workspace", kind="static", code="LogAnalyticsWorkspaceNotSetForAzureDefender",
      source=f"the SDK's words on ManagedClusterSecurityProfileDefender; {CODES}",
      reads=("securityProfile.defender",))  # fmt: skip
def defender_workspace(request: Request) -> Iterator[Fault]:
    """Defender writes into a workspace."""
    defender = "securityProfile.defender"
    on = request.known(f"{defender}.securityMonitoring.enabled") is True
    if on and request.at(f"{defender}.logAnalyticsWorkspaceResourceId") in (None, ""):
        yield Fault("securityProfile.defender needs logAnalyticsWorkspaceResourceId",
                    f"{defender}.logAnalyticsWorkspaceResourceId", "name the Log Analytics workspace")  # fmt: skip


@rule("aks-virtual-node-network", kind="static", code="ACIConnectorRequiresAzureNetworking",
      source=f"{docs('virtual-nodes.md')}; {CODES}", reads=("addonProfiles", "networkProfile"))  # fmt: skip
def virtual_node_network(request: Request) -> Iterator[Fault]:
    """Virtual nodes need Azure CNI."""
    if _addon(request, "aciConnectorLinux") is not None and request.known("networkProfile.networkPlugin") == "kubenet":
        yield Fault("addonProfiles.aciConnectorLinux needs networkPlugin azure", "addonProfiles",
                    "use networkPlugin azure")  # fmt: skip


@rule("aks-virtual-node-subnet", kind="static", code="InvalidACIConnectorSubnetName",
      source=f"{issue('Azure/AKS#986')}; {CODES}", reads=("addonProfiles",))  # fmt: skip
def virtual_node_subnet(request: Request) -> Iterator[Fault]:
    """Virtual nodes take a subnet by its name, not by its id."""
    config = _addon(request, "aciConnectorLinux")
    if config is not None and (config.get("subnetname") in (None, "") or looks_like_id(config.get("subnetname"))):
        yield Fault("addonProfiles.aciConnectorLinux needs config.SubnetName, the name of a subnet and not its id",
                    "addonProfiles", "write the subnet's name")  # fmt: skip


@rule("aks-ingress-gateway-or-subnet", kind="static",
      code="IngressAppGwAddonConfigProvideEitherApplicationGatewayIDOrSubnet", source=CODES,
      reads=("addonProfiles",))  # fmt: skip
def ingress_gateway_or_subnet(request: Request) -> Iterator[Fault]:
    """An application gateway that exists, or a subnet for a new one; and one way to say which subnet."""
    config = _addon(request, "ingressApplicationGateway")
    if config is None:
        return
    gateway = config.get("applicationgatewayid")
    ways = [name for name in ("subnetid", "subnetcidr", "subnetprefix") if config.get(name)]
    if gateway and ways:
        yield Fault("applicationGatewayId and a subnet exclude each other in the application gateway add-on",
                    "addonProfiles", "leave one of them out")  # fmt: skip
    if not gateway and not ways:
        yield Fault("the application gateway add-on needs applicationGatewayId, subnetCIDR or subnetId",
                    "addonProfiles", "name a gateway or a subnet")  # fmt: skip


@rule("aks-ingress-subnet-range", kind="static", code="IngressAppGwAddonConfigInvalidSubnetCIDR", source=CODES,
      reads=("addonProfiles",))  # fmt: skip
def ingress_subnet_range(request: Request) -> Iterator[Fault]:
    """A range."""
    written = (_addon(request, "ingressApplicationGateway") or {}).get("subnetcidr")
    try:
        ip_network(written) if isinstance(written, str) else None
    except ValueError:
        yield Fault(f"subnetCIDR '{written}' of the application gateway add-on is no range", "addonProfiles",
                    "write 10.225.0.0/16, for example")  # fmt: skip


@rule("aks-meshes", kind="static", source=f"{docs('istio-about.md')}; code not confirmed",
      reads=("addonProfiles", "serviceMeshProfile"))  # fmt: skip
def meshes(request: Request) -> Iterator[Fault]:
    """One mesh at a time."""
    if request.known("serviceMeshProfile.mode") == "Istio" and _addon(request, "openServiceMesh") is not None:
        yield Fault("serviceMeshProfile Istio does not go with addonProfiles.openServiceMesh",
                    "serviceMeshProfile.mode", "leave one of them out")  # fmt: skip


@rule("aks-ssh-key", kind="static", code="InvalidParameter", quoted=True, reads=("linuxProfile",),
      source=issue("MicrosoftDocs/azure-docs#74569; Azure/AKS#1172; Azure/bicep#10402"))  # fmt: skip
def ssh_key(request: Request) -> Iterator[Fault]:
    """The public key with its kind before it, not the private one, and not the middle of the line alone."""
    keys = request.known("linuxProfile.ssh.publicKeys")
    for each in keys if isinstance(keys, list) else ():
        data = each.get("keyData") if isinstance(each, dict) else None
        if isinstance(data, str) and not data.lstrip().startswith(_KEYS):
            yield Fault(
                "The value of parameter linuxProfile.ssh.publicKeys.keyData is invalid. Please see "
                "https://aka.ms/aks-naming-rules for more details.",
                "linuxProfile.ssh.publicKeys", "write the whole line of the .pub file, beginning with ssh-rsa",
            )  # fmt: skip


@rule("aks-windows-user", kind="static", code="WindowsProfileUsernameInvalid", reads=("windowsProfile",),
      source=f"the SDK's words on ManagedClusterWindowsProfile.adminUsername; {CODES}")  # fmt: skip
def windows_user(request: Request) -> Iterator[Fault]:
    """At most twenty characters, no full stop at the end, and none of the names that everybody tries."""
    name = request.known("windowsProfile.adminUsername")
    if isinstance(name, str) and (not 1 <= len(name) <= 20 or name.endswith(".") or name.lower() in _USERS):
        yield Fault(f"windowsProfile.adminUsername '{name}' is not allowed", "windowsProfile.adminUsername",
                    "use 1 to 20 characters and a name of your own")  # fmt: skip


@rule("aks-http-application-routing-retired", kind="static", reads=("addonProfiles",),
      source=f"{CHANGELOG}; code not confirmed")  # fmt: skip
def http_application_routing_retired(request: Request) -> Iterator[Fault]:
    """The add-on went on 2025-03-03."""
    if request.old is None and _addon(request, "httpApplicationRouting") is not None:
        yield Fault("addonProfiles.httpApplicationRouting is retired, and no new cluster can have it", "addonProfiles",
                    "use ingressProfile.webAppRouting")  # fmt: skip


@rule("aks-custom-certificates", kind="static", code="InvalidParameter", reads=(_TRUSTED,),
      source=f"{docs('custom-certificate-authority.md')}; code not confirmed")  # fmt: skip
def custom_certificates(request: Request) -> Iterator[Fault]:
    """At most ten certificates, each in base64 once more: a .pem file as it is can't be decoded."""
    listed = request.known(_TRUSTED)
    known = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    if len(known) > _MOST_TRUSTED:
        yield Fault(f"{len(known)} certificates, and {_MOST_TRUSTED} are allowed", _TRUSTED, "leave some out")
    if not all(_is_base64(each) for each in known):
        yield Fault("failed to decode one of SecurityProfile.CustomCATrustCertificates to PEM after base64 decoding",
                    _TRUSTED, "encode the text of each .pem file with base64")  # fmt: skip


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        return False
    return True


@rule("aks-http-proxy", kind="static", code="HTTPProxyWrongUrlError", source=f"{docs('http-proxy.md')}; {CODES}",
      reads=("httpProxyConfig",))  # fmt: skip
def http_proxy(request: Request) -> Iterator[Fault]:
    """The proxy for http is reached by http."""
    proxy = request.known("httpProxyConfig.httpProxy")
    if isinstance(proxy, str) and proxy and not proxy.startswith("http://"):
        yield Fault(f"httpProxyConfig.httpProxy '{proxy}' does not begin with http://", "httpProxyConfig.httpProxy",
                    "write http://host:port/")  # fmt: skip


@rule("aks-autoscaler-profile", kind="static", code="InvalidParameter", reads=(_SCALER,),
      source=f"the SDK's words on autoScalerProfile; {docs('cluster-autoscaler.md')}")  # fmt: skip
def autoscaler_profile(request: Request) -> Iterator[Fault]:
    """Times have a unit, numbers none, and everything is written as text."""
    for name in _DURATIONS:
        value = request.known(f"{_SCALER}.{name}")
        if isinstance(value, str) and _DURATION.match(value) is None:
            yield Fault(f"{name} '{value}' is no number with a unit", f"{_SCALER}.{name}", "write 10m, for example")
    for name in _NUMBERS:
        value = request.known(f"{_SCALER}.{name}")
        if isinstance(value, str) and not value.isdecimal():
            yield Fault(f"{name} '{value}' is no whole number", f"{_SCALER}.{name}", "write a whole number")
    share = request.known(f"{_SCALER}.scaleDownUtilizationThreshold")
    if isinstance(share, str) and re.match(r"^(0(\.\d+)?|1(\.0+)?)$", share) is None:
        yield Fault(f"scaleDownUtilizationThreshold '{share}' is not from 0 to 1",
                    f"{_SCALER}.scaleDownUtilizationThreshold", "write 0.5, for example")  # fmt: skip


ADDON_RULES = (
    monitoring_workspace, defender_workspace, virtual_node_network, virtual_node_subnet, ingress_gateway_or_subnet,
    ingress_subnet_range, meshes, ssh_key, windows_user, http_application_routing_retired,
    custom_certificates, http_proxy, autoscaler_profile,
)  # fmt: skip
