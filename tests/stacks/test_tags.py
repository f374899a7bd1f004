from __future__ import annotations

import stacks
from stacks.tags import tags


def test_tags_say_what_the_settings_say() -> None:
    settings = stacks.load("prod")
    assert tags(settings) == {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": "prod",
        "classification": "Protected B",
        "data-residency": "Canada",
        "managed-by": "pulumi",
    }
