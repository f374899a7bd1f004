"""What Azure installs in the cluster: Azure ML's extension and Flux."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.aks import azure_ml_extension, git_ops
from components.aks.azure_ml_extension import AzureMlExtension, Inference
from components.aks.git_ops import GitOps
from tests.components.aks import examples
from tests.components.recording import Recorded, one, record


def ml(**changes: Any) -> list[Recorded]:
    return record(lambda: AzureMlExtension("x", replace(examples.azure_ml_extension(), **changes)))


def settings(**changes: Any) -> dict[str, str]:
    found: dict[str, str] = one(ml(**changes), "kubernetesconfiguration:Extension").inputs["configurationSettings"]
    return found


@pytest.mark.capability("M6")
def test_jobs_run_without_a_second_device_plugin_exporter_or_prometheus() -> None:
    assert settings(inference=None) == {
        "enableTraining": "True",
        "enableInference": "False",
        "installNvidiaDevicePlugin": "False",
        "installDcgmExporter": "False",
        "installPromOp": "False",
        "installVolcano": "False",
        "amloperator.skipResourceValidation": "True",
    }


@pytest.mark.capability("M6")
def test_endpoints_are_encrypted_inside_the_spoke_and_redundant() -> None:
    router = {key: value for key, value in settings().items() if key not in settings(inference=None)}
    assert router == {
        "inferenceRouterServiceType": "LoadBalancer",
        "internalLoadBalancerProvider": "azure",
        "inferenceRouterHA": "True",
        "allowInsecureConnections": "False",
        "sslSecret": "tls",
        "sslCname": "ml.gov.example",
    }


def test_endpoints_without_a_certificate_say_so() -> None:
    assert settings(inference=Inference(certificate=None, redundant=False))["allowInsecureConnections"] == "True"


@pytest.mark.capability("M6")
def test_the_workspace_enters_by_trusted_access_before_the_extension_and_after_the_pools() -> None:
    recorded = ml()
    binding = one(recorded, "containerservice:TrustedAccessRoleBinding")
    assert binding.inputs["sourceResourceId"] == "/workspace"
    assert binding.inputs["roles"] == ["Microsoft.MachineLearningServices/workspaces/mlworkload"]
    extension = one(recorded, "kubernetesconfiguration:Extension")
    assert extension.inputs["scope"] == {"cluster": {"releaseNamespace": "azureml"}}
    assert {binding.urn, one(recorded, ":UserAssignedIdentity", "first").urn} <= extension.depends_on


def test_an_extension_that_runs_nothing_is_a_problem() -> None:
    found: list[str] = []

    def program() -> None:
        args = replace(examples.azure_ml_extension(), training=False, inference=None)
        found.extend(azure_ml_extension.problems(args))

    record(program)
    assert found == ["neither training nor inference: nothing would run"]


def flux(**changes: Any) -> list[Recorded]:
    return record(lambda: GitOps("x", replace(examples.git_ops(), **changes)))


@pytest.mark.capability("T1")
def test_flux_applies_one_folder_and_prunes() -> None:
    configuration = one(flux(), "FluxConfiguration").inputs
    assert configuration["gitRepository"] == {
        "url": "https://github.com/gov-example/ml-platform",
        "repositoryRef": {"branch": "main"},
        "syncIntervalInSeconds": 300,
        "timeoutInSeconds": 600,
    }
    assert configuration["kustomizations"] == {
        "cluster": {
            "path": "./gitops/clusters/prod",
            "prune": True,
            "force": False,
            "wait": True,
            "syncIntervalInSeconds": 300,
            "timeoutInSeconds": 600,
        }
    }
    assert (configuration["namespace"], configuration["scope"]) == ("flux-system", "cluster")


@pytest.mark.capability("T1")
def test_flux_is_multi_tenant_and_writes_nothing_back() -> None:
    recorded = flux()
    extension = one(recorded, "kubernetesconfiguration:Extension")
    assert extension.inputs["extensionType"] == "microsoft.flux"
    assert extension.inputs["configurationSettings"] == {
        "multiTenancy.enforce": "true",
        "image-automation-controller.enabled": "false",
        "image-reflector-controller.enabled": "false",
    }
    assert extension.urn in one(recorded, "FluxConfiguration").depends_on


def test_a_private_repository_is_read_with_a_secret_that_is_only_named() -> None:
    configuration = one(flux(secret="git"), "FluxConfiguration").inputs
    assert configuration["gitRepository"]["localAuthRef"] == "git"
    assert "configurationProtectedSettings" not in configuration


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"path": "/etc"}, "path /etc"), ({"path": "a/../.."}, "path a/"), ({"url": "ssh://git@a/b"}, "ssh://git@a/b is")],
)
def test_what_flux_could_not_apply_is_a_problem(changes: dict[str, Any], problem: str) -> None:
    found: list[str] = []
    record(lambda: found.extend(git_ops.problems(replace(examples.git_ops(), **changes))))
    assert [each for each in found if each.startswith(problem)]
