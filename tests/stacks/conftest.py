"""A small valid environment, and ways to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic_core import to_json

from stacks.loading import merge
from stacks.settings import Settings

GUIDS = {
    name: f"00000000-0000-0000-0000-00000000000{index}"
    for index, name in enumerate(("platform_admins", "ml_engineers", "data_scientists", "auditors"))
}

DEFAULTS: dict[str, Any] = {
    "name": "mlops",
    "owner": "owner@gov.example",
    "cost_centre": "TI-1",
    "access": GUIDS,
    "budget": {"monthly_amount": 100, "start_date": "2026-12-01", "contacts": ["owner@gov.example"]},
}

DEV: dict[str, Any] = {
    "environment": "dev",
    "classification": "Protected A",
    "network": {
        "address_space": "10.40.0.0/16",
        "subnets": {
            "system_pool": "10.40.0.0/24",
            "gpu_pool": "10.40.1.0/24",
            "private_endpoints": "10.40.2.0/24",
            "machine_learning": "10.40.3.0/24",
            "api_server": "10.40.4.0/28",
        },
        "egress": {"kind": "nat_gateway"},
        "pod_cidr": "172.20.0.0/16",
        "service_cidr": "172.21.0.0/16",
        "dns_service_ip": "172.21.0.10",
    },
    "storage": {"replication": "LRS"},
    "cluster": {
        "kubernetes_version": "1.35",
        "tier": "Free",
        "system_pool": {"vm_size": "Standard_D4ds_v5"},
        "gpu_pools": {"t4": {"vm_size": "Standard_NC4as_T4_v3", "max_count": 2}},
    },
}


@pytest.fixture
def settings_with() -> Callable[[Mapping[str, Any]], Settings]:
    """The environment with the given changes laid over it; values must have a valid shape."""

    def build(changes: Mapping[str, Any]) -> Settings:
        return Settings.model_validate_json(to_json(merge(merge(DEFAULTS, DEV), changes)), strict=True)

    return build


@pytest.fixture
def dev_settings() -> dict[str, Any]:
    """The settings of the stack dev, as Pulumi hands them over: without the defaults."""
    return deepcopy(DEV)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of stacks with defaults and the stack dev, both valid."""
    stacks = tmp_path / "stacks"
    stacks.mkdir()
    (stacks / "defaults.yaml").write_text(yaml.safe_dump(DEFAULTS), encoding="utf-8")
    (stacks / "Pulumi.dev.yaml").write_text(stack_text({}), encoding="utf-8")
    return stacks


@pytest.fixture
def write_dev(folder: Path) -> Callable[[Mapping[str, Any]], None]:
    """Writes the stack dev anew, with the given changes to its settings."""

    def write(changes: Mapping[str, Any]) -> None:
        (folder / "Pulumi.dev.yaml").write_text(stack_text(changes), encoding="utf-8")

    return write


def stack_text(changes: Mapping[str, Any]) -> str:
    """A stack's file with the settings of dev and `changes` over them (null stays null)."""
    return yaml.safe_dump({"config": {"platform:settings": _overlay(DEV, changes)}}, sort_keys=False)


def _overlay(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    return {
        key: _overlay(below[key], value)
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        else value
        for key, value in both.items()
    }
