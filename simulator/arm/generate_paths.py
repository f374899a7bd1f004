"""Which ARM path belongs to which Pulumi type: the match between the SDK's types and Microsoft's operations.

Owns: the rules of the match. Nothing is guessed: a type without one clear operation is left out. The rules:
1. The operation creates: PUT (or PATCH, for settings that always exist), in a namespace of the type's module.
2. Its path parameters are exactly the inputs that the type's `get…` function takes too (where the SDK has no such
   function: inputs). A parameter that Pulumi spells differently is renamed only when it is the only one that differs,
   and a fixed name (`blobServices/default`) is opened to the input that Pulumi has for it; an exact match always goes
   before these.
3. Its name, body type, group or last collection is, in the singular, the type's name. Without any likeness an exact
   match still counts when no other operation and no other type of the module has these parameters.
Of several API versions of one path, the one nearest to the SDK's own is named as the source.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.arm.generate_operations import Operation
from simulator.arm.generate_sdk import SdkType, snake_case

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_VERBS = re.compile(
    r"_(?:create_or_update|create_or_replace|create_update|create_if_not_exist|begin_create|create|put|set|update|assign"
    r"|replace|add)(?=_|$)"
)
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
}
# Inputs that a `get…` function shares with its type although they travel in the query, not in the path.
_QUERY_INPUTS = frozenset({"expand"})


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
    shapes = Counter((t.module, t.identifying_inputs) for t in types)
    matched: list[ArmPath] = []
    left_out: list[SdkType] = []
    for sdk_type in types:
        candidates = [o for n in sorted(namespaces(sdk_type.module)) for o in by_provider.get(n, [])]
        alone = sdk_type.identifying_inputs is not None and shapes[sdk_type.module, sdk_type.identifying_inputs] == 1
        found = _match_one(sdk_type, candidates, alone=alone)
        if found is None:
            left_out.append(sdk_type)
        else:
            matched.append(found)
    return matched, left_out


def namespaces(module: str) -> set[str]:
    """The resource provider namespaces (lower case) that a Pulumi module holds; "" stands for none."""
    return _NAMESPACES.get(module, {f"microsoft.{module}"})


def _match_one(sdk_type: SdkType, candidates: list[Operation], *, alone: bool) -> ArmPath | None:
    fits = [fit for operation in candidates if (fit := _fit(sdk_type, operation)) is not None]
    alike = [fit for fit in fits if fit.likeness > 0]
    if alike:
        best = max((fit.exact, fit.likeness) for fit in alike)
        fits = [fit for fit in alike if (fit.exact, fit.likeness) == best]
    else:
        fits = [fit for fit in fits if fit.exact and alone]
    if len({fit.path.lower() for fit in fits}) != 1:
        return None
    nearest = max(fits, key=lambda fit: (fit.operation.method == "PUT", -_months_apart(sdk_type, fit.operation)))
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
    wanted = squeeze(snake_case(sdk_type.name))
    full = "_".join(part for part in (operation.group, operation.name) if part)
    collections = [squeeze(snake_case(s)) for s in operation.url.rpartition("/providers/")[2].split("/")[1::2]]
    body = "" if operation.body is None else squeeze(snake_case(operation.body)).removesuffix("resource")
    return (
        8 * (squeeze(_VERBS.sub("", full, count=1).removesuffix("_with_check")) == wanted)
        + 4 * (body == wanted)
        + 2 * (wanted in {collections[-1], "".join(collections[-2:])} if collections else False)
        + (squeeze(operation.group or _VERBS.split(operation.name)[0]) == wanted)
    )


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


def _months_apart(sdk_type: SdkType, operation: Operation) -> int:
    return abs(_months(operation.api_version) - _months(sdk_type.api_version))


def _months(api_version: str | None) -> int:
    digits = _API_MONTH.match(api_version or "")
    return int(digits.group(1)) * 12 + int(digits.group(2)) if digits else 0
