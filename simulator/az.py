"""Makes `subscription.yaml` of the JSON that `az` prints about a real subscription.

Owns the shapes of six commands and what is kept of each; the shapes are those of azure-cli 2.76.0 (its source read
2026-11-25: limits are printed as texts, and deleted vaults and managed HSMs come in one list). No ids of
subscriptions, tenants or people are kept. Does not own what the facts mean: that is `simulator.subscription`.

    az vm list-usage --location eastus2       > usage-eastus2.json   (the region is the last part of the file's name)
    az vm list-skus --location eastus2 --all  > skus.json
    az feature list                           > features.json
    az provider list                          > providers.json
    az keyvault list-deleted                  > vaults.json
    az cognitiveservices account list-deleted > accounts.json
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from simulator.subscription import FILE, SubscriptionError, read

Facts = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Printed:
    file: Path
    rows: list[Row]


# Features that became a part of the product: their flag is left unregistered by most and refuses nothing any more.
_FOR_ALL: Final = frozenset({"microsoft.containerservice/aks-azuredefender"})
_DELETED: Final[Mapping[str, str]] = {
    "deletedmanagedhsms": "Microsoft.KeyVault/managedHSMs",
    "deletedvaults": "Microsoft.KeyVault/vaults",
    "deletedaccounts": "Microsoft.CognitiveServices/accounts",
}


def refresh(files: Sequence[Path], target: Path = FILE, today: date | None = None) -> str:
    """Writes what the files say into `target`, and answers what was taken over, a line for each file.

    What the files don't speak of stays as it is.

    Raises:
        SubscriptionError: when a file isn't what one of the commands prints; `target` is then left alone.
    """
    facts: Facts = read(target).model_dump(mode="json", by_alias=True) if target.exists() else {}
    lines = []
    for file in files:
        rows = _rows(file)
        if not rows:
            lines.append(f"{file}: an empty list, which says nothing")
            continue
        kind, take = _reader(file, rows[0])
        lines.append(f"{file}: {take(_Printed(file, rows), facts)} of `{kind}`")
    facts["as_of"] = (today if today is not None else datetime.now(UTC).date()).isoformat()
    _write(target, facts)
    return "\n".join([*lines, f"{target}: written"])


def _rows(file: Path) -> list[Row]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SubscriptionError(
            f"{file}: can't be read as JSON: {error}; print it with `az … --output json`"
        ) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SubscriptionError(f"{file}: isn't a list of objects; print it with `az … --output json`")
    return rows


_Reader = Callable[[_Printed, Facts], str]


def _reader(file: Path, row: Row) -> tuple[str, _Reader]:
    """Which command printed the rows, told by the first."""
    arm_type = str(row.get("type", "")).lower()
    if "limit" in row and "currentValue" in row:
        return "az vm list-usage", _take_usage
    if "resourceType" in row and "restrictions" in row:
        return "az vm list-skus", _take_sizes
    if arm_type == "microsoft.features/providers/features":
        return "az feature list", _take_features
    if "namespace" in row and "registrationState" in row:
        return "az provider list", _take_providers
    if arm_type.rsplit("/", 1)[-1] in _DELETED:
        return "list-deleted", _take_deleted
    commands = re.findall(r"^    (az .*?) +>", __doc__ or "", flags=re.MULTILINE)
    raise SubscriptionError(f"{file}: isn't what one of these prints: {'; '.join(commands)}")


def _take_usage(printed: _Printed, facts: Facts) -> str:
    region = re.split(r"[-_.]", printed.file.stem)[-1].lower()
    if not re.fullmatch(r"[a-z]+[0-9]?", region) or region in {"usage", "quota"}:
        raise SubscriptionError(
            f"{printed.file}: `az vm list-usage` doesn't print its region; name the file usage-REGION.json"
        )
    facts.setdefault("quotas", {})[region] = {
        str(row["name"]["value"]): int(row["limit"])
        for row in printed.rows
        if str(row["name"]["value"]).endswith("Family") or row["name"]["value"] in {"cores", "lowPriorityCores"}
    }
    return f"{len(facts['quotas'][region])} quotas of {region}"


def _take_sizes(printed: _Printed, facts: Facts) -> str:
    sizes = [row for row in printed.rows if row["resourceType"] == "virtualMachines"]
    regions = {location.lower() for row in sizes for location in row.get("locations") or ()}
    kept = [each for each in facts.get("restrictions", []) if each["region"] not in regions]
    found = [restriction for row in sizes for restriction in _restrictions(row)]
    facts["restrictions"] = [*kept, *found]
    return f"{len(found)} restrictions of {', '.join(sorted(regions))}"


def _restrictions(row: Row) -> list[Facts]:
    found = []
    for each in row["restrictions"] or ():
        info = each.get("restrictionInfo") or {}
        base = {"size": row["name"], "reason": each.get("reasonCode", "NotAvailableForSubscription")}
        for region in info.get("locations") or ():
            zones = {"zones": sorted(info.get("zones") or ())} if each.get("type") == "Zone" else {}
            found.append({**base, "region": region.lower(), **zones})
    return found


def _take_features(printed: _Printed, facts: Facts) -> str:
    missing = [row["name"] for row in printed.rows if row["properties"]["state"] != "Registered"]
    facts["features_not_registered"] = sorted(name for name in missing if name.lower() not in _FOR_ALL)
    return f"{len(missing)} features that are not registered"


def _take_providers(printed: _Printed, facts: Facts) -> str:
    missing = sorted(
        row["namespace"] for row in printed.rows if row["registrationState"] in {"NotRegistered", "Unregistered"}
    )
    facts["providers_not_registered"] = missing
    return f"{len(missing)} providers that are not registered"


def _take_deleted(printed: _Printed, facts: Facts) -> str:
    types = {str(row["type"]).rsplit("/", 1)[-1].lower() for row in printed.rows}
    kept = [each for each in facts.get("soft_deleted", []) if each["type"] not in {_DELETED[last] for last in types}]
    facts["soft_deleted"] = [*kept, *map(_deleted, printed.rows)]
    return f"{len(printed.rows)} deleted names"


def _deleted(row: Row) -> Facts:
    location = row.get("location")
    if location is None:
        location = (row.get("properties") or {}).get("location")
    return {"type": _DELETED[str(row["type"]).rsplit("/", 1)[-1].lower()], "name": row["name"], "location": location}


def _write(target: Path, facts: Facts) -> None:
    """Keeps the comment at the head of the file."""
    old = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
    head = [line for index, line in enumerate(old) if line.startswith("#") and index < 2]
    text = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=120)
    target.write_text("\n".join([*head, text]), encoding="utf-8")
    read.cache_clear()
