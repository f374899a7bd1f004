"""What each environment wants: typed settings, shared defaults and one file per stack.

Owns reading and judging `Pulumi.<stack>.yaml`. Does not own how an environment is built (`components`).
"""

from stacks.loading import load
from stacks.problems import SettingsError
from stacks.settings import Settings

__all__ = ["Settings", "SettingsError", "load"]
