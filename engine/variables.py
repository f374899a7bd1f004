"""The environment variables with which a rehearsal runs `pulumi`: its own state, and no way to a real account."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.cli import Engine
from engine.launcher import PROJECT_VARIABLE, PYTHON_VARIABLE, this_project

REMOVED_PREFIXES = (
    "PULUMI_",  # whatever the caller's shell sets for real stacks: tokens, backends, options
    "ARM_",  # credentials of the azure-native provider
    "AZURE_",  # credentials of the Azure SDKs, and of the `azblob` backend
    "MSI_",  # managed identity of App Service and of older VM extensions
    "IDENTITY_",  # managed identity of App Service and Container Apps
    "ACTIONS_ID_TOKEN_",  # GitHub's OIDC token, which federated credentials trade for an Azure token
    "AWS_",  # credentials of the `s3` backend and of `awskms` secrets
    "GOOGLE_",  # credentials of the `gs` backend and of `gcpkms` secrets
)


def environment(
    engine: Engine,
    *,
    home: Path,
    backend: str,
    passphrase: str,
    extra_path: Sequence[Path] = (),
    base: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the whole environment for a rehearsal's `pulumi`.

    `home`: PULUMI_HOME, where plugins are looked up (`engine.plugins.place`) and logs are written. `backend`: such as
    "file:///…/.rehearsal/state". `extra_path`: folders to put before the engine's own on PATH. `base`: the caller's
    environment, `os.environ` by default.
    """
    base = os.environ if base is None else base
    result = {name: value for name, value in base.items() if not name.startswith(REMOVED_PREFIXES)}
    folders = [*map(str, extra_path), str(engine.bin_dir), base.get("PATH", os.defpath)]
    result |= {
        "PATH": os.pathsep.join(folders),
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": backend,
        "PULUMI_CONFIG_PASSPHRASE": passphrase,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "true",
        # Without it the engine tries, before every run, to download each provider whose SDK is installed: seconds lost
        # offline. A provider that is really missing still fails, at its first resource, by name.
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        # An output inside an f-string is a mistake that the SDK otherwise only prints into the resource.
        "PULUMI_ERROR_OUTPUT_STRING": "true",
        # The logins of `az` and `kubectl` lie in files, which no removed variable hides.
        "AZURE_CONFIG_DIR": str(home / "no-azure-login"),
        "KUBECONFIG": os.devnull,
    }
    if engine.needs_our_language_host:
        result |= {PROJECT_VARIABLE: str(this_project()), PYTHON_VARIABLE: sys.executable}
    return result
