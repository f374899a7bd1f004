"""What a backup vault refuses once something is backed up."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy
from tests.simulator.rule_cases import merge

VAULT, INSTANCE = "dataprotection:BackupVault", "dataprotection:BackupInstance"
LOCAL = {"properties": {"storageSettings": [{"datastoreType": "VaultStore", "type": "LocallyRedundant"}]}}


def test_the_redundancy_of_a_vault_changes_only_while_nothing_is_backed_up(azure: Azure) -> None:
    deploy(azure, until=VAULT)
    made = azure.create(VAULT, "vault", EXAMPLES[VAULT])
    policy = azure.create("dataprotection:BackupPolicy", "policy", EXAMPLES["dataprotection:BackupPolicy"])
    instance = azure.create(INSTANCE, "instance", EXAMPLES[INSTANCE])
    with pytest.raises(ArmError) as refused:
        azure.update(VAULT, "vault", made, merge(EXAMPLES[VAULT], LOCAL))
    assert [refusal.rule for refusal in refused.value.refusals] == ["bv-redundancy-stays"]
    for gone in (instance, policy):
        azure.service.delete(gone.id)
    azure.update(VAULT, "vault", made, merge(EXAMPLES[VAULT], LOCAL))
