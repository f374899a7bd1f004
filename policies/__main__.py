"""The CrossGuard policy pack: `pulumi preview|up --policy-pack policies`.

The engine runs this folder as a program. Python then puts the folder itself first on its path, where `types.py` and
`resource.py` would hide modules of the standard library: the project stands there instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != HERE)]

from policies.crossguard.server import serve  # noqa: E402 - the path first, see above

if __name__ == "__main__":
    serve()
