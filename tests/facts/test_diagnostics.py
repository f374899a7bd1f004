from __future__ import annotations

import pytest

from facts.diagnostics import all_diagnostics, diagnostics


def test_every_row_offers_something_or_says_that_there_is_nothing() -> None:
    for row in all_diagnostics().values():
        assert row.source
        assert row.logs is not None or row.groups


def test_no_category_is_named_twice() -> None:
    for row in all_diagnostics().values():
        for names in (row.logs, row.groups, row.metrics):
            assert names is None or len(set(names)) == len(names)


def test_not_found_and_none_are_told_apart() -> None:
    assert diagnostics("Microsoft.Storage/storageAccounts").logs == ()
    assert diagnostics("Microsoft.Insights/components").logs is None


def test_a_wrong_type_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(LookupError, match=r"nearest is 'Microsoft\.KeyVault/vaults'"):
        diagnostics("Microsoft.KeyVault/vault")
