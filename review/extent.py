"""How much a value stands for once everything that it shares is written out.

Aliases of YAML and variables of a template name a value again: a few lines can stand for more than any memory holds,
or contain themselves. No file that Azure or Kubernetes takes is so large.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.values import is_list

# A template may have 4 MB, with its variables and parameters written out (Azure Resource Manager's limits).
LARGEST: Final = 4 * 1024 * 1024
# What stands around an item where it is written: a name, signs, the start of a line.
_ITEM: Final = 8


def is_beyond(value: Any, largest: int = LARGEST) -> bool:
    """Whether a value is larger than so many characters, written out; it ends also where a value contains itself."""
    left, open_ = largest, [value]
    while open_:
        one = open_.pop()
        items = one.values() if isinstance(one, Mapping) else one if is_list(one) else ()
        left -= _ITEM + (len(items) * _ITEM if items else _length(one))
        if left < 0:
            return True
        open_.extend(items)
    return False


def _length(one: Any) -> int:
    if isinstance(one, int):
        return one.bit_length()
    return 0 if isinstance(one, Mapping) or is_list(one) else len(str(one))
