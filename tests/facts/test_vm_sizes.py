"""VM sizes: every row is sound, and unknown stays unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from facts.regions import regions
from facts.vm_sizes import gpu_sizes_in, size_meant, vm_size, vm_sizes


def test_every_row_has_a_source_and_a_date_that_is_past() -> None:
    for size in vm_sizes().values():
        assert size.source, size.name
        assert date(2020, 1, 1) < size.source_date <= date(2026, 11, 24), size.name


def test_every_row_is_sound() -> None:
    for size in vm_sizes().values():
        assert size.name.startswith("Standard_")
        assert size.vcpus > 0
        assert size.memory_gib > 0
        assert size.has_gpu is (size.gpu_vendor != "none") is (size.gpu_model != "none"), size.name
        assert size.regions <= set(regions()), size.name
        assert not (size.mig_capable and size.gpu_vendor != "nvidia"), size.name


def test_a_size_is_found_in_any_case() -> None:
    assert vm_size("standard_nc4as_t4_v3") is vm_sizes()["Standard_NC4as_T4_v3"]


def test_an_unknown_size_names_the_nearest() -> None:
    with pytest.raises(LookupError, match="nearest is 'Standard_NC4as_T4_v3'"):
        vm_size("Standard_NC4as_T4_v33")


@pytest.mark.parametrize(
    ("name", "vcpus", "model", "count", "mig"),
    [
        ("Standard_D4ds_v5", 4, "none", Fraction(0), False),
        ("Standard_NC4as_T4_v3", 4, "T4", Fraction(1), False),
        ("Standard_NV6ads_A10_v5", 6, "A10", Fraction(1, 6), False),
        ("Standard_NC24ads_A100_v4", 24, "A100 80GB PCIe", Fraction(1), True),
        ("Standard_NC80adis_H100_v5", 80, "H100 NVL 94GB", Fraction(2), True),
    ],
)
def test_the_sizes_that_the_platform_uses(name: str, vcpus: int, model: str, count: Fraction, mig: bool) -> None:
    size = vm_size(name)
    assert (size.vcpus, size.gpu_model, size.gpu_count, size.mig_capable) == (vcpus, model, count, mig)


def test_unknown_is_neither_no_nor_zero() -> None:
    gb300 = vm_size("Standard_ND128isr_GB300_v6")
    assert gb300.mig_capable is None
    assert gb300.nvme_disk_gib is None
    assert vm_size("Standard_D4s_v5").temp_disk_gib == 0


@pytest.mark.parametrize("name", ["Standard_D4_s_v5", "standard-d4s-v5", "D4s_v5"])
def test_a_name_with_other_signs_means_a_size(name: str) -> None:
    assert size_meant(name) == "Standard_D4s_v5"


@pytest.mark.parametrize("name", ["STANDARD_D4S_V5", "Standard_D4s_v99"])
def test_a_size_and_a_name_like_none_mean_no_other(name: str) -> None:
    assert size_meant(name) is None


def test_canada_east_has_no_small_gpu() -> None:
    assert {size.series for size in gpu_sizes_in("canadaeast")} == {"NDm_A100_v4", "ND-GB200-v6"}


def test_canada_central_has_the_gpus_of_the_stacks_and_no_h200() -> None:
    models = {size.gpu_model for size in gpu_sizes_in("canadacentral")}
    assert {"T4", "A100 80GB PCIe", "H100 NVL 94GB"} <= models
    assert "H200 141GB SXM" not in models
