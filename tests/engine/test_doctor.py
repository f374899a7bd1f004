"""The doctor says what is there, what is missing and how to mend it, and fails only on what a rehearsal needs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from engine import doctor, source

Executable = Callable[..., Path]


@pytest.fixture(autouse=True)
def only_fake_go(bare: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide a real Go in the folders of its installers."""
    fake = Path(bare["HOME"]) / "bin" / "go"
    monkeypatch.setattr(source, "find_go", lambda _environ: fake if fake.exists() else None)


def found(name: str, environ: dict[str, str]) -> doctor.Finding:
    [finding] = [finding for finding in doctor.examine(environ) if finding.name == name]
    return finding


def equip(executable: Executable) -> None:
    executable("bin/uv", "echo uv 0.9.0")
    executable("bin/pulumi", "echo v3.300.0")
    executable("bin/pulumi-language-python", "true")


def test_a_machine_with_uv_and_an_engine_is_ready(executable: Executable, bare: dict[str, str]) -> None:
    equip(executable)
    findings = doctor.examine(bare)
    assert doctor.is_ready(findings)
    assert {finding.name for finding in findings if finding.verdict == "missing"} >= {"Go", "Azure login", "kubeconfig"}


def test_a_bare_machine_is_not_ready_and_every_lack_can_be_mended(bare: dict[str, str]) -> None:
    bare["PATH"] = str(Path(bare["HOME"]) / "bin")
    findings = doctor.examine(bare)
    assert not doctor.is_ready(findings)
    assert all(finding.mend for finding in findings if finding.verdict == "missing")
    assert {finding.name for finding in findings if finding.needed and finding.verdict == "missing"} == {
        "uv",
        "Pulumi engine",
        "Language host",
    }


def test_the_engine_is_told_with_version_and_origin(executable: Executable, bare: dict[str, str]) -> None:
    equip(executable)
    assert found("Pulumi engine", bare).detail == f"3.300.0, on PATH: {bare['HOME']}/bin/pulumi"
    assert found("Language host", bare).detail == "the engine's own"


@pytest.mark.parametrize("body", ["exit 1", "echo nothing", "exec sleep 60"])
def test_a_tool_that_does_not_answer_counts_as_missing(
    executable: Executable, bare: dict[str, str], body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "SECONDS", 0.3)
    executable("bin/uv", body)
    assert found("uv", bare).verdict == "missing"


def test_an_azure_login_is_told_without_naming_the_account(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/az", "echo 11111111-aaaa-bbbb-cccc-222222222222")
    finding = found("Azure login", bare)
    assert (finding.verdict, finding.detail) == ("ok", "logged in")
    executable("bin/az", "echo 11111111-aaaa-bbbb-cccc-222222222222 >&2; exit 1")
    finding = found("Azure login", bare)
    assert (finding.verdict, finding.mend, finding.needed) == ("missing", "az login", False)
    assert "11111111" not in repr(doctor.examine(bare))


def test_a_kubeconfig_is_found_where_kubectl_looks(bare: dict[str, str], tmp_path: Path) -> None:
    assert found("kubeconfig", bare).verdict == "missing"
    (tmp_path / ".kube").mkdir()
    (tmp_path / ".kube" / "config").touch()
    assert found("kubeconfig", bare).verdict == "ok"
    named = bare | {"KUBECONFIG": str(tmp_path / "elsewhere")}
    assert found("kubeconfig", named).verdict == "missing"


def test_go_is_told_with_its_version(executable: Executable, bare: dict[str, str]) -> None:
    executable("bin/go", "echo go version go1.26.8 linux/amd64")
    assert found("Go", bare).detail == "1.26.8"


def test_a_full_disk_matters_only_while_the_engine_is_missing(
    executable: Executable, bare: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "FREE_GB", 10**9)
    assert found("Disk space", bare).verdict == "missing"
    equip(executable)
    assert found("Disk space", bare).verdict == "ok"


def test_an_old_python_is_told(monkeypatch: pytest.MonkeyPatch, bare: dict[str, str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11, 2))
    assert found("Python", bare).verdict == "missing"


def test_the_table_names_every_finding_and_its_mend(bare: dict[str, str]) -> None:
    findings = doctor.examine(bare)
    console = Console(file=io.StringIO(), width=300)
    console.print(doctor.render(findings))
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert all(finding.name in text and finding.mend in text for finding in findings)
