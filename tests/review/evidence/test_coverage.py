"""Coverage: types with and without rules, controls that no rule serves, rules that read nothing."""

from __future__ import annotations

from policies.resource import Resource
from policies.rule import ANY
from review.evidence.coverage import as_json, coverage_of
from tests.review.evidence.made import BARE, RESOURCES, RULES, VAULT, evidence, report, rule


def test_types_with_and_without_rules_are_listed_and_components_are_not() -> None:
    component = Resource(type="platform:data:Lake", name="lake")
    everywhere = rule("ANY-001", ANY, "fw/A-10")
    given = report(*RESOURCES, component, rules=(*RULES, everywhere))
    found = coverage_of(given.settled.judgement, given.rules)
    assert {one.type: (one.resources, one.rules) for one in found.types} == {
        BARE: (1, ()),
        VAULT: (3, ("VLT-001",)),
        "azure-native:storage:StorageAccount": (1, ("STO-001",)),
    }
    assert [one.type for one in found.unread] == [BARE]
    assert found.everywhere == ("ANY-001",)


def test_a_type_that_was_left_out_says_why() -> None:
    group = Resource(type="azure-native:eventhub:ConsumerGroup", name="group")
    given = report(*RESOURCES, group)
    document = as_json(coverage_of(given.settled.judgement, given.rules), evidence(*RESOURCES, group))
    whys = {one["type"]: one["why"] for one in document["types"]}
    assert whys[group.type].startswith("A name under which")
    assert whys[BARE] is None


def test_the_document_says_what_nothing_reaches() -> None:
    given = report(*RESOURCES)
    document = as_json(coverage_of(given.settled.judgement, given.rules), evidence(*RESOURCES))
    assert document["types_without_rules"] == [BARE]
    assert document["controls_not_assessed"] == ["fw/B-1"]
    assert document["controls_without_rules"] == [
        {"control": "law/60", "confirmed": False, "why": "Nothing in a stack shows what people were told."}
    ]
    assert document["rules_that_read_nothing"] == [{"rule": "NON-001", "disabled": None}]
