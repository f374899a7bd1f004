"""Which `pulumi` on PATH is taken, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli import MINIMUM, Engine, Unusable, WrongCliError, on_path, parse_version, probe, verify

Executable = Callable[..., Path]


@given(
    st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999)), st.sampled_from(["", "-alpha.1", "+x"])
)
def test_a_version_is_read_with_and_without_v_and_suffix(version: tuple[int, int, int], suffix: str) -> None:
    text = ".".join(map(str, version)) + suffix
    assert parse_version(text) == version
    assert parse_version(f"v{text}\n") == version


@pytest.mark.parametrize("text", ["", "pulumi", "v3", "3.1", "v3.1.2 extra", "3.1.2.3"])
def test_other_texts_are_no_version(text: str) -> None:
    assert parse_version(text) is None


def test_a_new_enough_cli_is_taken(executable: Executable, bare: dict[str, str]) -> None:
    pulumi = executable("bin/pulumi", "echo v3.300.0")
    executable("bin/pulumi-language-python", "true")
    assert on_path(bare) == Engine(pulumi, "3.300.0", "path", pulumi.parent, needs_our_language_host=False)


def test_the_oldest_allowed_version_is_taken(executable: Executable) -> None:
    oldest = ".".join(map(str, MINIMUM))
    assert probe(executable("pulumi", f"echo v{oldest}")) == oldest


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("echo v3.100.0", "is version v3.100.0, older than 3.249.0"),
        ("echo garbage", "is no Pulumi CLI: `version` exited 0 and said 'garbage'"),
        ("echo v3.300.0; exit 4", "is no Pulumi CLI: `version` exited 4"),
        (r"printf '\377\376'", "is no Pulumi CLI"),
        ("true", "is no Pulumi CLI"),
    ],
)
def test_another_cli_is_refused_with_its_reason(
    executable: Executable, bare: dict[str, str], body: str, why: str
) -> None:
    executable("bin/pulumi", body)
    refused = on_path(bare)
    assert isinstance(refused, Unusable)
    assert why in refused.why
    assert refused.mend


def test_a_cli_that_hangs_is_given_up(executable: Executable) -> None:
    refused = probe(executable("pulumi", "exec sleep 60"), seconds=0.2)
    assert isinstance(refused, Unusable)
    assert "did not tell its version within 0.2 s" in refused.why


def test_a_file_that_is_not_executable_is_named(executable: Executable, bare: dict[str, str]) -> None:
    path = executable("bin/pulumi", "echo v3.300.0", mode=0o644)
    refused = on_path(bare)
    assert refused == Unusable(f"{path} is not executable", f"Run: chmod +x {path}")


def test_a_file_that_is_no_program_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "pulumi"
    broken.write_bytes(b"\x7fELF nothing")
    broken.chmod(0o755)
    refused = probe(broken)
    assert isinstance(refused, Unusable)
    assert "can't be started" in refused.why


def test_no_cli_at_all_is_said(bare: dict[str, str]) -> None:
    refused = on_path(bare)
    assert isinstance(refused, Unusable)
    assert refused.why == "no `pulumi` on PATH"


def test_a_cli_that_cannot_run_python_is_refused(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/pulumi", "echo v3.300.0")
    refused = on_path(bare)
    assert isinstance(refused, Unusable)
    assert "without pulumi-language-python" in refused.why


def test_a_host_beside_a_linked_cli_counts(executable: Executable, bare: dict[str, str], tmp_path: Path) -> None:
    real = executable("opt/pulumi", "echo v3.300.0")
    executable("opt/pulumi-language-python", "true")
    (tmp_path / "bin" / "pulumi").symlink_to(real)
    found = on_path(bare)
    assert isinstance(found, Engine)
    assert found.bin_dir == tmp_path / "bin"


def test_a_new_cli_must_be_the_wanted_one_and_complete(executable: Executable, tmp_path: Path) -> None:
    executable("new/pulumi", "echo v3.300.0")
    with pytest.raises(WrongCliError, match=r"version 3\.300\.0, not 3\.301\.0"):
        verify(tmp_path / "new", "3.301.0")
    with pytest.raises(WrongCliError, match="without pulumi-language-python"):
        verify(tmp_path / "new", "3.300.0")
    executable("new/pulumi-language-python", "true")
    verify(tmp_path / "new", "3.300.0")
