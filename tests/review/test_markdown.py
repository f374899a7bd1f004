"""Markdown of names and messages: hostile ones show as they are, in the cell where they belong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Place, Resource, Stack
from policies.waivers import Waiver, settle
from review.markdown import escaped
from review.policy import PolicyError, Subject, report_of, run
from review.policy_markdown import markdown
from review.policy_report import Origin, PolicyReport
from review.policy_table import not_passed, said_of

RENDERER = MarkdownIt("commonmark").enable("table")
NO_WIDTH = "\N{ZERO WIDTH SPACE}"
HOSTILE = [
    "a|b|c",
    "**bold** _it_ ~~gone~~ `code`",
    "</td></table><script>alert(1)</script><img src=x onerror=y>",
    "[text](https://example.org) ![image](https://example.org/p.png) <https://example.org>",
    "https://example.org www.example.org a@example.org",
    "@everyone and @gov-example/security, see #12",
    "line\n\n# heading\r\n- item\n```\nfence",
    "&lt;b&gt; &#42;",
    "\\| \\* trailing \\",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\x1b[31m\x00\u200b",
    "[^1] :smile: $x^2$ ${{ secrets.TOKEN }} %0A::error::",
]


def cell(text: str) -> list[str]:
    """The texts in the one cell of a table that holds `text`."""
    tokens = RENDERER.parse(f"| a |\n|---|\n| {text} |\n\nafter\n")
    inline = [token for token in tokens if token.type == "inline"]
    assert [token.content for token in (inline[0], inline[-1])] == ["a", "after"]
    assert len(inline) == 3, "more or fewer than one cell"
    children = inline[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}, "markup"
    return [child.content for child in children]


def without_marks(text: str) -> str:
    return text.replace(NO_WIDTH, "").replace("\N{REPLACEMENT CHARACTER}", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    shown = "".join(cell(escaped(text)))
    assert not re.search(r"@\w|#\d", shown)
    assert not re.search(r"://|www\.", escaped(text))


@given(st.text(max_size=200))
def test_any_text_shows_as_it_is_on_one_line(text: str) -> None:
    plain = "".join(one for one in " ".join(text.split()) if one.isprintable() or one == " ")
    shown = "".join(cell(escaped(text))) if escaped(text).strip() else ""
    assert "".join(without_marks(shown).split()) == "".join(without_marks(plain).split())


def test_a_mention_and_an_issue_are_parted_by_a_sign_without_width() -> None:
    assert "".join(cell(escaped("@team #7"))) == f"@{NO_WIDTH}team #{NO_WIDTH}7"


def test_what_turns_or_hides_text_is_seen() -> None:
    assert escaped("a\u202eb") == "a\N{REPLACEMENT CHARACTER}b"


def test_long_texts_are_cut() -> None:
    assert escaped("x" * 1_000_000) == "x" * 299 + "&#8230;"


CLUSTER = "azure-native:containerservice:ManagedCluster"


def report(*resources: Resource, waivers: tuple[Waiver, ...] = (), environment: str = "prod") -> PolicyReport:
    judged = judge(Stack("prod", resources), profile(environment, "Protected B"), rules())
    settled = settle(judged, waivers, rules(), date(2026, 11, 25))
    return PolicyReport(settled, rules(), Origin("a test", date(2026, 11, 25), "0123456789ab", "0.2"))


def cluster(name: str, **properties: object) -> Resource:
    urn = f"urn:pulumi:prod::platform::{CLUSTER}::{name}"
    return Resource(type=CLUSTER, name=name, urn=urn, properties=properties, place=Place("a|b.py", 7))


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| |")]


def test_the_verdict_comes_first_and_every_row_has_every_cell() -> None:
    text = markdown(report(cluster("a|b\n@team", disableLocalAccounts=False)))
    assert text.splitlines()[0].startswith("## Policies: prod – ⛔")
    assert len(rows(text)) > 5
    assert {line.count("|") for line in rows(text)} == {7}
    (row,) = [line for line in rows(text) if "[AKS-004]" in line]
    assert "⛔ fail" in row
    assert "disableLocalAccounts&#58; is false" in row
    assert "a&#124;b &#64;&#8203;team<br>a&#124;b&#46;py&#58;7" in row


def test_failures_stand_before_what_is_unknown() -> None:
    found = [line.split("|")[1].strip() for line in rows(markdown(report(cluster("a", disableLocalAccounts=False))))]
    order = [["⛔ fail", "⚠️ advisory", "🔏 waived", "❔ unknown"].index(one) for one in found]
    assert order == sorted(order)


def test_a_stack_without_findings_has_no_table() -> None:
    text = markdown(report())
    assert text.splitlines()[0] == "## Policies: prod – ✅ nothing stops it"
    assert "|" not in text


def test_a_failure_that_is_waived_says_until_when() -> None:
    bad = cluster("a", disableLocalAccounts=False)
    waiver = Waiver(
        id="W-001", rule="AKS-004", urn=bad.urn, reason="Waits for the move to Entra ID groups.",
        compensating="The API server is private.", owner="a@gov.example", approver="b@gov.example", ticket="CHG-1",
        created=date(2026, 11, 1), expires=date(2026, 12, 31),
    )  # fmt: skip
    (row,) = [line for line in rows(markdown(report(bad, waivers=(waiver,)))) if "[AKS-004]" in line]
    assert "🔏 waived" in row
    assert "until 2026&#45;12&#45;31&#58; Waits for the move" in row


def test_a_waiver_that_is_wrong_is_said_even_where_nothing_fails() -> None:
    waiver = Waiver(
        id="W-002", rule="AKS-004", urn=cluster("gone").urn, reason="Waits for the move to Entra ID groups.",
        compensating="The API server is private.", owner="a@gov.example", approver="b@gov.example", ticket="CHG-1",
        created=date(2026, 11, 1), expires=date(2026, 12, 31),
    )  # fmt: skip
    text = markdown(report(waivers=(waiver,)))
    assert text.startswith("## Policies: prod – ⛔ stopped by 1 finding")
    assert "⛔ waiver W&#45;002: nothing that fails AKS&#45;004 matches" in text


@pytest.mark.parametrize("name", ["@" * 1000, "\N{LARGE RED CIRCLE}" * 1000, "a"])
def test_a_page_stays_below_githubs_limit_and_says_what_it_leaves_out(name: str) -> None:
    bad = [cluster(f"{index}{name}", disableLocalAccounts=False) for index in range(150)]
    made = report(*(replace(one, urn=f"{one.urn}{index}") for index, one in enumerate(bad)))
    text = markdown(made)
    assert len(text.encode()) < 2**20
    (left_out,) = re.findall(r"… and (\d+) findings more", text)
    assert len(rows(text)) + int(left_out) == len(not_passed(made))
    assert len(rows(text)) > 100


def test_a_row_with_many_faults_says_how_many_more_there_are() -> None:
    pools = [{"name": f"p{index}", "enableNodePublicIP": True} for index in range(12)]
    made = report(cluster("a", agentPoolProfiles=pools))
    many = [(finding.rule.id, len(said_of(finding))) for finding, _ in not_passed(made) if len(said_of(finding)) > 10]
    assert many
    for rule, count in many:
        (row,) = [line for line in rows(markdown(made)) if f"[{rule}]" in line]
        assert f"<br>… and {count - 10} more |" in row


def test_where_nothing_could_be_judged_the_summary_says_why(tmp_path: Path) -> None:
    template, summary = tmp_path / "main.json", tmp_path / "summary.md"
    template.write_text("{}")
    with pytest.raises(PolicyError):
        run(Subject(arm=template), "json", tmp_path / "report.json", summary)
    text = summary.read_text()
    assert text.startswith("## Policies: a file – ❌ nothing could be judged")
    assert "has no list of resources" in text


def test_the_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    manifest, summary = tmp_path / "pod.yaml", tmp_path / "summary.md"
    manifest.write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]}\n")
    summary.write_text("before\n")
    subject = Subject(manifest=manifest)
    assert run(subject, "json", tmp_path / "report.json", summary) is False
    expected = markdown(report_of(subject, Console(quiet=True), date(2026, 11, 25)))
    assert summary.read_text().splitlines()[:2] == ["before", expected.splitlines()[0]]
    assert rows(summary.read_text()) == rows(expected)
