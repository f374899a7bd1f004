"""What one value may look like."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from stacks import types
from stacks.types import ENCRYPTED, FORMS, MANIFESTS_VARIABLE, SIMULATED_SUBSCRIPTION, SOURCES_VARIABLE

ACCEPTED: list[tuple[Any, Any]] = [
    *(
        (types.TimeZone, each)
        for each in ("UTC", "UTC-11", "W. Europe Standard Time", "Central Standard Time (Mexico)")
    ),
    (types.Cidr, "10.0.0.0/8"),
    (types.Cidr, "172.31.255.0/24"),
    (types.Cidr, "192.168.1.1/32"),
    (types.Guid, "00000000-0000-0000-0000-0000000000a1"),
    (types.Email, "a.b+c@gov.example"),
    (types.VmSize, "Standard_NC24ads_A100_v4"),
    (types.Zone, "3"),
    (types.WorkloadName, "ml"),
    (types.WorkloadName, "a2345678"),
    (types.PoolName, "a"),
    (types.PoolName, "a23456789012"),
    (types.ContainerName, "a-1"),
    (types.ContainerName, "a" * 63),
    (types.KubernetesVersion, "1.35"),
    (types.Taint, "sku=gpu:NoSchedule"),
    (types.Taint, "spot:PreferNoSchedule"),
    (types.Fqdn, "*.pypi.org"),
    (types.LocalTime, "23:59"),
    (types.UtcOffset, "-07:00"),
    (types.CostCentre, "TI-4410"),
    (types.ResourceId, "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"),
    (types.Percent, 1),
    (types.Percent, 1000),
    (types.MaxPrice, -1),
    (types.Email, ENCRYPTED),
    (types.Guid, ENCRYPTED),
]

REFUSED: list[tuple[Any, Any]] = [
    (types.Cidr, "8.8.8.0/24"),
    (types.Cidr, "172.15.0.0/16"),
    (types.Cidr, "172.0.0.0/8"),
    (types.Cidr, "127.0.0.0/8"),
    (types.Cidr, "169.254.0.0/16"),
    (types.Cidr, "10.0.0.1/24"),
    (types.Guid, "00000000-0000-0000-0000-0000000000A1"),
    (types.Email, "nobody"),
    (types.Email, "a b@gov.example"),
    (types.VmSize, "D4ds_v5"),
    (types.VmSize, ENCRYPTED),
    (types.Zone, "4"),
    (types.Zone, 1),
    (types.WorkloadName, "a"),
    (types.WorkloadName, "a23456789"),
    (types.WorkloadName, "1ml"),
    (types.PoolName, "a234567890123"),
    (types.PoolName, "t4-spot"),
    (types.ContainerName, "a--b"),
    (types.ContainerName, "ab"),
    (types.ContainerName, "a" * 64),
    (types.ContainerName, "a-" * 40 + "a"),
    (types.UtcOffset, "-15:00"),
    (types.TimeZone, "America/Edmonton"),
    (types.TimeZone, "MST"),
    (types.TimeZone, ""),
    (types.KubernetesVersion, "1.35.1"),
    (types.KubernetesVersion, 1.35),
    (types.Taint, "sku=gpu"),
    (types.Fqdn, "https://pypi.org"),
    (types.Fqdn, "pypi"),
    (types.LocalTime, "24:00"),
    (types.LocalTime, "1:00"),
    (types.UtcOffset, "7"),
    (types.CostCentre, "ti"),
    (types.ResourceId, "rg"),
    (types.Percent, 0),
    (types.Percent, 1001),
    (types.MaxPrice, -2),
]


@pytest.mark.parametrize(("kind", "value"), ACCEPTED)
def test_a_value_of_the_right_form_is_accepted(kind: Any, value: object) -> None:
    assert str(TypeAdapter(kind).validate_python(value)).startswith(str(value))


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_of_another_form_is_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_every_pattern_has_words() -> None:
    patterns = {value for name, value in vars(types).items() if name.isupper() and isinstance(value, str)}
    assert patterns - {ENCRYPTED, MANIFESTS_VARIABLE, SIMULATED_SUBSCRIPTION, SOURCES_VARIABLE} == set(FORMS)
