"""What installed packages tell, read from their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.language_host.packages import PluginNeed, installed, required_plugins


def sdk(site: Path, package: str, **described: Any) -> None:
    (site / package).mkdir(parents=True)
    (site / package / "pulumi-plugin.json").write_text(json.dumps(described))


def distribution(site: Path, name: str, version: str, *needs: str) -> None:
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir(parents=True)
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    (folder / "METADATA").write_text("\n".join(lines) + "\n")


def test_sdks_name_their_plugins(tmp_path: Path) -> None:
    sdk(tmp_path, "pulumi_b", resource=True, name="b", version="v2.0.0", server="https://example.com")
    sdk(tmp_path, "pulumi_a", resource=True, name="a-native", version="1.0.0")
    sdk(tmp_path, "pulumi_c", resource=False, name="c", version="1.0.0")
    assert required_plugins([tmp_path]) == [
        PluginNeed("a-native", "1.0.0"),
        PluginNeed("b", "2.0.0", "https://example.com"),
    ]


def test_name_and_version_come_from_the_distribution_when_not_named(tmp_path: Path) -> None:
    sdk(tmp_path, "pulumi_my_thing", resource=True)
    distribution(tmp_path, "pulumi-my-thing", "4.5.6")
    assert required_plugins([tmp_path]) == [PluginNeed("my-thing", "4.5.6")]


def test_dependencies_of_others_are_listed_only_when_asked_for(tmp_path: Path) -> None:
    distribution(tmp_path, "Top", "1.0", 'Azure_Core[aio]>=1.2 ; python_version > "3"')
    distribution(tmp_path, "azure.core", "2.0")
    assert installed([tmp_path], transitive=False) == [("top", "1.0")]
    assert installed([tmp_path], transitive=True) == [("azure-core", "2.0"), ("top", "1.0")]
