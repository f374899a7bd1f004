"""What each information classification demands of an environment: keys, network, logs, places.

Owns the table, and nothing else: `stacks.checks.classification` refuses settings that fall below it, and every part of
the platform asks `settings.demands` instead of the classification's name. A setting that is derived from the table and
left out follows it.

Where the demands come from: Alberta's four levels (Data and Information Security Classification Standard, 2021) name
no technical measure. The measures are those of the Protected B (PBMM) profile of ITSG-33, by control; a number, or a
line between two levels, that no source fixes is marked "our choice".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from stacks.types import Classification


def _demand(title: str, source: str) -> Any:
    # dataclasses.field answers whatever type the attribute has.
    return field(metadata={"title": title, "source": source})


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What a classification demands. true: it must be so; false: a stack may do it anyway."""

    customer_keys: bool = _demand(
        "Data is encrypted with keys of our own (customer-managed)", "ITSG-33 SC-12, SC-28(1); from B: our choice"
    )
    hsm_keys: bool = _demand("Keys are kept in an HSM (a premium vault)", "ITSG-33 SC-13; from B: our choice")
    etcd_key: bool = _demand("AKS encrypts etcd with such a key (KMS)", "ITSG-33 SC-28(1); from B: our choice")
    infrastructure_encryption: bool = _demand(
        "Storage is encrypted a second time below the service", "ITSG-33 SC-28(1); from B: our choice"
    )
    fips_nodes: bool = _demand(
        "AKS nodes run FIPS-validated cryptography, where the image has it", "ITSG-33 SC-13; from B: our choice"
    )
    private_access: bool = _demand(
        "Services are reached through private endpoints only", "ITSG-33 SC-7, AC-17; for every level: our choice"
    )
    filtered_egress: bool = _demand("A firewall filters what leaves the network", "ITSG-33 SC-7(5); from B: our choice")
    region_bound_models: bool = _demand(
        "Models answer in Canada: no Global or DataZone deployment", "GC guardrail 5; from A: our choice"
    )
    high_business_impact: bool = _demand(
        "Azure ML sends Microsoft less diagnostic data (HBI)", "ITSG-33 SC-28, SI-12; from B: our choice"
    )
    databricks_compliance_profile: bool = _demand(
        "Databricks runs the compliance security profile CANADA_PROTECTED_B", "Azure Databricks; made for B"
    )
    own_pools: bool = _demand(
        "Work of this level runs on nodes that no lower level shares", "Statistics Canada AAW; from B: our choice"
    )
    prompt_logging: bool = _demand("What people ask a model may be logged", "ITSG-33 AC-6, AU-9; until A: our choice")
    complete_logs: bool = _demand("No daily cap may drop logs", "ITSG-33 AU-5, AU-11; from B: our choice")
    log_retention_days: int = _demand(
        "Fewest days that logs can be searched", "ITSG-33 AU-11; 90 and 365: MCSB LT-6 practice, our choice"
    )
    audit_retention_days: int = _demand("Fewest days that audit logs are kept", "ITSG-33 AU-11; the days: our choice")
    immutable_audit: bool = _demand("A copy of the audit logs can't be changed", "ITSG-33 AU-9; from B: our choice")
    eligible_administrators: bool = _demand(
        "Administrators hold no standing role: they activate it for hours (PIM)", "ITSG-33 AC-2, AC-6(5); our choice"
    )


# Each level demands what the one below it does, and more.
_PUBLIC = Demands(
    customer_keys=False,
    hsm_keys=False,
    etcd_key=False,
    infrastructure_encryption=False,
    fips_nodes=False,
    private_access=True,
    filtered_egress=False,
    region_bound_models=False,
    high_business_impact=False,
    databricks_compliance_profile=False,
    own_pools=False,
    prompt_logging=True,
    complete_logs=False,
    log_retention_days=30,
    audit_retention_days=90,
    immutable_audit=False,
    eligible_administrators=False,
)
_PROTECTED_A = replace(
    _PUBLIC,
    region_bound_models=True,
    log_retention_days=90,
    audit_retention_days=365,
)
_PROTECTED_B = replace(
    _PROTECTED_A,
    customer_keys=True,
    hsm_keys=True,
    etcd_key=True,
    infrastructure_encryption=True,
    fips_nodes=True,
    filtered_egress=True,
    high_business_impact=True,
    databricks_compliance_profile=True,
    own_pools=True,
    prompt_logging=False,
    complete_logs=True,
    log_retention_days=365,
    audit_retention_days=730,
    immutable_audit=True,
    eligible_administrators=True,
)
_PROTECTED_C = replace(
    _PROTECTED_B,
    log_retention_days=730,  # the most that Log Analytics can search
    audit_retention_days=2556,  # seven years; the most that it keeps is 4,383 days
)

DEMANDS: Mapping[Classification, Demands] = MappingProxyType(
    {
        Classification.PUBLIC: _PUBLIC,
        Classification.PROTECTED_A: _PROTECTED_A,
        Classification.PROTECTED_B: _PROTECTED_B,
        Classification.PROTECTED_C: _PROTECTED_C,
    }
)
"""What each classification demands."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a demand, and its value for each classification in the order of `Classification`."""

    name: str
    title: str
    source: str
    values: tuple[bool | int, ...]


def rows() -> Iterator[Row]:
    """The table, demand by demand."""
    for each in fields(Demands):
        values = tuple(getattr(DEMANDS[level], each.name) for level in Classification)
        yield Row(each.name, each.metadata["title"], each.metadata["source"], values)


def chosen(wanted: bool | None, demanded: bool) -> bool:
    """A derived setting: what the stack wrote, and where it wrote nothing what its classification demands."""
    return demanded if wanted is None else wanted
