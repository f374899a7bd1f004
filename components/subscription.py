"""The subscription: whether what is about to be changed is Azure's or the rehearsal's.

Owns the question. Creates nothing.
"""

from __future__ import annotations

from pulumi_azure_native import authorization

from stacks.types import SIMULATED_SUBSCRIPTION


def is_real() -> bool:
    """Whether the provider speaks for a subscription of Azure.

    Asked at once and not as an output: settings are judged before the first resource is declared.
    """
    asked: str = authorization.get_client_config().subscription_id
    return asked != SIMULATED_SUBSCRIPTION
