"""Where rules apply that a classification asks for."""

from __future__ import annotations

from policies.rule import Context
from policies.view import View


def keys_of_our_own(_view: View, context: Context) -> bool:
    """Where the classification demands that data is encrypted with keys of our own."""
    return context.profile.demands.customer_keys
