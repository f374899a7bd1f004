"""Ranges that let in anybody, in each way in which they can be written."""

from __future__ import annotations

import pytest

from policies.addresses import is_everyone, is_private, is_rented


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


@pytest.mark.parametrize("text", ["10.0.0.4", "172.16.0.4", "192.168.1.1", "fd00::1", " 10.0.0.4 "])
def test_an_address_of_a_private_network(text: str) -> None:
    assert is_private(text)


@pytest.mark.parametrize("text", ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "", "dns.gov.example", "10.0.0.0/8"])
def test_an_address_of_nobody_or_of_everybody(text: str) -> None:
    assert not is_private(text)
