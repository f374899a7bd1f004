"""What Azure refuses about function apps in Flex Consumption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.web.hosting_rules import plan_of, plan_tier
from simulator.resources.web.settings_rules import settings_of
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_SCALE: Final = "functionAppConfig.scaleAndConcurrency"
_SAMPLES: Final = "Azure-Samples/azure-functions-flex-consumption-samples"
_MOST_INSTANCES: Final = 1000
# The oldest version of each runtime; Node 18 was there for a while.
_OLDEST: Final = {"python": [3, 10], "node": [18], "java": [11], "dotnet-isolated": [8], "powershell": [7, 4]}
# 512 is documented, and was refused in some regions (Azure/azure-rest-api-specs#40898).
_MEMORY: Final = (512, 2048, 4096)
# What newer scale units of Flex Consumption refuse. `ftpsState` and `use32BitWorkerProcess` were refused, too, where a
# program wrote them alone; older units take them, so they are left out here.
_NOT_FOR_FLEX: Final = (
    "functionAppScaleLimit", "functionsRuntimeScaleMonitoringEnabled", "linuxFxVersion", "netFrameworkVersion",
    "preWarmedInstanceCount",
)  # fmt: skip


@rule(
    "app-flex-config", kind="cross-resource", code="BadRequest", quoted=True, reads=("serverFarmId",),
    source="Azure-Samples/azure-functions-flex-consumption-samples#7",
)  # fmt: skip
def flex_needs_its_section(request: Request) -> Iterator[Fault]:
    """An app in Flex Consumption says in `functionAppConfig` what it runs and where its package lies."""
    if plan_tier(request) == "FlexConsumption" and request.at("functionAppConfig") is None:
        yield Fault(
            "Site.FunctionAppConfig is invalid.  The FunctionAppConfig section was not specified in the request, which "
            "is required for Flex Consumption sites. To proceed, please add the FunctionAppConfig section in your "
            "request.",
            "functionAppConfig",
            "add functionAppConfig with deployment, runtime and scaleAndConcurrency",
        )


@rule(
    "app-flex-site-config", kind="cross-resource", code="BadRequest", quoted=True, reads=("serverFarmId",),
    source="Azure/terraform-azurerm-avm-res-web-site#283, #360; Azure/azure-functions-host#10643",
)  # fmt: skip
def flex_has_no_stack(request: Request) -> Iterator[Fault]:
    """What other plans say in `siteConfig` about runtime and scale, Flex Consumption has elsewhere."""
    if plan_tier(request) != "FlexConsumption":
        return
    found = [name for name in _NOT_FOR_FLEX if request.known(f"siteConfig.{name}") not in (None, "")]
    names = ", ".join(f"Site.SiteConfig.{name[0].upper()}{name[1:]}" for name in found)
    if len(found) == 1:
        yield Fault(
            f"The following site configuration property ({names}) for Flex Consumption sites is invalid.  Please "
            "remove or rename it before retrying.",
            f"siteConfig.{found[0]}",
            "say it in functionAppConfig",
        )
    elif found:
        yield Fault(
            f"The following list of {len(found)} site configuration properties ({names}) for Flex Consumption sites is "
            "invalid. Please remove or rename them before retrying.",
            f"siteConfig.{found[0]}",
            "say it in functionAppConfig",
        )


@rule(
    "app-flex-runtime-setting", kind="cross-resource", code="BadRequest", quoted=True, reads=("serverFarmId",),
    source="Azure/azure-functions-host#11908",
)  # fmt: skip
def flex_has_no_runtime_setting(request: Request) -> Iterator[Fault]:
    """The runtime of an app in Flex Consumption is no setting."""
    path, settings = settings_of(request)
    if plan_tier(request) == "FlexConsumption" and "FUNCTIONS_WORKER_RUNTIME" in settings:
        yield Fault(
            "The following app setting (Site.SiteConfig.AppSettings.FUNCTIONS_WORKER_RUNTIME) for Flex Consumption "
            "sites is invalid.  Please remove or rename it before retrying.",
            path,
            "remove it; functionAppConfig.runtime says it",
        )


@rule(
    "app-flex-instance-count", kind="static", code="BadRequest", quoted=True, source="polymind-inc/acmebot#946",
    reads=(f"{_SCALE}.maximumInstanceCount",),
)  # fmt: skip
def instances_are_in_range(request: Request) -> Iterator[Fault]:
    """A scale section says how far the app scales out; ARM names an absent number, too."""
    scale, count = request.at(_SCALE), request.at(f"{_SCALE}.maximumInstanceCount")
    if scale is None or scale is UNKNOWN or (isinstance(count, int) and 1 <= count <= _MOST_INSTANCES):
        return
    yield Fault(
        "Site.FunctionAppConfig.ScaleAndConcurrency is invalid.  InvalidMaximumInstanceCount - The specified value of "
        f"maximumInstanceCount ({'' if count is None else count}) is not allowed, the allowed value range is "
        f"[1, {_MOST_INSTANCES}].",
        f"{_SCALE}.maximumInstanceCount",
        "set maximumInstanceCount, to 100 say",
    )


@rule(
    "app-flex-memory", kind="static", code="BadRequest",
    source="Azure/azure-rest-api-specs#40898; learn.microsoft.com flex-consumption-plan (checked 2026-11-25)",
)  # fmt: skip
def memory_is_offered(request: Request) -> Iterator[Fault]:
    """Instances come in a few sizes."""
    memory = request.known(f"{_SCALE}.instanceMemoryMB")
    if memory is not None and memory not in _MEMORY:
        yield Fault(f"instanceMemoryMB {memory} is not allowed", f"{_SCALE}.instanceMemoryMB",
                    "use 2048 or 4096; 512 in some regions")  # fmt: skip


@rule(
    "app-flex-always-ready", kind="static", code="BadRequest",
    source="hashicorp/terraform-provider-azurerm function_app_flex_consumption_resource.go (checked 2026-11-25; code "
    "not confirmed)", reads=(f"{_SCALE}.maximumInstanceCount",),
)  # fmt: skip
def few_are_always_ready(request: Request) -> Iterator[Fault]:
    """No more instances stay ready than the app may have."""
    most, listed = request.known(f"{_SCALE}.maximumInstanceCount"), request.known(f"{_SCALE}.alwaysReady")
    counts = [at(item, "instanceCount") for item in listed] if isinstance(listed, list) else []
    ready = sum(count for count in counts if isinstance(count, int))
    if isinstance(most, int) and ready > most:
        yield Fault(f"{ready} instances are always ready, and the app has {most} at most", f"{_SCALE}.alwaysReady",
                    "keep fewer ready, or raise maximumInstanceCount")  # fmt: skip


@rule(
    "app-flex-one-app", kind="cross-resource", code="BadRequest", reads=("serverFarmId",),
    source=f"{_SAMPLES} IaC/armtemplate/README.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def plan_has_one_app(request: Request) -> Iterator[Fault]:
    """A plan of Flex Consumption is that of one app."""
    plan = plan_of(request)
    if plan is None or plan_tier(request) != "FlexConsumption":
        return
    for other in request.world.of_type("Microsoft.Web/sites"):
        if other.key != key(request.id) and key(str(other.body.get("serverFarmId"))) == plan.key:
            yield Fault(f"plan {plan.id} is that of {other.id}", "serverFarmId", "make a plan of FC1 for each app")


@rule(
    "app-flex-runtime-version", kind="static", code="BadRequest", reads=("functionAppConfig.runtime",),
    source=f"{_SAMPLES} IaC/bicep/main.bicep, functionAppRuntimeVersion (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def runtime_is_of_this_age(request: Request) -> Iterator[Fault]:
    """Flex Consumption came late: it never ran what was old then. Versions newer than the table are let through."""
    path = "functionAppConfig.runtime.version"
    name, version = request.known("functionAppConfig.runtime.name"), request.known(path)
    oldest = _OLDEST.get(str(name).lower())
    numbers = [int(part) for part in str(version).split(".") if part.isdigit()]
    if oldest is not None and isinstance(version, str) and numbers and numbers < oldest:
        yield Fault(f"Flex Consumption does not run {name} {version}", path,
                    f"use {'.'.join(map(str, oldest))} or newer")  # fmt: skip


FLEX_SITE_RULES: Final[tuple[Rule, ...]] = (
    flex_needs_its_section, flex_has_no_stack, flex_has_no_runtime_setting, instances_are_in_range, memory_is_offered,
    few_are_always_ready, plan_has_one_app, runtime_is_of_this_age,
)  # fmt: skip
FLEX_SETTINGS_RULES: Final[tuple[Rule, ...]] = (flex_has_no_runtime_setting,)
