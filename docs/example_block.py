"""The good and the bad example of a rule as YAML, with what the rule says of the bad one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from policies.example import run
from policies.resource import Resource
from policies.rule import Example, Rule
from policies.values import Marker, is_list


def example_block(rule: Rule) -> Iterator[str]:
    """The first bad example, a good one of the same type, and what the rule finds."""
    bad = rule.bad[0]
    good = next((one for one in rule.good if _type(rule, one) == _type(rule, bad)), rule.good[0])
    yield from ("Passes:", "", *_yaml(rule, good), "")
    yield from ("Fails:", "", *_yaml(rule, bad), "")
    finding = run(rule, bad)
    faults = finding.faults if finding is not None else ()
    yield "\n>\n".join(f"> {f'`{fault.path}` ' if fault.path else ''}{fault.message}" for fault in faults)
    yield ""


def _type(rule: Rule, example: Example) -> str:
    return example.type or rule.types[0]


def _yaml(rule: Rule, example: Example) -> Iterator[str]:
    yield "```yaml"
    shown = {**example.properties, **_options(example)}
    yield f"# {_type(rule, example)}{_setting(example)}{'' if shown else ': nothing is given'}"
    if shown:
        yield _dumped(shown)
    for other in example.others:
        yield f"---\n# beside it: {other.type}"
        yield _dumped({"name": other.name, **_of(other)})
    yield "```"


def _setting(example: Example) -> str:
    """In which profile, where it is another than that of most examples."""
    said = [] if example.environment == "prod" else [f"in {example.environment}"]
    said += [] if example.classification == "Protected B" else [example.classification]
    said += [f"{name} {_plain(value)}" for name, value in example.parameters.items()]
    return f" ({', '.join(said)})" if said else ""


def _options(example: Example) -> dict[str, Any]:
    """What the resource has besides its properties, but what only the engine sees."""
    shown = {key: value for key, value in example.options.items() if key not in {"name", "urn", "dependencies"}}
    return {"(options)": shown} if shown else {}


def _of(other: Resource) -> dict[str, Any]:
    return {"properties": other.properties} if other.properties else {}


def _dumped(value: Any) -> str:
    return yaml.safe_dump(_plain(value), sort_keys=False, width=110, allow_unicode=True).rstrip()


def _plain(value: Any) -> Any:
    """A value as YAML can hold it."""
    if isinstance(value, Marker):
        return f"({value.value})"
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if is_list(value) else value
