"""Why a failure of checkov stands: the form of `disagreements.yaml`, and which finding an explanation is of."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from review.checkov.run import CheckovError, CheckovFinding

FILE: Final = Path(__file__).with_name("disagreements.yaml")


class Explanation(BaseModel):
    """`of`: type and name of a resource, `azure-native:web:WebApp::mlops-app`, or a file; `*` stands for any part."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    check: str = Field(pattern=r"^CKV2?_[A-Z0-9]+_\d+$")
    of: str = Field(min_length=1)
    stacks: tuple[Literal["dev", "test", "prod", "dr"], ...] = Field(min_length=1)
    date: date
    why: str = Field(min_length=20)

    def covers(self, finding: CheckovFinding) -> bool:
        """Whether it is of this finding."""
        resource = finding.resource
        what = f"{resource.type}::{resource.name}" if resource is not None else finding.file
        return finding.check == self.check and fnmatchcase(what, self.of.replace("[", "[[]"))


@cache
def explanations() -> tuple[Explanation, ...]:
    """All of them. Raises CheckovError where the file can't be used."""
    try:
        document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        return tuple(Explanation.model_validate(one) for one in document["explanations"])
    except (OSError, ValueError, TypeError, LookupError, yaml.YAMLError) as error:
        raise CheckovError(f"review/checkov/{FILE.name} can't be used; mend it: {error}") from None
