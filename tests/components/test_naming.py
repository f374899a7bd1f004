from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import naming
from components.placement import Placement
from tests.components.examples import PLACEMENT

placements = st.builds(
    Placement,
    workload=st.from_regex(r"[a-z][a-z0-9]{1,7}", fullmatch=True),
    environment=st.sampled_from(["dev", "test", "prod"]),
    region=st.sampled_from(sorted(naming.REGION_CODES)),
    tags=st.just({}),
    protect_stateful=st.booleans(),
)

# What Azure accepts: mspnp/AzureNamingTool resourcetypes.json (2025-12-17).
VAULT = r"(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]"
GLOBAL: dict[Callable[[Placement], str], str] = {
    partial(naming.key_vault, purpose="secrets"): VAULT,
    partial(naming.key_vault, purpose="keys"): VAULT,
    naming.storage_account: r"[a-z0-9]{3,24}",
    naming.data_lake: r"[a-z0-9]{3,24}",
    naming.container_registry: r"[a-zA-Z0-9]{5,50}",
}
WITHIN_GROUP = {
    "aks": r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,61}[a-zA-Z0-9]",
    "mlw": r"[a-zA-Z0-9-]{3,33}",
    "log": r"[a-zA-Z0-9-]{4,63}",
    "id": r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}",
    "budget": r"[a-zA-Z0-9_-]{1,63}",
}


@given(placement=placements)
def test_names_fit_what_azure_accepts(placement: Placement) -> None:
    for name, pattern in GLOBAL.items():
        assert re.fullmatch(pattern, name(placement)), name(placement)
    for abbreviation, pattern in WITHIN_GROUP.items():
        assert re.fullmatch(pattern, naming.named(abbreviation, placement))
    assert len(naming.node_resource_group(placement)) <= 80


@given(a=placements, b=placements)
def test_two_environments_share_no_global_name(a: Placement, b: Placement) -> None:
    identity = [(p.workload, p.environment, p.region) for p in (a, b)]
    same = identity[0] == identity[1]
    assert all((name(a) == name(b)) is same for name in GLOBAL)


def test_a_published_name_never_changes() -> None:
    assert [name(PLACEMENT) for name in GLOBAL] == [
        "kv-mlops-dev-c05ca",
        "kv-mlops-dev-k-c05ca",
        "stmlopsdevcncc05ca",
        "dlsmlopsdevcncc05ca",
        "crmlopsdevcncc05ca",
    ]
    assert naming.named("nsg", PLACEMENT, "gpu_pool") == "nsg-mlops-dev-cnc-gpu-pool"


def test_a_published_role_assignment_never_changes() -> None:
    role = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
    first = naming.role_assignment("mlops-dev-cnc/registry", "kubelet", role)
    assert first == "2a1f6798-b42f-5588-be01-036fb25c108b"
    assert naming.role_assignment("mlops-test-cnc/registry", "kubelet", role) != first
    assert naming.role_assignment("mlops-dev-cnc/registry", "compute", role) != first


def test_tags_and_protection_are_no_part_of_a_name() -> None:
    other = replace(PLACEMENT, tags={"owner": "someone"}, protect_stateful=True)
    assert [name(other) for name in GLOBAL] == [name(PLACEMENT) for name in GLOBAL]


def test_a_region_without_a_code_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LookupError, match=r"westeurope.*canadacentral, canadaeast"):
        naming.stem(replace(PLACEMENT, region="westeurope"))


@pytest.mark.parametrize(("host", "rule"), [("pypi.org", "host-pypi-org"), ("*.anaconda.org", "host-any-anaconda-org")])
def test_an_outbound_rule_is_named_for_what_it_allows(host: str, rule: str) -> None:
    assert naming.outbound_rule("host", host) == rule
