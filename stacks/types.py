"""The vocabulary of the settings: one annotated type per kind of value.

Owns what one value may look like. Does not own rules that need two values: those are in `stacks.checks`.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidatorFunctionWrapHandler, WrapValidator


class Environment(StrEnum):
    """The stage that a stack serves; also the stack's name."""

    DEV = "dev"
    TEST = "test"
    PROD = "prod"
    DR = "dr"

    @property
    def serves_ministries(self) -> bool:
        """Whether ministries depend on it: prod, and what takes its place in another region."""
        return self in (Environment.PROD, Environment.DR)


class Region(StrEnum):
    """Azure regions in Canada. Data stays in the country, so no other region is a valid value."""

    CANADA_CENTRAL = "canadacentral"
    CANADA_EAST = "canadaeast"


class Classification(StrEnum):
    """Information security classification of the Government of Alberta, lowest first."""

    PUBLIC = "Public"
    PROTECTED_A = "Protected A"
    PROTECTED_B = "Protected B"
    PROTECTED_C = "Protected C"


def _private_network(network: IPv4Network) -> IPv4Network:
    # Not `is_private`: it also holds for loopback, link-local and documentation ranges.
    if not any(network.subnet_of(IPv4Network(block)) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")):
        raise ValueError("it is public; use RFC 1918 space: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
    return network


def _let_encrypted_pass(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """Outside Pulumi an encrypted text can't be read; it must not stop a rehearsal."""
    return value if value == ENCRYPTED else validate(value)


ENCRYPTED = "[secret]"
"""Stands for a text that only Pulumi can decrypt."""

SIMULATED_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
"""The subscription that the simulator speaks for; Azure has none of that id."""

MANIFESTS_VARIABLE = "PLATFORM_MANIFESTS"
"""Names a folder into which objects of the cluster are rendered, and none is applied; a rehearsal sets it."""

SOURCES_VARIABLE = "PLATFORM_SOURCES"
"""Names a file in which the program notes where each resource is declared; a rehearsal sets it."""

GUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"
VM_SIZE = r"^Standard_[A-Za-z0-9]+(_[A-Za-z0-9]+)*$"
ZONE = r"^[123]$"
WORKLOAD_NAME = r"^[a-z][a-z0-9]{1,7}$"
COST_CENTRE = r"^[A-Z0-9-]{3,20}$"
VAULT_ENTRY = r"^[A-Za-z0-9][A-Za-z0-9-]{0,126}$"
IMAGE_DIGEST = r"^[a-z0-9]+([/._-][a-z0-9]+)*@sha256:[0-9a-f]{64}$"
PEER_NAME = r"^[a-z][a-z0-9_]{1,30}$"
POOL_NAME = r"^[a-z][a-z0-9]{0,11}$"
CONTAINER_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
UPSTREAM = r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[a-z0-9._-]+)*(/\*)?$"
REPOSITORY = r"^[a-z0-9._-]+(/[a-z0-9._-]+)*(/\*)?$"
KUBERNETES_VERSION = r"^1\.\d{2}$"
KUBERNETES_NAME = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
GITHUB_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
TABLE_NAME = r"^[A-Z][A-Za-z0-9_]{0,62}$"
TAINT = r"^[^=:\s]+(=[^:\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$"
FQDN = r"^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"
GROUP_NAME = r"^[A-Za-z0-9_()-]([A-Za-z0-9._()-]{0,88}[A-Za-z0-9_()-])?$"
WATCHER_NAME = r"^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$"
RESOURCE_ID = r"^/subscriptions/[0-9a-f-]{36}/.+"
WEBHOOK = r"^https://[^\s/]+/\S+$"
LOCAL_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"
NAMESPACE = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
GIT_URL = r"^(https|ssh)://[^\s]+$"
ML_NAME = r"^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$"
ML_VERSION = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$"
ML_ASSET = (
    r"^azureml:(//registries/[A-Za-z0-9_-]+/(models|environments|components|codes)/[A-Za-z0-9._-]+/versions/|"
    r"[A-Za-z0-9._-]+:)[A-Za-z0-9._-]+$"
)
ML_DATA = r"^azureml://datastores/[a-z0-9_]+/paths/[A-Za-z0-9._/-]+$"
IMAGE = r"^[a-z0-9.-]+\.[a-z]{2,}/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$"
CRON = r"^\S+ \S+ \S+ \S+ \S+$"
APP_SETTING = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$"
URL_PATH = r"^/[A-Za-z0-9._~/-]*$"
SERVICE_TAG = r"^[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?$"
PORTS = r"^\d+(-\d+)?(,\d+(-\d+)?)*$"
# The form of Windows' names, which Azure ML takes, with summer time where the place has it.
TIME_ZONE = r"^(UTC([+-][0-9]{2})?|[A-Z][A-Za-z.]*( [A-Za-z.]+)* Standard Time( \([A-Z][a-z]+\))?)$"
UTC_OFFSET = r"^[+-](0\d|1[0-4]):[0-5]\d$"

FORMS = MappingProxyType(
    {
        GUID: "a GUID in small letters, such as 00000000-0000-0000-0000-0000000000a1",
        EMAIL: "an e-mail address in small letters, such as ml-platform@gov.example",
        VM_SIZE: "a VM size with its prefix, such as Standard_D4ds_v5",
        ZONE: 'a zone: "1", "2" or "3"',
        WORKLOAD_NAME: "2 to 8 small letters and digits, a letter first",
        COST_CENTRE: "3 to 20 capital letters, digits and hyphens",
        VAULT_ENTRY: "the name of a secret: letters, digits and hyphens",
        IMAGE_DIGEST: "an image by digest, such as runners/github@sha256:… with 64 digits",
        PEER_NAME: "2 to 31 small letters, digits and underscores, a letter first",
        POOL_NAME: "at most 12 small letters and digits, a letter first",
        CONTAINER_NAME: "3 to 63 small letters, digits and single hyphens, none of them at an end",
        UPSTREAM: "a registry and a repository in small letters, such as nvcr.io/nvidia/*",
        REPOSITORY: "a repository in small letters, such as mirror/nvidia/*",
        KUBERNETES_VERSION: 'a minor version, such as "1.35"',
        KUBERNETES_NAME: "at most 63 small letters, digits and hyphens, no hyphen at an end",
        GITHUB_NAME: "at most 100 letters, digits, dots, hyphens and underscores",
        TABLE_NAME: "the name of a table of Log Analytics, such as AzureActivity",
        TAINT: "a taint, such as sku=gpu:NoSchedule",
        FQDN: "a host name in small letters, such as pypi.org or *.pypi.org",
        GROUP_NAME: "the name of a resource group, such as NetworkWatcherRG",
        WATCHER_NAME: "the name of a Network Watcher, such as NetworkWatcher_canadacentral",
        RESOURCE_ID: "an ARM resource id, /subscriptions/… from the start",
        NAMESPACE: "a Kubernetes namespace: small letters, digits and hyphens",
        GIT_URL: "a repository's address, https://… or ssh://…",
        WEBHOOK: "an https address with its path",
        LOCAL_TIME: 'a time between "00:00" and "23:59"',
        ML_NAME: "small letters, digits and hyphens; a letter first and after each hyphen",
        ML_VERSION: "a version: up to 50 letters, digits, dots, hyphens and underscores",
        ML_ASSET: "a pinned asset, azureml:<name>:<version> or azureml://registries/<registry>/models/<name>/versions/"
        "<version>; never latest",
        ML_DATA: "a path in a datastore, such as azureml://datastores/gold/paths/credit/",
        IMAGE: "an image with its registry, by digest: registry.example/name@sha256:… with 64 digits",
        CRON: 'five fields, such as "15 10 * * 1"',
        APP_SETTING: "the name of an environment variable: letters, digits and underscores, no digit first",
        URL_PATH: "a path from the root, such as /health",
        SERVICE_TAG: "a service tag, such as AzureMonitor or Storage.CanadaCentral",
        PORTS: "ports and ranges, such as 443,8080-8089",
        TIME_ZONE: "a time zone as Windows names it, such as Mountain Standard Time; not America/Edmonton",
        UTC_OFFSET: 'an offset, such as "-07:00"',
    }
)
"""How a message describes a pattern."""

SYSTEM_POOL_SURGE_PERCENT = 33
"""Nodes that the system pool adds while it is upgraded, rounded up: what azure-aks-docs recommends for production.

GPU pools add none: a spare GPU is seldom in the quota. The cluster's component and the address plan both need it.
"""

USER_POOL_SURGE_PERCENT = 10
"""Nodes that a user pool adds while it is upgraded, rounded up."""

_MayBeEncrypted = WrapValidator(_let_encrypted_pass)

Cidr = Annotated[IPv4Network, AfterValidator(_private_network)]
Address = IPv4Address
Guid = Annotated[str, StringConstraints(pattern=GUID), _MayBeEncrypted]
Email = Annotated[str, StringConstraints(pattern=EMAIL), _MayBeEncrypted]
VmSize = Annotated[str, StringConstraints(pattern=VM_SIZE)]
Zone = Annotated[str, StringConstraints(pattern=ZONE)]
WorkloadName = Annotated[str, StringConstraints(pattern=WORKLOAD_NAME)]
CostCentre = Annotated[str, StringConstraints(pattern=COST_CENTRE), _MayBeEncrypted]
SecretName = Annotated[str, StringConstraints(pattern=VAULT_ENTRY)]
ImageDigest = Annotated[str, StringConstraints(pattern=IMAGE_DIGEST)]
PeerName = Annotated[str, StringConstraints(pattern=PEER_NAME)]
PoolName = Annotated[str, StringConstraints(pattern=POOL_NAME)]
ContainerName = Annotated[str, StringConstraints(min_length=3, max_length=63, pattern=CONTAINER_NAME)]
KubernetesVersion = Annotated[str, StringConstraints(pattern=KUBERNETES_VERSION)]
KubernetesName = Annotated[str, StringConstraints(pattern=KUBERNETES_NAME)]
GitHubName = Annotated[str, StringConstraints(pattern=GITHUB_NAME), _MayBeEncrypted]
TableName = Annotated[str, StringConstraints(pattern=TABLE_NAME)]
Taint = Annotated[str, StringConstraints(pattern=TAINT)]
Fqdn = Annotated[str, StringConstraints(pattern=FQDN), _MayBeEncrypted]
GroupName = Annotated[str, StringConstraints(pattern=GROUP_NAME)]
WatcherName = Annotated[str, StringConstraints(pattern=WATCHER_NAME)]
ResourceId = Annotated[str, StringConstraints(pattern=RESOURCE_ID), _MayBeEncrypted]
Namespace = Annotated[str, StringConstraints(pattern=NAMESPACE)]
GitUrl = Annotated[str, StringConstraints(pattern=GIT_URL), _MayBeEncrypted]
Webhook = Annotated[str, StringConstraints(pattern=WEBHOOK), _MayBeEncrypted]
LocalTime = Annotated[str, StringConstraints(pattern=LOCAL_TIME)]
UtcOffset = Annotated[str, StringConstraints(pattern=UTC_OFFSET)]
MlName = Annotated[str, StringConstraints(min_length=3, max_length=12, pattern=ML_NAME)]
MlVersion = Annotated[str, StringConstraints(pattern=ML_VERSION)]
MlAsset = Annotated[str, StringConstraints(pattern=ML_ASSET)]
MlData = Annotated[str, StringConstraints(pattern=ML_DATA)]
Image = Annotated[str, StringConstraints(pattern=IMAGE)]
Cron = Annotated[str, StringConstraints(pattern=CRON)]
AppSettingName = Annotated[str, StringConstraints(pattern=APP_SETTING)]
UrlPath = Annotated[str, StringConstraints(pattern=URL_PATH)]
ServiceTag = Annotated[str, StringConstraints(pattern=SERVICE_TAG)]
TimeZone = Annotated[str, StringConstraints(pattern=TIME_ZONE)]
Ports = Annotated[str, StringConstraints(pattern=PORTS)]
# Stripped first: spaces are no reason.
Reason = Annotated[str, StringConstraints(min_length=20, strip_whitespace=True)]
Percent = Annotated[int, Field(ge=1, le=1000)]
MaxPrice = Annotated[float, Field(ge=-1)]

OWN_NAMESPACES = frozenset(
    {
        "azureml",
        "cert-manager",
        "dataprotection-microsoft",
        "default",
        "flux-system",
        "gatekeeper-system",
        "gpu-operator",
        "kserve",
        "kueue-system",
        "network-operator",
    }
)
"""Namespaces of the cluster and of what the platform installs: none of them is a team's. `kube-…` aren't either."""
