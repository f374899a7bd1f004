"""Where a rule is explained: its place on a generated page, and the address of that page on GitHub."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from policies.catalogue import area_of
from policies.rule import Rule

FOLDER: Final = "docs/reference/rules"


def page_of(rule: Rule) -> str:
    """The page and the heading of a rule, from the root of the repository."""
    return f"{FOLDER}/{area_of(rule)}.md#{rule.id.lower()}"


def address_of(rule: Rule, environ: Mapping[str, str] = os.environ) -> str | None:
    """The same as an address. None outside GitHub Actions, whose variables say where the repository lies."""
    server, repository = environ.get("GITHUB_SERVER_URL"), environ.get("GITHUB_REPOSITORY")
    if not server or not repository:
        return None
    return f"{server}/{repository}/blob/{environ.get('GITHUB_SHA') or 'HEAD'}/{page_of(rule)}"


def explained_at(rule: Rule) -> str:
    """An address that explains the rule: of its page where that is known, else what its service's maker says."""
    return address_of(rule) or rule.link
