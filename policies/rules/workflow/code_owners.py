"""CI-003: what judges changes belongs to the security team alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CODE_OWNERS
from policies.view import Fault, Judged, View

# What decides which changes pass: who owns it, what runs, rules, levels, accepted failures, and the code that applies
# them. Named is one file of each kind; the project's other ones are looked for, as a line may be about one of them.
_JUDGES: Final = (
    ".github/CODEOWNERS",
    ".github/workflows/pull-request.yml",
    ".github/actions/prepare/action.yml",
    "policies/rules/aks/local_accounts.py",
    "policies/judge.py",
    "policies/profiles.yaml",
    "policies/waivers.yaml",
    "review/policy.py",
    "stacks/classification.py",
    "tasks.py",
)
_PROJECT: Final = Path(__file__).resolve().parents[3]
_FOUND: Final = (".github/**/*", "policies/**/*.py", "policies/**/*.yaml", "review/**/*.py")
_SIGNS: Final = {"**/": "(?:.+/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def check(file: View, context: Context) -> Judged:
    """GitHub asks the owners of the last line that matches, and one of them is enough: so all must be the team."""
    allowed = {owner.lower() for owner in context.profile.parameters.security_owners}
    lines = [(line, line.text("pattern")) for line in file.each("rules")]
    told: set[str] = set()
    for path in _judges():
        matching = [line for line, pattern in lines if _matches(pattern, path)]
        if not matching:
            yield Fault("rules", f"must give {path} to {' or '.join(sorted(allowed))}")
            continue
        owners = {owner.lower() for owner in matching[-1].texts("owners")}
        if (not owners or owners - allowed) and matching[-1].path not in told:
            told.add(matching[-1].path)
            place = f"{matching[-1].path}.owners"
            yield Fault(place, f"must be {' or '.join(sorted(allowed))} and nobody else, as it decides on {path}")


@cache
def _judges() -> tuple[str, ...]:
    found = (file for pattern in _FOUND for file in _PROJECT.glob(pattern) if file.is_file())
    return tuple(dict.fromkeys((*_JUDGES, *sorted(file.relative_to(_PROJECT).as_posix() for file in found))))


def _matches(pattern: str, path: str) -> bool:
    """Whether a line is about a file; patterns are those of .gitignore, without `!` and `[…]`."""
    return bool(pattern.strip("/")) and _expression(pattern).fullmatch(path) is not None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    body = pattern.strip("/")
    parts = re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", body)
    inner = "".join(_SIGNS.get(part, re.escape(part)) for part in parts)
    # A slash before the end ties a pattern to the root; without one it is about a name at any depth.
    start = "" if "/" in pattern.rstrip("/") else "(?:.+/)?"
    end = "/.+" if pattern.endswith("/") else "" if pattern.endswith("/*") else "(?:/.+)?"
    return re.compile(f"{start}{inner}{end}")


_TEAM: Final = "@gov-example/security"
_OTHERS: Final = "@gov-example/ml-platform"
_FOLDERS: Final = ("/.github/", "/policies/", "/review/", "/stacks/classification.py", "/tasks.py")


def _file(*lines: tuple[str, list[str]]) -> dict[str, Any]:
    return {"rules": [{"pattern": pattern, "owners": owners} for pattern, owners in lines]}


def _owned(**changed: list[str]) -> dict[str, Any]:
    """A good file; `changed`: the owners of a folder, by its name without signs."""
    named = {re.sub(r"\W", "", folder): folder for folder in _FOLDERS}
    return _file(("*", [_OTHERS]), *((folder, changed.get(name, [_TEAM])) for name, folder in named.items()))


_GITHUB: Final = "docs.github.com, about code owners (not re-read)"

RULE = Rule(
    id="CI-003",
    title="What judges changes belongs to the security team alone",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(CODE_OWNERS,),
    controls=("itsg33/CM-5", "itsg33/CM-3", "itsg33/AC-6", "mcsb/DS-6", "mcsb/DS-3", "gdpr/32(1)(b)", "popa/10"),
    parameters=("security_owners",),
    why="Who may change a rule, a waiver or a workflow can let any other change through with it, in one go.",
    fix="Give /.github/, /policies/, /review/ and /tasks.py to the security team alone, last in CODEOWNERS.",
    link="https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
    properties=(
        Property("rules", ABSENT, Verdict.FAIL, f"{_GITHUB}: nobody has to approve"),
        Property("rules[*].pattern", ABSENT, Verdict.FAIL, f"{_GITHUB}: a line without a pattern is none"),
        Property("rules[*].owners", ABSENT, Verdict.FAIL, f"{_GITHUB}: a pattern without owners has none"),
    ),
    check=check,
    good=(
        Example(_owned()),
        Example(_file(("*", [_TEAM.upper()])), title="everything, in another case"),
        Example(
            _file(
                *((each, [_TEAM]) for each in (".github/**", "policies/**/*", "review", "tasks.*", "classification.py"))
            ),
            title="other patterns",
        ),
    ),
    bad=(
        Example({"rules": []}),
        Example(_file(("*", [_OTHERS]))),
        Example(_owned(policies=[_TEAM, _OTHERS]), title="the others are enough"),
        Example(_owned(github=[])),
        Example(_file(("*", [_TEAM]), ("*.yaml", [_OTHERS])), title="a later line counts"),
        Example(_file(("*", [_TEAM]), ("/policies/rules/workflow/", [_OTHERS])), title="a part of the rules"),
        Example(_file(("*", [_TEAM]), ("view.py", [_OTHERS])), title="a file by its name"),
        Example(_owned(stacksclassificationpy=[_OTHERS])),
        Example(_file(*(("/policies/*", [_TEAM]) if f == "/policies/" else (f, [_TEAM]) for f in _FOLDERS))),
        Example(_file(("*", [_TEAM]), ("/policies/waivers.yaml", []))),
    ),
    breaks=(
        Break("rules", ABSENT),
        Break("rules", [{"pattern": "*", "owners": [_OTHERS]}]),
        Break("rules", [{"pattern": "*", "owners": []}]),
        Break("rules", [{"pattern": "/policies/rules/*", "owners": [_TEAM]}]),
    ),
)
