"""GOV-008: a name says what it is of, and in which environment."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Fault, Judged, View

# Types by the property that holds their name, and the abbreviations that it begins with: those of the Cloud Adoption
# Framework, as components/naming.py has them. Names within another resource are not here: their holder's says it.
_NAMES: Final = {
    "azure-native:applicationinsights:Component": ("resourceName", ("appi-",)),
    "azure-native:cognitiveservices:Account": ("accountName", ("oai-", "ais-")),
    "azure-native:containerregistry:Registry": ("registryName", ("cr",)),
    "azure-native:containerservice:ManagedCluster": ("resourceName", ("aks-",)),
    "azure-native:databricks:Workspace": ("workspaceName", ("dbw-",)),
    "azure-native:datafactory:Factory": ("factoryName", ("adf-",)),
    "azure-native:dataprotection:BackupVault": ("vaultName", ("bvault-",)),
    "azure-native:eventhub:Namespace": ("namespaceName", ("evhns-",)),
    "azure-native:keyvault:Vault": ("vaultName", ("kv-",)),
    "azure-native:machinelearningservices:Registry": ("registryName", ("mlr-",)),
    "azure-native:machinelearningservices:Workspace": ("workspaceName", ("mlw-",)),
    "azure-native:managedidentity:UserAssignedIdentity": ("resourceName", ("id-",)),
    "azure-native:monitor:ActionGroup": ("actionGroupName", ("ag-",)),
    "azure-native:network:NetworkSecurityGroup": ("networkSecurityGroupName", ("nsg-",)),
    "azure-native:network:PrivateEndpoint": ("privateEndpointName", ("pe-", "pep-")),
    "azure-native:network:PublicIPAddress": ("publicIpAddressName", ("pip-",)),
    "azure-native:network:RouteTable": ("routeTableName", ("rt-",)),
    "azure-native:network:VirtualNetwork": ("virtualNetworkName", ("vnet-",)),
    "azure-native:operationalinsights:Workspace": ("workspaceName", ("log-",)),
    "azure-native:resources:ResourceGroup": ("resourceGroupName", ("rg-",)),
    "azure-native:search:Service": ("searchServiceName", ("srch-",)),
    STORAGE_ACCOUNT: ("accountName", ("st", "dls")),
    "azure-native:web:AppServicePlan": ("name", ("asp-",)),
    "azure-native:web:WebApp": ("name", ("app-", "func-")),
}
_RANDOM: Final = "Pulumi's azure-native 3: the logical name with random letters"


def check(view: View, context: Context) -> Judged:
    """The name is chosen, begins with the abbreviation of its type, and has the environment in it."""
    path, beginnings = _NAMES[context.resource.type]
    name = view.word(path)
    if not name:
        yield Fault(path, "must be set: else Pulumi makes a name with random letters")
    elif not name.startswith(beginnings):
        yield Fault(path, f"must begin with {' or '.join(beginnings)}")
    elif not context.profile.is_assumed and context.profile.environment not in name:
        yield Fault(path, f"must have the environment ({context.profile.environment}) in it")


def _example(name: str, type_: str = "azure-native:keyvault:Vault", environment: str = "prod") -> Example:
    return Example({_NAMES[type_][0]: name}, type=type_, environment=environment)


# Rules that find what belongs to a resource by its name.
_LED_BY_NAME: Final = ("ACR-006", "AKS-023", "APP-002", "ST-010")

RULE = Rule(
    id="GOV-008",
    title="A name says what it is of, and in which environment",
    severity=Severity.LOW,
    category=Category.GOVERNANCE,
    types=tuple(_NAMES),
    controls=("itsg33/CM-8", "mcsb/AM-1"),
    equivalents={"psrule": ("Azure.Storage.Name", "Azure.KeyVault.Name")},
    why="In an incident nobody has time to look tags up, and the rule that keeps environments apart reads names.",
    fix="Name it <abbreviation>-<workload>-<environment>-<region>, as components/naming.py does.",
    link="https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations",
    properties=tuple(Property(path, ABSENT, Verdict.FAIL, _RANDOM, of=(type_,)) for type_, (path, _) in _NAMES.items()),
    check=check,
    good=(
        *(_example(f"{beginnings[0]}mlops-prod-cnc", type_) for type_, (_, beginnings) in _NAMES.items()),
        _example("stmlopsdevcnc", STORAGE_ACCOUNT, "dev"),
    ),
    bad=(
        _example(""),
        _example("vault-mlops-prod"),
        _example("kv-mlops-test"),
        _example("mlopsprod", STORAGE_ACCOUNT),
        _example("stmlopsprod", STORAGE_ACCOUNT, "dev"),
    ),
    breaks=tuple(
        Break(path, name, of=(type_,), companions=_LED_BY_NAME)
        for type_, (path, beginnings) in _NAMES.items()
        for name in (ABSENT, "something-prod", f"{beginnings[0]}something")
    ),
)
