from __future__ import annotations

import pytest

from components.aks.os_disk import os_disk_type


@pytest.mark.parametrize(
    ("size", "gib", "expected"),
    [
        ("Standard_D4ds_v5", 128, "Ephemeral"),
        ("Standard_D4ds_v5", 2048, "Managed"),  # more than the temporary disk holds
        ("Standard_D4s_v5", 30, "Managed"),  # no local disk at all
    ],
)
def test_ephemeral_only_where_it_is_known_to_fit(size: str, gib: int, expected: str) -> None:
    assert os_disk_type(size, gib) == expected


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(LookupError, match="Standard_D4ds_v5"):
        os_disk_type("Standard_D4ds_v55", 128)
