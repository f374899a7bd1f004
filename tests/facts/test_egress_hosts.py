from __future__ import annotations

import re

from facts.egress_hosts import host_groups
from facts.subnets import SUBNETS


def test_every_group_says_who_needs_it_and_where_it_is_from() -> None:
    for group in host_groups():
        assert group.source
        assert group.why.endswith(".")
        assert set(group.subnets) <= {key for key, traits in SUBNETS.items() if traits.egress}


def test_every_host_is_a_name_once_the_region_is_filled_in() -> None:
    for group in host_groups():
        for host in group.hosts_in("canadaeast"):
            assert re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", host), host


def test_no_host_opens_storage_of_other_tenants() -> None:
    hosts = {host for group in host_groups() for host in group.hosts}
    assert not [host for host in hosts if host.startswith("*.") and host.endswith("core.windows.net")]
