"""`python -m benchmark.catalog network`: seconds to compile one module of the SDK, and to read it again.

A process of its own for each, because the compiler remembers what it has parsed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from simulator.catalog import open_catalog


def seconds(module: str, cache: Path) -> dict[str, float]:
    """`cold`: into the empty folder `cache`; `warm`: from there. Raises ValueError for a module that the SDK lacks."""
    took = {}
    for state in ("cold", "warm"):
        catalog = open_catalog(cache)
        start = time.monotonic()
        found = catalog.module(f"azure-native:{module}:")
        took[state] = time.monotonic() - start
        if found is None:
            raise ValueError(f"the installed azure-native SDK has no module {module}")
    return took


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(seconds(sys.argv[1], Path(folder))))
