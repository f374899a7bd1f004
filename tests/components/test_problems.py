from __future__ import annotations

import pulumi
import pytest

from components.problems import refuse


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(pulumi.RunError, match=r"^net can't be built: one; two$"):
        refuse("net", ["one", "two"])


def test_no_problem_is_no_error() -> None:
    refuse("net", [])
