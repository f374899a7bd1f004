"""Ranges that let in anybody, in each way in which they can be written."""

from __future__ import annotations

import pytest

from policies.addresses import is_everyone, is_rented


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "Any",
        " Internet ",
        "0.0.0.0/0",
        "::/0",
        "0/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "8.0.0.0/8",
        "0.0.0.0-255.255.255.255",
        "1.0.0.0 - 223.255.255.255",
        "2000::/3",
    ],
)
def test_everybody(text: str) -> None:
    assert is_everyone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.0.0.0/8",
        "fd00::/8",
        "20.1.2.3",
        "20.1.2.0/24",
        "20.1.2.3-20.1.2.9",
        "20.1.2.9-20.1.2.3",
        "20.1.2.3-::1",
        "AzureLoadBalancer",
        "gov-example",
    ],
)
def test_not_everybody(text: str) -> None:
    assert not is_everyone(text)


def test_machines_that_anybody_rents() -> None:
    assert is_rented("AzureCloud")
    assert is_rented("azurecloud.canadacentral")
    assert not is_rented("AzureCloudApp")
    assert not is_rented("Storage.canadacentral")
