"""`invoke rehearse` as a user meets it: the report of each stack, a refusal, secrets, and the command typed by hand."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import engine
from rehearsal import Options, rehearse
from rehearsal.simulator_path import SIMULATOR_BIN
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Note, Record, Store
from stacks import SettingsError

pytestmark = pytest.mark.engine

QUIET = Console(quiet=True)


# Types that the platform uses and the simulated Azure has no model for: a resource of any type has the rules of none.
NOT_JUDGED = {"resources:Resource"}


@pytest.mark.parametrize("stack", ["test", "prod", "dr"])
def test_a_stack_is_made_whole_is_stable_and_goes_without_a_trace(stack: str, tmp_path: Path) -> None:
    report = rehearse(Options(stack, destroy=True, quiet=True, json_file=tmp_path / "r.json", root=tmp_path), QUIET)
    assert [(phase.name, phase.problems) for phase in report.phases] == [("up", ()), ("up, again", ()), ("destroy", ())]
    made, unchanged, gone = (phase.operations for phase in report.phases)
    golden = (PROJECT / "tests" / "goldens" / stack / "resources.txt").read_text().splitlines()
    count = sum(line.startswith(("azure-native:", "kubernetes:")) for line in golden)
    assert count >= 120
    assert (made, unchanged, gone) == ({"create": count}, {"same": count}, {"delete": count})
    assert {each.split(": ")[0].removeprefix("azure-native:") for each in report.not_judged} <= NOT_JUDGED
    assert json.loads((tmp_path / "r.json").read_text())["succeeded"] is True


def test_what_holds_data_is_protected_in_prod(tmp_path: Path, run: Any) -> None:
    workspace = Workspace("prod", engine.ensure(engine.Silent()), root=tmp_path)
    workspace.prepare()
    run(workspace, "up")
    store = Store(workspace.store)
    before = [(record.id, record.type) for record in store.all()]
    refused = run(workspace, "destroy", status=1)
    assert any("protected" in complaint.message for complaint in refused.complaints)
    stateful = (
        "Microsoft.Storage/storageAccounts",
        "Microsoft.KeyVault/vaults",
        "Microsoft.ContainerRegistry/registries",
    )
    kept = {each for each, arm_type in before if arm_type in stateful}
    assert {record.id for record in store.all() if record.type in stateful} == kept
    assert len(kept) >= 4
    store.close()


def test_settings_that_can_not_be_used_stop_everything_before_the_engine_starts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nosuch"):
        rehearse(Options("nosuch", quiet=True, root=tmp_path), QUIET)
    assert list(tmp_path.iterdir()) == []


def test_bad_settings_that_reach_the_program_show_once_and_without_a_traceback(
    tmp_path: Path, dev_document: dict[str, Any]
) -> None:
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    broken = copy.deepcopy(dev_document)
    broken["config"]["platform:settings"]["clutser"] = {}
    workspace.prepare(broken)
    shown = workspace.pulumi("preview", "--non-interactive")
    text = shown.stdout + shown.stderr
    assert shown.returncode != 0
    assert "Traceback" not in text
    # The engine shows a diagnostic as it comes and once more in its summary.
    assert text.count("clutser") <= 2 * text.count("error:")
    assert "cluster" in text


def test_a_refusal_of_the_simulated_azure_is_in_the_report(tmp_path: Path, run: Any) -> None:
    """Someone else's resource already has the name of the vault's resource group."""
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    workspace.prepare()
    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-mlops-dev-cnc-security"
    token = "azure-native:resources:ResourceGroup"
    store = Store(workspace.store)
    store.put(Record(group, "Microsoft.Resources/resourceGroups", token, "urn:pulumi:other", {"location": "x"}, {}))
    store.close()
    refused = run(workspace, "up", status=1)
    messages = [complaint.message for complaint in refused.complaints]
    assert any('Code="ResourceExists"' in text and group in text and "pulumi import" in text for text in messages)


def test_an_encrypted_setting_becomes_a_placeholder_that_is_still_a_secret(
    tmp_path: Path, dev_document: dict[str, Any]
) -> None:
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    document = copy.deepcopy(dev_document)
    document["config"]["platform:settings"]["budget"]["contacts"] = [{"secure": "v1:cipher:text"}]
    workspace.prepare(document)
    assert "v1:cipher:text" not in workspace.config_file.read_text()
    config = json.loads(workspace.pulumi("config", "--json", check=True).stdout)
    assert config["platform:settings"]["secret"] is True


def test_notes_of_what_can_not_be_judged_reach_the_report(tmp_path: Path) -> None:
    rehearse(Options("dev", quiet=True, root=tmp_path), QUIET)
    store = Store(tmp_path / "dev" / "subscription.sqlite")
    store.note(
        "urn:x", [Note("urn:x", "trusted", "/subscriptions/hub"), Note("urn:x", "not judged", "azure-native:a:B")]
    )
    store.close()
    report = rehearse(Options("dev", keep=True, quiet=True, root=tmp_path), QUIET)
    assert (report.trusted, report.not_judged) == (("/subscriptions/hub",), ("azure-native:a:B",))
    assert report.phases[0].operations == {"same": sum(report.components.values())}, (
        "--keep goes on from the last state"
    )


def test_a_preview_typed_by_hand_works_with_the_printed_path(tmp_path: Path) -> None:
    found = engine.ensure(engine.Silent())
    copied = tmp_path / "clone"
    ignored = shutil.ignore_patterns(".git", ".rehearsal", ".venv", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(PROJECT, copied, ignore=ignored)
    (copied / ".venv").symlink_to(PROJECT / ".venv")
    environment = {
        "HOME": str(tmp_path),
        "PATH": f"{engine.print_path(found)}:{SIMULATOR_BIN}:/usr/local/bin:/usr/bin:/bin",
        "PULUMI_BACKEND_URL": tmp_path.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "by hand",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

    def pulumi(*arguments: str) -> str:
        command = ["pulumi", *arguments, "--non-interactive"]
        done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pulumi("stack", "init", "dev")
    assert "to create" in pulumi("preview", "--stack", "dev")
