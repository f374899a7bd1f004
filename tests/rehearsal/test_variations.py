"""Realistic variations of the platform go through.

A rule of the simulated Azure that refuses one of them is a false alarm.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

import engine
from rehearsal import configuration
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store

pytestmark = pytest.mark.engine

HUB_GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub"
HUB = f"{HUB_GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
T4 = {"vm_size": "Standard_NC4as_T4_v3", "max_count": 2}
A100 = {"vm_size": "Standard_NC24ads_A100_v4", "max_count": 1}
VARIATIONS: dict[str, Mapping[str, Any]] = {
    "no GPU pools": {"cluster": {"gpu_pools": {"t4spot": None}}},
    "spot pool that keeps its disks": {
        "cluster": {"gpu_pools": {"t4spot": {**T4, "spot": {"eviction_policy": "Deallocate"}}}}
    },
    "spot pool with a price": {"cluster": {"gpu_pools": {"t4spot": {**T4, "spot": {"max_price": 0.35}}}}},
    "sliced A100": {"cluster": {"gpu_pools": {"a100": {**A100, "mig_profile": "MIG2g"}}}},
    "driver of the GPU operator": {"cluster": {"gpu_pools": {"a100": {**A100, "driver": "operator"}}}},
    "pool in two zones": {"cluster": {"gpu_pools": {"t4": {**T4, "zones": ["1", "2"]}}}},
    "egress through a hub": {
        "network": {"egress": {"kind": "hub_firewall", "next_hop": "10.250.0.4", "hub_vnet_id": HUB}}
    },
    "egress through a firewall that nobody peers with": {
        "network": {"egress": {"kind": "hub_firewall", "next_hop": "10.250.0.4"}}
    },
    "egress through a firewall of its own": {
        "network": {
            "subnets": {"firewall": "10.40.4.128/26"},
            "egress": {
                "kind": "own_firewall",
                "tier": "Premium",
                "intrusion_detection": "Deny",
                "allowed_fqdns": ["pypi.org"],
            },
        }
    },
    "a public address that is asked from outside": {
        "monitoring": {"availability_tests": {"triage": {"host": "triage.gov.example"}}}
    },
    "no egress": {"network": {"egress": {"kind": "none"}}, "cluster": {"artifact_cache": True}},
    "a Bastion, a resolver and private monitoring": {
        "network": {
            "subnets": {
                "dns_inbound": "10.40.4.32/28",
                "dns_outbound": "10.40.4.48/28",
                "bastion": "10.40.4.64/26",
            },
            "bastion": {},
            "dns_resolver": {"forward": {"gov.example": ["10.250.4.10"]}},
            "flow_logs": {"analytics_interval_minutes": 10},
            "private_monitoring": {},
        }
    },
    "an application gateway in front of an app": {
        "network": {"subnets": {"application_gateway": "10.40.6.0/24"}},
        "edge": {
            "caller_ranges": ["192.168.8.0/24", "192.168.8.128/25"],
            "sites": {
                "triage": {
                    "host": "triage.gov.example",
                    "certificate": "triage-certificate",
                    "backend": "triage.azurewebsites.net",
                }
            },
        },
    },
    "zones of the hub, and records by its policy": {
        "network": {
            "private_dns": {
                "hub_zone_ids": {
                    "privatelink.vaultcore.azure.net": (
                        f"{HUB_GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
                    )
                },
                "records_by_policy": True,
            },
            "dns_servers": ["10.250.4.10", "10.250.4.11"],
        }
    },
    "two addresses for egress": {"network": {"egress": {"kind": "nat_gateway", "public_ip_count": 2}}},
    "operators": {"network": {"operator_ranges": ["10.200.0.0/24"]}},
    "paid tier with stable upgrades": {"cluster": {"tier": "Standard", "upgrade_channel": "stable"}},
    "zone-redundant registry and storage": {"registry": {"zone_redundancy": True}, "storage": {"replication": "ZRS"}},
    "premium vault that forgets soon": {"key_vault": {"sku": "premium", "soft_delete_days": 7}},
    "high business impact": {"machine_learning": {"high_business_impact": True}},
    "an API server behind a private endpoint, with a zone that AKS makes": {
        "cluster": {"api_server": {"access": "private_endpoint", "private_dns_zone": "system"}}
    },
    "AKS chooses the nodes": {"cluster": {"pools": None, "node_provisioning": {}}, "governance": {"off_hours": None}},
    "long-term support": {"cluster": {"tier": "Premium", "support_plan": "AKSLongTermSupport"}},
    "a cluster with everything in it": {
        "key_vault": {"customer_keys": True},
        "cluster": {
            "encryption": {"etcd_customer_key": True, "disk_customer_key": True, "fips": True},
            "advanced_networking": {"policies": "L7"},
            "artifact_cache": True,
            "managed_prometheus": True,
            "container_insights": True,
            "azure_ml": {"inference": True, "allow_unencrypted_inference": True},
            "gitops": {"url": "ssh://git@github.com/gov-example/ml-platform", "secret": "git"},
            "backup": {"vault_retention_days": 30},
            "pools": {"spot": {"vm_size": "Standard_D4ds_v5", "max_count": 2, "spot": {}}},
        },
    },
    "no cap on logs": {"monitoring": {"daily_cap_gb": None, "retention_days": 730}},
    "recovery region without zones": {
        "region": "canadaeast",
        "cluster": {"gpu_pools": {"t4spot": None, "nd": {"vm_size": "Standard_ND96amsr_A100_v4", "max_count": 1}}},
    },
}


def merged(below: Any, above: Any) -> Any:
    """One variation over dev's own settings; `None` takes a setting away, and an egress is one whole."""
    if not (isinstance(below, dict) and isinstance(above, Mapping)) or "kind" in above:
        return above
    return {**below, **{name: merged(below.get(name), value) for name, value in above.items()}}


@pytest.mark.parametrize("changes", VARIATIONS.values(), ids=list(VARIATIONS))
def test_a_variation_of_the_platform_goes_through(
    tmp_path: Path, run: Any, dev_document: dict[str, Any], changes: Mapping[str, Any]
) -> None:
    document = copy.deepcopy(dev_document)
    document["config"]["platform:settings"] = merged(document["config"]["platform:settings"], changes)
    # The program compares the region with the provider's in the stack's own file, so that file has to say it, too.
    project = with_file(tmp_path / "project", document, changes["region"]) if "region" in changes else PROJECT
    workspace = Workspace("dev", engine.ensure(engine.Silent()), project=project, root=tmp_path)
    workspace.prepare(document)
    assert run(workspace, "up").count()["create"] > 100


def with_file(project: Path, document: dict[str, Any], region: str) -> Path:
    """A copy of the project whose stack dev is configured so."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs")
    shutil.copytree(PROJECT, project, ignore=ignored)
    (project / ".venv").symlink_to(PROJECT / ".venv")
    document["config"]["azure-native:location"] = region
    (project / "stacks" / "Pulumi.dev.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    return project


class Shared(Workspace):
    """A workspace whose subscription is another one's, too."""

    @property
    def store(self) -> Path:
        return self.root / "shared.sqlite"


def test_two_stacks_go_up_at_once_in_one_subscription(tmp_path: Path) -> None:
    found = engine.ensure(engine.Silent())
    workspaces = [Shared(stack, found, root=tmp_path) for stack in ("dev", "test")]
    for workspace in workspaces:
        workspace.prepare()

    def up(workspace: Workspace) -> tuple[int, str]:
        status, _, _, text = execute(workspace, "up", label="up", console=Console(quiet=True), quiet=True)
        return status, text

    with ThreadPoolExecutor() as pool:
        results = list(pool.map(up, workspaces))
    assert [status for status, _ in results] == [0, 0], results
    lines = [
        (PROJECT / "tests/goldens" / stack / "resources.txt").read_text().splitlines() for stack in ("dev", "test")
    ]
    store = Store(tmp_path / "shared.sqlite")
    assert len(store.all()) == sum(line.startswith("azure-native:") for listed in lines for line in listed)
    store.close()
    assert configuration.read(workspaces[0].config_file) != configuration.read(workspaces[1].config_file)
