"""An environment of an earlier release becomes today's in one `up`, and nothing in it is replaced.

`releases/<version>/` holds what a rehearsal of that release left: the stack's state and the simulated subscription. A
new release adds a folder; an old one goes when nobody runs it any more.
"""

from __future__ import annotations

import lzma
import subprocess
from pathlib import Path
from typing import Any

import pytest

import engine
from rehearsal.workspace import Workspace

pytestmark = pytest.mark.engine

RELEASES = sorted((Path(__file__).parent / "releases").iterdir())
# What today's platform takes away: "<release> <stack>" -> logical names. Each needs a reason here.
TAKEN_AWAY: dict[str, set[str]] = {
    # Engineers write in the namespaces of workloads, and no longer in the whole cluster.
    "0.1 dev": {"mlops-people-roles-ra-ml-engineers-azure-kubernetes-service-rbac-writer-cluster"},
    # The same; and administrators hold no standing role any more: they activate it (`access.activation`).
    "0.1 prod": {
        "mlops-people-roles-ra-ml-engineers-azure-kubernetes-service-rbac-writer-cluster",
        "mlops-people-roles-ra-platform-admins-azure-kubernetes-service-rbac-cluster-admin-cluster",
        "mlops-people-roles-ra-platform-admins-key-vault-administrator-vault",
    },
}


def of_release(release: Path, stack: str, root: Path) -> Workspace:
    """A workspace as a rehearsal of `release` left it."""
    workspace = Workspace(stack, engine.ensure(engine.Silent()), root=root)
    workspace.prepare()
    state = root / "state.json"
    state.write_bytes(lzma.decompress((release / f"{stack}.json.xz").read_bytes()))
    command = [str(workspace.engine.pulumi), "stack", "import", "--stack", stack, "--file", str(state)]
    subprocess.run(command, cwd=workspace.project, env=workspace.environment, check=True, capture_output=True)
    workspace.store.write_bytes(lzma.decompress((release / f"{stack}.sqlite.xz").read_bytes()))
    return workspace


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_nothing_of_an_earlier_release_is_replaced(release: Path, stack: str, tmp_path: Path, run: Any) -> None:
    workspace = of_release(release, stack, tmp_path)
    outcome = run(workspace, "up")
    assert outcome.count()["same"] + outcome.count()["update"] > 100
    assert [step.urn for step in outcome.changed if "replace" in step.operation] == []
    deleted = {step.urn.rsplit("::", 1)[-1] for step in outcome.changed if step.operation == "delete"}
    assert deleted == TAKEN_AWAY.get(f"{release.name} {stack}", set())
    again = run(workspace, "preview")
    assert [step.urn for step in again.changed] == []
