"""Placeholders: what the published stacks say where only the province knows the value.

Owns how one is recognised, and that a real subscription is never built from one. Does not own what a rehearsal takes:
it takes them all, as no simulated directory, registry or mailbox knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stacks.problems import Problem, SettingPath
from stacks.settings import Settings

FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"00000000-0000-0000-0000-[0-9a-f]{12}"), "no directory and no subscription has this id"),
    (re.compile(r"sha256:0{64}"), "no image has this digest"),
    # A domain that nobody can register: RFC 2606, section 2 (1999).
    (re.compile(r"\.example\b"), "no host and no mailbox is in .example"),
    (re.compile(r"\bgov-example\b|[:/]placeholder(-\d+)?$"), "nothing has this name"),
)


def placeholders(settings: Settings) -> list[Problem]:
    """Every value, and every name of a mapping, that stands for another one."""
    return [
        Problem(
            path=path,
            what=f"The value is a placeholder: {why}.",
            follows="Azure would refuse what is made of it, or make it for nobody, after an hour of other changes.",
            fix="Write the real value, or take out what needs it (docs/runbooks/fill-in-a-stack.md).",
        )
        for path, text in _texts((), settings.model_dump(mode="json"))
        for why in _reasons(text)[:1]
    ]


def _reasons(text: str) -> list[str]:
    return [why for form, why in FORMS if form.search(text)]


def _texts(path: SettingPath, value: Any) -> Iterator[tuple[SettingPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), key
            yield from _texts((*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts((*path, index), inner)
