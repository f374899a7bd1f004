"""What every section of the settings is: immutable, and strict about its keys."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A group of settings: immutable, and a key that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
