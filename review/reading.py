"""What all readers of files share: the error that says what is wrong with a file and how to mend it, and the text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Templates are at most 4 MB (Azure Resource Manager's limits); states and manifests are larger, and still not this.
_LARGEST: Final = 200 * 1024 * 1024


@dataclass
class ReadError(Exception):
    """A file that can't be judged: which one, what is wrong with it (and where), and what to do."""

    path: Path
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}; {self.fix}"


def text_of(path: Path, expected: str) -> str:
    """The text of a file. `expected`: what it should be, for the message. Raises ReadError."""
    fix = f"give {expected}"
    if not path.is_file():
        raise ReadError(path, "is no file" if path.exists() else "is not there", fix)
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(path, "is larger than 200 MB", fix)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(path, "is not UTF-8 text", fix) from None
    except OSError as error:
        raise ReadError(path, f"can't be read ({error.strerror or error})", "check who may read it") from None
