"""The pack as a gRPC service: what `pulumi --policy-pack` and `pulumi policy analyze` speak with.

Source of the protocol: `pulumi/analyzer.proto` of the engine (3.274), whose Python stubs are part of the SDK.
"""

# The methods have the names of the protocol.
# ruff: noqa: N802

from __future__ import annotations

import sys
from concurrent import futures
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc, plugin_pb2

from policies.catalogue import rules
from policies.crossguard.pack import WAIVERS, Pack, Said, for_other_types
from policies.crossguard.remedy import Mender, remedies, tags_of
from policies.frameworks import Control, control, frameworks
from policies.pages import address_of, page_of
from policies.profile import Level
from policies.release import NAME, version
from policies.resource import unversioned
from policies.rule import Rule, Scope, Severity
from policies.waivers import WaiverError, read_waivers, usable

# A stack of 10,000 resources comes in one message: the engine's own limit (sdk/go rpcutil).
_LARGEST: Final = 400 * 1024 * 1024
_LEVELS: Final = {
    Level.ADVISORY: analyzer_pb2.ADVISORY,
    Level.MANDATORY: analyzer_pb2.MANDATORY,
    Level.DISABLED: analyzer_pb2.DISABLED,
}
_SEVERITIES: Final = {
    Severity.LOW: analyzer_pb2.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: analyzer_pb2.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: analyzer_pb2.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: analyzer_pb2.POLICY_SEVERITY_CRITICAL,
}


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """One pack for one update. The engine calls from several threads; Python's lock and whole assignments suffice."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.remedied: frozenset[str] = frozenset()

    def Handshake(self, _request: Any, _context: Any) -> Any:
        """Nothing to agree on."""
        return analyzer_pb2.AnalyzerHandshakeResponse()

    def ConfigureStack(self, request: Any, _context: Any) -> Any:
        """Which stack it is, and with which configuration."""
        self.pack.configure(request.stack, dict(request.config))
        return analyzer_pb2.AnalyzerStackConfigureResponse()

    def Configure(self, request: Any, context: Any) -> Any:
        """What the engine hands back of our own levels, with what `--policy-pack-config` makes of them: remedies only.

        Levels are no matter of whoever runs the engine: they are reviewed.
        """
        own = {WAIVERS: analyzer_pb2.MANDATORY, **{rule.id: self._level(rule) for rule in rules()}}
        chosen = {name: each.enforcementLevel for name, each in request.policyConfig.items()}
        mended = {name for name, level in chosen.items() if level == analyzer_pb2.REMEDIATE}
        remediable = {rule.id for rule in rules() if rule.remedy is not None}
        wrong = {name for name, level in chosen.items() if name not in mended and level != own.get(name)}
        wrong |= mended - remediable
        if wrong:
            context.abort(
                grpc.StatusCode.INVALID_ARGUMENT,
                f"a policy pack's configuration can only turn `remediate` on, for {_listed(remediable)}; this one sets "
                f"something else for {_listed(wrong)}. Levels stand in policies/profiles.yaml and exceptions in "
                "policies/waivers.yaml, where they are reviewed.",
            )
        self.remedied = frozenset(mended)
        return empty_pb2.Empty()

    def GetAnalyzerInfo(self, _request: Any, _context: Any) -> Any:
        """Every rule as a policy, at the level that the stack's profile gives it."""
        return analyzer_pb2.AnalyzerInfo(
            name=NAME,
            displayName="Machine-learning platform",
            description="Security, privacy and cost rules of the machine-learning platform",
            version=version(),
            supportsConfig=True,
            policies=self._policies(),
        )

    def _policies(self) -> list[Any]:
        return [*(self._policy(rule) for rule in rules()), _waivers_policy()]

    def _policy(self, rule: Rule) -> Any:
        return analyzer_pb2.PolicyInfo(
            name=rule.id,
            displayName=rule.title,
            description=rule.why,
            enforcementLevel=analyzer_pb2.REMEDIATE if rule.id in self.remedied else self._level(rule),
            policy_type=(
                analyzer_pb2.POLICY_TYPE_STACK if rule.scope is Scope.STACK else analyzer_pb2.POLICY_TYPE_RESOURCE
            ),
            severity=_SEVERITIES[rule.severity],
            framework=_framework(control(rule.controls[0])),
            tags=[str(rule.category), *rule.controls],
            remediation_steps=rule.fix,
            url=address_of(rule) or page_of(rule),
        )

    def _level(self, rule: Rule) -> Any:
        return _LEVELS[self.pack.profile.level(rule.id, rule.severity)]

    def GetPluginInfo(self, _request: Any, _context: Any) -> Any:
        """The pack's version."""
        return plugin_pb2.PluginInfo(version=version())

    def Analyze(self, request: Any, _context: Any) -> Any:
        """Judge one resource before it is made. To the engine silence is a pass, so every policy says something."""
        said = [_diagnostic(each) for each in self.pack.one(request)]
        silent = [
            analyzer_pb2.PolicyNotApplicable(policy_name=name, reason=why) for name, why in self.pack.silent(request)
        ]
        response = analyzer_pb2.AnalyzeResponse(diagnostics=said, not_applicable=silent)
        response.MergeFrom(_of_other_types(unversioned(request.type)))
        return response

    def AnalyzeStack(self, request: Any, _context: Any) -> Any:
        """Judge the whole stack when the update is done, and what was not known before."""
        return analyzer_pb2.AnalyzeResponse(
            diagnostics=[_diagnostic(said) for said in self.pack.all(request.resources)]
        )

    def Remediate(self, request: Any, _context: Any) -> Any:
        """Mend what is safe to mend, for the rules for which that was asked."""
        if not self.remedied:
            return _no_remedies()
        valid = usable(self.pack.waivers, self.pack.today)
        tags = tags_of(self.pack.stack) if self.pack.is_own else {}
        found = remedies(request, Mender(self.remedied, self.pack.profile, valid, tags))
        return analyzer_pb2.RemediateResponse(
            remediations=[
                analyzer_pb2.Remediation(
                    policyName=each.rule.id,
                    policyPackName=NAME,
                    policyPackVersion=version(),
                    description=each.rule.title,
                    properties=each.properties,
                )
                for each in found
            ]
        )

    def Cancel(self, _request: Any, _context: Any) -> Any:
        """Nothing outlives a call."""
        return empty_pb2.Empty()


@cache
def _of_other_types(type_: str) -> Any:
    """What most policies say of most resources, made once for a type: 200 policies for each of 1,000 resources."""
    return analyzer_pb2.AnalyzeResponse(
        not_applicable=[analyzer_pb2.PolicyNotApplicable(policy_name=name) for name in for_other_types(type_)]
    )


@cache
def _no_remedies() -> Any:
    """As above: the engine would list each policy as passed, for each resource, although nothing was looked at."""
    return analyzer_pb2.RemediateResponse(
        not_applicable=[analyzer_pb2.PolicyNotApplicable(policy_name=rule.id) for rule in rules()]
    )


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "no rule"


def _framework(served: Control) -> Any:
    """The first control of a rule; a policy can name one only, and has the others as tags."""
    framework = frameworks()[served.framework]
    return analyzer_pb2.PolicyComplianceFramework(
        name=framework.title, version=framework.version, reference=served.cited, specification=served.title
    )


def _waivers_policy() -> Any:
    return analyzer_pb2.PolicyInfo(
        name=WAIVERS,
        displayName="Waivers are in order",
        description="An expired, unused or too broad waiver is a failure of its own.",
        enforcementLevel=analyzer_pb2.MANDATORY,
        policy_type=analyzer_pb2.POLICY_TYPE_STACK,
        severity=analyzer_pb2.POLICY_SEVERITY_HIGH,
        remediation_steps="Mend policies/waivers.yaml.",
    )


def _diagnostic(said: Said) -> Any:
    return analyzer_pb2.AnalyzeDiagnostic(
        policyName=said.policy,
        policyPackName=NAME,
        policyPackVersion=version(),
        description=next((rule.title for rule in rules() if rule.id == said.policy), "Waivers are in order"),
        message=said.message,
        enforcementLevel=_LEVELS[said.level],
        severity=_SEVERITIES[said.severity],
        urn=said.urn,
    )


def serve() -> None:
    """Serve until the engine goes away; the port is the first line of the output. Waivers in bad form end it."""
    try:
        pack = Pack(read_waivers(), datetime.now(UTC).date())
    except WaiverError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)
    limits = [("grpc.max_receive_message_length", _LARGEST), ("grpc.max_send_message_length", _LARGEST)]
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4), options=limits)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Analyzer(pack), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()
