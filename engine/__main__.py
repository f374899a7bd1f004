"""`python -m engine [path | kubernetes | doctor]`: get the engine, and print where it is."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console

from engine import doctor, kubernetes
from engine.locate import EngineMissingError, ensure, print_path
from engine.progress import RichProgress
from engine.source import BuildError


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask; return the exit status: 0 done, 1 not to be had here."""
    parser = argparse.ArgumentParser(prog="python -m engine", description=__doc__)
    parser.add_argument("what", nargs="?", default="path", choices=["path", "kubernetes", "doctor"])
    what = parser.parse_args(arguments).what
    if what == "doctor":
        findings = doctor.examine()
        Console().print(doctor.render(findings))
        return 0 if doctor.is_ready(findings) else 1
    try:
        with RichProgress() as progress:
            found = print_path(ensure(progress)) if what == "path" else str(kubernetes.ensure(progress))
    except (EngineMissingError, BuildError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
