"""What Azure refuses about the record sets of a DNS zone, private or public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.resources.network.addresses import address
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

# What a record set of a type holds.
_MEMBERS: Final = {
    "A": "aRecords", "AAAA": "aaaaRecords", "CAA": "caaRecords", "CNAME": "cnameRecord", "MX": "mxRecords",
    "NS": "nsRecords", "PTR": "ptrRecords", "SOA": "soaRecord", "SRV": "srvRecords", "TXT": "txtRecords",
}  # fmt: skip
_PRIVATE: Final = "azure-native:privatedns:PrivateRecordSet"
_MOST_RECORDS: Final = 20
_LONGEST_TTL: Final = 2_147_483_647
_LONGEST_TEXT: Final = 1024
_APEX: Final = "@"
_DOCS: Final = "azure-docs:dns/dns-zones-records.md (checked 2026-11-25; code not confirmed)"


def _kind(request: Request) -> str:
    return str(request.known("recordType", "")).upper()


def _records(request: Request) -> list[Mapping[str, Any]]:
    listed = request.at(_MEMBERS.get(_kind(request), ""))
    items = listed if isinstance(listed, list) else [listed]
    return [item for item in items if isinstance(item, Mapping)]


@rule("dns-no-delegation-in-private-zone", kind="static", reads=("recordType",), source=_DOCS)
def no_delegation(request: Request) -> Iterator[Fault]:
    """A private zone delegates nothing."""
    if request.token == _PRIVATE and _kind(request) in ("NS", "CAA"):
        yield Fault(
            f"a private zone has no {_kind(request)} records",
            "recordType",
            "make the child domain a private zone of its own",
        )


@rule("dns-record-of-type", kind="static", reads=("recordType",), source=_DOCS)
def records_of_type(request: Request) -> Iterator[Fault]:
    """A record set holds records of its own type, and some."""
    own = _MEMBERS.get(_kind(request))
    for member in _MEMBERS.values():
        if own is not None and member != own and request.at(member) not in (None, [], UNKNOWN):
            yield Fault(f"a record set of type {_kind(request)} has no {member}", member, f"use {own}")
    has_alias = request.at("targetResource") is not None
    if own is not None and request.at(own) in (None, []) and not has_alias and own != "soaRecord":
        yield Fault(f"the record set has no {own}", own, f"give {own}")


@rule(
    "dns-cname-alone", kind="cross-resource", code="Conflict", status=HTTPStatus.CONFLICT, quoted=True,
    source="rcl-letsencrypt-auto-ssl/Lets-Encrypt-Auto#26; kubernetes-sigs/external-dns#5358", reads=("recordType",),
)  # fmt: skip
def cname_alone(request: Request) -> Iterator[Fault]:
    """A name with a CNAME has nothing else."""
    zone = next(parents(request.id))
    for other in request.world.below(zone):
        kind = other.type.rsplit("/", 1)[-1].upper()
        same = other.key != key(request.id) and name_of(other.id).lower() == request.name.lower() and kind in _MEMBERS
        if same and _kind(request) == "CNAME":
            yield Fault(
                "The CNAME record could not be created because another record with the same name already exists in "
                "this zone.",
                "relativeRecordSetName",
                f"remove {other.id}, or use another name",
            )
        elif same and kind == "CNAME":
            yield Fault(
                "The record could not be created because a CNAME record with the same name already exists in this "
                "zone.",
                "relativeRecordSetName",
                f"remove {other.id}, or use another name",
            )


@rule("dns-cname-at-apex", kind="static", reads=("recordType",), source=_DOCS)
def no_cname_at_apex(request: Request) -> Iterator[Fault]:
    """The zone itself is no alias."""
    if _kind(request) == "CNAME" and request.name == _APEX:
        yield Fault("a CNAME can't stand at the zone apex (@)", "relativeRecordSetName", "use an A record at @")


@rule("dns-soa-at-apex", kind="static", reads=("recordType",), source=_DOCS)
def soa_at_apex(request: Request) -> Iterator[Fault]:
    """The SOA record belongs to the zone itself."""
    if _kind(request) == "SOA" and request.name != _APEX:
        yield Fault("a zone has one SOA record, at its apex (@)", "relativeRecordSetName", "write @")


@rule("dns-ttl", kind="static", reads=("ttl",), source=_DOCS)
def ttl(request: Request) -> Iterator[Fault]:
    """A record set lives for a second to sixty-eight years."""
    value = request.known("ttl")
    if isinstance(value, (int, float)) and not 1 <= value <= _LONGEST_TTL:
        yield Fault(f"ttl is {value} and must be 1 to {_LONGEST_TTL}", "ttl", "use 300 or 3600")


@rule(
    "dns-record-values", kind="static", reads=("recordType",),
    source="kubernetes-sigs/external-dns#4855 for names; azure-docs:dns/dns-zones-records.md (checked 2026-11-25)",
)  # fmt: skip
def values(request: Request) -> Iterator[Fault]:
    """Addresses are addresses of the type's family, names are names."""
    kind, member = _kind(request), _MEMBERS.get(_kind(request), "")
    for item in _records(request):
        text = item.get({"A": "ipv4Address", "AAAA": "ipv6Address", "CNAME": "cname"}.get(kind, ""))
        if not isinstance(text, str):
            continue
        found = address(text)
        if kind == "CNAME" and (found is not None or any(c in text for c in " \"'/:")):
            yield Fault(f"The domain name '{text}' is invalid.", member, "write a host name without scheme or quotes")
        if kind in ("A", "AAAA") and (found is None or found.version != (4 if kind == "A" else 6)):
            yield Fault(f"'{text}' is no address for a record of type {kind}", member, "write an address")


@rule("dns-record-count", kind="static", reads=("recordType",), source=_DOCS)
def not_too_many(request: Request) -> Iterator[Fault]:
    """A record set has at most twenty records, and a text 1,024 characters."""
    found = _records(request)
    if len(found) > _MOST_RECORDS:
        yield Fault(
            f"the record set has {len(found)} records and may have {_MOST_RECORDS}",
            _MEMBERS[_kind(request)],
            "use fewer records",
        )
    for item in found if _kind(request) == "TXT" else ():
        parts = item.get("value")
        length = sum(len(part) for part in parts if isinstance(part, str)) if isinstance(parts, list) else 0
        if length > _LONGEST_TEXT:
            yield Fault(f"a text has {length} characters and may have {_LONGEST_TEXT}", "txtRecords", "shorten it")


RULES: Final = (
    no_delegation, records_of_type, cname_alone, no_cname_at_apex, soa_at_apex, ttl, values, not_too_many,
)  # fmt: skip
