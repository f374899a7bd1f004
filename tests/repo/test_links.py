"""Links in pages that people write and in generated ones lead to files and headings that are there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import pages

ROOT = Path(__file__).resolve().parents[2]
GENERATED = pages().keys()


def written() -> list[Path]:
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in asked.stdout.splitlines() if (ROOT / name).is_file()]


def links(text: str) -> Iterator[str]:
    """Those to files of ours; code is no link."""
    plain = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return (link for link in re.findall(r"\]\(([^)\s]+)\)", plain) if not re.match(r"\w+:", link))


def anchors(text: str) -> set[str]:
    """A heading's anchor as GitHub makes it, and those that are written."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'(?:id|name)="([^"]+)"', text))


def lost(page: Path) -> Iterator[str]:
    for link in links(page.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        # A generated page may be new; that it is there is `invoke docs --check`.
        if not target.exists():
            if target not in GENERATED:
                yield link
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield link


@pytest.mark.parametrize("page", written(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert list(lost(page)) == []


def test_a_lost_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One `two`\n[a](#one-two) [b](page.md#three) [c](none.md) [d](https://x.ca/y) `[e](none)`\n")
    assert list(lost(page)) == ["page.md#three", "none.md"]


def test_rows_of_the_readme_are_short_enough_to_read() -> None:
    rows = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [re.sub(r"\]\([^)]*\)|`[^`]*`", "", cell) for row in rows for cell in re.split(r"(?<!\\)\|", row)]
    assert [cell for cell in cells if len(cell) > 250 or len(re.findall(r"[.;](?= )", cell)) > 3] == []
