"""Where the simulated provider's executable lies."""

from __future__ import annotations

from pathlib import Path
from typing import Final

# The folder to put first on PATH, so that any Pulumi program that uses azure-native meets the simulated Azure.
SIMULATOR_BIN: Final = Path(__file__).resolve().parents[1] / "simulator" / "bin"
