from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from rehearsal.events import Complaint, Outcome, Step
from rehearsal.report import Phase, Report, by_component, declared_in, problems_of, relative, render


def component(urn: str, parent: str) -> Step:
    return Step(urn, "platform:x:Y", "create", parent, custom=False)


def resource(urn: str, parent: str) -> Step:
    return Step(urn, "azure-native:x:Y", "create", parent, custom=True)


def report(*, succeeded: bool = True, problems: tuple[str, ...] = ()) -> Report:
    phases = (
        Phase("up", 3.21, {"create": 3}, succeeded, problems),
        Phase("up, again", 2.0, {"same": 3}, succeeded=True),
    )
    return Report(
        "dev", "pulumi 3.274.1 (source)", ".rehearsal/dev", phases, {"net": 2, "vault": 1}, ("/subscriptions/x",)
    )


def printed(found: Report) -> str:
    console = Console(file=io.StringIO(), width=120)
    render(found, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_resource_counts_for_the_component_below_the_platform() -> None:
    steps = [
        component("s::platform", "stack"),
        component("s::net", "s::platform"),
        component("s::endpoint", "s::net"),
        resource("s::vnet", "s::net"),
        resource("s::nic", "s::endpoint"),
    ]
    assert by_component(steps) == {"net": 2}


def test_a_resource_of_the_platform_itself_counts_for_the_platform() -> None:
    assert by_component([component("s::platform", "stack"), resource("s::r", "s::platform")]) == {"platform": 1}


def test_a_resource_without_a_component_is_counted_too() -> None:
    assert by_component([resource("s::r", "stack")]) == {"(no component)": 1}


def test_a_problem_names_its_resource_and_what_only_repeats_it_is_left_out() -> None:
    outcome = Outcome(complaints=[Complaint("a::vnet", "error", "refused"), Complaint("", "error", "update failed")])
    assert problems_of(outcome) == ("vnet: refused\n    urn: a::vnet",)


def test_an_update_that_only_says_that_it_failed_still_has_a_problem() -> None:
    assert problems_of(Outcome(complaints=[Complaint("", "error", "update failed")])) == ("update failed",)


def test_a_warning_is_no_problem() -> None:
    assert problems_of(Outcome(complaints=[Complaint("", "warning", "old")])) == ()


def test_one_failed_phase_fails_the_rehearsal() -> None:
    assert report().succeeded
    assert not report(succeeded=False).succeeded


def test_the_page_says_what_was_made_by_whom_in_what_time_and_where_the_state_is() -> None:
    page = printed(report())
    for expected in (
        "net",
        "vault",
        "3.2",
        "up, again",
        ".rehearsal/dev",
        "passed",
        "Taken on trust",
        "/subscriptions/x",
    ):
        assert expected in page


def test_the_page_of_a_refusal_shows_the_refusal() -> None:
    page = printed(report(succeeded=False, problems=("subnet: [bold]Status=400[/bold]",)))
    assert "[bold]Status=400[/bold]" in page, "markup in a message is text"
    assert "failed" in page


def test_the_json_holds_the_same_figures() -> None:
    data = json.loads(json.dumps(report().as_json()))
    assert data["succeeded"] is True
    assert data["phases"][0]["operations"] == {"create": 3}
    assert data["components"] == {"net": 2, "vault": 1}


def test_a_path_inside_is_shown_relative_and_one_outside_whole() -> None:
    assert relative(Path("/a/b/c"), Path("/a")) == "b/c"
    assert relative(Path("/x/y"), Path("/a")) == "/x/y"


def test_a_problem_says_on_which_line_its_resource_is_declared(tmp_path: Path) -> None:
    lines = tmp_path / "sources.jsonl"
    lines.write_text(
        '["azure-native:network:Subnet", "snet", "components/network.py", 12]\n["azure-native:net', "utf-8"
    )
    urn = "urn:pulumi:dev::p::mlops:network:Network$azure-native:network:Subnet::snet"
    outcome = Outcome(complaints=[Complaint(urn, "error", "refused")])
    assert problems_of(outcome, declared_in(lines)) == (
        f"snet: refused\n    declared: components/network.py:12\n    urn: {urn}",
    )
    assert declared_in(tmp_path / "nothing") == {}
