"""The pages of rules and controls hold what they must, and their links lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
import yaml

from docs import control_page, rule_index_page, rule_page
from docs import pages as generated
from docs.pages import ROOT, pages
from docs.profiles import profiles
from policies.catalogue import area_of, rule, rules
from policies.frameworks import control, controls
from policies.pages import FOLDER, address_of, explained_at, page_of
from policies.profile import Level
from policies.rule import Property, Rule
from policies.types import CLUSTER

RULES = pytest.mark.parametrize("one", rules(), ids=lambda one: one.id)
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def area_page(area: str) -> str:
    return rule_page.render(area)


def section(one: Rule) -> str:
    """What the page says of a rule."""
    found = re.split(r"^### ", area_page(area_of(one)), flags=re.MULTILINE)
    [own] = [part for part in found if part.startswith(f"{one.id}\n")]
    return own


def headings(text: str) -> set[str]:
    """The anchors that GitHub makes of the headings of a page."""
    return {line.lstrip("# ").strip().lower().replace(" ", "-") for line in text.splitlines() if line.startswith("#")}


def test_every_area_has_a_page_and_no_page_is_left_over() -> None:
    wanted = {f"{area}.md" for area in rule_page.areas()}
    assert {path.name for path in pages() if path.parent == ROOT / FOLDER} == wanted
    assert {path.name for path in (ROOT / FOLDER).glob("*")} <= wanted


@RULES
def test_the_page_of_a_rule_has_its_heading(one: Rule) -> None:
    path, _, anchor = page_of(one).partition("#")
    assert PurePosixPath(path) == PurePosixPath(FOLDER) / f"{area_of(one)}.md"
    assert anchor in headings(area_page(area_of(one)))


@RULES
def test_a_rule_says_what_a_reader_asks(one: Rule) -> None:
    text = section(one)
    for wanted in (one.title, one.why, one.fix, one.link, f"Severity: {one.severity}.", f"Category: {one.category}."):
        assert wanted in text
    for ids in one.equivalents.values():
        assert all(f"`{each}`" in text for each in ids)
    for ref in one.controls:
        assert control(ref).cited in text
    for name in one.parameters:
        assert f"`{name}`" in text


@RULES
def test_examples_are_yaml(one: Rule) -> None:
    blocks = BLOCK.findall(section(one))
    assert len(blocks) == 2
    for block in blocks:
        assert all(document is None or isinstance(document, dict) for document in yaml.safe_load_all(block))
    good, bad = blocks
    assert good != bad
    assert re.search(r"^> \S", section(one), re.MULTILINE), "what the rule finds in the bad one"


@RULES
def test_levels_are_those_of_the_profiles(one: Rule) -> None:
    for name, own in profiles().items():
        level = own.level(one.id, one.severity)
        assert re.search(rf"{level} in [a-z, ]*\b{name}\b", section(one))
        assert own.overrides.get(one.id) is None or own.overrides[one.id].why in section(one)


def test_what_azure_takes_for_an_absent_property_stands_with_its_source() -> None:
    text = section(rule("AKS-004"))
    [wanted] = rule("AKS-004").properties
    assert isinstance(wanted, Property)
    assert f"| `disableLocalAccounts` | `false` | fail | {wanted.source} |" in text


def test_parameters_stand_with_the_value_of_each_environment() -> None:
    assert list(profiles()) == ["dev", "test", "prod", "dr"]
    values = " | ".join(str(own.parameters.gpu_pool_nodes) for own in profiles().values())
    assert f"Most nodes that a pool with GPUs may grow to. | {values} |" in section(rule("GPU-002"))


def links(text: str, folder: str) -> Iterator[tuple[str, str]]:
    """The links of a page within the repository: file and anchor."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            file, _, anchor = target.partition("#")
            yield (str((ROOT / folder / file).resolve().relative_to(ROOT)) if file else "", anchor)


@pytest.mark.parametrize("page", [rule_index_page, control_page], ids=["rules", "controls"])
def test_links_of_the_indexes_lead_to_headings(page: object) -> None:
    known = {path.relative_to(ROOT).as_posix() for path in pages()}
    found = set(links(page.render(), "docs/reference"))  # type: ignore[attr-defined]
    assert found
    assert [file for file, _ in found if file not in known] == []
    for file, anchor in found:
        if anchor:
            assert anchor in headings(area_page(PurePosixPath(file).stem))


def test_links_of_an_area_lead_to_pages_and_its_own_rules() -> None:
    known = {path.relative_to(ROOT).as_posix() for path in pages()}
    for area in rule_page.areas():
        for file, anchor in links(area_page(area), FOLDER):
            assert file in known if file else anchor in headings(area_page(area))


def test_the_index_names_every_rule_once_with_its_levels() -> None:
    rows = [line for line in rule_index_page.render().splitlines() if line.startswith("| [")]
    assert Counter(re.findall(r"^\| \[([A-Z0-9-]+)\]", "\n".join(rows), re.MULTILINE)) == {one.id: 1 for one in rules()}
    [row] = [line for line in rows if line.startswith("| [NET-005]")]
    assert row.endswith("| disabled | mandatory | mandatory | mandatory |")


def test_the_page_of_controls_names_every_control_once_with_its_rules() -> None:
    text = control_page.render()
    for each in controls().values():
        rows = [line for line in text.splitlines() if line.startswith(f"| {each.cited} |")]
        serving = {one.id for one in rules() if each.ref in one.controls}
        assert len(rows) == bool(serving)
        assert {found for row in rows for found in re.findall(r"\[([A-Z0-9]+-\d{3})\]", row)} == serving
        assert serving or f"- {each.cited}, {each.title}: {each.no_rule}" in text


def test_a_rule_that_stops_nothing_in_prod_is_marked() -> None:
    prod, text = profiles()["prod"], control_page.render()
    for one in rules():
        marked = f"*[{one.id}](" in text
        assert marked is (prod.level(one.id, one.severity) is not Level.MANDATORY)


def test_no_page_cites_a_doubtful_control_without_saying_so() -> None:
    texts = [control_page.render(), *(area_page(area) for area in rule_page.areas())]
    for text in texts:
        assert not re.search(r"(POPA s\. 10|HIA s\. 60)\b(?!\.1)(?! \(unconfirmed\))", text)
        assert "POPA s. 38" not in text


def test_an_address_is_that_of_the_repository_on_github() -> None:
    one = rule("AKS-004")
    where = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "gov/platform", "GITHUB_SHA": "a1b2"}
    assert address_of(one, where) == "https://github.com/gov/platform/blob/a1b2/docs/reference/rules/aks.md#aks-004"
    assert address_of(one, {"GITHUB_SERVER_URL": "https://github.com"}) is None
    assert address_of(one, {}) is None


def test_what_explains_a_rule_is_its_page_where_that_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    one = rule("AKS-004")
    for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)
    assert explained_at(one) == one.link
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_REPOSITORY", "gov/platform")
    assert explained_at(one) == f"https://github.com/gov/platform/blob/HEAD/{page_of(one)}"


def test_types_are_named_without_the_provider() -> None:
    assert rule_page.shown_type(CLUSTER) == "`containerservice:ManagedCluster`"
    assert rule_page.shown_type("pulumi:pulumi:Stack") == "the whole stack"
    assert rule_page.shown_type("*") == "every resource of Azure"


def test_the_page_of_an_area_that_is_gone_is_stale_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generated, "ROOT", tmp_path)
    monkeypatch.setattr(generated, "pages", lambda: {tmp_path / FOLDER / "aks.md": lambda: "rules"})
    left = tmp_path / FOLDER / "gone.md"
    left.parent.mkdir(parents=True)
    left.touch()
    assert generated.write() == [f"{FOLDER}/aks.md", f"{FOLDER}/gone.md"]
    assert generated.stale() == []
    assert not left.exists()
