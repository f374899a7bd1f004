"""A rehearsal's environment: its own state, and no way to a real account."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine import Engine, environment

OURS = Engine(Path("/cache/bin/pulumi"), "3.274.1", "source", Path("/cache/bin"), needs_our_language_host=True)
OFFICIAL = Engine(Path("/opt/pulumi"), "3.274.1", "path", Path("/opt"), needs_our_language_host=False)


def made(base: dict[str, str], engine: Engine = OURS, extra: tuple[Path, ...] = ()) -> dict[str, str]:
    return environment(
        engine, home=Path("/r/home"), backend="file:///r/state", passphrase="p", extra_path=extra, base=base
    )


def test_plugin_folders_come_before_the_engine_and_the_engine_before_all_else() -> None:
    path = made({"PATH": "/usr/bin"}, extra=(Path("/plugins"),))["PATH"]
    assert path == os.pathsep.join(["/plugins", "/cache/bin", "/usr/bin"])


@pytest.mark.parametrize(
    "name",
    [
        "ARM_CLIENT_SECRET",
        "ARM_USE_MSI",
        "AZURE_CLIENT_ID",
        "AZURE_STORAGE_KEY",
        "IDENTITY_ENDPOINT",
        "MSI_SECRET",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "GOOGLE_CREDENTIALS",
        "PULUMI_ACCESS_TOKEN",
        "PULUMI_CONFIG_PASSPHRASE_FILE",
        "PULUMI_OPTION_REFRESH",
    ],
)
def test_credentials_and_settings_of_real_stacks_do_not_come_along(name: str) -> None:
    assert name not in made({name: "real", "PATH": "/usr/bin"})


def test_logins_kept_in_files_are_out_of_sight() -> None:
    variables = made({"KUBECONFIG": "/real/config", "AZURE_CONFIG_DIR": "/real/azure"})
    assert variables["KUBECONFIG"] == os.devnull
    assert variables["AZURE_CONFIG_DIR"] == "/r/home/no-azure-login"


def test_everything_else_of_the_caller_stays() -> None:
    assert (
        made({"HOME": "/h", "HTTPS_PROXY": "p", "ARMOUR": "kept"}).items()
        >= {
            "HOME": "/h",
            "HTTPS_PROXY": "p",
            "ARMOUR": "kept",
        }.items()
    )


def test_the_state_is_the_rehearsals_own() -> None:
    variables = made({"PULUMI_BACKEND_URL": "azblob://real", "PULUMI_HOME": "/real"})
    assert variables["PULUMI_BACKEND_URL"] == "file:///r/state"
    assert variables["PULUMI_HOME"] == "/r/home"
    assert variables["PULUMI_CONFIG_PASSPHRASE"] == "p"
    assert variables["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] == "true"


def test_only_a_source_build_is_told_of_our_language_host() -> None:
    assert "PLATFORM_ENGINE_PROJECT" in made({})
    assert "PLATFORM_ENGINE_PROJECT" not in made({}, OFFICIAL)
