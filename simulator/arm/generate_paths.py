"""Which ARM path belongs to which Pulumi type: the match between the SDK's types and Microsoft's operations.

Owns: the rules of the match. Nothing is guessed: a type without one clear operation is left out. The rules:
1. The operation creates: PUT (or PATCH, for settings that always exist), in a namespace of the type's module.
2. Its path parameters are exactly the inputs that the type's `get…` function takes too (where the SDK has no such
   function: inputs). A parameter that Pulumi spells differently is renamed only when it is the only one that differs,
   and a fixed name (`blobServices/default`) is opened to the input that Pulumi has for it; an exact match always goes
   before these.
3. Its name, body type, group or last collection is, in the singular, the type's name. Without any likeness (kinds of
   one ARM type, such as `EventHubDataConnection`) an exact match counts when no other path has these parameters, the
   path ends in a parameter with a telling name, and no type that bears the path's name has taken it.
Of several API versions of one path, the one nearest to the SDK's own is named as the source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulator.arm.generate_operations import Operation
from simulator.arm.generate_sdk import SdkType, snake_case

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_VERBS = re.compile(
    r"_(?:create_or_update|create_or_replace|create_update|create_if_not_exist|begin_create|create|put|set|update|assign"
    r"|replace|add)(?=_|$)"
)
# Old Cosmos DB types show why: `DatabaseAccountSqlDatabase` (2016) lies under `apis/sql/databases`, its successor under
# `sqlDatabases` with the same parameters. So another name and years between the API versions are no match.
_SAME_SHAPE_MONTHS = 36
_RESOURCE_GROUPS = re.compile(r"/resourcegroups/", re.IGNORECASE)  # some operations spell it in lower case
_API_MONTH = re.compile(r"v?(\d{4})[-_]?(\d{2})")
# Pulumi modules whose name is not simply the namespace without `Microsoft.`.
_NAMESPACES = {
    "applicationinsights": {"microsoft.insights"},
    "cosmosdb": {"microsoft.documentdb"},
    "dns": {"microsoft.network"},
    "dnsresolver": {"microsoft.network"},
    "frontdoor": {"microsoft.network"},
    "iothub": {"microsoft.devices"},
    "monitor": {"microsoft.insights", "microsoft.monitor"},
    "privatedns": {"microsoft.network"},
    "redis": {"microsoft.cache"},
    "redisenterprise": {"microsoft.cache"},
    "resources": {"microsoft.resources", ""},  # resource groups stand in no namespace
    "trafficmanager": {"microsoft.network"},
    "webpubsub": {"microsoft.signalrservice"},
}
# Inputs that a `get…` function shares with its type although they travel in the query, not in the path.
_QUERY_INPUTS = frozenset({"expand", "format"})
# Types that share their namespace and parameter names with others: only the first collection of the path tells them
# apart. (module, prefix of the type's name, collection); the first fitting line counts.
_COLLECTIONS = (
    ("dbformysql", "SingleServer", "servers"),
    ("dbformysql", "", "flexibleservers"),
    ("dbforpostgresql", "SingleServer", "servers"),
    ("dbforpostgresql", "ServerGroup", "servergroupsv2"),
    ("dbforpostgresql", "", "flexibleservers"),
    ("netapp", "Elastic", "elasticaccounts"),
    ("signalrservice", "", "signalr"),
    ("webpubsub", "", "webpubsub"),
)
_GENERIC_NAMES = frozenset({"name", "resourceName", "id", "type", "scope", "resourceUri"})


@dataclass(frozen=True)
class ArmPath:
    """The answer for one type: its path with Pulumi's input names, and the operation that it was read from."""

    sdk_type: SdkType
    path: str
    operation: Operation


@dataclass(frozen=True)
class _Fit:
    exact: bool
    likeness: int
    path: str
    operation: Operation


def match_types(types: Iterable[SdkType], operations: Iterable[Operation]) -> tuple[list[ArmPath], list[SdkType]]:
    """Match every type to at most one operation. Returns (matched, left out), both in the order of `types`."""
    types = list(types)
    by_provider: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.method in {"PUT", "PATCH"}:
            by_provider[operation.provider.lower()].append(operation)
    candidates = {t: [o for n in namespaces(t.module) for o in by_provider[n] if _in_module(t, o)] for t in types}
    alike = {t: _match_alike(t, candidates[t]) for t in types}
    taken = {(t.module, row.path.lower()) for t, row in alike.items() if row is not None}
    rows = {t: row if row is not None else _match_unlike(t, candidates[t], taken) for t, row in alike.items()}
    spelling = _provider_spelling(o for group in by_provider.values() for o in group)
    rows = {t: None if row is None else replace(row, path=_respell(row.path, spelling)) for t, row in rows.items()}
    return [row for row in rows.values() if row is not None], [t for t, row in rows.items() if row is None]


def _provider_spelling(operations: Iterable[Operation]) -> dict[str, str]:
    """Lower-case namespace → its spelling with the most capitals: some packages write `microsoft.insights`."""
    found: dict[str, str] = {}
    for operation in operations:
        key = operation.provider.lower()
        found[key] = max(found.get(key, ""), operation.provider, key=lambda s: (sum(map(str.isupper, s)), s))
    return found


def _respell(path: str, spelling: dict[str, str]) -> str:
    head, separator, tail = path.rpartition("/providers/")
    if not separator:
        return path
    provider, _, rest = tail.partition("/")
    return f"{head}{separator}{spelling[provider.lower()]}/{rest}"


def namespaces(module: str) -> set[str]:
    """The resource provider namespaces (lower case) that a Pulumi module holds; "" stands for none."""
    return _NAMESPACES.get(module, {f"microsoft.{module}"})


def _in_module(sdk_type: SdkType, operation: Operation) -> bool:
    segments = operation.url.rpartition("/providers/")[2].split("/")
    for module, prefix, collection in _COLLECTIONS:
        if sdk_type.module == module and sdk_type.name.startswith(prefix):
            return len(segments) > 1 and segments[1].lower() == collection
    return True


def _match_alike(sdk_type: SdkType, candidates: list[Operation]) -> ArmPath | None:
    fits = [fit for operation in candidates if (fit := _fit(sdk_type, operation)) is not None and fit.likeness > 0]
    best = max(((fit.exact, fit.likeness) for fit in fits), default=None)
    return _only_path(sdk_type, [fit for fit in fits if (fit.exact, fit.likeness) == best])


def _match_unlike(sdk_type: SdkType, candidates: list[Operation], taken: set[tuple[str, str]]) -> ArmPath | None:
    if sdk_type.lookup is None:
        return None
    fits = [fit for operation in candidates if (fit := _fit(sdk_type, operation)) is not None and fit.exact]
    found = _only_path(sdk_type, [fit for fit in fits if _ends_in_telling_name(fit.path)])
    return None if found is None or (sdk_type.module, found.path.lower()) in taken else found


def _only_path(sdk_type: SdkType, fits: list[_Fit]) -> ArmPath | None:
    if len({fit.path.lower() for fit in fits}) != 1:
        return None
    nearest = max(fits, key=lambda fit: (fit.operation.method == "PUT", -months_apart(sdk_type, fit.operation)))
    if nearest.likeness < 8 and months_apart(sdk_type, nearest.operation) > _SAME_SHAPE_MONTHS:
        return None
    return ArmPath(sdk_type, nearest.path, nearest.operation)


def _fit(sdk_type: SdkType, operation: Operation) -> _Fit | None:
    """The URL with Pulumi's input names, or None where its parameters are not this type's identifying inputs."""
    identifying = sdk_type.identifying_inputs
    wanted = frozenset(sdk_type.inputs) if identifying is None else identifying - _QUERY_INPUTS
    spelled = {name.lower(): name for name in wanted}
    url = _RESOURCE_GROUPS.sub("/resourceGroups/", "/" + operation.url.strip("/"))
    renamed = {name: spelled[name.lower()] for name in PLACEHOLDER.findall(url) if name.lower() in spelled}
    renamed |= {name: "subscriptionId" for name in PLACEHOLDER.findall(url) if name.lower() == "subscriptionid"}
    unknown = [name for name in PLACEHOLDER.findall(url) if name not in renamed]
    missing = [] if identifying is None else sorted(wanted - set(renamed.values()))
    likeness = _likeness(sdk_type, operation)
    exact = not unknown and not missing
    for name in unknown if not missing else []:
        constant = operation.parameters[name].constant if name in operation.parameters else None
        if constant is None:
            return None
        url = url.replace("{" + name + "}", constant)
    if len(unknown) == 1 and len(missing) == 1 and likeness > 0:
        renamed[unknown[0]] = missing[0]
    elif missing and not unknown:
        opened = _open_fixed_name(url, missing)
        if opened is None:
            return None
        url = opened
        renamed[missing[0]] = missing[0]
    elif missing:
        return None
    return _Fit(exact, likeness, PLACEHOLDER.sub(lambda m: "{" + renamed[m.group(1)] + "}", url), operation)


def _ends_in_telling_name(path: str) -> bool:
    last = PLACEHOLDER.fullmatch(path.rpartition("/")[2])
    return last is not None and last.group(1) not in _GENERIC_NAMES


def _open_fixed_name(url: str, missing: list[str]) -> str | None:
    """`…/blobServices/default` and the input `blobServicesName` → `…/blobServices/{blobServicesName}`."""
    head, separator, tail = url.rpartition("/providers/")
    segments = tail.split("/")
    if not separator or len(missing) != 1 or not missing[0].endswith("Name"):
        return None
    wanted = squeeze(snake_case(missing[0].removesuffix("Name")))
    for i in range(2, len(segments), 2):
        if not segments[i].startswith("{") and squeeze(snake_case(segments[i - 1])) == wanted:
            segments[i] = "{" + missing[0] + "}"
            return f"{head}/providers/{'/'.join(segments)}"
    return None


def _likeness(sdk_type: SdkType, operation: Operation) -> int:
    """How much of the operation bears the type's name: 8 its whole name, 4 body, 2 last collection, 1 group."""
    wanted = squeeze(snake_case(_own_name(sdk_type)))
    full = "_".join(part for part in (operation.group, operation.name) if part)
    collections = [squeeze(snake_case(s)) for s in operation.url.rpartition("/providers/")[2].split("/")[1::2]]
    body = "" if operation.body is None else squeeze(snake_case(operation.body)).removesuffix("resource")
    return (
        8 * (squeeze(_VERBS.sub("", full, count=1).removesuffix("_with_check")) == wanted)
        + 4 * (body == wanted)
        + 2 * (wanted in {collections[-1], "".join(collections[-2:])} if collections else False)
        + (squeeze(operation.group or _VERBS.split(operation.name)[0]) == wanted)
    )


def _own_name(sdk_type: SdkType) -> str:
    """The type's name without the prefix that only tells its collection: `SingleServerDatabase` → `Database`."""
    for module, prefix, _ in _COLLECTIONS:
        if sdk_type.module == module and sdk_type.name.startswith(prefix):
            return sdk_type.name.removeprefix(prefix) or "Server"
    return sdk_type.name


def squeeze(snake: str) -> str:
    """The words in the singular, joined: `blob_services_properties` and `blob_service_property` come out alike."""
    return "".join(_singular(word) for word in snake.split("_"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def months_apart(sdk_type: SdkType, operation: Operation) -> int:
    return abs(months(operation.api_version) - months(sdk_type.api_version))


def months(api_version: str | None) -> int:
    """The month of an API version as a number; 0 where it names none."""
    digits = _API_MONTH.match(api_version or "")
    return int(digits.group(1)) * 12 + int(digits.group(2)) if digits else 0
