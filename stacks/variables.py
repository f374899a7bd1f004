"""Variables of the environment by which a rehearsal and the program understand each other."""

from __future__ import annotations

from typing import Final

# Names a file in which the program notes where each resource is declared; absent in a real deployment.
SOURCES_VARIABLE: Final = "PLATFORM_SOURCES"
