"""The edge: its subnet, its capacity, its host names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stacks.checks.addresses import needs_subnet
from stacks.problems import Problem
from stacks.settings import Settings


def the_edge_has_its_subnet(settings: Settings) -> Iterator[Problem]:
    """An application gateway stands in a subnet of its own."""
    if settings.edge is not None:
        follows = "The gateway would have no address."
        yield from needs_subnet(settings, "application_gateway", ("edge",), follows=follows)


def units_are_in_order(settings: Settings) -> Iterator[Problem]:
    """Fewest units before most."""
    wanted = settings.edge
    if wanted is not None and wanted.min_units > wanted.max_units:
        yield Problem(
            path=("edge", "max_units"),
            what=f"At least {wanted.min_units} units and at most {wanted.max_units}.",
            follows="Azure refuses the gateway.",
            fix=f"Write `max_units: {wanted.min_units}`, or more.",
        )


def hosts_are_used_once(settings: Settings) -> Iterator[Problem]:
    """A host name leads to one site."""
    sites = {} if settings.edge is None else settings.edge.sites
    count = Counter(site.host for site in sites.values())
    for name, site in sites.items():
        if site.host.startswith("*"):
            what, fix = f"{site.host} is a pattern: backends are told which host was asked for.", "Write one host name."
        elif count[site.host] > 1:
            what, fix = f"{site.host} is the host of {count[site.host]} sites.", "Give each site a host of its own."
        else:
            continue
        yield Problem(
            path=("edge", "sites", name, "host"),
            what=what,
            follows="Azure refuses the gateway, or callers reach the wrong site.",
            fix=fix,
        )


def callers_come_from_outside(settings: Settings) -> Iterator[Problem]:
    """What runs in the spoke calls its services directly."""
    ranges, space = () if settings.edge is None else settings.edge.caller_ranges, settings.network.address_space
    for index, each in enumerate(ranges):
        if each.overlaps(space):
            yield Problem(
                path=("edge", "caller_ranges", index),
                what=f"The callers' range {each} overlaps the spoke {space}.",
                follows="The rule changes nothing: the groups of the spoke's subnets let nothing out to the gateway.",
                fix="Write ranges outside the spoke; services inside call each other by their private endpoints.",
            )


def backends_are_one_host(settings: Settings) -> Iterator[Problem]:
    """A backend is one name, which the gateway resolves."""
    for name, site in ({} if settings.edge is None else settings.edge.sites).items():
        if site.backend.startswith("*"):
            yield Problem(
                path=("edge", "sites", name, "backend"),
                what=f"{site.backend} is a pattern, and no host has that name.",
                follows="Azure refuses the gateway.",
                fix="Write the host name of what answers, such as <app>.azurewebsites.net.",
            )


CHECKS = (
    the_edge_has_its_subnet,
    units_are_in_order,
    hosts_are_used_once,
    callers_come_from_outside,
    backends_are_one_host,
)
