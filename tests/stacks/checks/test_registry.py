"""The tuple of rules."""

from __future__ import annotations

import inspect

from stacks import checks
from stacks.checks import (
    access,
    addresses,
    analytics,
    capacity,
    classification,
    cluster,
    data,
    durability,
    governance,
    network,
    operations,
    pools,
)


def test_every_rule_is_registered_once_in_the_order_of_its_module() -> None:
    found = [
        function
        for module in (
            addresses,
            network,
            capacity,
            pools,
            cluster,
            durability,
            operations,
            classification,
            access,
            data,
            analytics,
            governance,
        )
        for name, function in vars(module).items()
        if inspect.isgeneratorfunction(function) and not name.startswith("_")
    ]
    assert list(checks.CHECKS) == found


def test_every_rule_says_what_must_hold() -> None:
    assert all(rule.__doc__ is not None and rule.__doc__.endswith(".") for rule in checks.CHECKS)
