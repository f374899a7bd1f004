"""What else may stand in a stack's file, beside the settings.

Owns the names of the files and Pulumi's own keys. A key that nobody reads is an error here too, because Pulumi itself
accepts any: a misspelled `azure-native:subscriptonId` would deploy into whatever subscription `az` is logged in to.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from stacks.diagnosis import unknown_key
from stacks.problems import Place, Problem, closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stacks.documents import Document

FOLDER = Path(__file__).parent
DEFAULTS = "defaults.yaml"
SETTINGS_KEY = "platform:settings"
LOCATION_KEY = "azure-native:location"

TOP_KEYS = ("config", "encryptedkey", "encryptionsalt", "secretsprovider")
"""Pulumi's own top-level keys. `environment` (Pulumi ESC) is left out: nothing here could check what it brings."""

PROVIDER_KEYS = (
    "azure-native:auxiliaryTenantIds",
    "azure-native:clientCertificatePassword",
    "azure-native:clientCertificatePath",
    "azure-native:clientId",
    "azure-native:clientSecret",
    "azure-native:disableInstanceDiscovery",
    "azure-native:disablePulumiPartnerId",
    "azure-native:environment",
    LOCATION_KEY,
    "azure-native:metadataHost",
    "azure-native:msiEndpoint",
    "azure-native:oidcRequestToken",
    "azure-native:oidcRequestUrl",
    "azure-native:oidcToken",
    "azure-native:oidcTokenFilePath",
    "azure-native:partnerId",
    "azure-native:subscriptionId",
    "azure-native:tenantId",
    "azure-native:useDefaultAzureCredential",
    "azure-native:useMsi",
    "azure-native:useOidc",
)
"""Configuration that the azure-native provider reads: the arguments of `pulumi_azure_native.Provider` 3.29."""


def stack_file(stack: str, folder: Path) -> Path:
    """The file of the stack called `stack`."""
    return folder / f"Pulumi.{stack}.yaml"


def stack_names(folder: Path = FOLDER) -> list[str]:
    """The stacks that have a file, sorted."""
    return sorted(file.name.removeprefix("Pulumi.").removesuffix(".yaml") for file in folder.glob("Pulumi.?*.yaml"))


def file_problems(document: Document, region: object) -> Iterator[Problem]:
    """Problems outside the settings; `region` is the setting that the provider's location must equal."""
    for key in document.content:
        if key not in TOP_KEYS:
            yield _located(document, unknown_key((key,), TOP_KEYS, "a stack's file"))
    config = document.content.get("config")
    if not isinstance(config, dict):
        yield _no_settings(document, "The file has no `config` mapping.")
        return
    valid = (SETTINGS_KEY, *PROVIDER_KEYS)
    for key in config:
        if key not in valid:
            yield _located(document, unknown_key(("config", key), valid, "`config`"))
    if not isinstance(config.get(SETTINGS_KEY), dict):
        yield _no_settings(document, f"`config` has no mapping {SETTINGS_KEY!r}.")
    yield from _other_location(document, config, region)


def unknown_stack(stack: str, folder: Path) -> Problem:
    """The problem of a stack without a file."""
    names = stack_names(folder)
    meant = closest(stack, names)
    known = f"The stacks are: {', '.join(names)}." if names else f"There is no stack file in {folder.name}/."
    return Problem(
        path=(),
        what=f"There is no file {folder.name}/Pulumi.{stack}.yaml." + (f" Did you mean {meant!r}?" if meant else ""),
        follows="Without it nobody has said what this environment wants.",
        fix=f'{known} To add one, write its file (README, "an environment").',
    )


def _other_location(document: Document, config: dict[str, Any], region: object) -> Iterator[Problem]:
    location = config.get(LOCATION_KEY)
    if location is None or region is None or location == region:
        return
    problem = Problem(
        path=("config", LOCATION_KEY),
        what=f"The provider's location is {location!r}, the setting `region` is {str(region)!r}.",
        follows="A resource that names no location would be created in another region than the rest.",
        fix=f"Write the same region in both, or remove {LOCATION_KEY!r}.",
    )
    yield _located(document, problem)


def _no_settings(document: Document, what: str) -> Problem:
    return Problem(
        path=("config", SETTINGS_KEY),
        what=what,
        follows="Nothing says what this environment wants.",
        fix=f"Write the settings below `config:` and `{SETTINGS_KEY}:`.",
        place=Place(document.name),
    )


def _located(document: Document, problem: Problem) -> Problem:
    return problem.at(document.place(problem.path) or Place(document.name))
