from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmark import table
from benchmark.figures import Figure, Target
from benchmark.machine import Machine
from benchmark.table import Result, Section, of_figures, render, render_section, write

MACHINE = Machine(
    processor="AMD EPYC",
    cores=2,
    memory=24_000_000_000,
    system="Debian GNU/Linux 12 (bookworm), Linux 6.1, x86_64",
    versions=(("pulumi CLI", "3.274.1 (source)"), ("Python", "3.11.7")),
    day=date(2026, 11, 24),
    load=0.25,
)
FIGURES = (
    Figure("our program", "s", (2.5, 2.4, 2.9), Target(8)),
    Figure("stock / ours", "×", (2.5,), Target(3, at_least=True)),
    Figure("peak memory", "MB", (), Target(250)),
    Figure("stock program", "s", (9.4,)),
)
RESULT = Result(MACHINE, quick=False, sections=(of_figures("Preview", FIGURES, ("Offline.",)),))

PAGE = """\
## Machine

| what | value |
| --- | ---: |
| date | 2026-11-24 |
| processor | AMD EPYC, 2 cores |
| memory | 24.0 GB |
| system | Debian GNU/Linux 12 (bookworm), Linux 6.1, x86_64 |
| pulumi CLI | 3.274.1 (source) |
| Python | 3.11.7 |
| load average at the start | 0.25 |

## Preview

|  | median (min–max) | runs | target | verdict |
| --- | ---: | ---: | ---: | ---: |
| our program | 2.50 s (2.40–2.90) | 3 | ≤ 8.00 s | met |
| stock / ours | 2.50× | 1 | ≥ 3.00× | **missed** |
| peak memory | not measured | 0 | ≤ 250 MB | **unknown** |
| stock program | 9.40 s | 1 |  |  |

Offline.
"""


def test_the_page_shows_each_figure_beside_its_target_and_the_machine() -> None:
    assert render(RESULT).endswith(PAGE)


def test_the_page_names_the_command_that_writes_it() -> None:
    assert "uv run invoke bench" in render(RESULT).split("##")[0]


def test_a_quick_result_says_so() -> None:
    assert "--quick" in render(replace(RESULT, quick=True))
    assert "--quick" not in render(RESULT)


def test_a_machine_that_others_used_says_so() -> None:
    busy = replace(MACHINE, load=0.51)
    assert ("load average at the start", "0.51 (busy: the figures are too high)") in busy.rows()
    assert ("load average at the start", "unknown") in replace(MACHINE, load=None).rows()


def test_a_cell_can_not_break_its_table() -> None:
    text = render_section(Section("Odd", ("a|b",), (("c|d",),)))
    assert "| a&#124;b |" in text
    assert "| c&#124;d |" in text


def test_a_written_page_replaces_the_old_one_and_can_be_read_by_all(tmp_path: Path) -> None:
    page = tmp_path / "reference" / "benchmark.md"
    write(page, replace(RESULT, quick=True))
    write(page, RESULT)
    assert page.read_text(encoding="utf-8") == render(RESULT)
    assert page.stat().st_mode & 0o777 == 0o644
    assert list(page.parent.iterdir()) == [page]


def test_a_page_that_can_not_be_made_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "benchmark.md"
    write(page, RESULT)

    def broken(_: Result) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(table, "render", broken)
    with pytest.raises(KeyboardInterrupt):
        write(page, RESULT)
    monkeypatch.undo()
    assert page.read_text(encoding="utf-8") == render(RESULT)
    assert list(tmp_path.iterdir()) == [page]
