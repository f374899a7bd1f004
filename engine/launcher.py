"""The script `pulumi-language-python` that is put beside a CLI built from source.

The engine looks for its language hosts in its own folder first, without a warning; a host found elsewhere on PATH makes
it warn in every run (`sdk/go/common/workspace/plugins.go`, v3.274.1). The cache folder is shared by all clones of this
project, so the script finds the clone to use when it runs, in this order:

1. the environment variable PLATFORM_ENGINE_PROJECT, which `engine.environment` sets,
2. the working folder or one above it, which holds `engine/language_host` (a `pulumi preview` typed in a clone),
3. the clone that wrote the script last.
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from pathlib import Path

from engine.cli import LANGUAGE_HOST

PROJECT_VARIABLE = "PLATFORM_ENGINE_PROJECT"
PYTHON_VARIABLE = "PLATFORM_ENGINE_PYTHON"

_TEMPLATE = """\
#!/bin/sh
# The Python language host of Pulumi, for a CLI built from source. Written by engine/launcher.py; changes are lost.
project=${{{project_variable}:-}}
if [ -z "$project" ]; then
  folder=$PWD
  while [ -n "$folder" ] && [ ! -f "$folder/engine/language_host/__main__.py" ]; do folder=${{folder%/*}}; done
  project=${{folder:-{project}}}
fi
python=${{{python_variable}:-$project/.venv/bin/python}}
[ -x "$python" ] || python={python}
if [ ! -x "$python" ] || [ ! -f "$project/engine/language_host/__main__.py" ]; then
  echo "{host}: the project that this Pulumi was built for is gone ($project)." >&2
  echo "Run 'uv run invoke engine' in a clone of it, or start pulumi from inside one." >&2
  exit 1
fi
# -P keeps the working folder, which is the program's, out of the host's own imports.
exec "$python" -P -c 'import sys; sys.path.insert(0, sys.argv.pop(1)); from engine.language_host.__main__ import main; \
main()' "$project" "$@"
"""


def script(project: Path, python: Path) -> str:
    """Return the text of the script, with `project` and `python` as its last resort."""
    return _TEMPLATE.format(
        project_variable=PROJECT_VARIABLE,
        python_variable=PYTHON_VARIABLE,
        project=shlex.quote(str(project)),
        python=shlex.quote(str(python)),
        host=LANGUAGE_HOST,
    )


def this_project() -> Path:
    """Return the root of the clone that this code runs from."""
    return Path(__file__).resolve().parent.parent


def install(bin_dir: Path) -> None:
    """Write the script into `bin_dir`, in one step, unless the same is there already."""
    target = bin_dir / LANGUAGE_HOST
    text = script(this_project(), Path(sys.executable))
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return
    descriptor, written = tempfile.mkstemp(prefix=f".{LANGUAGE_HOST}-", dir=bin_dir)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(written).chmod(0o755)
    Path(written).replace(target)
