"""APP-002: nobody publishes an app with a password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import having
from policies.types import WEB_APP, WEB_APP_FTP, WEB_APP_SCM, WEB_APP_SLOT, WEB_APP_SLOT_FTP, WEB_APP_SLOT_SCM
from policies.view import Fault, Judged, View

_WAYS: Final = {
    WEB_APP: {"FTP": WEB_APP_FTP, "the publishing site": WEB_APP_SCM},
    WEB_APP_SLOT: {"FTP": WEB_APP_SLOT_FTP, "the publishing site": WEB_APP_SLOT_SCM},
}


def check(app: View, context: Context) -> Judged:
    """FTP is off, and both ways in refuse the password of the publishing profile."""
    yield from app.must_be("siteConfig.ftpsState", "Disabled")
    for way, type_ in _WAYS[context.resource.type].items():
        policies = list(_policies(context.stack, context.resource, type_))
        if not any(policy.view().flag("allow", absent=True) is False for policy in policies):
            yield Fault("", f"takes a password at {way}: no resource {type_.rpartition(':')[2]} refuses it")


def _policies(stack: Stack, app: Resource, type_: str) -> Iterator[Resource]:
    """Those of the same app, and of a slot those of the same slot."""
    wanted = _address(app)
    return (one for one in stack.of(type_) if _address(one) == wanted)


def _address(resource: Resource) -> tuple[str, str]:
    view = resource.view()
    return view.word("name", absent=""), view.word("slot", absent="")


def _allowed(way: str) -> StackBreak:
    def change(stack: Stack, app: Resource) -> Stack | None:
        for policy in _policies(stack, app, _WAYS[app.type][way]):
            stack = having(stack, policy, replace(policy, properties={**policy.properties, "allow": True}))
        return stack

    return StackBreak(f"{way} takes passwords", change)


def _gone(way: str) -> StackBreak:
    def change(stack: Stack, app: Resource) -> Stack | None:
        gone = list(_policies(stack, app, _WAYS[app.type][way]))
        return replace(stack, resources=tuple(one for one in stack.resources if one not in gone))

    return StackBreak(f"nothing is said of {way}", change)


def _app(ftps: str = "Disabled", **place: str) -> dict[str, Any]:
    return {"name": "app", "siteConfig": {"ftpsState": ftps}, **place}


def _policy(type_: str, *, allow: bool = False, name: str = "App", **place: str) -> Resource:
    return Resource(type=type_, name=f"{type_}-{name}", properties={"name": name, "allow": allow, **place})


_BOTH: Final = (_policy(WEB_APP_FTP), _policy(WEB_APP_SCM))
_OF_SLOT: Final = (_policy(WEB_APP_SLOT_FTP, slot="staging"), _policy(WEB_APP_SLOT_SCM, slot="staging"))

RULE = Rule(
    id="APP-002",
    title="Nobody publishes an app with a password",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(WEB_APP, WEB_APP_SLOT),
    scope=Scope.STACK,
    controls=(
        "itsg33/IA-2",
        "itsg33/CM-7",
        "mcsb/IM-1",
        "cis-azure/9.3",
        "cis-azure/9.6",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_78",),
        "psrule": ("Azure.AppService.WebSecureFtp",),
        "azure_policy": (
            "4d24b6d4-5e53-4a4f-a7f4-618fa573ee4b",
            "871b205b-57cf-4e1e-a234-492616998bf7",
            "aede300b-d67f-480a-ae26-4b3dfb1a1fdc",
        ),
        "trivy": ("AZU-0071",),
    },
    why="The password of a publishing profile has no owner, no second factor and no end, and replaces the whole app.",
    fix="Disable ftpsState; add WebAppFtpAllowed and WebAppScmAllowed with allow false, also for each slot.",
    link="https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable",
    properties=(
        Property(
            "siteConfig.ftpsState",
            ABSENT,
            Verdict.FAIL,
            "WebApp, Microsoft.Web: differs with the age of the app, so it must be written (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_app(), others=_BOTH),
        Example(_app(slot="Staging"), type=WEB_APP_SLOT, others=_OF_SLOT),
    ),
    bad=(
        Example(_app("FtpsOnly"), others=_BOTH),
        Example(_app()),
        Example(_app(), others=(_BOTH[0], _policy(WEB_APP_SCM, allow=True))),
        Example(_app(), others=(_BOTH[1], _policy(WEB_APP_FTP, name="another"))),
        Example(_app(slot="staging"), type=WEB_APP_SLOT, others=_BOTH, title="only the app itself refuses"),
    ),
    breaks=(
        Break("siteConfig.ftpsState", "AllAllowed"),
        Break("siteConfig.ftpsState", ABSENT),
        *(make(way) for way in _WAYS[WEB_APP] for make in (_allowed, _gone)),
    ),
)
