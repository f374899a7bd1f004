"""What workflows and a repository's own actions have in common: steps, and the texts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policies.rule import Context
from policies.types import ACTION
from policies.values import is_list, joined
from policies.view import View

CHECKOUT: Final = "actions/checkout"
SYNTAX: Final = "docs.github.com, workflow syntax for GitHub Actions (not re-read)"
EXPRESSION: Final = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
"""What GitHub replaces by its value before a shell reads the text."""


def steps_of(view: View, context: Context) -> Iterator[View]:
    """The steps of all jobs of a workflow, or of an action."""
    holders = iter([view.below("runs")]) if context.resource.type == ACTION else view.each("jobs")
    for holder in holders:
        yield from holder.each("steps")


def action_of(step: View) -> str:
    """The action that a step uses, in lower case and without its version; empty where it runs a command."""
    return step.text("uses").partition("@")[0].lower()


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything in a value that holds nothing itself, with its place."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, joined(path, f"[{key}]" if "." in str(key) else str(key)))
    elif is_list(value):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    else:
        yield path, value
