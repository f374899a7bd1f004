"""The quota of a VM size, read from its name: as the table of sizes says it, and nothing where in doubt."""

from __future__ import annotations

import pytest

from facts.vm_quota import VmQuota, quota_of_name, vm_quota
from facts.vm_sizes import VmSize, vm_sizes

SIZES = [size for size in vm_sizes().values() if size.quota_family is not None]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_a_name_says_what_the_table_of_sizes_says(size: VmSize) -> None:
    assert quota_of_name(size.name) == VmQuota(str(size.quota_family), size.vcpus)


@pytest.mark.parametrize(
    ("name", "family", "vcpus"),
    [
        ("Standard_D2as_v7", "StandardDasv7Family", 2),
        ("standard_d2as_V7", "StandardDasv7Family", 2),
        ("Standard_D4as_v6", "standardDav6Family", 4),  # the family of AMD's sixth generation has no s
        ("Standard_B2s", "standardBSFamily", 2),
        ("Standard_B2ms", "standardBSFamily", 2),
        ("Standard_DS1_v2", "standardDSv2Family", 1),
        ("Standard_DS4_v2", "standardDSv2Family", 8),
        ("Standard_D5_v2", "standardDv2Family", 16),
        ("Standard_DS12_v2", "standardDSv2Family", 4),
        ("Standard_DS13-4_v2", "standardDSv2Family", 8),
        ("Standard_E4-2ds_v5", "standardEDSv5Family", 4),  # a constrained size takes its whole quota
        ("Standard_E112ias_v5", "standardEIASv5Family", 112),
        ("Standard_NC6s_v3", "standardNCSv3Family", 6),
        ("Standard_NV12s_v3", "standardNVSv3Family", 12),
        ("Standard_ND40rs_v2", "standardNDSv2Family", 40),
        ("Standard_GS5", "standardGSFamily", 32),
        ("Standard_NC128ds_xl_RTXPRO6000BSE_v6", "StandardNCdsRTXPRO6000BSEv6XLFamily", 128),
    ],
)
def test_sizes_beside_the_table(name: str, family: str, vcpus: int) -> None:
    assert vm_quota(name) == VmQuota(family, vcpus)


@pytest.mark.parametrize(
    "name", ["", "Standard_", "Standard_D4s_v99", "Standard_DS6_v2", "Standard_M208ms_v2", "Basic_A1", "D4s_v5"]
)
def test_where_in_doubt_nothing_is_said(name: str) -> None:
    assert vm_quota(name) is None
