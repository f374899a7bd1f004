"""The page: it needs nothing else, runs nothing, can be read without colours, and shows names as they are."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from policies.profile import Level
from review.evidence.model import MEANINGS, Status
from review.evidence.page import MARKS, page
from tests.review.evidence.made import HOSTILE, OFF, RESOURCES, judged_by, part, resource, waiver

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Every element with its attributes, and the text; fails where elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


CHECKOV = {
    "checkov": [
        {"check": "CKV_1", "title": HOSTILE, "verdict": "fail", "urn": HOSTILE, "place": HOSTILE,
         "ours": {"VLT-001": "pass"}, "standing": "unexplained", "why": ""},
        {"check": "CKV_2", "title": "t", "verdict": "pass", "urn": None, "place": "test.yml:1",
         "ours": {}, "standing": "pass without a rule of ours", "why": ""},
        {"check": "CKV_3", "title": "u", "verdict": "pass", "urn": "urn:u", "place": "a.py:1",
         "ours": {"STO-001": "fail"}, "standing": "disagreement explained", "why": "It looks at one item only."},
    ],
    "counts": {"unexplained": 1, "pass without a rule of ours": 1, "disagreement explained": 1},
    "left_out": [],
}  # fmt: skip
NOTHING: dict[str, Any] = {"checkov": [], "counts": {}, "left_out": []}


def made(*resources: Any, **options: Any) -> str:
    found = part(*resources, **options)
    return page(found.evidence, found.register, found.coverage, found.checkov)


@pytest.fixture(scope="module")
def full() -> Page:
    return Page(made(*RESOURCES, checkov=CHECKOV))


def test_it_says_what_was_judged_when_and_by_what(full: Page) -> None:
    for said in (
        "environment prod, classification Protected B", "2026-11-25 (UTC)", "0a1b2c3d4e5f", "platform 0.2.0",
        "preview: what an update would leave", "3 rules, 5 resources; 1 fail, 1 waived, 1 unknown, 1 pass",
    ):  # fmt: skip
        assert said in full.text.replace("\xa0", " ")


def test_control_rule_resource_verdict_and_waiver_stand_there(full: Page) -> None:
    text = full.text.replace("\xa0", " ")
    assert "A-10 Title of A-10 ✘ fail 1 fail STO-001 STO-001 holds: 1 fail" in text
    assert "let azure-native:keyvault:Vault ◐ waived open: is true; it must be false W-001 until 2027-01-20" in text
    assert "NON-001 holds: not assessed, it reads no resource of this stack" in text
    assert "W-001 used (1 failure)" in text
    assert "lead@example.org security@example.org SEC-1 2027-01-20 56" in text
    assert "azure-native:maps:Account 1 none" in text
    assert "components/vault.py:12" in text


def test_controls_that_nobody_confirmed_are_marked_and_others_are_not(full: Page) -> None:
    mark = "(unconfirmed: its number was not checked in the source)"
    assert f"10 Title of 10 {mark}" in full.text
    assert f"60 Title of 60 {mark} Nothing in a stack shows what people were told." in full.text
    assert full.text.count(mark) == 2
    assert "Controls: fw/A-10, law/10 (unconfirmed)" in full.text
    assert "B-1 Title of B-1 (not in the CCCS Medium profile)" in full.text


def test_it_loads_and_runs_nothing(full: Page) -> None:
    assert {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in full.elements} == set()
    names = {name for _, attributes in full.elements for name in attributes}
    assert {name for name in names if name.startswith("on") or name in {"src", "srcset", "style"}} == set()
    policy = full.of("meta")[1]["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "url(" not in made()
    assert "@import" not in made()


def test_links_lead_to_a_part_of_the_page_or_to_https(full: Page) -> None:
    ids = [found for _, attributes in full.elements if (found := attributes.get("id"))]
    assert len(ids) == len(set(ids))
    for link in full.of("a"):
        href = link["href"]
        assert href is not None
        assert href[1:] in ids if href.startswith("#") else href.startswith("https://")


def test_it_can_be_read_aloud_and_without_colours(full: Page) -> None:
    assert full.of("html") == [{"lang": "en"}]
    assert len(full.of("caption")) == len(full.of("table"))
    assert {one.get("scope") for one in full.of("th")} == {"col", "row"}
    assert [tag for tag, _ in full.elements if tag == "main"] == ["main"]
    assert set(MARKS) == set(MEANINGS) == set(Status)
    assert len(set(MARKS.values())) == len(Status)
    levels = [int(tag[1]) for tag, _ in full.elements if tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_hostile_name_is_shown_and_does_nothing() -> None:
    text = made(
        resource(HOSTILE, True),
        waivers=(waiver("let", reason=f"{HOSTILE[:-2]} is why", ticket=HOSTILE[:-2]),),
        name=HOSTILE,
        checkov=CHECKOV,
    )
    read = Page(text)
    assert "<script" not in text
    assert read.of("script") == []
    assert all(not name.startswith("on") for _, attributes in read.elements for name in attributes)
    assert "<script>alert(1)</script>" in read.text
    assert "[U+202E]gnp.exe" in read.text
    assert {"\u202e", "\x00", "\ud800"} & set(text) == set()


@pytest.mark.parametrize("checkov", [None, NOTHING])
def test_a_stack_without_rules_or_without_resources_was_not_assessed(checkov: Any) -> None:
    for options in ({"rules": ()}, {}):
        text = Page(made(checkov=checkov, waivers=(), **options)).text
        assert "nothing was assessed" in text
        assert "✔ pass" not in text.rpartition("Summary by framework")[2]
        assert "This stack has no waiver." in text
        assert ("Checkov beside our rules" in text) is (checkov is not None)


def test_what_all_passes_says_so() -> None:
    assert "Every rule passes on every resource that it reads." in Page(made(RESOURCES[0], waivers=())).text


def test_checkov_stands_beside_ours_where_it_fails_or_differs(full: Page) -> None:
    text = full.text.rpartition("Checkov beside our rules")[2].replace("\xa0", " ")
    assert "1 unexplained, 1 pass without a rule of ours, 1 disagreement explained" in text
    assert "✘ fail VLT-001 pass unexplained" in text
    assert "CKV_3 u urn:u ✔ pass STO-001 fail disagreement explained: It looks at one item only." in text
    assert "CKV_2" not in text


def test_rules_that_the_profile_switches_off_are_listed_with_the_reason() -> None:
    text = Page(made(*RESOURCES, by=judged_by(VLT_001=Level.DISABLED))).text
    assert f"Level here Why VLT-001 VLT-001 holds high disabled {OFF}" in text
    assert f"Switched off in this profile: {OFF}" in text
    assert "VLT-001 holds: not assessed, switched off in this profile" in text
    assert "Rules whose level this profile changes" not in Page(made(*RESOURCES)).text
