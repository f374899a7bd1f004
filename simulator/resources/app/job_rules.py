"""What Azure refuses about a Container Apps job: its trigger, its secrets, its identities, its containers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_DOCS: Final = "learn.microsoft.com container-apps/jobs (checked 2026-11-25; code not confirmed)"
_SECRETS: Final = "learn.microsoft.com container-apps/manage-secrets (checked 2026-11-25; code not confirmed)"
_TRIGGERS: Final = {
    "Event": "eventTriggerConfig", "Schedule": "scheduleTriggerConfig", "Manual": "manualTriggerConfig",
}  # fmt: skip
_MOST_CPU: Final = 4.0
_GIB_PER_CPU: Final = 2.0


def _items(request: Request, path: str) -> list[tuple[int, Mapping[str, Any]]]:
    listed = request.at(path)
    found = listed if isinstance(listed, list) else []
    return [(index, item) for index, item in enumerate(found) if isinstance(item, Mapping)]


@rule("aca-job-trigger", kind="static", source=_DOCS, reads=("configuration.triggerType",))
def trigger_is_configured(request: Request) -> Iterator[Fault]:
    """A trigger has its own configuration, and no other's."""
    kind = request.known("configuration.triggerType")
    for name, member in _TRIGGERS.items():
        path = f"configuration.{member}"
        if name == kind and name != "Manual" and request.at(path) is None:
            yield Fault(f"the trigger {name} needs {member}", path, f"give {member}")
        if name != kind and request.at(path) not in (None, UNKNOWN):
            yield Fault(f"the trigger is {kind}, so there can be no {member}", path, f"leave {member} out")


@rule("aca-job-secret-source", kind="static", source=_SECRETS)
def secret_has_a_source(request: Request) -> Iterator[Fault]:
    """A secret has a value, or a vault's address and who reads it."""
    for index, secret in _items(request, "configuration.secrets"):
        path = f"configuration.secrets.{index}"
        if secret.get("value") is None and secret.get("keyVaultUrl") is None:
            yield Fault(f"secret {secret.get('name')} has neither value nor keyVaultUrl", path, "give one of them")
        if secret.get("keyVaultUrl") is not None and secret.get("identity") is None:
            yield Fault(
                f"secret {secret.get('name')} names a vault and nobody who reads it",
                f"{path}.identity",
                "name an identity of the job, or system",
            )


def _references(request: Request) -> Iterator[tuple[str, str]]:
    """Every name of a secret that the job uses, with its path."""
    for kind in ("containers", "initContainers"):
        for index, container in _items(request, f"template.{kind}"):
            variables = container.get("env")
            for number, variable in enumerate(variables if isinstance(variables, list) else ()):
                if isinstance(variable, Mapping) and isinstance(variable.get("secretRef"), str):
                    yield f"template.{kind}.{index}.env.{number}.secretRef", variable["secretRef"]
    for index, rule_ in _items(request, "configuration.eventTriggerConfig.scale.rules"):
        entries = rule_.get("auth")
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, Mapping) and isinstance(entry.get("secretRef"), str):
                yield (
                    f"configuration.eventTriggerConfig.scale.rules.{index}.auth.{number}.secretRef",
                    entry["secretRef"],
                )


@rule("aca-job-secret-exists", kind="static", source=_SECRETS, reads=("configuration.secrets",))
def secret_exists(request: Request) -> Iterator[Fault]:
    """What a container or a scale rule refers to is one of the job's secrets."""
    known = {secret.get("name") for _, secret in _items(request, "configuration.secrets")}
    for path, name in _references(request):
        if name not in known:
            yield Fault(f"secretRef {name} is no secret of the job", path, "add it to configuration.secrets")


@rule("aca-job-identity-assigned", kind="static", source=_SECRETS, reads=("identity",))
def identity_is_the_jobs(request: Request) -> Iterator[Fault]:
    """An identity that reads a secret or pulls an image is one of the job's own."""
    listed = request.at("identity.userAssignedIdentities")
    own = {key(str(each)) for each in listed} if isinstance(listed, (list, Mapping)) else set()
    for kind in ("secrets", "registries", "identitySettings"):
        for index, item in _items(request, f"configuration.{kind}"):
            named = item.get("identity")
            if isinstance(named, str) and named.lower() != "system" and key(named) not in own:
                yield Fault(
                    f"{named} is no identity of the job",
                    f"configuration.{kind}.{index}.identity",
                    "add it to identity.userAssignedIdentities",
                )


@rule("aca-job-consumption-size", kind="static", source="learn.microsoft.com container-apps/containers (2026-11-25)")
def size_is_one_of_the_offered(request: Request) -> Iterator[Fault]:
    """On Consumption the containers of a replica take 0.25 to 4 CPUs in steps of a quarter, and 2 GiB for each CPU."""
    if request.known("workloadProfileName", "Consumption") != "Consumption":
        return
    sizes = [
        _size(container)
        for kind in ("containers", "initContainers")
        for _, container in _items(request, f"template.{kind}")
    ]
    if not sizes or None in sizes:
        return
    cpu = sum(size[0] for size in sizes if size is not None)
    memory = sum(size[1] for size in sizes if size is not None)
    if not 0 < cpu <= _MOST_CPU or cpu % 0.25 or memory != cpu * _GIB_PER_CPU:
        yield Fault(
            f"the containers take {cpu:g} CPUs and {memory:g} GiB together",
            "template.containers",
            "use 0.25 to 4 CPUs in steps of 0.25, and 2 GiB for each",
        )


def _size(container: Mapping[str, Any]) -> tuple[float, float] | None:
    wanted = container.get("resources")
    cpu, memory = (wanted.get("cpu"), wanted.get("memory")) if isinstance(wanted, Mapping) else (None, None)
    if not isinstance(cpu, (int, float)) or not isinstance(memory, str) or not memory.endswith("Gi"):
        return None
    return float(cpu), float(memory.removesuffix("Gi"))


RULES: Final = (
    trigger_is_configured,
    secret_has_a_source,
    secret_exists,
    identity_is_the_jobs,
    size_is_one_of_the_offered,
)
