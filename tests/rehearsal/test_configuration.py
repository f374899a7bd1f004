from __future__ import annotations

from pathlib import Path

from rehearsal import configuration

REAL = {
    "secretsprovider": "azurekeyvault://vault.example.net/keys/state",
    "encryptedkey": "c2VjcmV0",
    "encryptionsalt": "v1:real",
    "config": {
        "azure-native:location": "canadacentral",
        "platform:token": {"secure": "v1:cipher"},
        "platform:settings": {
            "name": "mlops",
            "alerts": {"webhook": {"secure": "v1:cipher2"}},
            "list": [{"secure": "x"}, 1],
        },
    },
}


def test_no_key_to_the_real_stack_is_taken_over() -> None:
    derived = configuration.derive(REAL)
    assert set(derived.document) == {"config"}


def test_no_encrypted_value_is_taken_over() -> None:
    assert "cipher" not in str(configuration.derive(REAL).document)


def test_every_encrypted_value_is_named_so_that_a_placeholder_takes_its_place() -> None:
    derived = configuration.derive(REAL)
    assert derived.secrets == ("platform:token", "platform:settings.alerts.webhook", "platform:settings.list[0]")


def test_everything_else_is_taken_over_as_it_is() -> None:
    config = configuration.derive(REAL).document["config"]
    assert config == {
        "azure-native:location": "canadacentral",
        "platform:settings": {"name": "mlops", "alerts": {}, "list": [None, 1]},
    }


def test_the_real_configuration_is_not_changed() -> None:
    before = str(REAL)
    configuration.derive(REAL)
    assert str(REAL) == before


def test_a_written_configuration_is_read_back_with_the_rehearsals_own_salt(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    configuration.write(path, {"config": {"a:b": "é"}}, "v1:own")
    assert configuration.read(path) == {"encryptionsalt": "v1:own", "config": {"a:b": "é"}}


def test_an_empty_file_is_an_empty_mapping(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("")
    assert configuration.read(path) == {}
