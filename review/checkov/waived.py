"""Waivers in checkov's words: what is waived of our rules is waived of the checks that mean the same.

Only a waiver that is in order is projected, and only where no rule with that equivalent still fails: elsewhere nobody
would see that anything is wrong. Checkov's own checks over several resources of a template read no such request.
"""

from __future__ import annotations

from collections.abc import Mapping

from policies.rule import Verdict
from policies.waivers import Settled, Waiver
from review.checkov.comparison import equivalents
from review.checkov.run import Key
from review.exported import Skips


def waived(settled: Settled) -> Mapping[Key, Waiver]:
    """The waiver of each check on each resource."""
    wrong = {problem.waiver for problem in settled.errors}
    accepted: dict[Key, Waiver] = {}
    failing: set[Key] = set()
    for finding, waiver in settled.findings():
        if finding.verdict is Verdict.FAIL:
            keys = [(check, finding.resource.key) for check in equivalents(finding.rule)]
            if waiver is None or waiver.id in wrong:
                failing.update(keys)
            else:
                accepted.update((key, waiver) for key in keys)
    return {key: waiver for key, waiver in accepted.items() if key not in failing}


def skips(settled: Settled) -> Skips:
    """The same as requests to skip, for an export that any checkov may read."""
    found: dict[str, dict[str, str]] = {}
    for (check, key), waiver in sorted(waived(settled).items(), key=lambda each: each[0]):
        reason = " ".join(waiver.reason.split())
        found.setdefault(key, {})[check] = f"{waiver.id} until {waiver.expires}: {reason}"
    return found
