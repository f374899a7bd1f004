"""Settings of an app: what its container finds in its environment.

Owns the settings that App Service and a swap need, and how a secret is named. Owns no resource.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import Input, Output

SLOT = "DEPLOYMENT_SLOT"
"""Which slot a container is in: it answers (live) or is tried (staging), for its logs and for what it may write."""
MODEL = "MODEL"
"""What the image serves: it goes with the image in a swap, so that logs say which version answered."""
STICKY = (SLOT,)
"""What stays in its slot when images are swapped."""

# A swap waits until the new container answers its health check (learn.microsoft.com deploy-staging-slots, "Specify
# custom warm-up"; checked 2026-11-25).
_WARM_UP_PATH, _WARM_UP_ANSWERS = "WEBSITE_SWAP_WARMUP_PING_PATH", "WEBSITE_SWAP_WARMUP_PING_STATUSES"
_PORT, _SHARE = "WEBSITES_PORT", "WEBSITES_ENABLE_APP_SERVICE_STORAGE"
OWN = frozenset({SLOT, MODEL, _WARM_UP_PATH, _WARM_UP_ANSWERS, _PORT, _SHARE})


def taken(values: Mapping[str, str], secrets: Mapping[str, str]) -> list[str]:
    """Settings that have two sources."""
    ours = [f"{name} is the platform's own setting" for name in sorted(OWN & {*values, *secrets})]
    return [*ours, *(f"{name} is a value and a secret" for name in sorted(set(values) & set(secrets)))]


def app_settings(
    slot: str,
    port: int,
    health_path: str,
    model: str | None,
    values: Mapping[str, str],
    secrets: Mapping[str, str],
    vault_uri: Input[str],
) -> dict[str, Input[str]]:
    """Every setting by name. Of secrets only where they are: without a version, so that a rotation is followed."""
    return {
        SLOT: slot,
        **({} if model is None else {MODEL: model}),
        _PORT: str(port),
        # A share of files would be written with an account's key; containers keep nothing.
        _SHARE: "false",
        _WARM_UP_PATH: health_path,
        _WARM_UP_ANSWERS: "200",
        **values,
        **{key: reference(vault_uri, secret) for key, secret in secrets.items()},
    }


def reference(vault_uri: Input[str], secret: str) -> Output[str]:
    """How App Service is told to read a secret itself; the value is in no setting, plan or log."""
    return Output.concat("@Microsoft.KeyVault(SecretUri=", vault_uri, f"secrets/{secret})")
