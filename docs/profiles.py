"""The profiles that the stacks are judged by, for pages that compare them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from policies.profile import Profile, environments, profile
from stacks.loading import load


@cache
def profiles() -> Mapping[str, Profile]:
    """The profile of every environment, with the classification of its stack."""
    return {name: profile(name, load(name).classification) for name in environments()}
