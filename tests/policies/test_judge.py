"""Judging: three verdicts, nothing left out, nothing that can be thrown out of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from policies.catalogue import rules
from policies.example import context_of
from policies.judge import judge, judge_one
from policies.profile import Level, profile
from policies.resource import Resource, Stack, unversioned
from policies.rule import Context, Example, Rule, Verdict
from policies.rules.aks.local_accounts import RULE as LOCAL_ACCOUNTS
from policies.rules.network.subnet_security_groups import RULE as SECURITY_GROUPS
from policies.types import CLUSTER, VIRTUAL_NETWORK
from policies.values import ABSENT, SECRET, UNKNOWN, is_list, places, with_value

PROD = profile("prod", "Protected B")


def judged(rule: Rule, resource: Resource) -> tuple[Verdict, ...]:
    return tuple(finding.verdict for finding in judge(Stack("prod", (resource,)), PROD, [rule]).findings)


def test_a_fault_weighs_more_than_a_doubt() -> None:
    subnets = [UNKNOWN, {"name": "b"}]
    network = Resource(type=VIRTUAL_NETWORK, name="v", properties={"subnets": list(reversed(subnets))})
    assert judged(SECURITY_GROUPS, network) == (Verdict.FAIL,)


def test_a_doubt_without_a_fault_is_no_pass() -> None:
    cluster = Resource(type=CLUSTER, name="c", properties={"disableLocalAccounts": UNKNOWN})
    assert judged(LOCAL_ACCOUNTS, cluster) == (Verdict.UNKNOWN,)


def test_a_type_without_rules_is_counted() -> None:
    things = tuple(Resource(type="azure-native:example:Thing", name=str(n)) for n in range(2))
    component = Resource(type="platform:network:Network", name="n")
    assert judge(Stack("prod", (*things, component)), PROD, [LOCAL_ACCOUNTS]).unread == {
        "azure-native:example:Thing": 2
    }


def test_what_another_provider_makes_is_counted_as_well() -> None:
    others = ("azure:storage/account:Account", "command:local:Command", "pulumi-python:dynamic:Resource")
    own = ("pulumi:pulumi:Stack", "pulumi:providers:azure-native", "pulumi:pulumi:StackReference")
    things = tuple(Resource(type=type_, name=type_) for type_ in (*others, *own))
    assert judge(Stack("prod", things), PROD, [LOCAL_ACCOUNTS]).unread == dict.fromkeys(sorted(others), 1)


@pytest.mark.parametrize(
    "token",
    [
        "azure-native:storage:BlobContainer",
        "azure-native:storage/v20230101:BlobContainer",
        "azure-native:storage/v20230101preview:BlobContainer",
    ],
)
def test_a_pinned_api_version_is_no_other_type(token: str) -> None:
    assert unversioned(token) == "azure-native:storage:BlobContainer"


@pytest.mark.parametrize(
    ("token", "found"),
    [
        (
            "kubernetes:source.toolkit.fluxcd.io/v1beta2:OCIRepository",
            "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository",
        ),
        ("kubernetes:kueue.x-k8s.io/v1beta1:ClusterQueue", "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue"),
        ("kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:Deployment"),
        ("kubernetes:example.org/v1alpha1:Deployment", "kubernetes:example.org/v1alpha1:Deployment"),
    ],
)
def test_an_older_version_of_an_object_is_no_other_type(token: str, found: str) -> None:
    assert unversioned(token) == found


def test_a_disabled_rule_says_nothing() -> None:
    assert profile("dev", "Protected A").level("NET-005", "medium") is Level.DISABLED
    network = Resource(type=VIRTUAL_NETWORK, name="v", properties={})
    found = judge(Stack("dev", (network,)), profile("dev", "Protected A"), rules()).findings
    assert "NET-005" not in {finding.rule.id for finding in found}


LOOP: list[Any] = []
LOOP.append(LOOP)
GARBAGE: tuple[Any, ...] = (
    None, UNKNOWN, SECRET, ABSENT, True, False, 0, -1, 1e308, float("nan"), "", "x" * 10_000, "\u0000\U0001f600", [],
    {}, [None], [[]], [{}], {"": None}, {"a": {"b": {"c": []}}}, [UNKNOWN], {"id": UNKNOWN}, b"bytes", object(), (1, 2),
    LOOP,
)  # fmt: skip
TREES_PER_RULE = 90


def hostile(rule: Rule, chance: random.Random) -> Context:
    """An example of a rule with some of what it reads, or something above that, replaced by garbage."""
    example: Example = chance.choice(rule.good + rule.bad)
    context = context_of(rule, example)
    tree: Any = example.properties
    paths = (
        [place for each in rule.properties for place in places(tree, each.path)] or [(key,) for key in tree] or [("a",)]
    )
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(paths)
        tree = with_value(tree, path[: chance.randint(1, len(path))], chance.choice(GARBAGE))
        paths = [path for path in paths if chance.random() < 0.9] or [("a",)]
    own = Resource(**{**vars(context.resource), "properties": tree, "id": context.resource.id or "/a"})
    refers_to_itself = replace(own, dependencies={key: (own.urn,) for key in tree if isinstance(key, str)})
    others = tuple(
        replace(one, properties=dict.fromkeys(one.properties, chance.choice(GARBAGE))) for one in example.others
    )
    return Context(refers_to_itself, Stack("prod", (refers_to_itself, *others)), context.profile)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_nothing_in_a_resource_can_throw(rule: Rule) -> None:
    chance = random.Random(rule.id)  # noqa: S311 - the same trees each time
    for _ in range(TREES_PER_RULE):
        context = hostile(rule, chance)
        found = judge_one(rule, context, Level.MANDATORY)
        for doubt in found.doubts if found is not None else ():
            assert doubt.reason


def every_place(tree: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place of a tree, whether or not a rule declares that it reads it."""
    if isinstance(tree, Mapping):
        steps = {key if re.fullmatch(r"[\w-]+", key) else f"[{key}]": item for key, item in tree.items()}
    elif is_list(tree):
        steps = {f"[{index}]": item for index, item in enumerate(tree)}
    else:
        return
    for step, item in steps.items():
        yield (*above, step)
        yield from every_place(item, (*above, step))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_declares_whatever_it_misses(rule: Rule) -> None:
    for example in rule.good + rule.bad:
        context = context_of(rule, example)
        for place in ((), *every_place(example.properties)):
            replacements: tuple[Any, ...] = (ABSENT, {}) if place else ({},)
            for value in replacements:
                own = replace(context.resource, properties=with_value(example.properties, place, value))
                # Raises UndeclaredPropertyError where it reads something for which it gives no default.
                judge_one(rule, Context(own, context.stack, context.profile), Level.MANDATORY)
