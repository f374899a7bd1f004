"""The folder of one stack's rehearsals: its state, its simulated subscription, its configuration and its passphrase.

Everything lies under `.rehearsal/<stack>/`, which git ignores. Nothing in it leads to a real stack: another backend,
another home, another passphrase, no credentials.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import yaml

import engine
from engine import plugins
from rehearsal import configuration
from stacks.types import ENCRYPTED, MANIFESTS_VARIABLE, SOURCES_VARIABLE

PROJECT: Final = Path(__file__).resolve().parents[1]
# Not a secret: it protects placeholders. A fixed one lets a later command open the state that an earlier one left.
_PASSPHRASE: Final = "rehearsal"  # noqa: S105 - see above
_STORE_VARIABLE: Final = "PLATFORM_SIMULATOR_STORE"
_FAULTS_VARIABLE: Final = "PLATFORM_SIMULATOR_FAULTS"


@dataclass(frozen=True)
class Workspace:
    """Where one stack is rehearsed, with which engine, and with which faults of Azure on demand."""

    stack: str
    engine: engine.Engine
    project: Path = PROJECT
    root: Path = PROJECT / ".rehearsal"
    faults: Path | None = None

    @property
    def folder(self) -> Path:
        """The stack's own folder."""
        return self.root / self.stack

    @property
    def store(self) -> Path:
        """The simulated subscription."""
        return self.folder / "subscription.sqlite"

    @property
    def config_file(self) -> Path:
        """The derived configuration."""
        return self.folder / f"Pulumi.{self.stack}.yaml"

    @property
    def project_name(self) -> str:
        """The name in Pulumi.yaml; part of every URN."""
        return str(configuration.read(self.project / "Pulumi.yaml")["name"])

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which `pulumi` runs here."""
        variables = engine.environment(
            self.engine,
            home=self.root / "home",
            backend=(self.folder / "state").as_uri(),
            passphrase=_PASSPHRASE,
        )
        # The event log is a debugging flag of the CLI; without this it is refused.
        variables |= {
            _STORE_VARIABLE: str(self.store),
            SOURCES_VARIABLE: str(self.sources.absolute()),
            MANIFESTS_VARIABLE: str(self.manifests.absolute()),
            "PULUMI_DEBUG_COMMANDS": "true",
            # Since 3.274 the engine serialises and verifies the whole state after every resource: prod's 660 took 84 s
            # and take 15 s without. It still writes the state when it ends, also when it is interrupted. One that is
            # killed leaves the state from before; the simulated Azure knows what it made, and the next takes it over.
            "PULUMI_SKIP_CHECKPOINTS": "true",
        }
        return {**variables, _FAULTS_VARIABLE: str(self.faults.absolute())} if self.faults is not None else variables

    @property
    def sources(self) -> Path:
        """Where the program says from which of its lines each resource comes."""
        return self.folder / "sources.jsonl"

    @property
    def manifests(self) -> Path:
        """Where objects of the cluster are rendered."""
        return self.folder / "manifests"

    def forget(self) -> None:
        """Back to nothing: no state, no simulated resources."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self, document: dict[str, object] | None = None) -> None:
        """Makes the folder, the plugin and the stack where they are missing, and derives the configuration anew.

        `document` stands for the stack's configuration file, for rehearsing a change that is in no file.
        """
        (self.folder / "state").mkdir(parents=True, exist_ok=True)
        # A killed engine leaves its lock behind. Whoever prepares a workspace has it alone (`rehearsal.run`), so no
        # lock in it can be anybody's.
        shutil.rmtree(self.folder / "state" / ".pulumi" / "locks", ignore_errors=True)
        self._mend_checkpoint()
        version = metadata.version("pulumi-azure-native")
        plugins.place(self.root / "home", "azure-native", version, self._plugin_command())
        salt = self._stack_salt()
        source = self.project / "stacks" / f"Pulumi.{self.stack}.yaml"
        derived = configuration.derive(configuration.read(source) if document is None else document)
        if _makes_objects(derived.document):
            self._place_kubernetes()
        configuration.write(self.config_file, derived.document, salt)
        for path in derived.secrets:
            self.pulumi("config", "set", "--secret", "--path", path, ENCRYPTED, check=True)

    def command(self, *arguments: str) -> list[str]:
        """A `pulumi` command on this stack with this configuration."""
        return [str(self.engine.pulumi), *arguments, "--stack", self.stack, "--config-file", str(self.config_file)]

    def pulumi(self, *arguments: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Runs `pulumi` to its end, its output captured.

        Raises CalledProcessError where `check` is set and it fails.
        """
        return subprocess.run(
            self.command(*arguments),
            cwd=self.project,
            env=self.environment,
            check=check,
            capture_output=True,
            text=True,
        )

    def unprotect(self) -> None:
        """Lets everything in this rehearsal's state be destroyed; protection guards the real environment only."""
        subprocess.run(
            [str(self.engine.pulumi), "state", "unprotect", "--all", "--yes", "--stack", self.stack],
            cwd=self.project, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip

    def mend(self) -> None:
        """Puts right what a killed engine leaves behind: its lock, and a state that it was writing.

        Whoever has a workspace has it alone (`rehearsal.run`), so no lock in it can be anybody's.
        """
        shutil.rmtree(self.folder / "state" / ".pulumi" / "locks", ignore_errors=True)
        self._mend_checkpoint()

    def _mend_checkpoint(self) -> None:
        """Puts the state right after an engine that was killed while it wrote it.

        The engine keeps the state before, beside it. Without either, the stack is made anew: the simulated Azure knows
        which resources were this program's, and the next `up` takes them over again.
        """
        # Beside each file the backend keeps its attributes, which it can do without, but not with half of them.
        for attributes in (self.folder / "state").rglob("*.attrs"):
            if not _is_json(attributes):
                attributes.unlink()
        stack = self.folder / "state" / ".pulumi" / "stacks" / self.project_name / f"{self.stack}.json"
        if not stack.exists() or _is_json(stack):
            return
        before = stack.with_suffix(".json.bak")
        if _is_json(before):
            shutil.copyfile(before, stack)
        else:
            stack.unlink()
            shutil.rmtree(self.folder / "init", ignore_errors=True)

    def _plugin_command(self) -> Sequence[str | Path]:
        # `env` and not a variable of the engine: the plugin must find the project from whatever folder it is started
        # in.
        return ["env", f"PYTHONPATH={PROJECT}", sys.executable, "-m", "simulator"]

    def _place_kubernetes(self) -> None:
        """The real provider, which renders and reaches no cluster; built first where it is missing (minutes)."""
        built = engine.ensure_kubernetes_provider()
        plugins.place(self.root / "home", "kubernetes", metadata.version("pulumi-kubernetes"), [built])

    def _stack_salt(self) -> str | None:
        """Makes the stack where it is missing, without touching the project's own files: `stack init` writes a salt
        into the stack's configuration, so it runs beside a project file that only names the project.
        """
        beside = self.folder / "init"
        written = beside / f"Pulumi.{self.stack}.yaml"
        if not written.is_file():
            beside.mkdir(parents=True, exist_ok=True)
            project = {"name": self.project_name, "runtime": "python"}
            (beside / "Pulumi.yaml").write_text(yaml.safe_dump(project), encoding="utf-8")
            subprocess.run(
                [str(self.engine.pulumi), "stack", "init", self.stack, "--non-interactive"],
                cwd=beside, env=self.environment, check=True, capture_output=True, text=True,
            )  # fmt: skip
        salt = configuration.read(written).get("encryptionsalt")
        return str(salt) if salt is not None else None


def _makes_objects(document: Mapping[str, object]) -> bool:
    """Whether a stack's configuration wants something inside the cluster."""
    settings = document.get("config")
    wanted = settings.get("platform:settings") if isinstance(settings, Mapping) else None
    return isinstance(wanted, Mapping) and wanted.get("workloads") is not None


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True
