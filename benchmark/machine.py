"""The machine and the versions that figures belong to: without them a figure says nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

import psutil

import engine

# What the figures depend on, as the installed packages are called.
_PACKAGES: Final = ("pulumi", "pulumi-azure-native", "grpcio")


@dataclass(frozen=True)
class Machine:
    """`memory`: bytes. `load`: the load average over one minute when the benchmark began, None where there is none."""

    processor: str
    cores: int
    memory: int
    system: str
    versions: tuple[tuple[str, str], ...]
    day: date
    load: float | None

    @property
    def is_busy(self) -> bool:
        """Whether others used the machine: more than a quarter of its cores had work."""
        return self.load is not None and self.load > self.cores / 4

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What it is, line by line."""
        load = "unknown" if self.load is None else f"{self.load:.2f}"
        return (
            ("date", self.day.isoformat()),
            ("processor", f"{self.processor}, {self.cores} cores"),
            ("memory", f"{self.memory / 1e9:.1f} GB"),
            ("system", self.system),
            *self.versions,
            ("load average at the start", f"{load} (busy: the figures are too high)" if self.is_busy else load),
        )


def examine(found: engine.Engine) -> Machine:
    """The machine as it is now."""
    return Machine(
        processor=processor(),
        cores=psutil.cpu_count() or 1,
        memory=psutil.virtual_memory().total,
        system=f"{_distribution()}, {platform.system()} {platform.release()}, {platform.machine()}",
        versions=(
            ("pulumi CLI", f"{found.version} ({found.origin})"),
            ("Python", platform.python_version()),
            *((name, metadata.version(name)) for name in _PACKAGES),
        ),
        day=datetime.now(UTC).date(),
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    )


def processor() -> str:
    """The processor's name as the system tells it."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        return model_name(information.read_text(encoding="utf-8")) or platform.machine()
    asked = subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or platform.machine()


def model_name(information: str) -> str | None:
    """The first processor's name in the text of `/proc/cpuinfo`; None where it names none, as on many ARM boards."""
    for line in information.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return None


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)
