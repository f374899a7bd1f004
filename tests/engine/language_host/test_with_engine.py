"""The Python language host, judged by the real engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.engine

Workspace = Any
"""`conftest.Workspace`; with importmode=importlib a conftest can't be imported by name."""

TINY = Path(__file__).parent.parent / "tiny_provider.py"

THING = """
import pulumi

class Thing(pulumi.CustomResource):
    def __init__(self, label, **properties):
        super().__init__("tiny:index:Thing", label, properties, pulumi.ResourceOptions(version="1.2.3"))
"""


def test_a_stack_goes_through_its_whole_life(workspace: Workspace) -> None:
    workspace.program(THING + 'one = Thing("one", name="x")\nThing("two", name=one.id)\npulumi.export("id", one.id)\n')
    assert "+ 3 to create" in workspace.run("preview")
    assert "+ 3 created" in workspace.up()
    assert "3 unchanged" in workspace.run("preview", "--expect-no-changes")
    assert "3 unchanged" in workspace.run("refresh", "--yes")
    assert workspace.run("stack", "output", "id").strip() == "thing-1"
    workspace.program(THING + 'Thing("one", name="y")\n')
    changed = workspace.up()
    assert "~ 1 updated" in changed
    assert "- 1 deleted" in changed
    assert "- 2 deleted" in workspace.run("destroy", "--yes")
    assert json.loads(workspace.run("stack", "export"))["deployment"].get("resources", []) == []


def test_no_run_warns_of_a_host_or_plugin_on_path(workspace: Workspace) -> None:
    workspace.program(THING + 'Thing("one", name="x")\n')
    assert "warning" not in workspace.up()


def test_settings_of_the_run_reach_the_program(workspace: Workspace) -> None:
    workspace.program(
        "import pulumi, sys, os\n"
        "print('it is', pulumi.get_project(), pulumi.get_stack(), pulumi.get_organization(), "
        "pulumi.runtime.is_dry_run(), os.getcwd() == pulumi.runtime.get_root_directory(), __name__, sys.argv[1:])\n"
    )
    assert "it is tiny dev organization True True __main__ []" in workspace.run("preview")
    assert "it is tiny dev organization False True __main__ []" in workspace.up()


def test_a_secret_of_the_configuration_stays_one(workspace: Workspace) -> None:
    workspace.run("config", "set", "--secret", "token", "hunter2-very-secret")
    workspace.run("config", "set", "plain", "seen")
    workspace.program(
        "import pulumi\n"
        "config = pulumi.Config()\n"
        "pulumi.export('token', config.require_secret('token'))\n"
        "pulumi.export('plain', config.get('plain'))\n"
    )
    output = workspace.up()
    assert "[secret]" in output
    assert "hunter2" not in output
    assert "hunter2" not in workspace.run("stack", "export")
    assert json.loads(workspace.run("stack", "output", "--json", "--show-secrets"))["token"] == "hunter2-very-secret"


def test_the_sdk_knows_which_keys_are_secret(workspace: Workspace) -> None:
    workspace.run("config", "set", "--secret", "token", "hunter2-very-secret")
    workspace.run("config", "set", "plain", "seen")
    workspace.program(
        "from pulumi.runtime.config import is_config_secret\n"
        "print('secret:', is_config_secret('tiny:token'), is_config_secret('tiny:plain'))\n"
    )
    assert "secret: True False" in workspace.run("preview")


def test_no_secret_is_in_the_command_line_or_environment_of_the_program(workspace: Workspace) -> None:
    workspace.run("config", "set", "--secret", "token", "hunter2-very-secret")
    workspace.program(
        "import os, psutil\n"
        "told = str(dict(os.environ)) + str(psutil.Process().cmdline())\n"
        "print('told:', 'hunter2' in told)\n"
    )
    assert "told: False" in workspace.run("preview")


def test_output_of_the_program_is_shown_once(workspace: Workspace) -> None:
    workspace.program(
        "import sys\nprint('to stdout')\nprint('to stderr', file=sys.stderr)\nprint('no newline', end='')\n"
    )
    events = workspace.folder / "events.jsonl"
    workspace.run("preview", "--event-log", str(events), PULUMI_DEBUG_COMMANDS="true")
    said = [json.loads(line).get("diagnosticEvent", {}).get("message", "") for line in events.read_text().splitlines()]
    for text in ("to stdout", "to stderr", "no newline"):
        assert sum(text in message for message in said) == 1, said


def errors_of(workspace: Workspace) -> list[str]:
    """Run `up`, which must fail; return the messages of severity error that the engine logged."""
    events = workspace.folder / "events.jsonl"
    workspace.run("up", "--yes", "--skip-preview", "--event-log", str(events), status=1, PULUMI_DEBUG_COMMANDS="true")
    diagnostics = [json.loads(line).get("diagnosticEvent", {}) for line in events.read_text().splitlines()]
    return [d["message"] for d in diagnostics if d and d["severity"] in ("error", "info#err")]


def test_an_exception_is_shown_once_with_the_users_lines_only(workspace: Workspace) -> None:
    workspace.program("import pulumi\n\ndef f():\n    raise ValueError('boom')\n\nf()\n")
    [message] = errors_of(workspace)
    assert message.count("ValueError: boom") == 1
    assert f'File "{workspace.folder}/__main__.py", line 4, in f' in message
    assert "runner.py" not in message
    assert "site-packages" not in message


def test_an_exception_keeps_its_cause(workspace: Workspace) -> None:
    workspace.program("try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError('outer') from error\n")
    [message] = errors_of(workspace)
    assert "ZeroDivisionError: division by zero" in message
    assert "ValueError: outer" in message


def test_an_exception_in_apply_is_shown_once(workspace: Workspace) -> None:
    workspace.program("import pulumi\n\ndef f(value):\n    return 1 / 0\n\npulumi.Output.from_input(1).apply(f)\n")
    [message] = errors_of(workspace)
    assert message.count("ZeroDivisionError") == 1
    assert "line 4, in f" in message
    assert "asyncio" not in message


def test_a_run_error_shows_its_message_only(workspace: Workspace) -> None:
    workspace.program("import pulumi\nraise pulumi.RunError('the network is too small')\n")
    assert [message.strip() for message in errors_of(workspace)] == ["the network is too small"]


def test_a_syntax_error_is_shown_once_at_its_line(workspace: Workspace) -> None:
    workspace.program("import pulumi\nx = = 1\n")
    [message] = errors_of(workspace)
    assert message.count("SyntaxError") == 1
    assert f'File "{workspace.folder}/__main__.py", line 2' in message
    assert "runner.py" not in message


def test_leaving_with_a_status_is_an_error_with_its_line(workspace: Workspace) -> None:
    workspace.program("import sys\n\nsys.exit(3)\n")
    [message] = errors_of(workspace)
    assert f"called sys.exit at {workspace.folder}/__main__.py:3 with status 3" in message


def test_leaving_with_status_zero_is_a_success(workspace: Workspace) -> None:
    workspace.program("import sys\nsys.exit(0)\n")
    assert "+ 1 created" in workspace.up()


def test_a_program_that_dies_is_an_error(workspace: Workspace) -> None:
    workspace.program("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert any("was ended by SIGKILL" in message for message in errors_of(workspace))


def test_a_resource_that_the_provider_refuses_is_said_once_without_a_traceback(workspace: Workspace) -> None:
    workspace.program(THING + 'one = Thing("one", fail=True)\npulumi.export("id", one.id)\n')
    messages = errors_of(workspace)
    assert sum("Azure says no" in message for message in messages) == 1, messages
    assert not any("Traceback" in message for message in messages)


def test_a_missing_environment_is_said_with_the_command_that_makes_it(workspace: Workspace) -> None:
    (workspace.folder / "Pulumi.yaml").write_text(
        "name: tiny\nruntime: {name: python, options: {virtualenv: nowhere}}\n", encoding="utf-8"
    )
    workspace.program("")
    output = workspace.run("preview", status=None)
    assert "nowhere/bin/python does not exist" in output
    assert "pulumi install" in output


def test_the_program_runs_in_its_own_virtual_environment(workspace: Workspace) -> None:
    made = workspace.folder / "own"
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").symlink_to(sys.executable)
    (made / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n")
    site = made / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True)
    ours = next(entry for entry in sys.path if entry.endswith("site-packages"))
    (site / "ours.pth").write_text(ours + "\n")
    (workspace.folder / "Pulumi.yaml").write_text(
        "name: tiny\nruntime: {name: python, options: {virtualenv: own}}\n", encoding="utf-8"
    )
    workspace.program("import os, sys\nprint('prefix', sys.prefix, os.environ['VIRTUAL_ENV'])\n")
    assert f"prefix {made} {made}" in workspace.run("preview")


def test_debug_messages_are_shown_when_asked_for_and_dropped_otherwise(workspace: Workspace) -> None:
    workspace.program("import pulumi\npulumi.log.debug('a detail')\n")
    assert "a detail" in workspace.run("preview", "--debug")
    assert "a detail" not in workspace.run("preview")


def test_about_names_the_interpreter_and_the_packages(workspace: Workspace) -> None:
    workspace.program("")
    told = json.loads(workspace.run("about", "--json"))
    assert told["runtime"]["executable"] == sys.executable
    assert told["runtime"]["version"] == sys.version.split()[0]
    assert "pulumi-policy" in {dependency["name"] for dependency in told["dependencies"]}
    assert ("azure-native", "3.29.0") in {(plugin["name"], plugin["version"]) for plugin in told["plugins"]}


def test_install_makes_the_virtual_environment(workspace: Workspace) -> None:
    (workspace.folder / "Pulumi.yaml").write_text(
        "name: tiny\nruntime: {name: python, options: {virtualenv: made}}\n", encoding="utf-8"
    )
    workspace.program("")
    workspace.run("install", "--no-plugins")
    assert (workspace.folder / "made" / "bin" / "python").exists()


def test_a_policy_pack_in_python_judges_the_resources(workspace: Workspace) -> None:
    pack = workspace.folder / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "names.py").write_text("BAD = 'bad'\n")
    (pack / "__main__.py").write_text(
        "from names import BAD\n"
        "from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy\n"
        "def check(args, report):\n"
        "    if args.resource_type == 'tiny:index:Thing' and args.props.get('name') == BAD:\n"
        "        report('that name is bad')\n"
        "PolicyPack('tiny', policies=[ResourceValidationPolicy(name='no-bad', description='No bad names.', "
        "validate=check)], enforcement_level=EnforcementLevel.MANDATORY)\n"
    )
    workspace.program(THING + 'Thing("one", name="good")\n')
    assert "that name is bad" not in workspace.run("preview", "--policy-pack", str(pack))
    workspace.program(THING + 'Thing("one", name="bad")\n')
    refused = workspace.run("preview", "--policy-pack", str(pack), status=1)
    assert "that name is bad" in refused
    assert "Traceback" not in refused


def test_a_policy_pack_that_fails_to_start_says_why(workspace: Workspace) -> None:
    pack = workspace.folder / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text("import a_module_that_is_not_there\n")
    workspace.program("")
    assert "a_module_that_is_not_there" in workspace.run("preview", "--policy-pack", str(pack), status=None)


def test_a_provider_may_be_a_folder_with_a_python_program(workspace: Workspace) -> None:
    plugin = workspace.folder / "plugin"
    plugin.mkdir()
    (plugin / "PulumiPlugin.yaml").write_text("runtime: python\n")
    (plugin / "__main__.py").write_text(f"import runpy\nrunpy.run_path({str(TINY)!r}, run_name='__main__')\n")
    (workspace.folder / "Pulumi.yaml").write_text(
        "name: tiny\nruntime: python\nplugins: {providers: [{name: tiny, path: ./plugin}]}\n", encoding="utf-8"
    )
    workspace.program(THING + 'Thing("one", name="x")\n')
    assert "+ 2 created" in workspace.up()
    assert workspace.ends()
