"""LGC-001: a workflow is started by a clock or from inside, and calls others as an identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import LOGIC_WORKFLOW
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

_TRIGGERS: Final = "definition.triggers"
_ACTIONS: Final = "definition.actions"
_CALLERS: Final = "accessControl.triggers.allowedCallerIpAddresses"
# Triggers that are an address which anybody calls who has it.
_CALLED: Final = frozenset({"request", "httpwebhook", "apiconnectionwebhook"})
_WHO: Final = "inputs.authentication.type"


def check(workflow: View, _context: Context) -> Judged:
    """Who starts it, and as whom it works."""
    for trigger in workflow.each(_TRIGGERS):
        yield from guarded(_started(workflow, trigger))
    for action in _every(workflow.each(_ACTIONS)):
        yield from guarded(_call(action))


def _started(workflow: View, trigger: View) -> Judged:
    if trigger.word("type") not in _CALLED:
        return
    yield from workflow.must_be_set(_CALLERS, "else whoever has the address starts it")
    yield from judged_each(workflow.each(_CALLERS), _caller)


def _caller(caller: View) -> Judged:
    if is_everyone(caller.text("addressRange", absent="")):
        yield Fault(joined(caller.path, "addressRange"), "lets everybody in who has the address")


def _every(actions: Iterable[View], depth: int = 8) -> Iterator[View]:
    """Actions, and those within them: in scopes, loops, and the branches of conditions. Azure nests 8 at most."""
    for action in actions:
        yield action
        if depth > 0:
            branches = [action, action.below("else"), action.below("default"), *action.each("cases")]
            for branch in branches:
                yield from _every(branch.each("actions"), depth - 1)


def _call(action: View) -> Judged:
    # Nothing is declared for actions within actions, so that each question says what absence means.
    if action.word("type", absent="") != "http":
        return
    if action.word(_WHO, absent="") != "managedserviceidentity":
        yield Fault(joined(action.path, _WHO), "must be ManagedServiceIdentity: all others keep a secret")
    if not action.word("inputs.uri", absent="").startswith("https://"):
        yield Fault(joined(action.path, "inputs.uri"), "must begin with https://")


def _workflow(who: str = "ManagedServiceIdentity", uri: str = "https://a.example", **changes: Any) -> dict[str, Any]:
    first = {"type": "Compose"}
    call = {"type": "Http", "inputs": {"uri": uri, "authentication": {"type": who}}}
    started = {"clock": {"type": "Recurrence"}}
    return {"definition": {"triggers": started, "actions": {"first": first, "call": call}}, **changes}


def _called(*addresses: str) -> dict[str, Any]:
    allowed = [{"addressRange": one} for one in addresses]
    return {
        "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": {}},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": allowed}},
    }


def _nested(branch: str) -> dict[str, Any]:
    within = {"actions": _workflow("Raw")["definition"]["actions"]}
    return {"definition": {"actions": {"choice": {"type": "If", branch: within}}}}


_API: Final = "Workflow, Microsoft.Logic 2019-05-01"

RULE = Rule(
    id="LGC-001",
    title="A workflow is started by a clock or from named addresses, and calls others as an identity",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(LOGIC_WORKFLOW,),
    controls=("itsg33/IA-5(7)", "itsg33/AC-3", "mcsb/IM-3", "mcsb/NS-2", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"psrule": ("Azure.LogicApp.LimitHTTPTrigger",)},
    why="The address of a trigger is a password that stands in mails and logs; who has it starts the workflow.",
    fix="Start it by Recurrence, or name allowedCallerIpAddresses; authenticate by ManagedServiceIdentity over https.",
    link="https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app",
    properties=(
        Property(f"{_TRIGGERS}[*].type", ABSENT, Verdict.PASS, f"{_API}: required"),
        Property(_CALLERS, ABSENT, Verdict.FAIL, f"{_API}: everybody"),
        Property(f"{_ACTIONS}[*].type", ABSENT, Verdict.PASS, f"{_API}: required"),
        Property(f"{_ACTIONS}[*].{_WHO}", ABSENT, Verdict.FAIL, f"{_API}: nobody"),
        Property(f"{_ACTIONS}[*].inputs.uri", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(Example(_workflow()), Example(_called("10.42.0.0/16"), environment="dev")),
    bad=(
        Example(_called()),
        Example(_workflow("Basic")),
        Example(_workflow("Raw"), environment="dev"),
        Example(_workflow(uri="http://a.example")),
        Example(_called("10.42.0.0/16", "0.0.0.0-255.255.255.255")),
        Example(
            {
                "definition": {
                    "actions": {"all": {"type": "Foreach", "actions": _workflow("Raw")["definition"]["actions"]}}
                }
            }
        ),
        Example(_nested("else")),
        Example(_nested("default")),
    ),
    breaks=(
        Break(f"{_TRIGGERS}[*].type", "Request", where=lambda workflow: "accessControl" not in workflow),
        Break(_CALLERS, [], where=lambda workflow: "accessControl" in workflow),
        Break(f"{_ACTIONS}[*]", {"type": "http", "inputs": {"uri": "https://a.example"}}),
        Break(
            f"{_ACTIONS}[call].inputs.uri", "http://a.example", where=lambda workflow: "accessControl" not in workflow
        ),
    ),
)
