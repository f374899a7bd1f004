"""Keys outside the settings."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import yaml

from stacks.documents import read
from stacks.problems import Problem
from stacks.stack_file import PROVIDER_KEYS, TOP_KEYS, file_problems


def found(folder: Path, content: object, region: str = "canadacentral") -> list[Problem]:
    file = folder / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return list(file_problems(read(file), region))


def test_settings_alone_are_enough(tmp_path: Path) -> None:
    assert not found(tmp_path, {"config": {"platform:settings": {}}})


def test_the_keys_of_pulumi_and_the_provider_are_known(tmp_path: Path) -> None:
    content = {
        "config": {"platform:settings": {}, "azure-native:location": "canadacentral", "azure-native:tenantId": "x"},
        "secretsprovider": "azurekeyvault://x",
        "encryptedkey": "x",
        "encryptionsalt": "v1:x",
    }
    assert not found(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            {"confg": {}, "config": {"platform:settings": {}}},
            "'confg' is not a key of a stack's file. Did you mean 'config'?",
        ),
        (
            {"config": {"platform:settings": {}, "azure-native:subscriptonId": "x"}},
            "'azure-native:subscriptonId' is not a key of `config`. Did you mean 'azure-native:subscriptionId'?",
        ),
        (
            {"config": {"platform:settings": {}, "platform:setings": {}}},
            "'platform:setings' is not a key of `config`. Did you mean 'platform:settings'?",
        ),
        (
            {"config": {"platform:settings": {}}, "environment": ["esc"]},
            "'environment' is not a key of a stack's file.",
        ),
        (
            {"config": {"platform:settings": {}, "kubernetes:context": "x"}},
            "'kubernetes:context' is not a key of `config`.",
        ),
        ({"secretsprovider": "x"}, "The file has no `config` mapping."),
        ({"config": {}}, "`config` has no mapping 'platform:settings'."),
        ({"config": {"platform:settings": "text"}}, "`config` has no mapping 'platform:settings'."),
    ],
)
def test_what_nobody_reads_is_an_error(tmp_path: Path, content: object, what: str) -> None:
    assert [problem.what for problem in found(tmp_path, content)] == [what]


def test_the_location_of_the_provider_is_the_region(tmp_path: Path) -> None:
    content = {"config": {"platform:settings": {}, "azure-native:location": "canadaeast"}}
    assert not found(tmp_path, content, "canadaeast")
    (problem,) = found(tmp_path, content, "canadacentral")
    assert problem.path == ("config", "azure-native:location")


def test_the_provider_keys_are_those_of_the_installed_sdk() -> None:
    from pulumi_azure_native.provider import ProviderArgs

    names = set(inspect.signature(ProviderArgs).parameters) - {"self"}
    assert {_snake(key.removeprefix("azure-native:")) for key in PROVIDER_KEYS} == names


def test_lists_of_keys_are_sorted() -> None:
    assert list(PROVIDER_KEYS) == sorted(PROVIDER_KEYS)
    assert list(TOP_KEYS) == sorted(TOP_KEYS)


def _snake(camel: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", camel).lower()
